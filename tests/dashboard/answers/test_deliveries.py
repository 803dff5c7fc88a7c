"""What came so far, how far the round is, and who may take what back."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard.answers.contacts import Viewer
from dashboard.answers.deliveries import delivery_row, delivery_rows, round_state, take_back
from dashboard.answers.picture import Picture, picture
from dashboard.answers.what_changes import what_changes
from etl.model.deliveries import add_round
from etl.model.store import Store
from etl.pipeline import Preview, accept_delivery, preview_delivery
from etl.rules.reminders import partners_in_round
from tests.dashboard.networks import deliver
from tests.pipeline.workbooks import HEADINGS, SPRACHCAFE, WOHNLOTSEN, measures, xlsx

DAY = dt.date(2026, 11, 10)
NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
OFFICE = Viewer("coordinator")


@pytest.fixture
def two_partners(sqlite_store: Store) -> Store:
    """VHS reported in autumn, Diakonie in spring only."""
    deliver(sqlite_store, "Diakonie.xlsx", measures(WOHNLOTSEN), "Diakonie", dt.date(2026, 4, 20))
    deliver(sqlite_store, "VHS.xlsx", measures(SPRACHCAFE), "VHS", dt.date(2026, 10, 20))
    with sqlite_store.writing() as connection:
        add_round(connection, "Frühjahr 2026", dt.date(2026, 5, 12), dt.date(2026, 4, 30))
        add_round(connection, "Herbst 2026", DAY, dt.date(2026, 10, 23))
    return sqlite_store


def shown(store: Store) -> Picture:
    return picture(store, DAY)


def key_of(store: Store, name: str) -> str:
    return next(partner.key for partner in shown(store).facts.partners if partner.name == name)


def test_the_office_sees_all_deliveries_newest_first(two_partners: Store) -> None:
    rows = delivery_rows(two_partners, shown(two_partners), OFFICE)
    assert [(row.number, row.file, row.outcome) for row in rows] == [
        (2, "VHS.xlsx", "accepted"),
        (1, "Diakonie.xlsx", "accepted"),
    ]
    assert rows[0].records["new"] >= 1


def test_a_partner_sees_its_own_deliveries_and_members_none(two_partners: Store) -> None:
    own = Viewer("partner", key_of(two_partners, "Diakonie"))
    assert [row.file for row in delivery_rows(two_partners, shown(two_partners), own)] == ["Diakonie.xlsx"]
    assert delivery_row(two_partners, shown(two_partners), own, 2) is None
    for role in ("member", "leadership", "observer", "partner"):
        assert delivery_rows(two_partners, shown(two_partners), Viewer(role)) == ()


def test_a_delivery_taken_back_stays_in_the_list_and_says_so(two_partners: Store) -> None:
    assert take_back(two_partners, 2, OFFICE, now=NOW, by="Henrike Aulbach") == "undone"
    first = delivery_rows(two_partners, shown(two_partners), OFFICE)[0]
    assert (first.outcome, first.may_be_undone) == ("undone", False)
    assert [measure.title for measure in shown(two_partners).facts.measures] == ["Wohnlotsen"]
    assert take_back(two_partners, 2, OFFICE, now=NOW, by="Henrike Aulbach") == "already"


def test_a_partner_takes_back_its_own_only(two_partners: Store) -> None:
    own = Viewer("partner", key_of(two_partners, "Diakonie"))
    assert take_back(two_partners, 2, own, now=NOW, by="x") == "not_yours"
    assert take_back(two_partners, 99, own, now=NOW, by="x") == "not_yours"
    assert take_back(two_partners, 1, Viewer("observer"), now=NOW, by="x") == "not_yours"
    assert take_back(two_partners, 1, own, now=NOW, by="x") == "undone"


def test_who_has_not_reported_is_named_to_the_office_only(two_partners: Store) -> None:
    office = round_state(shown(two_partners), OFFICE)
    assert office is not None
    assert (office.name, office.reported, office.expected, office.missing) == ("Herbst 2026", 1, 2, ("Diakonie",))
    partner = round_state(shown(two_partners), Viewer("partner", key_of(two_partners, "VHS")))
    assert partner is not None
    assert (partner.reported, partner.expected, partner.missing, partner.own) == (1, 2, None, True)


def test_without_rounds_there_is_no_round(sqlite_store: Store) -> None:
    assert round_state(shown(sqlite_store), OFFICE) is None


def test_what_would_change_names_new_changed_and_no_longer_named(two_partners: Store) -> None:
    content = measures((*SPRACHCAFE[:6], 55, 12500), ("M-9", "Lesekreis", *SPRACHCAFE[2:]))
    deliver(
        two_partners, "VHS.xlsx", measures(SPRACHCAFE, ("M-5", "Chor", *SPRACHCAFE[2:])), "VHS", dt.date(2026, 11, 2)
    )
    found = preview_delivery(two_partners, content, "VHS neu.xlsx", partner="VHS", now=NOW)
    [changes] = [kind for kind in what_changes(found, shown(two_partners)) if kind.kind == "measure"]
    assert changes.new == ("Lesekreis",)
    assert changes.missing == ("Chor",)
    [record] = changes.changed
    assert record.title == "Sprachcafé"
    assert [(field.term, field.old, field.new) for field in record.fields] == [("measure.participants_actual", 40, 55)]


def test_a_delivery_is_about_the_stand_of_its_sheet_and_counts_for_that_round(sqlite_store: Store) -> None:
    with sqlite_store.writing() as connection:
        for name, month in (("Sommer", 6), ("Herbst", 10)):
            add_round(connection, name, dt.date(2026, month, 20), dt.date(2026, month, 5))

    def sent(stand: str, on: dt.date, partner: str) -> Preview:
        now = dt.datetime.combine(on, dt.time(9), dt.UTC)
        content = xlsx([(f"Stand: {stand}",), (), HEADINGS, SPRACHCAFE])
        preview = preview_delivery(sqlite_store, content, f"{partner}.xlsx", partner=partner, now=now)
        accept_delivery(sqlite_store, preview, now=now)
        return preview

    assert sent("01.06.2026", dt.date(2026, 6, 8), "Verein").about == dt.date(2026, 6, 1)
    sent("04.10.2026", dt.date(2026, 10, 8), "AWO")
    ahead = sent("01.12.2026", dt.date(2026, 10, 2), "VHS")
    assert [(i.code, i.cells, i.found) for i in ahead.issues if i.severity == "warning"] == [
        ("stand_to_come", ("A1",), "Stand: 01.12.2026")
    ]
    now = shown(sqlite_store)
    rows = delivery_rows(sqlite_store, now, OFFICE)
    assert {row.partner: row.day for row in rows} == {
        "AWO": dt.date(2026, 10, 4),
        "VHS": dt.date(2026, 12, 1),
        "Verein": dt.date(2026, 6, 1),
    }
    [_, autumn] = now.facts.rounds
    states = {found.partner.name: (found.state, found.late) for found in partners_in_round(now.facts, autumn)}
    assert states == {"AWO": ("delivered", True), "VHS": ("delivered", False), "Verein": ("nothing", False)}
