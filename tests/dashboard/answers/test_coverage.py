import datetime as dt
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.answers.coverage import Course, course, rectangles
from etl.rules.facts import Funding, Money
from tests.dashboard.pictures import a_funding, a_measure, a_picture


def monthly(euros: int) -> Money:
    return Money(Decimal(euros), "month")


def of(*fundings: Funding, need: int = 0) -> Course:
    measures = (a_measure("m", "M", cost=monthly(need), start=dt.date(2026, 1, 1)),) if need else ()
    return course(a_picture(fundings=fundings, measures=measures))


def until(key: str, end: dt.date | None, euros: int) -> Funding:
    return a_funding(key, f"Förderung {key}", granted=monthly(euros), end=end, open_end=end is None)


def test_permanent_money_lies_at_the_bottom_and_what_ends_first_at_the_top() -> None:
    found = of(
        until("kurz", dt.date(2026, 12, 31), 5000),
        until("dauerhaft", None, 18000),
        until("mittel", dt.date(2027, 9, 30), 9000),
    )
    assert [band.name for band in found.bands] == ["Förderung dauerhaft", "Förderung mittel", "Förderung kurz"]
    assert [band.ends for band in found.bands] == [None, dt.date(2027, 9, 1), dt.date(2026, 12, 1)]


def test_thirty_sources_become_few_enough_bands_to_be_named() -> None:
    small = [until(f"{i:02}", dt.date(2026 + i % 3, 12, 31), 300 + i) for i in range(28)]
    found = of(until("EU", dt.date(2028, 6, 30), 14000), until("Bund", dt.date(2027, 9, 30), 20000), *small)
    assert len(found.bands) <= 7
    assert sum(band.sources for band in found.bands) == 30
    assert sum(sum(band.monthly) for band in found.bands) == sum(found.covered)


def test_the_first_month_in_which_money_is_missing_is_always_marked() -> None:
    found = of(until("1", dt.date(2026, 12, 31), 300), until("2", dt.date(2027, 9, 30), 20000), need=20100)
    assert [(edge.month, edge.missing) for edge in found.edges] == [
        (dt.date(2027, 1, 1), 100),
        (dt.date(2027, 10, 1), 20100),
    ]


def test_without_a_gap_nothing_is_red() -> None:
    assert of(until("1", None, 500), need=500).edges == ()


def test_the_chart_says_how_many_measures_stated_their_cost() -> None:
    measures = (
        a_measure("1", "A", cost=monthly(5)),
        a_measure("2", "B"),
        a_measure("3", "C", status="completed", cost=monthly(5)),
    )
    found = course(a_picture(measures=measures))
    assert [[m.key for m in group] for group in (found.measures.counted, found.measures.unpriced)] == [["1"], ["2"]]


def test_what_is_only_applied_for_is_in_no_band() -> None:
    found = of(a_funding("1", "Antrag", status="applied", applied=monthly(900), end=dt.date(2027, 12, 31)))
    assert found.bands == ()
    assert found.applied == 900


MONEY = st.tuples(st.integers(1, 50_000), st.none() | st.dates(dt.date(2026, 12, 1), dt.date(2029, 12, 31)))


@settings(deadline=None, max_examples=60)
@given(st.lists(MONEY, max_size=30), st.integers(0, 100_000))
def test_no_euro_is_lost_or_counted_twice_in_the_bands(sources: list[tuple[int, dt.date | None]], need: int) -> None:
    found = of(*(until(str(i), end, euros) for i, (euros, end) in enumerate(sources)), need=need)
    drawn = [Decimal(0)] * len(found.months)
    for _, first, after, low, high in rectangles(found.bands):
        for month in range(first, after):
            drawn[month] += high - low
    assert tuple(drawn) == found.covered
    assert len(found.bands) <= 7
