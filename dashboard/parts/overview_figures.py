"""The figures leadership asks for in one line; each leads to the values it is the sum of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from dashboard.answers.overview import Figures
from dashboard.parts.html import Markup, tag
from dashboard.parts.traced import asked, sum_target, traced
from etl.rules.figures import Figure, MoneyFigure
from etl.wording import formatted

Say = Callable[..., str]


def figures_markup(figures: Figures, say: Say, language: str) -> Markup:
    """People, staff, hours, cost, funding; to be shown inside ``clickable``."""
    cells = [
        _people(figures.people, say, language),
        _plain(figures.staff, "staff", say, language),
        _plain(figures.hours, "hours", say, language),
        _money(figures.cost, "cost", say, language),
        _money(figures.funding, "funding", say, language),
    ]
    return tag("div", cells, class_="rt-ov-figures")


def _people(figure: Figure, say: Say, language: str) -> Markup:
    if figure.value is None or figure.of is None:
        return _figure(None, say("overview.figure.people.none"), "people", figure, say)
    number = _range(figure.value, figure.value_max, figure.approx, say, language)
    planned = _range(figure.of, figure.of_max, figure.approx, say, language)
    return _figure(number, say("overview.figure.people", planned=planned), "people", figure, say)


def _plain(figure: Figure, name: str, say: Say, language: str) -> Markup:
    if figure.value is None:
        return _figure(None, say(f"overview.figure.{name}.none"), name, figure, say)
    number = _range(figure.value, figure.value_max, figure.approx, say, language)
    return _figure(number, say(f"overview.figure.{name}"), name, figure, say)


def _money(figure: MoneyFigure, name: str, say: Say, language: str) -> Markup:
    """The total in large; amounts a year or a month stand beside it and are never added."""
    amounts = figure.amounts
    stated = [
        ("total", amounts.total, say("overview.figure.total")),
        ("per_year", amounts.per_year, say("overview.figure.per_year")),
        ("per_month", amounts.per_month, say("overview.figure.per_month")),
    ]
    stated = [(kind, amount, words) for kind, amount, words in stated if amount]
    if not stated:
        return _figure(None, say(f"overview.figure.{name}.none"), name, figure, say)
    kind, amount, words = stated[0]
    number = formatted(language, amount.quantize(Decimal(1)), "money")
    label = say(f"overview.figure.{name}") + ("" if kind == "total" else f" {words}")
    more = [f"+ {formatted(language, a.quantize(Decimal(1)), 'money')} {w}" for _, a, w in stated[1:]]
    return _figure(number, label, name, figure, say, more)


def _figure(
    number: str | None, words: str, name: str, figure: Figure | MoneyFigure, say: Say, more: Sequence[str] = ()
) -> Markup:
    """Number and words; below them what was stated in another unit, and by how many."""
    stated = say(f"overview.figure.{name}.stated", stated=figure.stated_by, n=figure.out_of)
    head = tag("b", asked(number, sum_target(name)) if number else "–")
    below = traced(" · ".join([*more, stated]), sum_target(name))
    return tag("div", head, tag("span", words), tag("small", below), class_="rt-ov-figure")


def _range(low: Decimal, high: Decimal | None, approx: bool, say: Say, language: str) -> str:
    """„rund 8.340“ where the sum is known only roughly; a range where it is wider than that, never both."""
    high = low if high is None else high
    middle = (low + high) / 2
    step = _step(middle)
    if high - low < step and (approx or low != high):
        around = int((middle / step).to_integral_value(ROUND_HALF_EVEN) * step) if step > 1 else _whole(middle)
        return say("overview.figure.around", number=formatted(language, around))
    text = formatted(language, _whole(low))
    return text if high == low else f"{text}–{formatted(language, _whole(high))}"


def _step(number: Decimal) -> int:
    """To what a rough sum is rounded: three digits count from 1,000 on, two from 100 on, all below."""
    return 1 if number < 100 else 10 if number < 10_000 else int(10 ** (number.adjusted() - 2))


def _whole(number: Decimal) -> Decimal | int:
    return int(number) if number == int(number) else number.quantize(Decimal("0.1"), ROUND_HALF_UP)
