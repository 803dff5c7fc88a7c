"""Slides of the demo network's meeting: readable from the back, about no person, right in both languages."""

from __future__ import annotations

import csv
import datetime as dt

import pytest

from dashboard.answers.follow_up import followed_for, standing_now
from dashboard.answers.moves import moves_of
from dashboard.answers.picture import Picture, picture
from dashboard.answers.since import Compare, since
from dashboard.answers.slide import MOST_FACTS, Slide, item_slide, target_slide
from dashboard.answers.slide_lists import MOST_LINES
from dashboard.room.chart import chart
from dashboard.room.words import Words
from etl.model.accounts import User
from etl.model.bodies import bodies
from etl.model.meetings import agenda
from etl.model.store import Store
from etl.rules.meeting import ORIGINS, Item
from etl.wording import LANGUAGES, say
from tests.demo import DEMO, DEMO_DAY, demo  # noqa: F401

KEY = "meeting-00012"
OFFICE = User("buero", "Büro", "coordinator", None, "de", False, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


@pytest.fixture(scope="module")
def shown(demo: Store) -> Picture:  # noqa: F811
    return picture(demo, DEMO_DAY)


def _slides(demo: Store, shown: Picture) -> list[Slide]:  # noqa: F811
    """The agenda's, and one of each origin that names no record."""
    with demo.reading() as connection:
        items = agenda(connection, KEY)
    assert items, "the demo's next meeting has an agenda"
    bare = [Item(1000 + n, KEY, n, origin, "Titel") for n, origin in enumerate(ORIGINS, 1)]
    found = [item_slide(shown, item, items) for item in items] + [item_slide(shown, item, bare) for item in bare]
    targets = [*shown.facts.goal_by_key, *shown.facts.measure_by_key]
    return found + [slide for key in targets if (slide := target_slide(shown, key)) is not None]


def _texts(slide: Slide, language: str) -> list[str]:
    words = Words(language)
    found = [words.over(slide), words.headline(slide), slide.wording]
    for fact in (*slide.facts, *slide.late):
        found += [words.lead(fact), words.told(fact.said), words.source(fact.source) if fact.source else ""]
    for line in slide.listing.lines if slide.listing else ():
        found += [line.text, words.large(line.lead), words.note(line)]
    return [*found, str(chart(slide.chart, language)) if slide.chart else ""]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slide_is_short_and_names_no_person(demo: Store, shown: Picture, language: str) -> None:  # noqa: F811
    with (DEMO / "members.csv").open(encoding="utf-8", newline="") as file:
        persons = {row["name"].removeprefix("Dr. ") for row in csv.DictReader(file, delimiter=";") if row["name"]}
    persons |= {c.name for c in shown.facts.contacts if c.name and " " in c.name}
    assert len(persons) > 20
    for slide in _slides(demo, shown):
        assert len(slide.facts) <= MOST_FACTS
        assert slide.listing is None or len(slide.listing.lines) <= MOST_LINES
        told = " ".join(_texts(slide, language))
        assert [person for person in persons if person in told] == []


def test_a_measure_nobody_reported_about_names_no_silence(shown: Picture) -> None:
    silent = [key for key, rating in shown.ratings.items() if rating.rule in ("no_report_in_round", "report_too_old")]
    slides = [slide for key in silent if (slide := target_slide(shown, key)) is not None]
    assert slides, "the demo has measures without a report"
    assert {Words("de").headline(slide) for slide in slides} == {"Diese Maßnahme ist noch nicht bewertbar."}


def test_a_goal_shows_value_path_and_what_it_rests_on(shown: Picture) -> None:
    key = next(goal.key for goal in shown.facts.goals if goal.id == "S2")
    slide, words = target_slide(shown, key), Words("de")
    assert slide is not None
    assert words.headline(slide).replace("\u00a0", " ") == "51,2 % (vorläufig) sind es, 60,8 % sollten es sein."
    first = slide.facts[0]
    assert words.lead(first).replace("\u00a0", " ") == "51,2 % (vorläufig)", "marks travel"
    assert first.rating == "off_track"
    assert first.source is not None
    assert words.source(first.source).replace("\u00a0", " ").endswith("Zelle F14, vom 30. September 2026")
    drawn = str(chart(slide.chart, "de")) if slide.chart else ""
    assert 'class="gap"' in drawn
    assert "style=" not in drawn, "the page's headers allow no style of its own"


def test_where_two_are_named_a_person_is_no_organisation(shown: Picture) -> None:
    from dashboard.answers.slide_facts import organisations

    assert organisations(["VHS", "Gesa Wittstruck", "jobcenter lindenmark"], shown) == ["Jobcenter", "VHS"]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (
            "agreements",
            ("Keine Vereinbarung ist offen.", "Eine Vereinbarung ist offen.", "Zwei Vereinbarungen sind offen."),
        ),
        ("ideas", ("Neue Ideen liegen nicht vor.", "Eine neue Idee liegt vor.", "Zwei neue Ideen liegen vor.")),
        ("fundings", ("Keine Förderung läuft aus.", "Eine Förderung läuft aus.", "Zwei Förderungen laufen aus.")),
        (
            "contradictions",
            (
                "Die Quellen widersprechen sich nirgends.",
                "Zu einer Angabe sagen zwei Quellen Verschiedenes.",
                "Zu zwei Angaben sagen zwei Quellen Verschiedenes.",
            ),
        ),
    ],
)
def test_headlines_count_right(key: str, expected: tuple[str, ...]) -> None:
    assert tuple(say("de", f"room.head.{key}", n=n) for n in range(3)) == expected
    assert say("de", f"room.head.{key}", n=21).split()[-1] == expected[2].split()[-1]
    assert {say("en", f"room.head.{key}", n=n)[-1] for n in (0, 1, 2, 21)} == {"."}


