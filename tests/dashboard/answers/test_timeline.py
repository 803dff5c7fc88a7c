import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from dashboard.answers.timeline import run_of, window_around
from etl.rules.facts import Milestone
from tests.dashboard.pictures import DAY, a_measure

WINDOW = window_around(DAY)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2050, 12, 31))


def test_the_window_shows_two_years_back_and_two_ahead() -> None:
    assert WINDOW.years == (2024, 2025, 2026, 2027, 2028)
    assert WINDOW.place(dt.date(2024, 1, 1)) == 0
    assert WINDOW.place(dt.date(2029, 1, 1)) == 100


def test_a_planned_measure_is_dashed_and_a_completed_one_grey() -> None:
    dates = {"start": dt.date(2027, 1, 1), "end": dt.date(2027, 12, 31)}
    looks = [
        run_of(a_measure("1", "A", status=s, **dates), WINDOW, DAY).bar for s in ("planned", "running", "completed")
    ]
    assert [bar.look for bar in looks if bar] == ["planned", "running", "done"]


def test_permanent_work_fades_out_at_the_end_of_the_window() -> None:
    bar = run_of(a_measure("1", "A", status="permanent", start=dt.date(2012, 1, 1)), WINDOW, DAY).bar
    assert bar is not None
    assert (bar.left, bar.width, bar.fades, bar.earlier) == (0, 100, True, True)


def test_where_nobody_said_when_it_ends_the_bar_does_not_pretend_to_go_on_for_years() -> None:
    bar = run_of(a_measure("1", "A", start=dt.date(2025, 1, 1)), WINDOW, DAY).bar
    assert bar is not None
    assert bar.fades
    assert bar.left + bar.width < WINDOW.place(DAY) + 10


def test_a_measure_outside_the_window_has_no_bar() -> None:
    past = a_measure("1", "A", status="completed", start=dt.date(2019, 1, 1), end=dt.date(2020, 1, 1))
    assert run_of(past, WINDOW, DAY).bar is None


def test_milestones_without_a_day_or_outside_the_window_are_not_drawn() -> None:
    days = (dt.date(2026, 6, 30), None, dt.date(2035, 1, 1))
    measure = a_measure("1", "A", milestones=tuple(Milestone(day, "Konzept") for day in days))
    assert [tick.day for tick in run_of(measure, WINDOW, DAY).ticks] == [dt.date(2026, 6, 30)]


@given(start=st.none() | DAYS, end=st.none() | DAYS, today=DAYS)
def test_a_bar_never_leaves_the_window(start: dt.date | None, end: dt.date | None, today: dt.date) -> None:
    window = window_around(today)
    bar = run_of(a_measure("1", "A", start=start, end=end), window, today).bar
    if bar is not None:
        assert bar.left >= 0
        assert bar.width > 0
        assert bar.left + bar.width <= 100.01
