"""``what-is-understood.md``: the kinds, layouts, forms of values, issues and formats the importer knows.

The samples beside this file go through the importer itself; the page says what came out.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any, get_args

from pieces import one_line, sentence, table

from dashboard.parts.values import value_text
from etl.issues import CATALOGUE
from etl.pipeline.understanding import SheetUnderstood, Understood, understand
from etl.stages.readers.detect import MAGIC, MARKUP, PACKAGES, Format
from etl.stages.readings.cells import Context, read_cell
from etl.stages.readings.reading import Reading
from etl.stages.shapes import Draft, said_of
from etl.vocabulary import Field, load_vocabulary
from etl.wording import formatted, has, say

FOLDER = Path(__file__).parent
#: The day on which the samples came in.
DAY = dt.date(2026, 11, 10)
_PRECISION = {
    "week": "auf die Woche genau",
    "month": "auf den Monat genau",
    "quarter": "auf das Quartal genau",
    "half_year": "auf das Halbjahr genau",
    "school_year": "auf das Schuljahr genau",
    "season": "auf die Jahreszeit genau",
    "year": "auf das Jahr genau",
    "approx": "ungefähr",
    "none": "ohne Tag",
}
#: What is said about a value beside it; "ca." and "im Jahr" stand with the value itself.
_QUALIFIERS = {
    "open_end": "ohne Ende",
    "provisional": "vorläufig",
    "vacant": "noch niemand",
    "max": "höchstens so viel",
    "min": "mindestens so viel",
}
_BESIDE_THE_VALUE = {"approx", "per"}
_PARTS = {"female": "Frauen", "male": "Männer", "diverse": "divers"}
_PLACES = {
    "headings": "Überschriften",
    "loaded": "geladen",
    "kept": "aufbewahrt",
    "withheld": "zurückgehalten",
    "reported": "zu klären",
}
_FORMATS = {
    "xlsx": "Excel",
    "xlsm": "Excel mit Makros (sie werden nicht ausgeführt)",
    "xlsb": "Excel, binär",
    "xls": "Excel bis 2003",
    "ods": "LibreOffice",
    "fods": "LibreOffice, als eine XML-Datei",
    "csv": "Text mit Semikolon, Komma, Tabulator oder senkrechtem Strich, in jeder üblichen Zeichenkodierung",
}


def rows_of(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def sample(name: str) -> Understood:
    """A layout's sample as the importer understands it."""
    content = (FOLDER / "layouts" / f"{name}.csv").read_bytes()
    return understand(content, f"{name}.csv", load_vocabulary(), DAY)


def sample_reading(name: str, text: str) -> Reading:
    """What the importer reads in a cell with this text in a column of this field."""
    vocabulary = load_vocabulary()
    return read_cell(text, Context(vocabulary.fields[name], vocabulary, DAY))


def what_is_understood() -> str:
    parts = {
        "Dateien": _formats(),
        "Arten von Einträgen": _kinds(),
        "Wie eine Tabelle aussehen darf": _layouts(),
        "Was in einer Zelle stehen darf": _values(),
        "Was wir dazu sagen": _issues(),
    }
    return (
        "# Was verstanden wird\n\n"
        "Diese Seite schreibt das Programm selbst: Die Beispiele werden beim Erzeugen wirklich gelesen, und es steht "
        "da, was dabei herauskam, als wären sie am 10. November 2026 eingegangen. Was nicht verstanden wird, geht "
        "nicht verloren: Es wird aufbewahrt oder gemeldet.\n\n"
    ) + "\n".join(f"## {title}\n\n{text.strip()}\n" for title, text in parts.items())


def _formats() -> str:
    rows = ((f"`{name}`", _FORMATS[name]) for name in get_args(Format))
    kinds = dict.fromkeys(kind for _, kind in (*MAGIC, *MARKUP, *PACKAGES))
    refused = formatted("de", [say("de", f"file_kind.{kind}") for kind in kinds], "list")
    return (
        f"{table(('Format', 'Gelesen'), rows)}\nWas eine Datei ist, sagt ihr Inhalt, nicht die Endung ihres Namens. "
        f"Nicht gelesen werden: {one_line(refused)}.\n"
    )


def _kinds() -> str:
    fields = load_vocabulary().fields.values()
    by_kind: dict[str, list[str]] = {}
    for field in fields:
        if has("de", f"kind.{field.kind}") and has("de", f"field.{field.name}"):
            by_kind.setdefault(field.kind, []).append(say("de", f"field.{field.name}"))
    rows = ((say("de", f"kind.{kind}"), ", ".join(names)) for kind, names in by_kind.items())
    return table(("Art", "Angaben"), rows) + "\nMit Beispielen für Überschriften: [fields.md](fields.md).\n"


def _layouts() -> str:
    return "".join(_layout(row) for row in rows_of("layouts.csv"))


def _layout(row: Mapping[str, str]) -> str:
    understood = sample(row["file"])
    (sheet,) = understood.sheets
    read = "".join(f"- {_record(draft)}\n" for draft in understood.drafts if _tells(draft))
    return f"### {row['title']}\n\n{row['sentence']}\n\n{_grid(sheet)}\n{_sum(sheet)}\n\n{read}\n"


