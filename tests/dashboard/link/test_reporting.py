"""A partner reports behind its link: every answer is a cell of a delivery, and nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from etl.model.deliveries import all_deliveries, received_content
from etl.model.reviews import OFFICE_FIRST, set_policy, waiting_for_office
from etl.model.store import Store
from etl.pipeline.export import as_json, export_state
from etl.pipeline.gone import no_longer_named
from etl.pipeline.rebuild import rebuild_into
from etl.pipeline.undo import undo_delivery
from tests.asgi import Answer, Caller
from tests.dashboard.link.conftest import Network
from tests.dashboard.link.sheets import texts
from tests.signed_in import a_session, a_user


def _review(caller: Caller, path: str, **typed: str) -> Answer:
    page = caller.get(path)
    return caller.post(path, page.hidden | {name.replace("__", "."): text for name, text in typed.items()} | REVIEW)


def _send(caller: Caller, path: str, review: Answer, **words: str) -> Answer:
    return caller.post(path, review.hidden | words | {"step": "send"})


REVIEW = {"step": "review"}


def _exported(store: Store, network: Network) -> bytes:
    return as_json(export_state(store, today=network.day))


def _field(known: object, question: str) -> str:
    return f"m.{known.key}.{question}"  # type: ignore[attr-defined]


def test_answers_are_a_delivery_with_a_source_for_every_value(network: Network, sqlite_store: Store) -> None:
    path, caller = network.link(), network.caller()
    first, second, third = network.measures()
    page = caller.get(path)
    assert page.status == 200
    for shown in (
        "Diakonie · Runde",
        "Wir kennen drei Maßnahmen von Ihnen",
        "Mietlotsen",
        "Frau Kellermann",
        "12 Menschen",
    ):
        assert shown in page.text
    assert "Rechtsberatung" not in page.text
    typed = {
        _field(first, "status"): "delayed",
        _field(first, "participants_actual"): "ca. 25",
        _field(third, "obstacle"): "ein Raum",
        "n.title": "Nähtreff",
        "n.status": "planned",
        "b.title": "Kinderbetreuung am Abend",
        "rest": "1",
    }
    review = caller.post(path, page.hidden | typed | REVIEW)
    for told in ("<b>verzögert</b>", "bisher: läuft", "gelesen aus „ca. 25“", "Nähtreff", "ein Raum"):
        assert told in review.text
    assert "Bei einer weiteren Maßnahme bleibt alles" in review.text
    assert len(network.measures()) == 3, "a preview changed something"
    done = _send(caller, path, review)
    assert "Danke" in done.text

    now = {known.key: known for known in network.measures()}
    assert [known.value("status") for known in network.measures()] == ["delayed", "running", "planned", "planned"]
    assert now[first.key].value("participants_actual") == 25
    assert now[third.key].value("obstacle") == "ein Raum", "of two measures with one title the wrong one was meant"
    assert now[second.key].said[-1].body.confirms
    with network.store.reading() as connection:
        delivery = all_deliveries(connection)[-1]
        content = received_content(connection, delivery.number)
        assert not no_longer_named(connection), "a form that names one measure says nothing about the others"
    assert (delivery.sent_by, delivery.corrections["form"]) == ("Frau Kaya", "link")
    assert delivery.file == "Antworten per Link von Frau Kaya, 10.11.2026 10.00 Uhr.xlsx"
    assert content[:2] == b"PK"
    holds = now[first.key].holds["status"]
    assert (holds.delivery, holds.body.said["status"]) == (delivery.number, ["verzögert"])

    rebuild_into(network.store, sqlite_store)
    assert _exported(sqlite_store, network) == _exported(network.store, network)
    undo_delivery(network.store, delivery.number, now=network.now)
    assert [known.value("status") for known in network.measures()] == ["running", "running", "planned"]


def test_nothing_has_changed_is_one_tap_and_two_taps_are_one(network: Network) -> None:
    path, caller = network.link(), network.caller()
    tap = caller.get(path).hidden | {"step": "unchanged"}
    done = caller.post(path, tap).text
    assert "Alles gilt auch heute, am 10. November 2026" in done
    assert "Kooperationen, Fördermitteln, Kontakten und Bedarfen" in done
    assert "die Bestätigung zurückzunehmen" in done
    assert "schon bestätigt" in caller.post(path, tap).text
    assert all(known.said[-1].body.confirms for known in network.measures())


def test_a_tap_never_throws_away_what_was_typed_beside_it(network: Network) -> None:
    path, caller = network.link(), network.caller()
    first = network.measures()[0]
    tap = caller.get(path).hidden | {_field(first, "obstacle"): "Geld", "step": "unchanged"}
    assert "Geld" in caller.post(path, tap).text
    assert not any(known.said[-1].body.confirms for known in network.measures())


def test_the_form_comes_back_with_its_boxes_open_its_sentence_kept_and_the_faulty_field_in_focus(
    network: Network,
) -> None:
    path, caller = network.link(), network.caller()
    first, _, third = network.measures()
    shut = caller.get(path)
    assert _open_boxes(shut) == []
    review = _review(caller, path, **{f"m__{first.key}__participants_actual": "0", f"m__{first.key}__status": "paused"})
    sentence = {f"w.{first.key}": "Der Raum fehlt seit Oktober."}
    back = caller.post(path, review.hidden | sentence | {"step": "change"})
    assert back.hidden.items() >= sentence.items()
    assert _open_boxes(back) == ["Mietlotsen"]
    without = caller.post(path, back.hidden | {"n.obstacle": "Geld", _field(third, "contact"): "Frau Neu"} | REVIEW)
    assert len(_open_boxes(without)) == 2, "the box of the new measure, and of the one with another contact"
    [faulty] = re.findall(r"<(?:input|textarea) id=\"([^\"]+)\"[^>]* autofocus", without.text)
    assert faulty == "n.title"
    assert "fehlt noch ein Name" in without.text.split('for="n.title"')[1].split("<input")[0], (
        "not told beside the field"
    )


def _open_boxes(page: Answer) -> list[str]:
    return re.findall(r'<details class="one[^"]*" open>\s*<summary><b>([^<]+)</b>', page.text)


def test_two_phones_at_once_the_second_gets_the_newer_comparison(network: Network) -> None:
    path, one, two = network.link(), network.caller(), network.caller("192.0.2.8")
    first = network.measures()[0]
    held = two.get(path).hidden
    mine = {_field(first, "participants_actual"): "30", _field(first, "next_steps"): "Plakate"}
    shown_before = two.post(path, held | mine | REVIEW)
    _send(one, path, _review(one, path, **{f"m__{first.key}__participants_actual": "25"}))

    late = _send(two, path, shown_before)
    assert "Inzwischen hat jemand anderes etwas gemeldet" in late.text
    assert "bisher: 25" in late.text
    assert late.hidden[_field(first, "next_steps")] == "Plakate", "what was typed is lost"
    assert network.measures()[0].value("participants_actual") == 25
    assert "Danke" in _send(two, path, late).text
    assert network.measures()[0].value("participants_actual") == 30

    # an old page says only what its person changed, never what was filled in
    old = two.post(path, held | {_field(first, "obstacle"): "Räume"} | REVIEW)
    assert "bisher nichts bekannt" in old.text
    assert "30" not in old.text.split("<main", 1)[1].split("<dl>", 1)[1].split("</dl>", 1)[0]


def test_sent_twice_is_received_once(network: Network) -> None:
    path, caller = network.link(), network.caller()
    first = network.measures()[0]
    review = _review(caller, path, **{f"m__{first.key}__obstacle": "Geld"})
    assert "Danke" in _send(caller, path, review).text
    assert "Danke" in _send(caller, path, review).text  # the answer to the first was lost on its way
    with network.store.reading() as connection:
        assert len(all_deliveries(connection)) == 3


def test_what_cannot_be_taken_is_told_and_kept_on_the_page(network: Network) -> None:
    path, caller = network.link(), network.caller()
    first = network.measures()[0]
    number = _review(caller, path, **{f"m__{first.key}__participants_actual": "viele"})
    assert "„viele“ können wir nicht übernehmen" in number.text
    about = "Herr Ali Demir, geb. 12.03.1988, Aufenthaltsgestattung"
    client = _review(caller, path, **{f"m__{first.key}__obstacle": about})
    assert "Angaben über einzelne Menschen" in client.text
    back = caller.post(path, client.hidden | {"step": "change"})
    assert about in back.text
    assert "fehlt noch ein Name" in _review(caller, path, n__obstacle="Geld").text
    assert "zu lang" in _review(caller, path, **{f"m__{first.key}__obstacle": "x" * 1001}).text
    emptied = _review(caller, path, **{f"m__{first.key}__participants_actual": "", f"m__{first.key}__contact": ""})
    assert emptied.text.count("Leer gelassen: Was wir wissen, bleibt.") == 2
    with network.store.reading() as connection:
        assert len(all_deliveries(connection)) == 2


def test_where_the_office_looks_first_the_answers_wait_for_it(network: Network) -> None:
    with network.store.writing() as connection:
        set_policy(connection, network.partner("Diakonie"), OFFICE_FIRST, person="amt", now=network.now)
    path, caller = network.link(), network.caller()
    first = network.measures()[0]
    review = _review(caller, path, **{f"m__{first.key}__obstacle": "Geld"})
    assert "sieht sie sich zuerst an" in _send(caller, path, review).text
    assert "sieht sie sich zuerst an" in _send(caller, path, review).text
    assert network.measures()[0].value("obstacle") is None
    assert "liegen bei der Koordinierungsstelle" in caller.get(path).text
    with network.store.reading() as connection:
        [(file, given)] = waiting_for_office(connection)
    assert (file.partner, given.asked_by) == ("Diakonie", "Frau Kaya")


def test_during_a_call_the_office_fills_in_the_same_form(network: Network) -> None:
    path, caller = network.link(way="phone", person="", by="Amt"), network.caller()
    assert caller.get(path).status == 404, "a phone link opens for the signed-in office alone"
    a_user(network.store, "amt", "coordinator")
    a_user(network.store, "diakonie", "partner", partner=network.partner("Diakonie"))
    network.now = dt.datetime.now(dt.UTC)  # sessions live by the real clock in these helpers
    caller.cookies["rundertisch_session", "/"] = a_session(network.store, "diakonie")
    assert caller.get(path).status == 404
    caller.cookies["rundertisch_session", "/"] = a_session(network.store, "amt")
    first = network.measures()[0]
    typed = {f"m__{first.key}__status": "completed"}
    assert "wer es am Telefon gesagt hat" in _review(caller, path, **typed).text
    assert "Danke" in _send(caller, path, _review(caller, path, **typed, person="Frau Kaya")).text
    with network.store.reading() as connection:
        delivery = all_deliveries(connection)[-1]
        content = received_content(connection, delivery.number)
    assert (delivery.sent_by, delivery.accepted_by) == ("Frau Kaya", "Amt")
    assert (delivery.corrections["form"], delivery.file[:20]) == ("phone", "Antworten am Telefon")
    assert "Am Telefon gesagt am 10. November 2026 von Frau Kaya, aufgeschrieben von Amt" in texts(content)


@pytest.mark.parametrize("language", ["de", "en"])
def test_both_languages_say_the_same_facts(network: Network, language: str) -> None:
    page = network.caller().get(f"{network.link()}?lang={language}")
    assert f'<html lang="{language}" dir="ltr">' in page.text
    assert ("Nothing has changed" in page.text) is (language == "en")
