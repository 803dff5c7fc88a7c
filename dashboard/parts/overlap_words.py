"""How a measure's people, place, level, time and access are written beside another's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from etl.rules.facts import Measure
from etl.wording import formatted

Say = Callable[..., str]

#: How two measures stand to each other in one respect -> its mark.
SIGNS = {"same": "=", "partly": "≈", "differs": "≠", "unsaid": "?"}


def said_of(aspect: str, said: Sequence[str], say: Say) -> str:
    """Codes in words; words, places and levels as they are."""
    if aspect == "people":
        return ", ".join(say(f"target_group.{code}") for code in said)
    if aspect == "access":
        return ", ".join(say(f"overlap.access.{code}") for code in said)
    if aspect == "level":
        return ", ".join(say("overlap.level.alpha") if code == "alpha" else code.upper() for code in said)
    return ", ".join(say("overlap.word", word=word) if aspect == "purpose" else word for word in said)


def period_of(measure: Measure, say: Say, language: str) -> str:
    """„01/2026 bis 12/2027“, „seit 01/2026“, „dauerhaft“; empty where nobody said when."""
    start = formatted(language, measure.start, "month_year") if measure.start else None
    end = formatted(language, measure.end, "month_year") if measure.end and not measure.open_end else None
    if start and end:
        return say("overlap.period.both", start=start, end=end)
    if start or end:
        return say("overlap.period.since" if start else "overlap.period.until", day=start or end)
    permanent = measure.open_end or measure.status == "permanent"
    return say("measures.permanent") if permanent else ""