def _grid(sheet: SheetUnderstood) -> str:
    rows = [[said_of(value) for value in row] for row in sheet.sheet.rows]
    return table([""] * len(rows[0]), rows)


def _sum(sheet: SheetUnderstood) -> str:
    """ "14 gefüllte Zellen = 4 Überschrift + 10 geladen"."""
    parts = [(getattr(sheet.ledger, name), word) for name, word in _PLACES.items()]
    parts += [(n, say("de", f"deliveries.aside.{reason}")) for reason, n in sorted(sheet.ledger.set_aside.items())]
    return f"{sheet.ledger.filled} gefüllte Zellen = " + " + ".join(f"{n} {word}" for n, word in parts if n) + "."


def _tells(draft: Draft) -> bool:
    return bool(draft.values) or bool(draft.kept)


def _record(draft: Draft) -> str:
    """ "Maßnahme: Titel Sprachcafé; Status läuft"."""
    fields = {field.short: field for field in load_vocabulary().fields.values() if field.kind == draft.kind}
    told = []
    for name, value in draft.values.items():
        if name in fields:
            about = dict(draft.qualifier.get(name, {}))
            precision = draft.values.get(f"{name}_precision")
            told.append(f"{_label(fields[name])}: {_shown(value, fields[name], about, precision)}")
    return f"**{say('de', f'kind.{draft.kind}')}** " + one_line("; ".join(told))


def _label(field: Field) -> str:
    return say("de", f"field.{field.name}") if has("de", f"field.{field.name}") else field.short


def _shown(value: Any, field: Field, qualifier: Mapping[str, Any], precision: object = None) -> str:
    if field.type in ("date", "date_end", "period") and isinstance(value, str):
        day = formatted("de", dt.date.fromisoformat(value), "short_date")
        return f"{day} ({_PRECISION[str(precision)]})" if precision and precision != "day" else day
    return value_text(value, field.type, field.values, qualifier, "de")


def _values() -> str:
    text = "„≈“ heißt: gedeutet, mit dem Text daneben und einem Klick zu berichtigen.\n"
    for form, rows in groupby(rows_of("values.csv"), key=lambda row: row["form"]):
        lines = ((_label_of(row["field"]), f"`{row['text']}`", *_read(row["field"], row["text"])) for row in rows)
        text += f"\n### {form}\n\n{table(('Angabe', 'In der Zelle', 'Gelesen', ''), lines)}"
    return text


def _label_of(name: str) -> str:
    return _label(load_vocabulary().fields[name])


def _read(name: str, text: str) -> tuple[str, str]:
    """What is read, and whether that is sure."""
    reading = sample_reading(name, text)
    if reading.reason:
        return say("de", f"deliveries.aside.{'ditto' if reading.reason == 'ditto' else 'null'}"), ""
    told = [*_told(reading, name), *_qualified(reading)]
    if reading.unread and reading.problem:
        told.append(f"unbekannt: {reading.unread}")
    sure = "zu klären" if reading.problem else "≈" if reading.mark else ""
    return "; ".join(told) or "nicht gelesen", sure


def _told(reading: Reading, name: str) -> list[str]:
    fields = load_vocabulary().fields
    found = []
    for part, value in reading.fields.items():
        if part.endswith("precision"):
            continue
        field = fields[name] if part == "value" else _part(fields[name], part)
        about = dict(reading.qualifier.get(part, {}))
        precision = reading.fields.get("precision" if part == "value" else f"{part}_precision")
        text = str(value) if part == "year" else _shown(value, field, about, precision)
        found.append(text if part == "value" else f"{_label(field)}: {text}")
    return found


def _part(field: Field, part: str) -> Field:
    """The field of the same record that a reading gives beside its own; a bare year is the day of its value."""
    name = {"actual": "participants_actual", "planned": "participants_planned", "year": "current_date"}.get(part, part)
    fields = load_vocabulary().fields.values()
    return next(f for f in fields if f.entity == field.entity and f.short == name)


def _qualified(reading: Reading) -> list[str]:
    told = {word: value for about in reading.qualifier.values() for word, value in about.items()}
    parts = [
        f"{_PARTS.get(name, name)} {formatted('de', Decimal(str(n)), 'number')}" for name, n in told.pop("parts", [])
    ]
    words = [_QUALIFIERS[word] for word in told if word not in _BESIDE_THE_VALUE]
    return words + ([f"darunter {', '.join(parts)}"] if parts else [])


def _number(number: object) -> str:
    return formatted("de", Decimal(str(number)), "number")


def _issues() -> str:
    text = ""
    for severity in ("error", "warning", "note"):
        codes = [code for code, level in CATALOGUE.items() if level == severity]
        rows = ((sentence("de", f"issue.{code}"), f"`{code}`") for code in codes)
        text += f"### {say('de', f'command.severity_{severity}')}\n\n{table(('Satz', 'Code'), rows)}\n"
    return text + "Mit Vorschlägen, auch auf Englisch: [issues.md](issues.md).\n"
