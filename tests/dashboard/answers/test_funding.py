import datetime as dt
from decimal import Decimal

from dashboard.answers.funding import endings, sources
from dashboard.answers.funding_dates import due_dates
from dashboard.answers.selection import Selection
from etl.rules.facts import Allocation, Money
from tests.dashboard.pictures import a_funding, a_goal, a_measure, a_picture

THIS_YEAR = {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 12, 31)}


def total(euros: int) -> Money:
    return Money(Decimal(euros))


def test_what_is_open_stands_first_by_its_end_and_of_one_day_the_larger_before_what_is_secured() -> None:
    fundings = (
        a_funding("1", "gesichert", granted=total(90000), follow_up="ja", follow_up_state="secured", **THIS_YEAR),
        a_funding("2", "klein und offen", granted=total(10000), **THIS_YEAR),
        a_funding("3", "groß und offen", granted=total(50000), **THIS_YEAR),
        a_funding("4", "früher", granted=total(1), start=dt.date(2026, 1, 1), end=dt.date(2026, 11, 30)),
    )
    sooner = a_funding("5", "früher gesichert", follow_up="ja", follow_up_state="secured", end=dt.date(2026, 11, 20))
    shown = endings(a_picture(fundings=(sooner, *fundings)), 4)
    assert [row.name for row in shown.rows] == ["früher", "groß und offen", "klein und offen", "früher gesichert"]
    assert shown.more == 1


def test_money_that_ends_after_a_year_waits_for_the_list_of_all_sources() -> None:
    later = a_funding("1", "Land", granted=total(1), start=dt.date(2026, 1, 1), end=dt.date(2027, 11, 11))
    assert endings(a_picture(fundings=(later,))).rows == ()


def test_a_total_over_several_years_is_told_per_year_and_says_so() -> None:
    long = a_funding("1", "AMIF", granted=total(276000), start=dt.date(2024, 7, 1), end=dt.date(2027, 6, 30))
    (row,) = endings(a_picture(fundings=(long,))).rows
    assert row.yearly is not None
    assert round(row.yearly) == 92000
    assert row.computed


def test_a_total_within_one_year_is_that_years_money() -> None:
    short = a_funding("1", "Fest", granted=total(14500), start=dt.date(2026, 9, 1), end=dt.date(2026, 11, 30))
    (row,) = endings(a_picture(fundings=(short,))).rows
    assert row.yearly == 14500


def test_an_ending_names_what_it_carries_and_the_goals_with_their_rating() -> None:
    picture = a_picture(
        goals=(a_goal("g1", "W1", "Wohnen"),),
        measures=(a_measure("m1", "Wohnlotsen", goals=("g1",)), a_measure("m2", "Fertig", status="completed")),
        fundings=(a_funding("1", "Land", measures=(Allocation("m1"), Allocation("m2")), **THIS_YEAR),),
    )
    (row,) = endings(picture).rows
    assert row.carries == ("Wohnlotsen",)
    assert [(goal.label, goal.rating) for goal in row.goals] == [("W1", "cannot_be_rated")]


def test_an_application_date_that_is_still_open_is_the_next_step() -> None:
    deadlines = (dt.date(2027, 1, 15), dt.date(2026, 6, 30))
    fundings = tuple(a_funding(str(i), f"F{i}", application_deadline=d, **THIS_YEAR) for i, d in enumerate(deadlines))
    assert [row.next_step for row in endings(a_picture(fundings=fundings)).rows] == ["deadline", "open"]


def test_applied_and_granted_are_never_added() -> None:
    fundings = (
        a_funding("1", "A", level="state", granted=total(100), applied=total(120), **THIS_YEAR),
        a_funding("2", "B", level="state", status="applied", applied=total(65)),
    )
    (level,) = sources(a_picture(fundings=fundings), Selection()).sums
    assert (level.granted.total, level.applied.total) == (100, 65)


def test_money_left_over_from_a_year_that_is_past_has_to_be_carried_over() -> None:
    last_year = {"start": dt.date(2025, 1, 1), "end": dt.date(2025, 12, 31)}
    picture = a_picture(
        measures=(a_measure("m1", "Kurs", end=dt.date(2027, 6, 30)),),
        fundings=(
            a_funding("1", "A", granted=total(100), spent=total(80), measures=(Allocation("m1"),), **last_year),
            a_funding("2", "B", granted=total(100), spent=total(80), **last_year),
        ),
    )
    assert [row.leftover for row in sources(picture, Selection()).rows] == [20, None]


def test_sources_can_be_chosen_by_level_and_by_a_year_of_their_period() -> None:
    fundings = (
        a_funding("1", "A", level="eu", start=dt.date(2024, 7, 1), end=dt.date(2026, 6, 30)),
        a_funding("2", "B", level="state", start=dt.date(2026, 1, 1), end=dt.date(2027, 12, 31)),
        a_funding("3", "C", level="own", open_end=True),
    )
    picture = a_picture(fundings=fundings)
    assert [row.name for row in sources(picture, Selection(year=2025)).rows] == ["A", "C"]
    assert [row.name for row in sources(picture, Selection(level="state")).rows] == ["B"]
    assert sources(picture, Selection()).years == (2024, 2025, 2026, 2027)


def test_a_report_nobody_dated_is_due_six_months_after_the_end_and_marked_as_computed() -> None:
    fundings = (
        a_funding("1", "Land", **THIS_YEAR),
        a_funding("2", "Bund", report_due=dt.date(2026, 10, 31), **THIS_YEAR),
        a_funding("3", "EU", status="applied", application_deadline=dt.date(2027, 1, 15)),
    )
    dates = due_dates(a_picture(fundings=fundings))
    assert [(d.name, d.kind, d.day, d.computed, d.overdue) for d in dates] == [
        ("Bund", "report", dt.date(2026, 10, 31), False, True),
        ("EU", "application", dt.date(2027, 1, 15), False, False),
        ("Land", "report", dt.date(2027, 6, 30), True, False),
    ]
