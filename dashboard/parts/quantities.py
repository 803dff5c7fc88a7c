"""Numbers with their unit and the marks that travel with them, as parts and charts write them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from etl.rules.facts import Marks
from etl.wording import formatted
from etl.wording.quantity import Quantity

Say = Callable[..., str]

_WORDS = {
    "value_provisional": "mark.provisional",
    "value_contested": "goals.contested",
    "value_corrected": "mark.corrected",
    "cell_corrected": "mark.corrected",
    "cell_struck": "mark.struck",
    "cell_struck_in_part": "mark.struck_in_part",
}


def quantity(
    language: str, value: Decimal, unit: str | None, *, computed: bool = False, difference: bool = False
) -> str:
    """„51,2 %“, „38 Kinder“, „9,6 Punkte“. ``computed`` values are rounded to what is honest."""
    return formatted(
        language, Quantity(shortened(value) if computed else value, unit, difference=difference), "quantity"
    )


def is_percent(unit: str | None) -> bool:
    return unit == "%"


def shortened(number: Decimal) -> Decimal:
    """Whole from 100 on, else one decimal."""
    return number.quantize(Decimal(1) if abs(number) >= 100 else Decimal("0.1"))


def marked(say: Say, text: str, marks: Marks) -> str:
    """„51,2 % (vorläufig)“ wherever the number stands."""
    words = mark_words(marks, say)
    return say("value.marked", value=text, mark=", ".join(words)) if words else text


def mark_words(marks: Marks, say: Say) -> tuple[str, ...]:
    """The words of the marks, each once: „vorläufig“, „gedeutet“."""
    return tuple(dict.fromkeys(mark_word(code, say) for _, code in marks))


def mark_word(code: str, say: Say) -> str:
    """„vorläufig“, „durchgestrichen“; whatever else was not exact is „gedeutet“."""
    return say(_WORDS.get(code, "mark.interpreted"))
