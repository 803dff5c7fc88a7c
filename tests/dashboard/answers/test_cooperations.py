"""Who works with whom, and who may see what of it."""

from __future__ import annotations

from typing import Any

from dashboard.answers.contact_list import contact_list
from dashboard.answers.contacts import Viewer
from dashboard.answers.cooperation_list import agreements
from dashboard.answers.cooperation_table import round_table
from dashboard.answers.cooperations import counts, participants
from dashboard.answers.presence import field_matrix
from etl.rules.facts import Contact, Cooperation, FieldOfAction, Partner
from tests.dashboard.pictures import a_goal, a_measure, a_picture

CARITAS = Partner(key="p-1", name="Caritasverband Lindenmark e. V.", short_name="Caritas")
JOBCENTER = Partner(key="p-2", name="Jobcenter Lindenmark", short_name="Jobcenter")
AERZTE = Partner(key="p-3", name="Ärztenetz")
PARTNERS = (CARITAS, JOBCENTER, AERZTE)


def together(key: str, *partners: str, **values: Any) -> Cooperation:
    return Cooperation(key=key, title=f"Kooperation {key}", partner_keys=partners, **({"status": "active"} | values))


def test_everyone_has_a_seat_in_alphabetical_order_with_or_without_a_line() -> None:
    table = round_table(a_picture(partners=PARTNERS), None)
    assert [seat.name for seat in table.seats] == ["Ärztenetz", "Caritas", "Jobcenter"]
    assert table.lines == ()


def test_a_line_is_planned_only_where_all_of_it_is() -> None:
    shown = a_picture(
        partners=PARTNERS,
        cooperations=(
            together("a", "p-1", "p-2", status="contact"),
            together("b", "p-2", "p-1", status="active"),
            together("c", "p-1", "p-3", status="negotiation"),
            together("d", "p-2", "p-3", status="ended"),
        ),
    )
    lines = {(line.one, line.other): line.planned for line in round_table(shown, None).lines}
    assert lines == {("p-1", "p-2"): False, ("p-1", "p-3"): True}
    assert counts(shown) == {"partners": 3, "n": 3}


def test_the_chosen_partner_is_told_with_whom_and_in_what() -> None:
    shown = a_picture(
        partners=PARTNERS,
        cooperations=(together("a", "p-1", "p-2"), together("b", "p-1", partners=("Caritas", "Stadtbibliothek"))),
    )
    table = round_table(shown, "p-1")
    assert table.chosen is not None
    assert [(t.key, t.name, t.titles) for t in table.together] == [
        ("p-2", "Jobcenter", ("Kooperation a",)),
        (None, "Stadtbibliothek", ("Kooperation b",)),
    ]
    assert round_table(shown, "p-99").chosen is None


def test_a_partner_that_names_itself_by_a_shorter_name_takes_part() -> None:
    facts = a_picture(partners=PARTNERS).facts
    own = together("a", "p-2", partner="p-1", partners=("Caritasverband", "Jobcenter"))
    reported_for_others = together("b", "p-2", "p-3", partner="p-1", partners=("Jobcenter", "Ärztenetz"))
    assert participants(own, facts) == ("p-2", "p-1")
    assert participants(reported_for_others, facts) == ("p-2", "p-3")


def test_in_the_matrix_leading_wins_over_taking_part() -> None:
    shown = a_picture(
        partners=PARTNERS,
        fields_of_action=(FieldOfAction(key="f-2", title="Wohnen"), FieldOfAction(key="f-1", title="Arbeit")),
        goals=(a_goal("g-1", "A1", "Arbeit"),),
        measures=(
            a_measure("m-1", "Coaching", partner="p-2", lead_partner="p-2", goals=("g-1",), partner_keys=("p-1",)),
            a_measure("m-2", "Lotsen", partner="p-1", lead_partner="p-1", field_of_action="Wohnen"),
            a_measure("m-3", "Vorbei", partner="p-3", lead_partner="p-3", field_of_action="Wohnen", status="completed"),
        ),
    )
    found = field_matrix(shown)
    assert [column.short for column in found.columns] == ["Arbeit", "Wohnen"]
    assert {row.partner.name: row.cells for row in found.rows} == {
        "Ärztenetz": (None, None),
        "Caritas": ("takes_part", "leads"),
        "Jobcenter": ("leads", None),
    }


def test_agreements_stand_by_title_without_what_is_over() -> None:
    shown = a_picture(
        partners=PARTNERS, cooperations=(together("b", "p-1"), together("a", "p-2"), together("c", status="dormant"))
    )
    assert [row.title for row in agreements(shown).rows] == ["Kooperation a", "Kooperation b"]


CONTACTS = (
    Contact(key="c-1", partner="p-1", name="Netz", shared_with="network", consent=True),
    Contact(key="c-2", partner="p-1", name="Gremium", shared_with="body", consent=True),
    Contact(key="c-3", partner="p-2", name="Büro", shared_with="office"),
    Contact(key="c-4", partner="p-3", name="Ungefragt"),
    Contact(key="c-5", partner="p-3", vacant=True),
)


def names_seen(role: str, partner: str | None = None) -> set[str | None]:
    return {
        row.name for row in contact_list(a_picture(partners=PARTNERS, contacts=CONTACTS), Viewer(role, partner)).rows
    }


def test_contacts_are_seen_by_those_they_are_shared_with() -> None:
    assert names_seen("observer") == set()
    assert names_seen("partner", "p-2") == {"Netz", "Büro"}
    assert names_seen("member") == names_seen("leadership") == {"Netz", "Gremium"}
    assert names_seen("coordinator") == {"Netz", "Gremium", "Büro", "Ungefragt", None}


def test_how_many_contacts_are_not_shared_is_said() -> None:
    assert contact_list(a_picture(partners=PARTNERS, contacts=CONTACTS), Viewer("member")).withheld == 3
