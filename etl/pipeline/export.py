"""The state as a file: JSON, a workbook or CSV files. The same state gives the same bytes (JSON and CSV)."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import simplejson

from etl.model.state import Known, State, state_on
from etl.model.store import Connection, Store
from etl.model.tables import KINDS
from etl.pipeline.picture import typed
from etl.pipeline.picture.facts import facts_of
from etl.pipeline.picture.links import Links
from etl.pipeline.picture.provenance import Provenance
from etl.pipeline.picture.rated import ratings_of, thresholds_on
from etl.rules.rating import Rating
from etl.vocabulary import load_vocabulary

#: What a spreadsheet program would run as a formula when it opens a text.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def export_state(
    store: Store, *, day: dt.date | None = None, known_on: dt.datetime | None = None, today: dt.date
) -> dict[str, Any]:
    """The export as nested data; ``day`` and ``known_on`` are told as given, without ``day`` ratings use ``today``."""
    vocabulary = load_vocabulary()
    with store.reading() as connection:
        state = state_on(connection, day, known_on)
        provenance = Provenance(connection, vocabulary)
        ratings = _ratings(connection, state, day or today)
    links = Links(state)
    result: dict[str, Any] = {
        "day": day.isoformat() if day else None,
        "known_on": known_on.isoformat() if known_on else None,
    }
    for kind in KINDS:
        result[kind] = [
            _record(known, provenance, links, ratings.get(key)) for key, known in sorted(state.kind(kind).items())
        ]
    return result


def _ratings(connection: Connection, state: State, day: dt.date) -> Mapping[str, Rating]:
    return ratings_of(facts_of(connection, state, day), thresholds_on(connection, state.known_on))


def _record(known: Known, provenance: Provenance, links: Links, rating: Rating | None) -> dict[str, Any]:
    found: dict[str, Any] = {"key": known.key}
    if known.partner:
        found["partner"] = known.partner
    parent = links.goal_of(known) if known.kind == "indicator" else known.parent
    if parent:
        found["parent_key"] = parent
    said: dict[str, list[str]] = {}
    source: dict[str, list[dict[str, str]]] = {}
    qualifier: dict[str, Any] = {}
    for name, value in known.values.items():
        statement = known.holds[name]
        found[name] = plain(value, provenance.type_of(name))
        cells = provenance.sources(statement, name)
        if cells:
            said[name] = provenance.said(statement, name)
            source[name] = [{"file": c.file, "sheet": c.sheet, "cell": c.cell, "role": c.role} for c in cells]
        if statement.body.qualifier.get(name):
            qualifier[name] = statement.body.qualifier[name]
    contested = {name: _contested(name, known, provenance) for name in known.contested}
    parts: dict[str, Any] = {
        "links": _links(known, provenance, links),
        "said": said,
        "source": source,
        "qualifier": qualifier,
        "kept": _kept(known),
        "contested": contested,
        "settled": {name: _settled(row) for name, (row, _) in known.settled.items()},
        "assigned": {name: _assigned(row) for name, row in known.assigned.items()},
        "merged": [part.key for part in known.merged if part.key != known.key],
        "rating": rating_as_json(rating),
    }
    return found | {name: part for name, part in parts.items() if part}


def plain(value: Any, type_: str) -> Any:
    """A stored value for JSON: money becomes a decimal number with two places."""
    return Decimal(value).quantize(Decimal("0.01")) if type_ == "amount" and isinstance(value, str) else value


def _links(known: Known, provenance: Provenance, links: Links) -> dict[str, list[str]]:
    """The keys of what reference fields name, where the network knows it."""
    found = {}
    for name in known.values:
        kind = provenance.kind_referred_to(name)
        if kind in links.names:
            keys = links.keys(kind, typed.texts(known, name))
            if keys:
                found[name] = list(keys)
    return found


def _contested(name: str, known: Known, provenance: Provenance) -> list[dict[str, Any]]:
    return [
        {
            "value": plain(statement.body.values[name], provenance.type_of(name)),
            "partner": statement.partner,
            "said": provenance.said(statement, name),
            "source": [
                {"file": c.file, "sheet": c.sheet, "cell": c.cell, "role": c.role}
                for c in provenance.sources(statement, name)
            ],
            "day": statement.day.isoformat(),
        }
        for statement in known.contested[name]
    ]


def _settled(row: Any) -> dict[str, Any]:
    """Who decided about a contradiction; ``both``: its sources are right, each in its way."""
    told = {"person": row.person, "reason": row.reason, "known_from": row.known_from.isoformat()}
    return told | {"both": row.holds is None}


def _assigned(row: Any) -> dict[str, Any]:
    """Who says what a record belongs to; no ``keys``: to nothing."""
    told = {"person": row.person, "reason": row.reason, "known_from": row.known_from.isoformat()}
    return told | {"keys": list(row.targets)}


def _kept(known: Known) -> dict[str, str]:
    kept: dict[str, str] = {}
    for statement in known.said:
        kept |= statement.body.kept
    return kept


def rating_as_json(rating: Rating | None) -> dict[str, Any] | None:
    """``code`` is null where there is no rating by rule (completed, cancelled)."""
    if rating is None:
        return None
    found: dict[str, Any] = {
        "code": rating.code,
        "rule": rating.rule,
        "inputs": {name: _input(value) for name, value in rating.inputs.items()},
        "data_age_days": rating.data_age_days,
        "flips_on": rating.flips_on.isoformat() if rating.flips_on else None,
    }
    if rating.human is not None:
        human = rating.human
        found["human"] = {
            "code": human.code,
            "body": human.body,
            "reason": human.reason,
            "expires": human.expires.isoformat() if human.expires else None,
        }
    return found


def _input(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_input(v) for v in value]
    return value


def as_json(state: dict[str, Any]) -> bytes:
    """UTF-8, LF, keys sorted by code point, money with two decimals."""
    text: str = simplejson.dumps(state, ensure_ascii=False, indent=1, sort_keys=True, use_decimal=True)
    return (text + "\n").encode()


def as_csv(state: dict[str, Any]) -> dict[str, bytes]:
    """One CSV file per kind that has records: file name -> bytes (UTF-8 with BOM, ``;``, formulas escaped)."""
    files = {}
    for kind in KINDS:
        if state[kind]:
            columns, rows = flat(state[kind])
            out = io.StringIO(newline="")
            writer = csv.writer(out, delimiter=";", lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([[escaped(row.get(c)) for c in columns] for row in rows])
            files[f"{kind}.csv"] = out.getvalue().encode("utf-8-sig")
    return files


def as_workbook(state: dict[str, Any], path: str) -> None:
    """One sheet per kind that has records; text is never run as a formula."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    book.set_properties({"created": dt.datetime(2000, 1, 1)})
    bold = book.add_format({"bold": True})
    for kind in KINDS:
        if state[kind]:
            columns, rows = flat(state[kind])
            sheet = book.add_worksheet(kind)
            sheet.write_row(0, 0, columns, bold)
            sheet.freeze_panes(1, 1)
            for number, row in enumerate(rows, 1):
                for column, name in enumerate(columns):
                    sheet.write(number, column, _number(row.get(name)))
    if not book.worksheets():
        book.add_worksheet("runder_tisch")
    book.close()


