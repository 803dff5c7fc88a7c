"""Fragile spots: whom they are told, what partners say about them, and the way to an agenda."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.answers.contacts import Viewer
from dashboard.answers.meetings import coming_meetings, meeting_views
from dashboard.answers.picture import Picture, picture
from dashboard.answers.provenance import Eyes
from dashboard.answers.spots import (
    already_on,
    behind,
    comment,
    item_for,
    spot_page,
    spots_headline,
    spots_seen,
    take_back,
)
from dashboard.answers.sums import sum_of
from etl.model.store import Store, open_store
from etl.pipeline.authority import NotYours
from etl.pipeline.meeting.agenda import store_item
from etl.pipeline.spots import comment_spot
from etl.rules.finding import Finding
from etl.wording import say
from tests.dashboard.networks import deliver, workbook
from tests.demo import DEMO_DAY
from tests.signed_in import a_user

DAY = dt.date(2026, 11, 10)
NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
OFFICE = Viewer("coordinator")
HEAD = ("Kooperation", "Partner A", "Partner B", "Vereinbarung", "seit", "bis", "Status")


def agreement(store: Store, until: dt.date, on: dt.date) -> None:
    row = ("Bücherkoffer", "AWO", "Bürgerstiftung", "ja", dt.date(2024, 1, 1), until, "aktiv")
    deliver(store, "Kooperationen.xlsx", workbook("Kooperationen", HEAD, row), "AWO", on)


@pytest.fixture
def fragile(store: Store) -> Store:
    """An agreement that is over, and two houses with one contact each."""
    people = workbook(
        "Netzwerkpartner",
        ("Organisation", "Ansprechpartner", "E-Mail", "Weitergabe an"),
        ("AWO", "Ada Ohm", "ohm@example.org", "Netzwerk"),
        ("Bürgerstiftung", "Bo Quist", "quist@example.org", "Netzwerk"),
        ("Jobcenter", "Cem Rade", "rade@example.org", "Netzwerk"),
    )
    deliver(store, "Partner.xlsx", people, "AWO", dt.date(2026, 10, 1))
    agreement(store, dt.date(2026, 7, 31), dt.date(2026, 10, 2))
    return store


@pytest.fixture
def a_copy(demo: Store, tmp_path: Path) -> Iterator[Store]:
    """The demo network, to be written into."""
    shutil.copy(demo.url.removeprefix("sqlite:///"), tmp_path / "demo.db")
    opened = open_store(f"sqlite:///{tmp_path / 'demo.db'}")
    yield opened
    opened.close()


def plain(finding: Finding) -> str:
    return say("de", finding.code, **finding.values).replace("\N{NO-BREAK SPACE}", " ")


def key_of(shown: Picture, name: str) -> str:
    return next(p.key for p in shown.facts.partners if p.name == name)


def keys(shown: Picture, viewer: Viewer, kind: str = "agreement_over") -> list[str]:
    return [spot.key for spot in spots_seen(shown, viewer) if spot.kind == kind]


def test_what_was_planted_is_told_until_a_later_list_mends_it(fragile: Store) -> None:
    shown = picture(fragile, DAY)
    page = spot_page(fragile, shown, OFFICE)
    told = [plain(row.told) for row in page.rows if row.spot.kind == "agreement_over"]
    assert told == ["„Bücherkoffer“ (AWO und Bürgerstiftung): Die Vereinbarung ist am 31. Juli 2026 abgelaufen."]
    assert page.counts["single_contact"] == 3
    agreement(fragile, dt.date(2028, 7, 31), dt.date(2026, 10, 20))
    assert keys(picture(fragile, DAY), OFFICE) == []


def test_partners_see_what_is_about_them_and_bodies_nothing(fragile: Store) -> None:
    shown = picture(fragile, DAY)
    awo, jobcenter = key_of(shown, "AWO"), key_of(shown, "Jobcenter")
    assert len(keys(shown, Viewer("partner", awo))) == 1
    assert keys(shown, Viewer("partner", jobcenter)) == []
    assert keys(shown, Viewer("partner", jobcenter), "single_contact") == [f"single_contact:{jobcenter}"]
    for role in ("member", "leadership", "observer"):
        assert spots_seen(shown, Viewer(role)) == ()
    assert spots_seen(shown, Viewer("observer", awo)) == ()
    assert list(behind(shown, Viewer("member"), keys(shown, OFFICE)[0])) == []
    [spot] = keys(shown, OFFICE)
    for eyes, parts in ((Eyes(office=True), 1), (Eyes(partner=jobcenter, role="partner"), 0), (Eyes(role="member"), 0)):
        found = sum_of(shown, f"fragile:{spot}", eyes)
        assert found is not None
        assert len(found.parts) == parts


def test_partners_concerned_comment_and_take_back_others_may_not(fragile: Store) -> None:
    shown = picture(fragile, DAY)
    awo = a_user(fragile, "awo", "partner", partner=key_of(shown, "AWO"))
    jobcenter = a_user(fragile, "jc", "partner", partner=key_of(shown, "Jobcenter"))
    member, office = a_user(fragile, "member", "member"), a_user(fragile, "office", "coordinator")
    [spot] = keys(shown, OFFICE)
    assert comment(fragile, shown, awo, spot, "Wir  erneuern im Dezember.", now=NOW) == "said"
    assert comment(fragile, shown, awo, spot, "   ", now=NOW) == "without_text"
    assert comment(fragile, shown, awo, spot, "x" * 2001, now=NOW) == "too_long"
    for other in (jobcenter, member):
        assert comment(fragile, shown, other, spot, "Ich auch.", now=NOW) == "not_yours"
        with pytest.raises(NotYours):
            comment_spot(fragile, other, spot, (key_of(shown, "AWO"),), "Ich auch.", now=NOW)
    assert comment(fragile, shown, awo, "agreement_over:nothing", "Was?", now=NOW) == "not_yours"

    page = spot_page(fragile, shown, Viewer("partner", awo.partner), chosen=spot)
    assert page.chosen is not None
    [said] = page.chosen.comments
    assert (said.text, said.house, said.mine) == ("Wir erneuern im Dezember.", "AWO", True)
    theirs = spot_page(fragile, shown, Viewer("partner", key_of(shown, "Bürgerstiftung")), chosen=spot).chosen
    assert theirs is not None
    assert [one.mine for one in theirs.comments] == [False]
    assert take_back(fragile, jobcenter, said.number, now=NOW) == "not_yours"
    assert take_back(fragile, office, said.number, now=NOW) == "taken_back"
    assert take_back(fragile, awo, said.number, now=NOW) == "not_yours", "it is gone already"
    again = spot_page(fragile, shown, OFFICE, chosen=spot).chosen
    assert again is not None
    assert again.comments == ()


def test_the_office_puts_a_spot_where_a_body_sees_it(a_copy: Store) -> None:
    shown = picture(a_copy, DEMO_DAY)
    office = a_user(a_copy, "koordination", "coordinator")
    row = next(row for row in spot_page(a_copy, shown, OFFICE).every if row.spot.kind == "goal_on_one")
    meetings = coming_meetings(a_copy, shown, office, NOW)
    assert meetings
    assert already_on(a_copy, meetings, row) == []
    item = item_for(row, meetings[0].key, lambda key, **values: say("de", key, **values))
    store_item(a_copy, office, item, now=NOW)
    assert already_on(a_copy, meetings, row) == [meetings[0]]
    assert item.records == (row.spot.record,), "the wall shows the goal"
    member = a_user(a_copy, "steuerung", "member")
    assert not [view for view in meeting_views(a_copy, shown, member, NOW) if view.runs]


def test_the_demo_tells_every_story(demo: Store) -> None:
    shown = picture(demo, DEMO_DAY)
    head = spots_headline(shown, OFFICE)
    every = spot_page(demo, shown, OFFICE)
    assert head.also is not None
    assert head.also.values["n"] == every.counts["no_deputy"] > 0
    assert head.values["n"] + head.also.values["n"] == len(every.every)
    for viewer in (OFFICE, *(Viewer("partner", partner.key) for partner in shown.facts.partners)):
        eyes = Eyes(office=viewer.role == "coordinator", partner=viewer.partner, role=viewer.role)
        proof = sum_of(shown, "fragile", eyes)
        assert proof is not None
        assert len(proof.parts) == spots_headline(shown, viewer).values["n"], "the hints are not among them"
    told = {plain(row.told): plain(row.mend) for row in spot_page(demo, shown, OFFICE).every}
    for story in (
        "DRK: Nur hierüber sind Kreissportbund und Sonnenblume mit dem übrigen Netzwerk verbunden.",
        "Ziel S1: Alle Maßnahmen (2) führt VHS.",
        "„Bücherkoffer für Willkommensklassen“ (AWO und Bürgerstiftung): "
        "Die Vereinbarung ist am 31. Juli 2026 abgelaufen.",
        "Schulamt: nur eine Ansprechperson, ohne Vertretung.",
        "Kreissportbund: Einen Kontakt hat seit 13. Juni 2025 niemand bestätigt.",
        "Handwerkskammer: Die Stelle der Ansprechperson ist unbesetzt.",
        "Diakonie: 2 Ansprechpersonen, keine ist als Vertretung genannt.",
    ):
        assert told[story]
    for house in ("Klinikum", "Ausländerbehörde", "DRK"):
        assert not any(story.startswith(f"{house}: 2 Ansprechpersonen") for story in told), "the paper names a deputy"
    for row in spot_page(demo, shown, OFFICE).every:
        for language in ("de", "en"):
            assert say(language, row.told.code, **row.told.values)
            assert say(language, row.mend.code, **row.mend.values)
            assert say(language, row.told.code.replace("fragile.spot", "fragile.line"), **row.told.values)
