"""What a partner's sign-in may change by itself, and what waits for the coordination office."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.model.deliveries import all_deliveries
from etl.model.reviews import AT_ONCE, OFFICE_FIRST, policy_of, set_policy
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline import accept_delivery, preview_delivery, undo_delivery
from etl.pipeline.authority import NeedsOffice, NotYours
from etl.pipeline.network import network_in
from tests.pipeline.workbooks import NOW, SPRACHCAFE, measures, xlsx

GOALS = ("Nr.", "Ziel", "Indikator", "Ausgangswert", "Zielwert", "Ist-Wert", "Datum Ist-Wert")


def goals(target: int, value: int = 50, on: dt.date = dt.date(2026, 9, 30), indicator: str = "B1 bestanden") -> bytes:
    return xlsx([GOALS, ("S1", "Sprache lernen", indicator, 40, target, value, on)], "Ziele")


def deliver(store: Store, content: bytes, partner: str, *, signed_in: bool = False, day: dt.date | None = None) -> int:
    """By the office, or by a sign-in of the partner."""
    preview = preview_delivery(store, content, "Liste.xlsx", partner=partner, now=NOW, day=day)
    key = preview.sender.key if signed_in else None
    accepted = accept_delivery(store, preview, now=NOW, for_partner=key)
    assert accepted.number is not None
    return accepted.number


def partner_key(store: Store, name: str) -> str:
    with store.reading() as connection:
        return next(k for k, p in network_in(connection).partners.items() if p.value("name") == name)


def said(store: Store, kind: str, field: str) -> list[object]:
    with store.reading() as connection:
        return [known.value(field) for known in state_on(connection, kinds=[kind]).kind(kind).values()]


@pytest.fixture
def network(store: Store) -> Store:
    """The office delivered the goals; VHS and Diakonie are partners with a measure each."""
    deliver(store, goals(60), "Koordinierungsstelle", day=dt.date(2026, 9, 1))
    deliver(store, measures(SPRACHCAFE), "VHS")
    deliver(store, measures(SPRACHCAFE), "Diakonie")
    return store


def test_a_partners_own_measures_hold_at_once(network: Store) -> None:
    number = deliver(network, measures((*SPRACHCAFE[:6], 55, 12500)), "VHS", signed_in=True)
    with network.reading() as connection:
        assert all_deliveries(connection)[-1].number == number


def test_a_partner_the_office_wants_to_look_at_first_waits(network: Store) -> None:
    vhs = partner_key(network, "VHS")
    with network.writing() as connection:
        set_policy(connection, vhs, OFFICE_FIRST, person="Henrike Aulbach", now=NOW)
    with pytest.raises(NeedsOffice) as waits:
        deliver(network, measures((*SPRACHCAFE[:6], 55, 12500)), "VHS", signed_in=True)
    assert [reason.code for reason in waits.value.reasons] == ["policy"]
    assert said(network, "measure", "participants_actual") == [40, 40]
    with network.writing() as connection:
        set_policy(connection, vhs, AT_ONCE, person="Henrike Aulbach", now=NOW)
        assert policy_of(connection, vhs) == AT_ONCE
    deliver(network, measures((*SPRACHCAFE[:6], 55, 12500)), "VHS", signed_in=True)


def test_a_partners_sign_in_does_not_change_the_networks_target(network: Store) -> None:
    version = network.version()
    with pytest.raises(NeedsOffice) as waits:
        deliver(network, goals(30), "VHS", signed_in=True)
    assert {(reason.code, reason.kind) for reason in waits.value.reasons} == {("network", "indicator")}
    assert said(network, "indicator", "target_value") == [60]
    assert network.version() == version
    deliver(network, goals(30), "VHS")
    assert said(network, "indicator", "target_value") == [30]


def test_repeating_an_old_target_of_its_own_does_not_bring_it_back_unseen(network: Store) -> None:
    """To the partner its list is unchanged; the office has said otherwise since."""
    deliver(network, goals(30), "VHS", day=dt.date(2026, 10, 1))
    deliver(network, goals(65), "Koordinierungsstelle", day=dt.date(2026, 10, 1))
    with pytest.raises(NeedsOffice):
        deliver(network, goals(30), "VHS", signed_in=True, day=dt.date(2026, 11, 1))
    assert said(network, "indicator", "target_value") == [65]


@pytest.mark.parametrize("day", [dt.date(2025, 1, 1), dt.date(2026, 11, 1)])
def test_neither_the_past_nor_a_new_goal_is_a_partners_to_write(network: Store, day: dt.date) -> None:
    with pytest.raises(NeedsOffice):
        deliver(network, goals(30), "VHS", signed_in=True, day=day)
    with pytest.raises(NeedsOffice):
        deliver(network, goals(60, indicator="C1 bestanden"), "VHS", signed_in=True, day=day)


def test_saying_the_same_as_the_network_knows_needs_nobody(network: Store) -> None:
    deliver(network, goals(60), "VHS", signed_in=True)


def test_a_value_is_the_partners_own_only_where_it_reports_that_indicator(network: Store) -> None:
    later = dt.date(2026, 10, 31)
    with pytest.raises(NeedsOffice) as waits:
        deliver(network, goals(60, 55, later), "VHS", signed_in=True)
    assert [reason.kind for reason in waits.value.reasons] == ["observation"]
    deliver(network, goals(60, 55, later), "VHS")
    deliver(network, goals(60, 57, dt.date(2026, 11, 5)), "VHS", signed_in=True)
    with pytest.raises(NeedsOffice):
        deliver(network, goals(60, 20), "VHS", signed_in=True)


def test_a_partners_sign_in_makes_and_renames_no_other_partner(network: Store) -> None:
    heads = ("Organisation", "Kurzname", "Ort")
    other = xlsx([heads, ("Diakonie", "Die Frommen", "Lindenau")], "Partner")
    new = xlsx([heads, ("Erfundener Verein", "EV", "Lindenau")], "Partner")
    own = xlsx([heads, ("VHS", "VHS", "Lindenau")], "Partner")
    for content in (other, new):
        with pytest.raises(NeedsOffice) as waits:
            deliver(network, content, "VHS", signed_in=True)
        assert [reason.kind for reason in waits.value.reasons] == ["partner"]
    deliver(network, own, "VHS", signed_in=True)


def test_a_sign_in_accepts_and_undoes_for_its_own_partner_only(network: Store) -> None:
    preview = preview_delivery(network, measures((*SPRACHCAFE[:6], 1, 1)), "L.xlsx", partner="Diakonie", now=NOW)
    with pytest.raises(NotYours):
        accept_delivery(network, preview, now=NOW, for_partner=partner_key(network, "VHS"))
    with pytest.raises(NotYours):
        undo_delivery(network, 3, now=NOW, for_partner=partner_key(network, "VHS"))
    undo_delivery(network, 2, now=NOW, for_partner=partner_key(network, "VHS"))
    assert len(said(network, "measure", "title")) == 1


def test_taking_the_networks_target_back_is_the_offices_too(network: Store) -> None:
    number = deliver(network, goals(30), "VHS")
    with pytest.raises(NeedsOffice):
        undo_delivery(network, number, now=NOW, for_partner=partner_key(network, "VHS"))
    assert said(network, "indicator", "target_value") == [30]
    undo_delivery(network, number, now=NOW)
    assert said(network, "indicator", "target_value") == [60]
