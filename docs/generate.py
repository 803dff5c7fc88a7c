"""The pages made from the code and its data: ``python docs/generate.py`` writes ``what-is-understood.md``,
``issues.md``, ``fields.md``, ``rules.md``, ``goal-proposals.md``, ``parallel-offers.md``, ``collected-files.md``.
A test compares them, so they cannot lie."""

from __future__ import annotations

import csv
import inspect
import re
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

from etl.issues import CATALOGUE
from etl.pipeline.picture.rated import load_thresholds
from etl.rules.goal_rules import indicator_verdict
from etl.rules.measure_rules import measure_verdict
from etl.rules.thresholds import Thresholds
from etl.settings import data_folder
from etl.vocabulary import load_vocabulary
from etl.wording import has, say
from etl.wording.catalogues import message

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER))  # a test loads this file from elsewhere

sys.path.insert(0, str(FOLDER.parent))

from pieces import sentence, table  # noqa: E402
from understood.page import what_is_understood  # noqa: E402

from tests.evaluation.goals.scoring import score  # noqa: E402
from tests.evaluation.pairs import scoring as pairs  # noqa: E402

_MADE = "<!-- Erzeugt von docs/generate.py, nicht von Hand ändern. Made by docs/generate.py, do not edit. -->\n\n"
_HEADINGS_SHOWN = 4
_RATINGS = ("on_track", "at_risk", "off_track", "cannot_be_rated")

#: What the types of fields.csv mean for whoever fills a cell.
_TYPES = {
    "amount": "Betrag in Euro, auch „ca.“, „Tsd.“, „pro Jahr“",
    "bool": "ja oder nein",
    "code": "eines der bekannten Wörter",
    "codes": "mehrere der bekannten Wörter",
    "contact": "Person mit Erreichbarkeit",
    "count": "Anzahl, auch von – bis",
    "date": "Tag oder Zeitraum, dessen Beginn zählt",
    "date_end": "Tag oder Zeitraum, dessen Ende zählt",
    "id": "eigene Nummer oder Kürzel",
    "milestone": "Meilensteine, mit Tag",
    "number": "Zahl",
    "percent": "Anteil in Prozent",
    "period": "Zeitraum in einer Zelle",
    "postcode": "Postleitzahl",
    "reference": "Verweis auf einen anderen Eintrag",
    "references": "Verweise auf andere Einträge",
    "text": "Text",
    "type": "sagt, welcher Art die Zeile ist",
}


def documents() -> dict[str, str]:
    """File name -> content."""
    return {
        "what-is-understood.md": _MADE + what_is_understood(),
        "issues.md": _MADE + _issues(),
        "fields.md": _MADE + _fields(),
        "rules.md": _MADE + _rules(),
        "goal-proposals.md": _MADE + _goal_proposals(),
        "parallel-offers.md": _MADE + _parallel_offers(),
        "collected-files.md": _MADE + _collected(),
    }


def _collected() -> str:
    """Where the importer deviates from what the collection of odd, broken and real files expects; a test proves that
    these are all."""
    with (FOLDER / "collected" / "exceptions.csv").open(encoding="utf-8") as lines:
        rows = [(f"`{row['file']}`", row["expected"], row["found"], row["reason"]) for row in csv.DictReader(lines)]
    return (
        "# The collected files\n\n"
        "Tests read a collection of 226 odd or broken files (`bad/`) and 37 real lists (`real/`) that lies beside the "
        "project. Each broken file ends with a sentence or a right import, each list marked exact yields what is "
        "expected of it, no reader of any format sees a filled cell that ours does not. These deviate:\n\n"
        + table(("File", "Expected", "Found", "Reason"), rows)
    )


def _goal_proposals() -> str:
    """How often the first goal proposed is a right one, on both halves of the labelled measures."""
    halves = {"tuning": "zum Abstimmen", "held_out": "zurückgehalten"}
    heads = ("Hälfte", "Maßnahmen", "mit Ziel", "vorgeschlagen", "davon richtig", "Precision", "Recall")
    found = [(name, score(half)) for half, name in halves.items()]
    rows = [
        (name, s.measures, s.wanted, s.proposed, s.right, _percent(s.precision), _percent(s.recall))
        for name, s in found
    ]
    safe = [(name, s.safe, s.safe_right, _percent(s.safe_precision)) for name, s in found]
    return (
        (FOLDER / "proposals" / "goal-proposals.template.md")
        .read_text(encoding="utf-8")
        .format(
            first=table(heads, [tuple(map(str, row)) for row in rows]),
            safe=table(("Hälfte", "sicher", "davon richtig", "Precision"), [tuple(map(str, row)) for row in safe]),
        )
    )


def _parallel_offers() -> str:
    """How often a pair of measures proposed as alike is, on both halves of the labelled pairs and the demo's."""
    names = {"tuning": "zum Abstimmen", "held_out": "zurückgehalten", pairs.DEMO: "aus der Demo"}
    heads = ("Paare", "davon ähnlich", "vorgeschlagen", "davon richtig", "Precision", "Recall")
    rows = {}
    for half, name in names.items():
        s = pairs.score(half)
        told = (name, s.pairs, s.alike, s.proposed, s.right, _percent(s.precision), _percent(s.recall))
        rows[half] = tuple(map(str, told))
    template = (FOLDER / "proposals" / "parallel-offers.template.md").read_text(encoding="utf-8")
    return template.format(
        pairs=table(("Hälfte", *heads), [rows[half] for half in pairs.HALVES]),
        demo=table(("Satz", *heads), [rows[pairs.DEMO]]),
    )


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _issues() -> str:
    text = (
        "# Was zu einer Rückmeldung gesagt werden kann\n\n"
        "**Zu klären:** Etwas, das gemeint war, wurde nicht übernommen. **Bitte prüfen:** übernommen, aber gedeutet. "
        "**Hinweis:** gut zu wissen. Mit einem Code, der mit `file_` beginnt, mit `sender_unknown` und mit "
        "`delivery_failed` wird von der Datei nichts gespeichert. „…“ steht für das, was in der Zelle stand.\n\n"
    )
    for language, title in (("de", "Deutsch"), ("en", "English")):
        heads = {"de": ("Code", "Stufe", "Satz", "Vorschlag"), "en": ("Code", "Level", "Sentence", "Proposal")}[
            language
        ]
        rows = (_issue(language, code) for code in CATALOGUE)
        text += f"## {title}\n\n{table(heads, rows)}\n"
    return text.rstrip() + "\n"


