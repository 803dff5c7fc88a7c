"""What stands where in a template: sheets, columns and the words of their drop-downs. Columns are data
(``data/vocabulary/template.csv``), sentences lie in ``template.*.po``."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from etl.settings import data_folder
from etl.vocabulary import Field, Vocabulary, load_vocabulary, normalise
from etl.wording import has, say

#: The row of the headings; records stand below.
HEADING_ROW = 4
FIRST_ROW = HEADING_ROW + 1
#: Kinds of records whose names are offered where a field refers to them.
OFFERED = ("goal", "field_of_action", "partner")
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column of a sheet; ``field`` is the vocabulary's."""

    field: Field
    width: int

    @property
    def several(self) -> bool:
        return self.field.type in {"codes", "references"}

    def heading(self, language: str) -> str:
        return say(language, f"field.{self.field.name}")

    def about(self, language: str) -> str:
        return say(language, f"template.column.{self.field.name}")

    @property
    def domain(self) -> str | None:
        """The list behind its drop-down: a domain of coded values or a kind of records, None where there is none."""
        if self.field.type in {"code", "codes"}:
            return self.field.values
        if self.field.type == "bool":
            return "boolean"
        return self.field.values if self.field.values in OFFERED else None


@lru_cache(maxsize=1)
def template_columns() -> dict[str, tuple[TemplateColumn, ...]]:
    """Entity of a sheet -> its columns, in the order of the sheets."""
    vocabulary = load_vocabulary()
    found: dict[str, list[TemplateColumn]] = defaultdict(list)
    with (data_folder() / "vocabulary" / "template.csv").open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle, delimiter=";"):
            field = vocabulary.fields[row["field"]]
            found[field.entity].append(TemplateColumn(field, int(row["width"])))
    return {entity: tuple(columns) for entity, columns in found.items()}


def word(domain: str, code: str, language: str, vocabulary: Vocabulary) -> str | None:
    """How a template writes a code: our own word for it where the importer reads that back as the same code."""
    keys = (f"template.word.{domain}.{code}", f"{domain}.{code}", f"status.{code}")
    for key in keys:
        if has(language, key):
            found = say(language, key)
            if vocabulary.words[domain].get(normalise(found)) == code:
                return found
    return None


def words(domain: str, language: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words of a drop-down of coded values, in the vocabulary's order."""
    codes = (code for code in vocabulary.codes(domain) if code != _UNKNOWN)
    return tuple(found for code in codes if (found := word(domain, code, language, vocabulary)))
