"""The recorder's desk as a browser calls it: who may, what is refused, what stands beside, what followers see."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from dashboard.answers.ideas import collection
from dashboard.answers.picture import picture
from dashboard.answers.provenance import Eyes, origins
from dashboard.parts.ideas_collected import collected_markup
from etl.model.composition import note_guest
from etl.model.meeting_results import results_of
from etl.model.state import state_on
from etl.pipeline.enter import enter
from etl.pipeline.ideas.collecting import collect
from etl.pipeline.ideas.rating import open_workshop
from etl.rules.idea_workshop import Workshop
from etl.wording import say
from tests.dashboard.desk.conftest import DAY, NOW, Meeting, told
from tests.signed_in import a_user

_PATHS = ("", "/stand", "/pruefung")
_POSTS = ("/ergebnis", "/zurueck", "/anwesend", "/stimmung", "/ideen")


def _stored(meeting: Meeting) -> int:
    with meeting.store.reading() as connection:
        return len(results_of(connection, meeting.key))


def test_who_does_not_record_finds_nothing_there(meeting: Meeting) -> None:
    callers = [meeting.caller(), meeting.by_code(), meeting.caller("cem"), meeting.caller("lea", "leadership")]
    unknown = meeting.caller("amt", "coordinator")
    for caller in callers:
        answers = [caller.get(meeting.at + path) for path in _PATHS]
        answers += [caller.post(meeting.at + path, {"said": "{}"}) for path in _POSTS]
        assert {answer.status for answer in answers} == {404}
        assert "Mehr Deutsch" not in answers[0].text
    assert unknown.get("/saal/meeting-99999/protokoll").status == 404
    assert meeting.recorder().get(meeting.at).status == 200
    other_site = meeting.recorder().post(f"{meeting.at}/ergebnis", {"said": "{}"}, sec_fetch_site="cross-site")
    assert other_site.status == 403
    assert _stored(meeting) == 0


def test_what_is_written_down_is_a_fact_and_on_every_screen_at_once(meeting: Meeting) -> None:
    ben, follower = meeting.recorder(), meeting.by_code()
    before = told(follower.get(f"/mitlesen/{meeting.code}/stand"))["stand"]
    who = [{"partner": meeting.vhs, "stance": "promised"}, {"partner": meeting.job, "stance": "open"}]
    saved = meeting.save(ben, meeting.said(who=who))
    assert (saved["version"], saved["again"]) == (1, False)
    assert "VHS" in saved["results"]
    assert meeting.save(ben, meeting.said(who=who))["again"]
    assert _stored(meeting) == 1
    with meeting.store.reading() as connection:
        (fact,) = state_on(connection).kind("agreement").values()
    assert (fact.value("responsible"), fact.value("goal_ref")) == (["VHS"], ["S2"])
    after = told(follower.get(f"/mitlesen/{meeting.code}/stand?seit={before}"))
    assert "Zweiter Abendkurs B1" in after["slide"]
    assert "gefragt, noch ohne Antwort: Jobcenter" in after["slide"]
    assert "Ben" not in after["slide"], "those who follow by code are told houses, not persons"


def test_a_person_named_in_a_text_is_their_house_on_every_screen(meeting: Meeting) -> None:
    by: dict[str, Any] = {"day": DAY, "person": "Amt", "reason": "Liste", "now": NOW}
    enter(meeting.store, "contact", {"contact_name": "Gesine Lühning"}, partner=meeting.vhs, **by)
    ben, follower = meeting.recorder(), meeting.by_code()
    saved = meeting.save(ben, meeting.said(text="Frau Lühning (VHS) koordiniert."))
    assert saved["hint"].startswith("Der Text nennt eine Person")
    assert saved["live"]
    assert "Lühning" in saved["results"], "whoever records changes their own words"
    slide = told(follower.get(f"/mitlesen/{meeting.code}/stand"))["slide"]
    assert "VHS koordiniert." in slide
    assert "Lühning" not in slide
    with meeting.store.reading() as connection:
        (fact,) = state_on(connection).kind("agreement").values()
    assert fact.value("title") == "VHS koordiniert."
    assert meeting.save(ben, meeting.said(text="Zweiter Kurs"), name="form-0002")["hint"] == ""


def test_a_house_that_promises_and_is_not_there_is_told(meeting: Meeting) -> None:
    ben = meeting.recorder()
    ben.post(f"{meeting.at}/anwesend", {"member": str(meeting.members[1]), "there": "1"})
    assert "nicht als anwesend vermerkt: VHS." in meeting.save(ben, meeting.said())["hint"]
    assert meeting.save(ben, meeting.said(), name="form-0002", kind="decision")["hint"] == "", "nobody was asked"
    ben.post(f"{meeting.at}/anwesend", {"member": str(meeting.members[0]), "there": "1"})
    assert meeting.save(ben, meeting.said(), name="form-0003")["hint"] == ""


def test_a_result_under_the_wrong_item_is_moved(meeting: Meeting) -> None:
    ben, follower = meeting.recorder(), meeting.by_code()
    saved = meeting.save(ben, meeting.said())
    change = {"result": str(saved["result"]), "based_on": "1", "item": str(meeting.items[1])}
    assert meeting.save(ben, meeting.said(due="2027-03-01"), **change)["version"] == 2
    assert "Zweiter Abendkurs" in told(follower.get(f"/mitlesen/{meeting.code}/stand"))["slide"], "nobody moved it"
    assert meeting.save(ben, meeting.said(), **change | {"based_on": "2", "moved": "1"})["version"] == 3
    assert "Zweiter Abendkurs" not in told(follower.get(f"/mitlesen/{meeting.code}/stand"))["slide"]
    with meeting.store.reading() as connection:
        assert [row.item for row in results_of(connection, meeting.key)] == [meeting.items[1]]
        assert len(state_on(connection).kind("agreement")) == 1
    wrong = meeting.save(ben, meeting.said(), **change | {"based_on": "3", "moved": "1", "item": "99999"})
    assert "refused" in wrong


def test_what_cannot_be_written_down_is_answered_with_its_sentence(meeting: Meeting) -> None:
    ben = meeting.recorder()
    wrong: list[tuple[dict[str, Any], str]] = [
        (meeting.said(text=" "), "Es fehlt der Wortlaut"),
        (meeting.said(due="2026-02-30"), "Ein Tag ist nicht lesbar"),
        (meeting.said(due="2026-11-09"), "liegt vor der Sitzung"),
        (meeting.said(who=[{"partner": "partner-99999"}]), "gibt es nicht mehr"),
        (meeting.said(who=[{"partner": "<script>"}]), "gibt es nicht mehr"),
        (meeting.said(who=[{"partner": meeting.vhs, "stance": "must"}]), "sagt es zu"),
        (meeting.said(text="x" * 5_000), "zu lang"),
        (meeting.said(goals=["goal-00001"] * 100), "zu lang"),
        (meeting.said(text="Name: Amira Haddad, geb. 03.05.1990, Kundennummer 123A456789"), "einzelne Person"),
    ]
    for said, sentence in wrong:
        answer = meeting.save(ben, said)
        expected = "zusagt" if sentence == "sagt es zu" else sentence
        assert expected in answer["refused"], (said, answer.get("refused"))
    for raw in ("", "[]", "{", "null", '{"who": [1]}', '{"text": 1}', '{"views": {}}', "[" * 5_000):
        fields = {"name": "form-0001", "kind": "information", "said": raw}
        assert told(ben.post(f"{meeting.at}/ergebnis", fields))["refused"]
    assert meeting.save(ben, meeting.said(), kind="law")["refused"]
    assert meeting.save(ben, meeting.said(), name="../..")["refused"]
    assert ben.post(f"{meeting.at}/ergebnis", {"said": "x" * 300_000}).status == 403
    assert _stored(meeting) == 0


def test_markup_that_is_typed_stays_text_everywhere(meeting: Meeting) -> None:
    ben, follower = meeting.recorder(), meeting.by_code()
    saved = meeting.save(ben, meeting.said(text="<img src=x onerror=alert(1)>"))
    slide = told(follower.get(f"/mitlesen/{meeting.code}/stand"))["slide"]
    page = ben.get(meeting.at).text
    for html in (saved["results"], slide, page):
        assert "<img" not in html
        assert "&lt;img" in html


def test_two_recorders_are_told_of_each_other_and_nothing_is_lost(meeting: Meeting) -> None:
    ben, eva = meeting.recorder("ben"), meeting.recorder("eva")
    result = meeting.save(ben, meeting.said())["result"]
    edit = {"result": str(result), "based_on": "1"}
    assert "beside" not in meeting.save(ben, meeting.said(text="Bens Fassung"), **edit)
    answer = meeting.save(eva, meeting.said(text="Evas Fassung"), **edit)
    assert answer["beside"].startswith("Ben hat inzwischen anders geschrieben.")
    assert "Bens Fassung" in answer["results"]
    assert "Evas Fassung" in answer["results"]
    settled = meeting.save(eva, meeting.said(text="Gemeinsam"), result=str(result), based_on=str(answer["version"]))
    assert "Evas Fassung" not in settled["results"]


def test_a_decision_is_withdrawn_and_waits_again(meeting: Meeting) -> None:
    ben = meeting.recorder()
    said = {"text": "Der Kurs wird eingerichtet.", "about": meeting.waiting}
    saved = meeting.save(ben, said, kind="decision", item=str(meeting.items[1]))
    gone = told(ben.post(f"{meeting.at}/zurueck", {"result": str(saved["result"])}))
    assert "zurückgenommen" in gone["results"]
    assert gone["headline"] == "Noch ist nichts festgehalten."
    with meeting.store.reading() as connection:
        assert state_on(connection).kind("decision")[meeting.waiting].value("status") == "to_decide"


def test_a_change_of_what_was_withdrawn_meanwhile_is_kept_in_the_form(meeting: Meeting) -> None:
    ben, eva = meeting.recorder("ben"), meeting.recorder("eva")
    result = str(meeting.save(ben, meeting.said())["result"])
    ben.post(f"{meeting.at}/zurueck", {"result": result})
    answer = meeting.save(eva, meeting.said(text="Evas Fassung"), result=result, based_on="1")
    assert answer["withdrawn"]
    assert "halten Sie sie neu fest" in answer["refused"]
    assert not meeting.save(eva, meeting.said(text="Evas Fassung"), name="form-0002").get("refused")


def test_presence_is_a_tick_and_guests_are_a_number(meeting: Meeting) -> None:
    ben = meeting.recorder()
    there = told(ben.post(f"{meeting.at}/anwesend", {"member": str(meeting.members[0]), "there": "1"}))
    assert "1 von 2 Mitgliedern" in there["attendance"].replace("\u00a0", " ")
    assert told(ben.post(f"{meeting.at}/anwesend", {"member": "999", "there": "1"}))["refused"]
    assert 'value="3"' in told(ben.post(f"{meeting.at}/anwesend", {"guests": "3"}))["attendance"]
    assert told(ben.post(f"{meeting.at}/anwesend", {"guests": "drei"}))["refused"]


def test_an_invited_house_is_ticked_too(meeting: Meeting) -> None:
    ben = meeting.recorder()
    assert told(ben.post(f"{meeting.at}/anwesend", {"house": meeting.job, "there": "1"}))["refused"], "not invited"
    with meeting.store.writing() as connection:
        note_guest(connection, meeting.key, meeting.job, None, by="Amt", now=NOW)
    assert "Eingeladene Häuser" in ben.get(meeting.at).text
    there = told(ben.post(f"{meeting.at}/anwesend", {"house": meeting.job, "there": "1"}))
    assert f'data-house="{meeting.job}" checked' in there["attendance"]
    gone = told(ben.post(f"{meeting.at}/anwesend", {"house": meeting.job, "there": ""}))
    assert f'data-house="{meeting.job}" checked' not in gone["attendance"]


def test_the_form_is_filled_in_with_what_the_item_says(meeting: Meeting) -> None:
    page = meeting.recorder().get(meeting.at)
    raw = page.text.split('data-desk="')[1].split('"')[0]
    data = json.loads(raw.replace("&#34;", '"').replace("&amp;", "&"))
    first, second = data["items"]
    assert (first["proposal"], [goal["key"] for goal in first["goals"]]) == (
        "Vereinbaren, wer was tut.",
        [meeting.goal],
    )
    assert (second["waiting"]["key"], second["due"], second["reports"]) == (
        meeting.waiting,
        "2027-03-01",
        [meeting.vhs],
    )
    assert data["wall"] == meeting.items[0]
    query = f"kind=value_reported&target={meeting.goal}&by=2027-02-01"
    checked = told(meeting.recorder().get(f"{meeting.at}/pruefung?{query}"))["text"].replace("\u00a0", " ")
    assert checked == "Geprüft am 1. Februar 2027: Ist für das Ziel „Mehr Deutsch“ ein neuer Wert gemeldet?"


def _choice(meeting: Meeting, caller: Any, path: str, choice: str, number: int) -> str:
    answer = caller.post(f"{path}/stimme?number={number}", {"choice": choice})
    return str(told(answer)["html"]).replace("\u00a0", " ")


def test_the_room_says_how_it_sees_an_item_without_names_and_sees_it_at_the_end(meeting: Meeting) -> None:
    ben = meeting.recorder()
    ask = {"do": "ask", "item": str(meeting.items[0])}
    assert "Noch ist keine Stimme da." in told(ben.post(f"{meeting.at}/stimmung", ask))["temperature"]
    number, by_code = 1, f"/mitlesen/{meeting.code}"
    signed_in = meeting.caller("cem")
    followers = [meeting.by_code(), meeting.by_code()]
    assert "auf Kurs" in told(followers[0].get(f"{by_code}/stimme?number={number}"))["html"]
    for caller, choice in zip(followers, ("on_track", "off_track"), strict=True):
        assert 'data-choice="' + choice + '" aria-pressed="true"' in _choice(meeting, caller, by_code, choice, number)
    _choice(meeting, signed_in, f"/saal/{meeting.key}", "on_track", number)
    _choice(meeting, signed_in, f"/saal/{meeting.key}", "off_track", number)  # changes its mind
    signed_in.cookies.pop(("rundertisch_stimme_1", "/"))
    refused = _choice(meeting, signed_in, f"/saal/{meeting.key}", "on_track", number)
    assert "Jedes zählt einmal." in refused
    assert meeting.caller().get(f"{by_code}/stimme?number={number}").status == 404, "a code alone was not typed here"
    slide = told(followers[0].get(f"{by_code}/stand"))["slide"]
    assert "<rect" not in slide, "nobody sees anything before the end"
    closed = told(ben.post(f"{meeting.at}/stimmung", {"do": "close", "number": str(number)}))
    assert "Zwei von drei Stimmen sagen: nicht auf Kurs." not in closed["temperature"]
    assert "Die Einschätzung geht auseinander." in closed["temperature"]
    assert followers[0].post(f"{by_code}/stimme?number={number}", {"choice": "on_track"}).status == 404
    slide = told(followers[0].get(f"{by_code}/stand"))["slide"]
    assert slide.count("<rect") == 2
    assert (
        slide.count("auf Kurs <b>1</b>")
        == slide.count("nicht auf Kurs <b>2</b>")
        == slide.count("gefährdet <b>0</b>")
        == 1
    )


def test_the_presenters_one_key_asks_and_shows(meeting: Meeting) -> None:
    presenter, follower = meeting.caller("amt", "coordinator"), meeting.by_code()
    asked = f"/saal/{meeting.key}/stimmung"
    assert follower.post(asked, {}).status == 404
    assert presenter.post(asked, {}, sec_fetch_site="cross-site").status == 403
    assert presenter.post(asked, {}).status == 200
    assert "data-open" in told(follower.get(f"/mitlesen/{meeting.code}/stand"))["slide"]
    assert presenter.post(asked, {}).status == 200
    slide = told(follower.get(f"/mitlesen/{meeting.code}/stand"))["slide"]
    assert "Niemand hat sich geäußert." in slide


@pytest.mark.parametrize(
    ("hands", "sentence"),
    [
        ({"on_track": "12"}, "Alle zwölf sagen: auf Kurs."),
        ({"on_track": "1", "at_risk": "1"}, "Nur zwei Stimmen: Gezeigt wird nur ihre Anzahl"),
        ({"on_track": "x"}, "nicht lesbar"),
    ],
)
def test_hands_are_typed_by_the_recorder(meeting: Meeting, hands: dict[str, str], sentence: str) -> None:
    fields = {"do": "hands", "item": str(meeting.items[0])} | hands
    answer = told(meeting.recorder().post(f"{meeting.at}/stimmung", fields))
    assert sentence in answer.get("refused", answer["temperature"])


def test_ideas_called_out_in_the_meeting_lie_on_the_table_at_once(meeting: Meeting) -> None:
    ben, office = meeting.recorder(), a_user(meeting.store, "amt", "coordinator")
    told_by: dict[str, Any] = {"reason": "r", "day": DAY, "now": NOW}
    first = collect(meeting.store, office, ["Lotsen"], **told_by)
    typed = {"titles": "Sprachcafé im Bus\n\nlotsen\n", "house": ""}
    assert "abgeschlossen" in told(ben.post(f"{meeting.at}/ideen", typed))["refused"], "no workshop is open"
    assert '<section id="ideas" hidden>' in ben.get(meeting.at).text
    open_workshop(meeting.store, office, Workshop(0, "Werkstatt", DAY, ideas=first.keys), now=NOW)
    assert told(ben.get(f"{meeting.at}/stand"))["collects"]
    answer = told(ben.post(f"{meeting.at}/ideen", typed))["collected"]
    assert answer == "Eine Idee aufgenommen. Schon auf dem Tisch lag lotsen."
    told(ben.post(f"{meeting.at}/ideen", {"titles": "Tandem", "house": meeting.vhs}))
    for text, house in (("Frau A. B., geb. 3.5.1990", ""), ("Neu", "partner-99999"), (" ", "")):
        assert told(ben.post(f"{meeting.at}/ideen", {"titles": text, "house": house}))["refused"]
    shown = picture(meeting.store, DAY)
    lines = [line for cluster in collection(shown, "herausforderung").clusters for line in cluster.lines]
    assert [(line.idea.title, line.idea.partner, line.in_meeting) for line in lines] == [
        ("Lotsen", None, False),
        ("Sprachcafé im Bus", None, True),
        ("Tandem", meeting.vhs, True),
    ]
    assert "in der Sitzung" in collected_markup(collection(shown, "herausforderung"), partial(say, "de"))
    (origin,) = origins(shown, lines[1].idea.key, "title", Eyes())
    assert origin.reason == "in der Sitzung: 7. Sitzung"
