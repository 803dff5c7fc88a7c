"""Ideas as the page gets them: the demo tells every story, what nobody rated tells none, and many stay readable."""

from __future__ import annotations

import datetime as dt
from functools import partial
from itertools import combinations
from math import dist

from dashboard.answers.idea_workshops import open_one, standing
from dashboard.answers.ideas import IDEAS_PER_PAGE, collection
from dashboard.answers.picture import picture
from dashboard.parts.findings import sentence
from dashboard.parts.idea_cards import marks_in, with_earlier
from dashboard.parts.idea_quadrant import MOST_DRAWN, _places, quadrant_markup
from dashboard.parts.ideas_collected import headline_of
from dashboard.parts.ideas_results import results_markup
from etl.model.accounts import User
from etl.model.store import Store
from etl.pipeline.ideas.collecting import collect
from etl.pipeline.ideas.rating import close_workshop, open_workshop, rate
from etl.rules.idea_workshop import Voice, Workshop
from etl.wording import say
from tests.dashboard.networks import DAY

NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
OFFICE = User("amt", "Amt", "coordinator", None, "de", False, NOW)
DE = partial(say, "de")


def person(n: int) -> User:
    return User(f"p{n}", f"P{n}", "member", None, "de", False, NOW)


def test_the_demo_tells_every_story(demo: Store) -> None:
    seen = picture(demo, DAY)
    collected, shown = collection(seen, "herausforderung"), standing(demo, seen)
    assert headline_of(collected, DE) == "20 Ideen liegen auf dem Tisch. Eine wurde zur Maßnahme."
    assert collected.clusters[-1].title is None, "one idea stands under no challenge yet"
    assert any(cluster.goal for cluster in collection(seen, "ziel").clusters)
    assert sentence(shown.finding, DE) == (
        "Sieben von 20 bewerteten Ideen sind einfach und stark. "
        "Bei der Umsetzbarkeit von zwei Ideen sind wir uns uneinig."
    )
    assert all(shown.of(place) for place in ("first", "strong", "simple", "later"))
    assert any(one.dots for one in shown.found)
    text = results_markup(shown, seen, DE, "de", True)
    assert "Daraus wurde die Maßnahme" in text
    assert "laut Liste, ohne Streuung" in text
    user = User("steuerung", "Gesa", "member", None, "de", False, NOW)
    waiting = open_one(demo, seen, user, NOW)
    assert waiting is not None
    assert (waiting.may_rate, waiting.done, len(waiting.ideas)) == (True, 0, 15)
    assert not open_one(demo, seen, User("gast", "Claire", "observer", None, "en", False, NOW), NOW).may_rate  # type: ignore[union-attr]


def test_before_anybody_collects_or_rates_nothing_is_claimed(sqlite_store: Store) -> None:
    seen = picture(sqlite_store, DAY)
    assert headline_of(collection(seen, "herausforderung"), DE) == "Noch ist keine Idee gesammelt."
    assert sentence(standing(sqlite_store, seen).finding, DE) == "Noch ist keine Idee bewertet."
    assert open_one(sqlite_store, seen, OFFICE, NOW) is None


def test_what_is_open_says_nothing_and_an_earlier_day_does_not_know_what_came_later(sqlite_store: Store) -> None:
    store = sqlite_store
    (key,) = collect(store, OFFICE, ["Sprachcafé"], reason="r", day=DAY, now=NOW).keys
    number = open_workshop(store, OFFICE, Workshop(0, "W", DAY, ideas=(key,)), now=NOW)
    for n in range(3):
        marks = {key: {"feasibility": (1, 3, 5)[n], "impact": 5, "innovation": 3}}
        rate(store, person(n), number, marks, now=NOW)  # type: ignore[arg-type]
    seen = picture(store, DAY)
    assert standing(store, seen).found[0].opinions == {}
    close_workshop(store, OFFICE, number, now=NOW + dt.timedelta(minutes=5))
    shown = standing(store, seen)
    assert sentence(shown.finding, DE) == (
        "Keine bewertete Idee ist zugleich einfach und stark. Bei der Umsetzbarkeit einer Idee sind wir uns uneinig."
    )
    assert standing(store, picture(store, DAY, NOW + dt.timedelta(minutes=1))).workshops == ()


def test_four_hundred_ideas_are_paged_and_forty_drawn_none_over_another(sqlite_store: Store) -> None:
    store = sqlite_store
    keys = []
    for start in (0, 200):
        titles = [f"Idee {n:03}" for n in range(start, start + 200)]
        keys += collect(store, OFFICE, titles, cluster="Alles", reason="r", day=DAY, now=NOW).keys
    number = open_workshop(store, OFFICE, Workshop(0, "W", DAY, ideas=tuple(keys)), now=NOW)
    for n in range(3):
        marks = {key: {"feasibility": 4, "impact": 4, "innovation": 3} for key in keys}
        rate(store, person(n), number, marks, now=NOW)
    close_workshop(store, OFFICE, number, now=NOW)
    seen = picture(store, DAY)
    pages = collection(seen, "herausforderung")
    assert (pages.pages, sum(len(c.lines) for c in pages.clusters)) == (4, IDEAS_PER_PAGE)
    shown = standing(store, seen)
    drawing = quadrant_markup(shown.found, DE, "de")
    assert drawing.count("data-go") == MOST_DRAWN
    assert "gezeichnet sind 40 von 400" in drawing
    places = _places(list(enumerate(shown.found[:MOST_DRAWN])))
    assert min(dist(a, b) for a, b in combinations(places, 2)) > 30


def test_only_marks_that_the_cards_can_send_are_read() -> None:
    assert marks_in('{"idea-1": {"impact": 5}}') == {"idea-1": {"impact": 5}}
    for sent in (None, 7, "", "[]", "{", '{"i": 3}', '{"i": {"impact": "5"}}', '{"i": {"impact": true}}', "[" * 90_000):
        assert not marks_in(sent)
    before = {"i": Voice(1, "i", "anna", 2, 3, None)}
    assert with_earlier({"i": {"impact": 5}}, before) == {"i": {"feasibility": 2, "impact": 5, "innovation": None}}