def flat(records: list[dict[str, Any]]) -> tuple[list[str], list[dict[str, Any]]]:
    """Columns and rows of a table: fields first, then where each was read (``title.cell``) and the rating."""
    rows = []
    for record in records:
        row = {n: _text(v) for n, v in record.items() if n not in _PARTS}
        row |= {f"kept.{heading}": text for heading, text in record.get("kept", {}).items()}
        row |= {f"{n}.source": _cell(cells) for n, cells in record.get("source", {}).items()}
        if record.get("rating"):
            row["rating"] = record["rating"]["code"]
            row["rating.rule"] = record["rating"]["rule"]
        rows.append(row)
    names = sorted({name for row in rows for name in row}, key=lambda n: (n != "key", "." in n, n))
    return names, rows


_PARTS = frozenset(
    {"links", "said", "source", "qualifier", "kept", "contested", "settled", "assigned", "merged", "rating"}
)


def _cell(cells: list[dict[str, str]]) -> str:
    return "; ".join(f"{c['file']} / {c['sheet']} / {c['cell']}" for c in cells)


def _text(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(str(v) for v in value)
    if isinstance(value, dict):
        return "–".join(str(value.get(k, "")) for k in ("min", "max"))
    return value


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def escaped(value: Any) -> Any:
    """A text that a spreadsheet program would run gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
