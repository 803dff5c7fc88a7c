"""Who is reminded when: once before and once after the deadline, one letter a person."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from etl.rules.facts import Confirmed, Contact, Delivered, Facts, Partner, Round
from etl.rules.reminders import (
    Addressee,
    addressees,
    contact_to_call,
    deputy_of,
    partners_in_round,
    reminder_due,
    round_chased,
    round_finding,
    ways_counted,
    without_deputy,
)
from etl.wording import say

DAYS = {"before": -14, "after": 5}
SPRING = Round("Frühjahr", dt.date(2026, 5, 12), dt.date(2026, 4, 30))
AUTUMN = Round("Herbst", dt.date(2026, 11, 10), dt.date(2026, 10, 23))
TODAY = dt.date(2026, 10, 26)


def october(day: int) -> dt.date:
    return dt.date(2026, 10, day)


@pytest.mark.parametrize(
    ("day", "code"), [(8, None), (9, "before"), (23, "before"), (24, None), (27, None), (28, "after"), (31, "after")]
)
def test_a_reminder_is_due_two_weeks_before_and_five_days_after_the_deadline(day: int, code: str | None) -> None:
    assert reminder_due(AUTUMN, october(day), DAYS) == code


def test_the_round_that_is_chased_begins_with_its_first_reminder() -> None:
    assert round_chased([SPRING, AUTUMN], october(8), DAYS) == SPRING
    assert round_chased([SPRING, AUTUMN], october(9), DAYS) == AUTUMN
    assert round_chased([AUTUMN], dt.date(2026, 1, 1), DAYS) == AUTUMN
    assert round_chased([], TODAY, DAYS) is None


def facts(**more: object) -> Facts:
    partners = tuple(Partner(key=name, name=name) for name in ("AWO", "Caritas", "DRK", "VHS"))
    return Facts(
        day=TODAY,
        rounds=(SPRING, AUTUMN),
        partners=partners,
        delivered={
            "AWO": (Delivered(1, october(12), october(12)),),
            "Caritas": (Delivered(2, dt.date(2026, 4, 2), dt.date(2026, 4, 2)),),
            "DRK": (Delivered(3, october(25), october(25)),),
        },
        confirmed={"VHS": (Confirmed(1, october(20), "Lühning"),)},
        **more,  # type: ignore[arg-type]
    )


def test_each_partner_has_delivered_confirmed_or_nothing_yet_and_late_is_not_missing() -> None:
    found = {p.partner.key: (p.state, p.late) for p in partners_in_round(facts(), AUTUMN)}
    assert found == {
        "AWO": ("delivered", False),
        "Caritas": ("nothing", False),
        "DRK": ("delivered", True),
        "VHS": ("confirmed", False),
    }


def contact(key: str, partner: str, email: str | None, function: str = "", **more: object) -> Contact:
    return Contact(key=key, partner=partner, name=key.title(), function=function, email=email, **more)  # type: ignore[arg-type]


def test_one_person_gets_one_letter_however_many_partners_it_speaks_for() -> None:
    known = facts(contacts=(contact("ada", "AWO", "ada@example.org"), contact("ada2", "VHS", "ADA@example.org")))
    assert addressees(known, ["AWO", "VHS"], ()) == (Addressee("ada@example.org", "Ada", ("AWO", "VHS")),)


def test_who_stands_in_is_asked_only_where_nobody_else_can_be_reached() -> None:
    deputy = contact("bea", "AWO", "bea@example.org", "Stellvertretung")
    known = facts(contacts=(deputy, contact("ada", "AWO", "ada@example.org")))
    assert [a.name for a in addressees(known, ["AWO"], ())] == ["Ada"]
    assert [a.name for a in addressees(known, ["AWO"], {"ada"})] == ["Bea"]
    assert addressees(known, ["AWO"], {"ada", "bea"}) == ()


def test_vacant_posts_and_contacts_without_address_get_no_letter() -> None:
    known = facts(contacts=(contact("nn", "AWO", "x@example.org", vacant=True), contact("tel", "AWO", None)))
    assert addressees(known, ["AWO", "Caritas"], ()) == ()


def test_a_partner_that_hangs_on_one_person_is_named() -> None:
    known = facts(
        contacts=(
            contact("ada", "AWO", "a@example.org"),
            contact("bea", "VHS", "b@example.org"),
            contact("cem", "VHS", "c@example.org"),
            contact("dora", "DRK", "d@example.org", deputy="Emil"),
        )
    )
    assert [p.key for p in without_deputy(known, ["AWO", "Caritas", "DRK", "VHS"])] == ["AWO"]


@pytest.mark.parametrize(
    ("letters", "german", "english"),
    [
        ((0, 0), "Zu erinnern ist zurzeit niemand.", "Nobody needs a reminder at present."),
        ((1, 0), "Eine Erinnerung ist zu schreiben.", "One reminder is to be written."),
        (
            (0, 1),
            "Eine Erinnerung liegt bereit und ist noch zu verschicken.",
            "One reminder is written and still to be sent.",
        ),
        (
            (0, 2),
            "Zwei Erinnerungen liegen bereit und sind noch zu verschicken.",
            "Two reminders are written and still to be sent.",
        ),
        (
            (2, 30),
            "Zwei Erinnerungen sind zu schreiben. 30 Erinnerungen liegen bereit und sind noch zu verschicken.",
            "Two reminders are to be written. 30 reminders are written and still to be sent.",
        ),
    ],
)
def test_nobody_is_to_be_reminded_only_while_no_letter_waits(
    letters: tuple[int, int], german: str, english: str
) -> None:
    finding = round_finding(3, 5, *letters)
    said = {
        language: " ".join(say(language, one.code, **one.values) for one in finding.sentences[1:])
        for language in ("de", "en")
    }
    assert said == {"de": german, "en": english}


def test_each_partner_counts_in_one_way_and_the_last_report_in_time_says_which() -> None:
    called = {"AWO": (Delivered(1, october(2), october(3)), Delivered(4, october(12), october(13), "phone"))}
    known = replace(facts(), delivered={**facts().delivered, **called})
    assert ways_counted(partners_in_round(known, AUTUMN)) == {
        "file": 1,
        "link": 0,
        "phone": 1,
        "confirmed": 1,
        "open": 1,
    }
    assert {p.partner.key: p.came for p in partners_in_round(known, AUTUMN)} == {
        "AWO": october(3),
        "Caritas": None,
        "DRK": october(25),
        "VHS": october(20),
    }


def test_a_closed_round_reminds_nobody_and_what_comes_later_is_late() -> None:
    closed = replace(AUTUMN, closed=october(14))
    known = replace(facts(), rounds=(SPRING, closed))
    assert reminder_due(closed, october(9), DAYS) is None
    assert {p.partner.key for p in partners_in_round(known, closed) if p.late} == {"DRK", "VHS"}
    assert replace(closed, closed=TODAY).last_day == AUTUMN.deadline, "closing gives nobody more time"


def test_whoever_can_be_reached_and_has_a_number_is_called_first() -> None:
    ada, bea = contact("ada", "AWO", "a@example.org"), contact("bea", "AWO", None, "Stellvertretung", phone="030 1")
    cem = contact("cem", "AWO", None, phone="030 2", deputy="bea")
    known = facts(contacts=(ada, bea, cem, contact("dora", "AWO", None, vacant=True, phone="030 3")))
    assert contact_to_call(known, "AWO", ()) == cem
    assert contact_to_call(known, "AWO", ("cem",)) == bea
    assert contact_to_call(known, "AWO", ("ada", "bea", "cem")) == cem
    assert contact_to_call(known, "DRK", ()) is None
    assert deputy_of(known, cem) == bea
    assert deputy_of(known, bea) is None
