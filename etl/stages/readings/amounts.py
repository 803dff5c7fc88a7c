"""Amounts of money: euros as decimal text with two places; an amount per month or year is never made a total."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from etl.stages.readings.numbers import NUMBER, bounds_of, decimal_of, exact, is_number, meant_number
from etl.stages.readings.reading import LONGEST_VALUE, Reading, failed, tidy
from etl.stages.shapes import CellValue
from etl.vocabulary import Vocabulary, load_vocabulary, normalise

UNREADABLE = "amount_unreadable"
INTERPRETED = "amount_interpreted"
TWO = "amount_two"
_CENT = Decimal("0.01")
_LARGEST = Decimal(10) ** 12

#: Units by their factor to one euro. ``Mio``, ``Tsd``, ``T€``, ``k€`` stand in headings and behind numbers.
_FACTORS = {
    "teur": 1000, "t€": 1000, "tsd": 1000, "tsd €": 1000, "tsd eur": 1000, "tsd euro": 1000, "tausend": 1000,
    "tausend euro": 1000, "k": 1000, "k€": 1000, "keur": 1000, "thousand": 1000, "thousand euros": 1000,
    "mio": 10**6, "mio €": 10**6, "mio eur": 10**6, "mio euro": 10**6, "million": 10**6, "millionen": 10**6,
    "million euro": 10**6, "millionen euro": 10**6, "million euros": 10**6, "m€": 10**6, "meur": 10**6,
    "€": 1, "eur": 1, "euro": 1, "euros": 1,
}  # fmt: skip
_UNIT = (
    r"(?:teur|t€|tsd\.? ?(?:€|euro?)?|tausend(?: euro)?|keur|k ?€|k|thousand(?: euros?)?|mio\.? ?(?:€|euro?)?|"
    r"million(?:en)?(?: euros?| €)?|m€|meur|€|euros?|eur)"
)
_SOME_UNIT = re.compile(rf"\d ?{_UNIT}", re.IGNORECASE)
_PER = {
    "year": r"(?:pro|im|je|per|/|a|each) ?(?:jahr|year|haushaltsjahr)|p\. ?a\.?|/ ?a|jährlich|(?:year|annual)ly",
    "month": r"(?:pro|im|je|per|/|a|each|den) ?(?:monat|month)|monatlich|monthly|mtl\.?|p\. ?m\.?|/ ?m",
    "person": r"(?:pro|je|per|/) ?(?:person|kopf|tn|teilnehmende[rn]?|teilnehmer|participant|kind)|p\. ?p\.?",
    "hour": r"(?:pro|je|per|/) ?(?:stunde|std\.?|h|hour)",
    "week": r"(?:pro|je|per|/|die|in der|a|each) ?(?:woche|week)|wöchentlich|weekly",
    "once": r"einmalig|einmal|once",
}
_PER_PATTERNS = tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in _PER.items())
_MONEY = re.compile(
    rf"(?P<before>{_UNIT})? ?(?P<number>[-+]? ?{NUMBER})(?:[.,] ?-{{1,2}})? ?(?P<after>{_UNIT})?", re.IGNORECASE
)
_LABELLED = re.compile(r"(.+?) ?\(([^()]*[^\W\d_][^()]*)\)")
_FULL_TIME = re.compile(rf"({NUMBER}) ?(?:vzä|vzae|vk|fte|stellen?|vollzeitäquivalente?)", re.IGNORECASE)


def read_amount(
    value: CellValue, unit: str | None = None, per: str | None = None, vocabulary: Vocabulary | None = None
) -> Reading:
    """``"62400.00"``. ``unit`` (``TEUR``) and ``per`` (``year``) are the heading's; the cell's own words win."""
    if is_number(value):
        assert isinstance(value, (int, float))
        return _reading(exact(value) * factor_of(unit), {"per": per} if per else {})
    if not isinstance(value, str) or len(value) > LONGEST_VALUE:
        return failed(UNREADABLE)
    text = tidy(value)
    worded = _worded(text, vocabulary or load_vocabulary())
    if worded:
        return worded
    if "+" in text[1:] or "\n" in value.strip():
        several = _several(value, unit)
        if several:
            return several
    return _single(text, unit, per)


def factor_of(unit: str | None) -> int:
    """``"TEUR" -> 1000``; 1 for euros and for anything that is no unit of money."""
    if not unit:
        return 1
    plain = " ".join(unit.casefold().replace(".", " ").split())
    return _FACTORS.get(plain) or _FACTORS.get(plain.replace(" ", ""), 1)


def two_places(amount: Decimal) -> str:
    return str(amount.quantize(_CENT, ROUND_HALF_UP))


def _reading(amount: Decimal, qualifier: Mapping[str, object], mark: str | None = None) -> Reading:
    if abs(amount) >= _LARGEST:
        return failed(UNREADABLE)
    return Reading({"value": two_places(amount)}, {"value": qualifier} if qualifier else {}, mark)


def _worded(text: str, vocabulary: Vocabulary) -> Reading | None:
    code = vocabulary.words["amount_words"].get(normalise(text))
    if code == "zero":
        return Reading({"value": "0.00"}, {}, INTERPRETED)
    if code == "existing_budget":
        return Reading({}, {"value": {"null_reason": code}})
    return Reading(reason=code) if code else None


def _single(text: str, unit: str | None, per: str | None) -> Reading:
    full_time = _FULL_TIME.fullmatch(text)
    staff = full_time and decimal_of(full_time[1])
    if staff:
        return Reading({"staff_fte": float(staff[0])}, {}, INTERPRETED)
    bare = text
    parenthesised = bare.startswith("(") and bare.endswith(")")
    if parenthesised:
        bare = bare[1:-1].strip()
    said_per, bare = _per_of(bare)
    bounds = bounds_of(bare)
    money = _money(bounds.text, unit)
    remarked = _LABELLED.fullmatch(bounds.text) if money is None else None
    if remarked:  # "3.200 Euro (Antrag läuft)"
        money = _money(remarked[1], unit)
    if money is None:
        return failed(UNREADABLE, _proposal(text, unit))
    amount, doubtful = money
    if doubtful and _THREE_DECIMALS.search(bounds.text):
        return failed(UNREADABLE, two_places(amount * 1000) if abs(amount) < _LARGEST / 1000 else None)
    qualifier = bounds.qualifier()
    if said_per or per:
        qualifier["per"] = said_per or per
    if qualifier.get("per") == "once":
        del qualifier["per"]
    if parenthesised:
        qualifier["parenthesised"] = True
    marked = doubtful or parenthesised or remarked is not None or bounds.approx or bounds.so_far or bounds.provisional
    return _reading(amount, qualifier, INTERPRETED if marked else None)


_THREE_DECIMALS = re.compile(r"\d,\d{3}(?!\d)")


def _proposal(text: str, unit: str | None) -> str | None:
    """``2O.000 -> 20000.00``; the only amount with its unit in a longer text."""
    meant = meant_number(text)
    if meant is not None:
        return two_places(meant)
    said = _MONEY_FIRST.findall(text)
    money = _money(said[0], unit) if len(said) == 1 else None
    return two_places(money[0]) if money and not money[1] and abs(money[0]) < _LARGEST else None


def _per_of(text: str) -> tuple[str | None, str]:
    for code, pattern in _PER_PATTERNS:
        match = pattern.search(text)
        if match and match.start() == 0:
            return code, text[match.end() :].strip()
        if match and match.end() == len(text) and text[match.start() - 1] in " €0123456789-oOrR":
            return code, text[: match.start()].strip()
    return None, text


def _money(text: str, unit: str | None) -> tuple[Decimal, bool] | None:
    """Amount in euros, and whether its spelling or its unit leaves a doubt."""
    match = _MONEY.fullmatch(text)
    found = match and decimal_of(match["number"].replace("- ", "-").replace("+ ", "+"))
    if not match or not found:
        return None
    number, doubtful = found
    own = match["after"] or match["before"]
    factor = factor_of(own or unit)
    if doubtful and factor > 1 and "," in match["number"]:
        doubtful = False
    other_unit = bool(own and unit and factor != factor_of(unit))
    return number * factor, doubtful or other_unit


def _several(value: str, unit: str | None) -> Reading | None:
    """Several amounts in one cell: added where each names what it is or a plus stands between euros; bare
    numbers are asked about, since a line or a plus between them may part years or sources."""
    lines = [tidy(line) for line in value.strip().splitlines() if line.strip()]
    pieces = lines if len(lines) > 1 else [piece.strip() for piece in tidy(value).split("+")]
    parts = [_part(piece, unit) for piece in pieces]
    if len(parts) < 2 or any(part is None for part in parts):
        return None
    known = [part for part in parts if part is not None]
    named = [[label, two_places(amount)] for label, amount in known]
    total = sum((amount for _, amount in known), Decimal(0))
    labels = [label for label, _ in known]
    if any(label in _PER for label in labels):
        return Reading({}, {"value": {"parts": named}}, INTERPRETED)
    said_added = len(lines) == 1 and _SOME_UNIT.search(value)
    if not all(labels) and not said_added:
        return failed(TWO, two_places(total))
    return _reading(total, {"parts": named}, INTERPRETED)


def _part(piece: str, unit: str | None) -> tuple[str, Decimal] | None:
    per, bare = _per_of(piece)
    labelled = _LABELLED.fullmatch(bare)
    label = per or (labelled[2].strip() if labelled else "")
    money = _money(labelled[1] if labelled else bare, unit)
    if money is None and (worded := _MONEY_FIRST.match(bare)):  # "20.000 EUR Dashboard"
        money, label = _money(worded[1], unit), label or bare[worded.end() :].strip()
    if money is None or abs(money[0]) >= _LARGEST:
        return None
    return label, money[0]


_MONEY_FIRST = re.compile(rf"({_UNIT} ?{NUMBER}|{NUMBER} ?{_UNIT})(?= [^\W\d_])", re.IGNORECASE)
