"""Words and values for workbooks nobody wrote: what partners write, misspelt, mixed with what no list should hold."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from hypothesis import strategies as st

from etl.settings import data_folder
from etl.vocabulary import load_vocabulary

KINDS = ("measure", "goal", "partner", "cooperation", "funding", "decision", "idea", "need", "meeting", "agreement")
#: Kinds whose fields stand in the lists of another kind.
_INSIDE = {"indicator": "goal", "observation": "goal", "contact": "partner"}


@dataclass(frozen=True)
class Formula:
    """``result`` is the stored result, None where the program that wrote the file stored none."""

    text: str
    result: str | float | bool | None = None


@dataclass(frozen=True)
class ErrorCell:
    code: str


@dataclass(frozen=True)
class Percent:
    """A number whose format shows it as a percentage."""

    number: float


Value = str | float | bool | dt.datetime | dt.date | dt.time | Formula | ErrorCell | Percent


@cache
def _rows(name: str) -> list[dict[str, str]]:
    with (data_folder() / "vocabulary" / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


@cache
def known_headings() -> dict[str, dict[str, list[str]]]:
    """Kind of list -> field -> the headings the vocabulary has for it."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows("headings.csv"):
        kind = row["field"].split(".")[0]
        found[_INSIDE.get(kind, kind)][row["field"]].append(row["heading"])
    return found


@cache
def other_headings() -> list[str]:
    return [row["heading"] for row in _rows("other_columns.csv")]


@cache
def notes(reason: str) -> list[str]:
    """Words that begin a total, a legend, an example …"""
    return [row["text"] for row in _rows("set_aside.csv") if row["reason"] == reason]


@cache
def sheet_names() -> list[str]:
    """Without what no spreadsheet program lets a sheet be called."""
    return [re.sub(r"[\[\]:*?/\\']", "", row["name"])[:28] for row in _rows("sheets.csv")]


@cache
def _coded(domain: str) -> list[str]:
    return [row["word"] for row in _rows("values.csv") if row["domain"] == domain] or ["ja"]


TITLES = [
    "Sprachcafé", "Wohnlotsen", "Lernpaten Grundschule", "Berufssprachkurs B2", "Frauentreff am Markt",
    "Begleitung zu Behörden", "Mehr Menschen in Arbeit", "Ferienschule 2026", "Café Miteinander", "MBE-Beratung",
]  # fmt: skip
ORGANISATIONS = ["VHS", "Caritasverband e. V.", "Jobcenter", "AWO Kreisverband", "Freundeskreis", "Stadt, FB 50"]
DATES = [
    "01.03.2026", "Q3/2026", "Herbst 2026", "KW 23", "März 26", "ab sofort", "laufend", "2026", "31.6.2026",
    "bis Ende 2027", "SJ 2025/26", "verlängert bis 30.06.27", "1. HJ 2026", "10-15", "unbefristet",
]  # fmt: skip
PERIODS = ["01/2026 – 12/2027", "2025-2027", "seit 2019", "01.01.–31.03.2026", "Jan-Jul 26", "dauerhaft"]
AMOUNTS = [
    "12.500,- €", "ca. 3 TEUR", "1,2 Mio.", "450 € mtl.", "10.000 (Land) + 2.500 (Eigenmittel)", "12500.50", "€ 900",
    "5-8 T€", "1.234,56", "kostenneutral", "12,5",
]  # fmt: skip
COUNTS = ["ca. 25", "20-25", "12 (davon 7 Frauen)", "über 100", "2x15", "15/20", "min. 8", "30 (vorl.)"]
PERCENTS = ["45 %", "0,5", "ca. 80%", "50 v.H."]
CONTACTS = ["A. Beispiel, Tel. 0999 123", "Frau Muster (Leitung), m.muster@example.org", "N.N.", "info@example.org"]
NOTHINGS = ["-", "./.", "k. A.", "entfällt", "?", "n/a", "s.o.", '"', "dito", "x", "…", "TBD"]
ERRORS = ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?"]
#: Texts that have broken a reader somewhere.
ODD = [
    "=SUMME(A1:A9)", "+49 999 123", "@heute", "-5 bis 7", "'0815", "\u00a0", "\u200b", " \u202f", "\ufeffWort",
    "\u200bSprach\u200bcafé", "Sprach\u00a0café", "שלום עולם", "مرحبا بكم", "\u202eabc\u202c", "👩‍👩‍👧 🎉",
    "Zeile 1\nZeile 2", "\tTab", "  vorn und hinten  ", "a" * 3_000, "Wort " * 400, "<b>fett</b>", "&amp; & ;",
    'sagt "so"', "1e5", "1E400", "NaN", "TRUE", "WAHR", "0", "00123", "12345678901234567890", "_x0041_", "Ⅷ", "½",
    "１２", "A\u0308rger", "\u0085", "\u2028", "DROP TABLE;--", "{x}", "%s", "None",
]  # fmt: skip

_LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], max_codepoint=0x2FFFF), min_size=1, max_size=25)
_DATES = st.dates(dt.date(1999, 1, 1), dt.date(2040, 12, 31))
_INTEGERS = st.integers(-3, 250_000)
_FLOATS = st.one_of(st.floats(0, 100_000, allow_nan=False, width=32), st.sampled_from([0.1 + 0.2, 1e-7, 1e17, 0.512]))


