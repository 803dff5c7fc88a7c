"""What a cooperation rests on, how long, and who is drawn together by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from etl.rules.days import add_months
from etl.rules.facts import Agreed, Cooperation, Facts, Partner
from etl.rules.thresholds import Thresholds

AGREED: tuple[Agreed, ...] = ("none", "spoken", "written", "signed")
#: ``dates`` where a cooperation ends before it begins: one of both days is wrong.
Renewal = Literal["over", "soon", "dates"]

OVER = frozenset({"ended", "dormant"})
#: Not over, but not yet at work together.
PLANNED = frozenset({"contact", "negotiation"})

# What words under „Vereinbarung“ begin with, normalised (small letters, umlauts spelt out); a blank ends a word.
_NOT_YET_SIGNED = ("nicht unter", "noch nicht", "unterschrift fehlt", "unterschrift steht aus", "zur unterschrift")
_SIGNED = ("unterzeichnet", "unterschrieben", "gezeichnet", "unterschrift", "signed")
_SPOKEN = ("muendlich", "absprache", "zuruf", "handschlag", "telefonisch vereinbart", "spoken", "verbal", "oral ")
_NOT_YET = (
    "in vorbereitung",
    "in abstimmung",
    "in planung",
    "in arbeit",
    "entwurf",
    "geplant",
    "folgt ",
    "offen ",
    "draft",
)
#: Only where a text begins so: „schriftlich, keine Frist“ is an agreement.
_NONE = ("kein", "ohne", "nicht", "none", "no ", "not ")
_WRITTEN_TYPES = frozenset({"written_agreement", "service_contract"})


def agreed(said: str | bool | None, type_: str | None, status: str | None, words: str = "") -> Agreed | None:
    """How a cooperation is agreed, None where nobody said.

    ``said`` stands under „Vereinbarung“ (a yes or no as bool, other texts normalised), ``type_`` and ``status`` are the
    cooperation's codes, ``words`` what was written for both, normalised. A text that only waits for its signature is
    written; one that is being prepared is none yet; any other word under „Vereinbarung“ says that there is one.
    """
    beside = _named(words)
    if isinstance(said, str) and said:
        return _named(said) or ("none" if _denied(said) else "signed" if beside == "signed" else "written")
    if said is True:
        return "signed" if beside == "signed" else "written"
    if said is False:
        return "spoken" if beside == "spoken" else "none"
    return beside or ("written" if type_ in _WRITTEN_TYPES and status not in PLANNED else None)


def _named(words: str) -> Agreed | None:
    """The level that words name by themselves."""
    if _any(_NOT_YET_SIGNED, words):
        return "written"
    if _any(_SIGNED, words):
        return "signed"
    return "spoken" if _any(_SPOKEN, words) else None


def _denied(words: str) -> bool:
    return _any(_NOT_YET, words) or words.startswith(_NONE)


def _any(parts: Iterable[str], words: str) -> bool:
    """Whether a word begins with one of the parts."""
    return any(f" {part}" in f" {words} " for part in parts)


def living(facts: Facts) -> Iterator[Cooperation]:
    """Those that are not over."""
    return (cooperation for cooperation in facts.cooperations if cooperation.status not in OVER)


def renewal(cooperation: Cooperation, facts: Facts, thresholds: Thresholds) -> Renewal | None:
    """Whether a living cooperation's agreement is over or ends soon; None where it goes on or no end is stated."""
    start, end = cooperation.start, cooperation.end
    if end is None or cooperation.status in OVER:
        return None
    if start is not None and end < start:
        return "dates"
    if end < facts.day:
        return "over"
    return "soon" if end <= add_months(facts.day, thresholds.agreement_warning_months) else None


def reach(partners: Iterable[Partner]) -> Literal["inward", "outward"] | None:
    """Whether a cooperation stays inside the administration; None where nobody said of somebody where it belongs."""
    places = {partner.administration for partner in partners}
    if "outside" in places:
        return "outward"
    return "inward" if places == {"inside"} else None
