"""What a link must not let in, what it must not claim, and what short answers mean."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from dashboard.answers.contacts import Viewer
from dashboard.answers.picture import picture
from dashboard.answers.provenance import Eyes, origins
from dashboard.answers.report_links import links_shown
from dashboard.parts.provenance import sender_words
from etl.model.deliveries import all_deliveries
from etl.model.partner_words import words_of
from etl.model.report_links import _new_token
from etl.rules.facts import Round
from etl.wording import say
from tests.asgi import Answer, Caller
from tests.dashboard.link.conftest import ROUND, Network
from tests.dashboard.networks import deliver, workbook

CLIENT = "Frau Müller, geb. 3.4.1987, Duldung"
_REFUSED = "Angaben über einzelne Menschen"


def _review(caller: Caller, path: str, typed: dict[str, str]) -> Answer:
    return caller.post(path, caller.get(path).hidden | typed | {"step": "review"})


def _send(caller: Caller, path: str, review: Answer, **words: str) -> Answer:
    return caller.post(path, review.hidden | words | {"step": "send"})


def _deliveries(network: Network) -> int:
    with network.store.reading() as connection:
        return len(all_deliveries(connection))


def test_a_sentence_beside_a_rating_is_looked_at_like_a_cell(network: Network) -> None:
    path, caller = network.link(), network.caller()
    first = network.measures()[0]
    review = _review(caller, path, {f"m.{first.key}.status": "paused"})
    name = f"w.{first.key}"
    assert f'name="{name}"' in review.text, "no rating got worse"
    refused = _send(caller, path, review, **{name: CLIENT})
    assert _REFUSED in refused.text
    assert CLIENT in refused.text, "what was typed is lost"
    assert 'value="send"' in refused.text, "put right, it can be sent"
    assert _deliveries(network) == 2
    assert network.measures()[0].value("status") == "running"
    assert "Danke" in _send(caller, path, refused, **{name: "Der Raum fehlt."}).text
    with network.store.reading() as connection:
        said = words_of(connection, all_deliveries(connection)[-1].number)
    assert said[first.key].text == "Der Raum fehlt."


def test_the_name_of_who_answers_is_looked_at_at_every_step(network: Network) -> None:
    path, caller = network.link(), network.caller()
    hidden = caller.get(path).hidden
    for step in ("unchanged", "review", "send"):
        answer = caller.post(path, hidden | {"person": CLIENT, "rest": "1", "step": step})
        assert _REFUSED in answer.text, step
    assert not any(known.said[-1].body.confirms for known in network.measures())


def test_an_answer_nobody_could_read_is_never_thanked_for(network: Network) -> None:
    path, caller = network.link(), network.caller()
    first = network.measures()[0]
    alone = _review(caller, path, {f"m.{first.key}.participants_actual": "zwölfe"})
    assert "Eine Angabe konnten wir nicht lesen" in alone.text
    assert "Sie haben nichts geändert" not in alone.text
    assert 'value="send"' not in alone.text

    both = {f"m.{first.key}.participants_actual": "zwölfe", f"m.{first.key}.obstacle": "Geld"}
    done = _send(caller, path, _review(caller, path, both))
    assert "1 Angabe konnten wir nicht übernehmen" in done.text
    with network.store.reading() as connection:
        issues = all_deliveries(connection)[-1].issues
    assert any("zwölfe" in str(issue) for issue in issues), "the office does not see it"

    beside = _review(caller, path, {f"m.{first.key}.participants_actual": "zwölfe", "rest": "1"})
    assert 'value="send"' in beside.text
    last = _send(caller, path, beside).text
    assert "1 Angabe konnten wir nicht übernehmen" in last
    assert "Genau so kannten wir es schon" not in last


@pytest.mark.parametrize("word", ["nichts", "Keine.", "nothing", "none", "–"])
def test_nothing_in_any_words_is_one_answer(network: Network, word: str) -> None:
    path, caller = network.link(), network.caller()
    first = network.measures()[0]
    _send(caller, path, _review(caller, path, {f"m.{first.key}.obstacle": "Räume"}))
    review = _review(caller, path, {f"m.{first.key}.obstacle": word})
    assert "können wir so nicht übernehmen" not in review.text
    assert "Danke" in _send(caller, path, review).text
    assert network.measures()[0].value("obstacle") == "keine"


def test_see_above_keeps_what_is_known(network: Network) -> None:
    path, caller = network.link(), network.caller()
    first = network.measures()[0]
    review = _review(caller, path, {f"m.{first.key}.obstacle": "s. o."})
    assert "Was wir wissen, bleibt" in review.text
    assert "können wir so nicht übernehmen" not in review.text


def test_the_contact_is_shown_whoever_told_of_it_and_yes_changes_nothing(network: Network) -> None:
    first, second, _ = network.measures()
    headings = ("Organisation", "Ansprechperson", "E-Mail")
    row = ("Diakonie", "Anne Winter", "winter@diakonie.example")
    deliver(network.store, "Kontakte.xlsx", workbook("Kontakte", headings, row), "Amt", dt.date(2026, 10, 20))
    path, caller = network.link(), network.caller()
    page = caller.get(path)
    assert "Frau Kellermann" in page.text
    assert "Anne Winter" in page.text, "what the office knows is not shown"
    review = _review(caller, path, {f"m.{first.key}.contact": "ja", f"m.{second.key}.contact": "Stimmt."})
    assert "Sie haben nichts geändert" in review.text
    other = _review(caller, path, {f"m.{second.key}.contact": "Bernd Sommer"})
    assert "Bernd Sommer" in other.text


def test_tokens_are_letters_and_digits_alone() -> None:
    made = {_new_token() for _ in range(500)}
    assert len(made) == 500
    assert all(token.isascii() and token.isalnum() and len(token) * 5.95 > 128 for token in made)


def test_the_round_tells_of_answers_and_of_the_tap_after_them(network: Network) -> None:
    path, caller = network.link(), network.caller()
    first = network.measures()[0]
    _send(caller, path, _review(caller, path, {f"m.{first.key}.obstacle": "Geld"}))
    caller.post(path, caller.get(path).hidden | {"step": "unchanged"})
    this = Round(ROUND, network.day, dt.date(2026, 11, 20))
    [shown] = links_shown(network.store, picture(network.store, network.day), Viewer("coordinator"), this)
    assert (shown.before, shown.state) == ("answered", "confirmed")


def test_the_source_says_who_answered_and_how(network: Network) -> None:
    path, caller = network.link(), network.caller()
    first = network.measures()[0]
    _send(caller, path, _review(caller, path, {f"m.{first.key}.obstacle": "Geld", "person": "Anne"}))
    [origin, *_] = origins(picture(network.store, network.day), first.key, "obstacle", Eyes(office=True))
    words = sender_words(origin, partial(say, "de"))
    assert "per Link geantwortet von Anne" in words
    assert "hochgeladen" not in words