@pytest.mark.parametrize(
    ("n", "overdue", "expected"),
    [
        (1, 1, "Eine Vereinbarung ist offen, sie ist überfällig."),
        (2, 1, "Zwei Vereinbarungen sind offen, eine überfällig."),
        (6, 5, "Sechs Vereinbarungen sind offen, fünf überfällig."),
        (21, 13, "21 Vereinbarungen sind offen, 13 überfällig."),
    ],
)
def test_open_and_overdue_are_counted_in_one_sentence(n: int, overdue: int, expected: str) -> None:
    assert say("de", "room.head.agreements_overdue", n=n, overdue=overdue) == expected


def test_agreements_are_the_bodys_own_late_ones_first_as_its_view_counts_them(demo: Store, shown: Picture) -> None:  # noqa: F811
    with demo.reading() as connection:
        [body] = [one for one in bodies(connection) if one.kind == "steering_group"]
    item = Item(1, KEY, 1, "open_agreements", "Offene Vereinbarungen")
    standing = standing_now(demo, body, DEMO_DAY)
    slide, words = item_slide(shown, item, [item], None, standing), Words("de")
    late = sorted((one for one in standing if one.state == "overdue"), key=lambda one: one.due or DEMO_DAY)
    view = followed_for(demo, shown, OFFICE, body)
    assert len(late) == view.overdue == view.finding.values["n"]
    assert words.headline(slide).startswith("Sechs Vereinbarungen sind offen, fünf überfällig.")
    assert view.finding.values["total"] == 6
    assert slide.listing is not None
    assert [line.text for line in slide.listing.lines if line.warns] == [one.title for one in late]
    earlier = picture(demo, dt.date(2026, 11, 3))
    assert item_slide(earlier, item, [item], shown, standing).listing == slide.listing, "late by days until now"
    warned = [line.warns for line in slide.listing.lines]
    assert warned == sorted(warned, reverse=True)
    assert len(slide.listing.lines) + slide.listing.more == len(standing)


def test_the_papers_day_decides_what_is_shown(demo: Store) -> None:  # noqa: F811
    then = picture(demo, dt.date(2026, 2, 1), dt.datetime(2026, 2, 2, tzinfo=dt.UTC))
    key = next(goal.key for goal in then.facts.goals if goal.id == "S2")
    now = picture(demo, DEMO_DAY)
    slide = target_slide(then, key, now)
    assert slide is not None
    assert slide.late, "a value that came later stands apart"
    assert slide.late[0].lead != slide.facts[0].lead
    assert target_slide(now, key, now).late == ()  # type: ignore[union-attr]


def test_what_is_overdue_is_the_same_number_since_last_time(demo: Store, shown: Picture) -> None:  # noqa: F811
    with demo.reading() as connection:
        every = bodies(connection)
    for body in every:
        late = sum(one.state == "overdue" for one in standing_now(demo, body, DEMO_DAY))
        found = since(demo, shown, Compare(dt.date(2026, 2, 10), DEMO_DAY), body, None)
        told = [one for one in found.finding.sentences if one.code.startswith("since.finding.overdue")]
        assert [one.values["n"] for one in told] == ([late] if late else [])
        assert found.count("broken") <= late, "what is named as late is on the list"


def test_overview_and_since_last_time_count_the_same_ratings(demo: Store, shown: Picture) -> None:  # noqa: F811
    assert shown.before is not None
    moves, measures = moves_of(shown)
    found = since(demo, shown, Compare(shown.before.day, DEMO_DAY), None, None)
    turned = [x for x in found.sections["goals"] if x.before and x.after and x.before.code != x.after.code]
    assert sum(move.before != move.after for move in moves) == len(turned)
    assert measures == found.count("measures") > 0


def test_money_applied_for_is_open_and_told_short(demo: Store, shown: Picture) -> None:  # noqa: F811
    with demo.reading() as connection:
        items = agenda(connection, KEY)
    [item] = [one for one in items if one.origin == "funding"]
    slide, words = item_slide(shown, item, items), Words("de")
    assert words.headline(slide).endswith("Bei fünf ist die Anschlussfinanzierung offen, davon bei drei beantragt.")
    assert slide.listing is not None
    assert all(line.warns for line in slide.listing.lines)
    assert sum("offen, beantragt" in words.note(line) for line in slide.listing.lines) == 3
    assert slide.consequence.count(".") <= 2, slide.consequence


@pytest.mark.parametrize("n", [0, 1, 2, 21])
def test_the_sentences_about_what_is_applied_for_read_well(n: int) -> None:
    day = dt.date(2027, 3, 31)
    for language in LANGUAGES:
        for code in ("finding.funding.follow_up_missing_applied", "room.head.without_follow_up_applied"):
            assert say(language, code, n=n, applied=1).endswith(".")
        assert say(language, "agenda.consequence.endings", n=n, fundings=5, day=day).endswith(".")
    told = say("de", "agenda.consequence.endings", n=8, fundings=5, day=day).replace("\u00a0", " ")
    assert told == "Bis zum 31. März 2027 enden fünf Förderungen ohne Anschluss; sie tragen acht Maßnahmen."
