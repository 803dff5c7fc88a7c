"""Who works with whom, and who may see what of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dashboard.answers.contact_list import contact_list
from dashboard.answers.contacts import Viewer
from dashboard.answers.cooperation_choice import chosen_cooperations, cooperation_choices
from dashboard.answers.cooperation_list import agreements, agreements_headline
from dashboard.answers.cooperation_table import round_table
from dashboard.answers.cooperations import counts, participants
from dashboard.answers.picture import Picture
from dashboard.answers.presence import field_matrix, goal_matrix
from dashboard.answers.selection import Selection, query_of, selection_from
from etl.rules.facts import Contact, Cooperation, FieldOfAction, Partner
from etl.wording import say
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
    assert counts(shown) == {"partners": 3, "n": 1}


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


def many(count: int, lines: int, **values: Any) -> Picture:
    kinds = ("welfare", "association", "business", None)
    partners = tuple(
        Partner(key=f"p-{n:03}", name=f"Partner {n:03}", **({"type": kinds[n % 4]} | values)) for n in range(count)
    )
    joined = tuple(together(f"c{n}", f"p-{n % count:03}", f"p-{n * 7 % count:03}") for n in range(lines))
    return a_picture(partners=partners, cooperations=joined)


def test_up_to_36_have_a_seat_more_sit_in_groups() -> None:
    assert round_table(many(36, 90), None).grouping is None
    table = round_table(many(60, 150), None)
    assert table.grouping == "kind"
    assert {group.value: group.n for group in table.groups} == dict.fromkeys(
        ("welfare", "association", "business", "unknown"), 15
    )
    pairs = {frozenset((f"{n % 60}", f"{n * 7 % 60}")) for n in range(150)}
    distinct = sum(len(pair) == 2 for pair in pairs)
    assert sum(line.n for line in table.lines) + sum(group.inside for group in table.groups) == distinct


def test_a_group_a_partner_or_a_filter_leads_to_single_seats_again() -> None:
    shown = many(60, 150)
    of_kind = round_table(shown, None, Selection(kind="welfare"))
    assert of_kind.grouping is None
    assert {seat.key for seat in of_kind.seats} >= {f"p-{n:03}" for n in range(0, 60, 4)}
    own = round_table(shown, "p-001")
    assert own.grouping is None
    assert {seat.key for seat in own.seats} == {"p-001", *(one.key for one in own.together)}
    assert own.left_out == 60 - len(own.seats)
    assert len(own.everyone) == 60, "everyone can be chosen"


def test_500_partners_of_one_kind_come_in_blocks_of_the_alphabet() -> None:
    shown = many(500, 1000, type="association")
    table = round_table(shown, None)
    assert table.grouping == "block"
    assert round_table(shown, None, Selection(kind="association")).grouping == "block", "a way on, not the same again"
    assert len(table.groups) <= 36
    assert sum(group.n for group in table.groups) == 500
    block = round_table(shown, None, Selection(block=2))
    assert block.grouping is None
    assert block.seats[0].name == table.groups[1].first
    assert round_table(shown, None, Selection(block=999)).seats, "a block there is none of is the last one"


def test_partners_by_name_only_with_themselves_in_rings_and_with_wrong_dates() -> None:
    ring = [together(f"r{n}", f"p-{n}", f"p-{n % 3 + 1}") for n in (1, 2, 3)]
    alone = together("s", "p-1", "p-1", partners=("Caritas", "Caritas"))
    named = together("n", partners=("Turnverein", "Chor"))
    wrong = together("w", "p-1", "p-2", start=dt.date(2026, 5, 1), end=dt.date(2024, 5, 1))
    shown = a_picture(partners=PARTNERS, cooperations=(*ring, alone, named, wrong))
    assert len(round_table(shown, "p-1").lines) == 3
    rows = {row.key: row for row in agreements(shown).rows}
    assert (rows["s"].alone, rows["n"].alone, rows["n"].partners) == (True, False, ("Chor", "Turnverein"))
    assert rows["w"].renewal == "dates"


def test_filters_leave_out_what_does_not_fit_and_can_be_combined() -> None:
    inside = Partner(key="p-4", name="Sozialamt", administration="inside", site="Kreishaus", type="district")
    youth = Partner(key="p-5", name="Jugendamt", administration="inside", type="district")
    shown = a_picture(
        partners=(*PARTNERS, inside, youth),
        fields_of_action=(FieldOfAction(key="f-1", title="Wohnen"),),
        cooperations=(
            together("a", "p-4", "p-5", agreement="spoken", contribution=("rooms",), field_of_action="f-1"),
            together("b", "p-1", "p-4", agreement="signed", contribution=("money", "rooms")),
            together("c", "p-1", "p-2"),
        ),
    )

    def found(**chosen: Any) -> str:
        return "".join(cooperation.key for cooperation in chosen_cooperations(shown, Selection(**chosen)))

    assert [found(field="Wohnen"), found(contribution="rooms"), found(agreed="signed")] == ["a", "ab", "b"]
    assert [found(reach="inward"), found(site="Kreishaus"), found(kind="district")] == ["a", "ab", "ab"]
    assert found(contribution="rooms", agreed="spoken", reach="outward") == ""
    assert cooperation_choices(shown).agreed == ("spoken", "signed")
    assert {seat.key for seat in round_table(shown, None, Selection(kind="district")).seats} == {"p-1", "p-4", "p-5"}
    chosen = selection_from({"beitrag": ["raeume"], "vereinbart": ["muendlich"], "richtung": ["innen"], "teil": ["x"]})
    assert (chosen.contribution, chosen.agreed, chosen.reach, chosen.block) == ("rooms", "spoken", "inward", None)
    assert selection_from(query_of(chosen)) == chosen


def test_the_matrix_by_goal_shows_one_field_where_all_are_too_many() -> None:
    goals = tuple(a_goal(f"g-{n}", f"{'AW'[n % 2]}{n}", ("Arbeit", "Wohnen")[n % 2]) for n in range(40))
    own = a_measure("m-1", "Coaching", partner="p-2", lead_partner="p-2", goals=("g-0",), partner_keys=("p-1",))
    shown = a_picture(partners=PARTNERS, goals=goals, measures=(own,))
    every = goal_matrix(shown)
    assert (every.field, len(every.columns), every.fields) == ("Arbeit", 20, ("Arbeit", "Wohnen"))
    assert {row.partner.key: row.cells[0] for row in every.rows} == {"p-1": "takes_part", "p-2": "leads", "p-3": None}
    assert goal_matrix(shown, Selection(field="Wohnen")).columns[0].short == "W1"
    assert [goal_matrix(many(130, 0), Selection(page=page)).pages for page in (1, 9)] == [3, 3]
    assert len(goal_matrix(many(130, 0), Selection(page=3)).rows) == 10


def test_the_list_says_what_is_without_agreement_and_what_ends() -> None:
    def told(*cooperations: Cooperation) -> str:
        found = agreements_headline(agreements(a_picture(partners=PARTNERS, cooperations=cooperations)))
        return " ".join(say("de", one.code, **one.values) for one in found.sentences)

    none, over = together("a", agreement="none"), together("b", agreement="written", end=dt.date(2026, 1, 1))
    assert told() == "Keine Kooperation passt zur Auswahl."
    assert told(over) == (
        "Die eine Kooperation ist vereinbart. Eine Vereinbarung ist abgelaufen oder endet in den nächsten Monaten."
    )
    assert told(none, over).startswith("Eine Kooperation hat keine Vereinbarung.")
    assert told(together("c")).startswith("Von einer Kooperation wissen wir nicht,")
    pages = agreements(many(60, 120), Selection(page=3))
    assert (pages.pages, pages.page, len(pages.rows), len(pages.every)) == (3, 3, 20, 120)


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