def _strings(*pools: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from([word for pool in pools for word in pool])


@st.composite
def misspelt(draw: st.DrawFn, words: st.SearchStrategy[str]) -> str:
    """A word with one letter lost, doubled or swapped with its neighbour."""
    word = draw(words)
    at = draw(st.integers(0, max(len(word) - 2, 0)))
    way = draw(st.sampled_from(["lost", "doubled", "swapped", "shouted", "spaced"]))
    return {
        "lost": word[:at] + word[at + 1 :],
        "doubled": word[: at + 1] + word[at:],
        "swapped": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
        "shouted": word.upper(),
        "spaced": f" {word}  ",
    }[way]


def odd_values() -> st.SearchStrategy[Value]:
    """A value that fits no column on purpose."""
    return st.one_of(
        st.sampled_from(ODD),
        _LETTERS,
        st.sampled_from(NOTHINGS),
        st.sampled_from(ERRORS).map(ErrorCell),
        st.sampled_from([Formula("=1+1", 2.0), Formula("=A1", None), Formula('=""', ""), Formula('="x"', "x")]),
        st.just(Formula("=1/0=1", True)),
        st.booleans(),
        st.times().map(lambda moment: moment.replace(microsecond=0)),
        _DATES,
        st.datetimes(dt.datetime(1999, 1, 1), dt.datetime(2040, 1, 1)).map(
            lambda moment: moment.replace(microsecond=0)
        ),
        _FLOATS,
        _FLOATS.map(Percent),
        _INTEGERS,
    )


_OF_TYPE: dict[str, st.SearchStrategy[Value]] = {
    "amount": st.one_of(_INTEGERS, _FLOATS, st.sampled_from(AMOUNTS)),
    "count": st.one_of(st.integers(0, 400), st.sampled_from(COUNTS)),
    "number": st.one_of(st.integers(0, 400), _FLOATS, st.sampled_from(COUNTS + PERCENTS)),
    "percent": st.one_of(st.integers(0, 100), st.floats(0, 1, width=16).map(Percent), st.sampled_from(PERCENTS)),
    "date": st.one_of(_DATES, st.sampled_from(DATES)),
    "date_end": st.one_of(_DATES, st.sampled_from(DATES)),
    "period": _strings(PERIODS, DATES),
    "bool": st.sampled_from(["ja", "nein", "x", "☒", True, False]),
    "contact": st.sampled_from(CONTACTS),
    "id": st.one_of(st.integers(1, 40), st.from_regex(r"\A[A-Z]-?[1-9][0-9]?\Z")),
    "milestone": _strings(TITLES, ["Konzept bis 03/2026; Start 01.09.2026"]),
    "postcode": st.sampled_from(["01234", 1234, "12345 Musterstadt"]),
    "reference": _strings(ORGANISATIONS, TITLES),
    "references": _strings(ORGANISATIONS, TITLES, ["VHS, Caritas und Jobcenter", "Z1; Z2"]),
    "text": st.one_of(_strings(TITLES, CONTACTS), _LETTERS),
    "type": st.sampled_from(["Maßnahme", "Ziel"]),
}


@cache
def values_of(field: str) -> st.SearchStrategy[Value]:
    """What may stand in a column of this field; every now and then something that may not."""
    about = load_vocabulary().fields[field]
    usual = _coded_values(about.values) if about.type in {"code", "codes"} else _OF_TYPE[about.type]
    return st.integers(0, 11).flatmap(lambda luck: odd_values() if luck == 11 else usual)


def _coded_values(domain: str) -> st.SearchStrategy[Value]:
    words = st.sampled_from(_coded(domain))
    return st.integers(0, 7).flatmap(lambda luck: misspelt(words) if luck == 7 else words)


@st.composite
def headings(draw: st.DrawFn, kind: str) -> tuple[str, str | None]:
    """A heading and the field it stands for in a list of this kind, None for a column nobody knows."""
    way = draw(st.sampled_from(["known"] * 8 + ["misspelt", "other", "unit", "year", "odd"]))
    if way == "other":
        return draw(st.sampled_from(other_headings())), None
    if way == "odd":
        return draw(_LETTERS), None
    fields = known_headings()[kind]
    field = draw(st.sampled_from(sorted(fields)))
    heading = st.sampled_from(fields[field])
    if way == "misspelt":
        return draw(misspelt(heading)), field
    ending = {"unit": [" (TEUR)", " in €", " [%]", " in Tsd. €"], "year": [" 2025", " 2026", " Stand 31.12.2026"]}.get(
        way, [""]
    )
    return draw(heading) + draw(st.sampled_from(ending)), field


def title_heading(kind: str) -> st.SearchStrategy[tuple[str, str | None]]:
    """The heading of the column that names the record, without which there is no list."""
    fields = known_headings()[kind]
    field = next(
        name
        for name in (f"{kind}.title", f"{kind}.name", f"{kind}.text", f"{kind}.activity", *sorted(fields))
        if name in fields
    )
    return st.sampled_from(fields[field]).map(lambda heading: (heading, field))