def _issue(language: str, code: str) -> tuple[str, ...]:
    key = f"issue.{code}"
    proposal = sentence(language, f"{key}.proposal") if has(language, f"{key}.proposal") else ""
    return f"`{code}`", say(language, f"command.severity_{CATALOGUE[code]}"), sentence(language, key), proposal


def _fields() -> str:
    vocabulary = load_vocabulary()
    by_kind = defaultdict(list)
    for field in vocabulary.fields.values():
        by_kind[field.kind].append(field)
    text = (
        "# Welche Angaben gelesen werden\n\n"
        "Eine Zeile je Feld. „Überschriften“ nennt Beispiele; alle bekannten stehen in "
        "`data/vocabulary/headings.csv`, die bekannten Wörter der Spalte „Werte“ in `data/vocabulary/values.csv`. Eine "
        "Spalte, die zu keinem Feld passt, wird mit ihrer Überschrift aufbewahrt.\n"
    )
    headings = _headings()
    for kind, found in by_kind.items():
        name = say("de", f"kind.{kind}") if has("de", f"kind.{kind}") else kind
        heads = ("Feld", "Deutsch", "English", "Art", "Werte", "Überschriften")
        rows = (
            (
                f"`{field.name}`",
                _field_name("de", field.name),
                _field_name("en", field.name),
                _TYPES[field.type],
                f"`{field.values}`" if field.values else "",
                ", ".join(headings[field.name][:_HEADINGS_SHOWN]),
            )
            for field in found
        )
        text += f"\n## {name} (`{kind}`)\n\n{table(heads, rows)}"
    return text


def _field_name(language: str, name: str) -> str:
    return say(language, f"field.{name}") if has(language, f"field.{name}") else ""


def _headings() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in _rows("headings.csv"):
        if row["language"] == "de" and len(row["heading"]) > 1:
            found[row["field"]].append(row["heading"].replace("\n", " "))
    return found


def _rows(name: str) -> list[dict[str, str]]:
    with (data_folder() / "vocabulary" / name).open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle, delimiter=";"))


def _rules() -> str:
    return (
        "# Wie bewertet wird\n\n"
        "Abgeschlossenes und Abgebrochenes zeigt Status und Ergebnis, keine Bewertung. Für alles andere gilt die erste "
        "Regel, die zutrifft, in der Reihenfolge: nicht bewertbar, nicht auf Kurs, gefährdet, auf Kurs; ein erreichtes "
        "Ziel ist auf Kurs. Jede Bewertung nennt ihre Regel, ihre Grundlage, das Alter der Daten und den Tag, an dem "
        "sie sich ohne neue Meldung ändert.\n\n"
        f"## Ziele\n\n{_basis('goal')}\n## Maßnahmen\n\n{_basis('measure')}\n"
        f"## Schwellen\n\nSie stehen in `data/vocabulary/thresholds.csv` und gelten für das ganze Netzwerk.\n\n"
        f"{_thresholds()}\n"
        f"## Die Sätze der Regeln\n\n{_sentences()}\n"
        "## Exactly (from the code)\n\n"
        f"### Goals: `etl/rules/goal_rules.py`\n\n{_docstring(indicator_verdict)}\n\n"
        f"### Measures: `etl/rules/measure_rules.py`\n\n{_docstring(measure_verdict)}\n"
    )


def _basis(record: str) -> str:
    thresholds = load_thresholds()
    values = {field.name: getattr(thresholds, field.name) for field in fields(Thresholds)}
    lines = (say("de", f"basis.{record}.{code}", **values).replace("\u00a0", " ") for code in _RATINGS)
    return "".join(f"- {line}\n" for line in lines)


def _thresholds() -> str:
    rows = ((f"`{row['name']}`", row["value"], row["unit"], row["reason"]) for row in _rows("thresholds.csv"))
    return table(("Schwelle", "Wert", "Einheit", "Grund"), rows)


def _sentences() -> str:
    rows = (
        (f"`{rule}`", sentence("de", f"rule.{rule}", 2), sentence("en", f"rule.{rule}", 2)) for rule in _rule_codes()
    )
    return table(("Regel", "Deutsch", "English"), rows)


def _rule_codes() -> list[str]:
    catalogue = (Path(message.__code__.co_filename).parent / "catalogue" / "rules.de.po").read_text(encoding="utf-8")
    return [code for code in re.findall(r'^msgid "rule\.(\w+)"$', catalogue, re.MULTILINE) if code != "flips"]


def _docstring(rule: Callable[..., object]) -> str:
    text = inspect.getdoc(rule)
    assert text, f"{rule.__name__} says nothing about itself"
    return text.replace("``", "`")


def main() -> None:
    for name, content in documents().items():
        (FOLDER / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
