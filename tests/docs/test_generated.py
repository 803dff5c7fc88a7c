"""The generated pages say what code and data say today."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest

from etl.issues import CATALOGUE
from etl.vocabulary import load_vocabulary
from tests.docs.commands import ROOT


def _generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_MADE = ("what-is-understood.md", "issues.md", "fields.md", "rules.md", "goal-proposals.md", "parallel-offers.md")


@pytest.mark.parametrize("name", _MADE)
def test_a_generated_page_is_up_to_date(name: str) -> None:
    written = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert written == _generate().documents()[name], f"docs/{name} is old: run `make docs`"


def test_every_issue_and_every_field_has_its_row() -> None:
    made = _generate().documents()
    assert all(made["issues.md"].count(f"| `{code}` |") == 2 for code in CATALOGUE)
    assert all(f"| `{name}` |" in made["fields.md"] for name in load_vocabulary().fields)


def test_each_sample_of_a_layout_is_understood_as_that_layout() -> None:
    _generate()
    page = sys.modules["understood.page"]
    for row in page.rows_of("layouts.csv"):
        understood = page.sample(row["file"])
        assert {table.orientation for _, table in understood.tables} == {row["orientation"]}, row["file"]
        assert len(understood.drafts) >= (1 if row["orientation"] == "form" else 2), row["file"]
        assert not [issue for issue in understood.issues if issue.severity == "error"], row["file"]
        assert all(sheet.ledger.kept == sheet.ledger.reported == 0 for sheet in understood.sheets), row["file"]


def test_every_type_of_field_has_a_sample_of_what_may_stand_in_its_cells() -> None:
    _generate()
    fields = load_vocabulary().fields
    shown = {fields[row["field"]].type for row in sys.modules["understood.page"].rows_of("values.csv")}
    assert {field.type for field in fields.values()} == shown


def test_no_sentence_shown_to_people_still_holds_a_place_for_a_value() -> None:
    made = _generate().documents()
    assert "{" not in made["issues.md"]
    assert "{" not in made["rules.md"]
