"""The menu and the pages behind it."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

from dashboard.shell.menu import MENU, may_open
from etl.model.accounts import ROLES
from etl.wording import LANGUAGES, has

PAGES = sorted((Path(__file__).resolve().parents[3] / "dashboard" / "pages").glob("[!_]*.py"))


def test_the_menu_stands_in_the_order_of_a_meeting() -> None:
    network = ["ueberblick", "ziele", "massnahmen", "kooperationen", "zustaendigkeiten", "foerdermittel"]
    names = [*network, "ideen", "sitzung", "rueckmeldungen", "klaerungen", "organisation"]
    assert [entry.url_path for entry in MENU] == names


def test_only_the_office_and_partners_see_deliveries_and_what_is_to_settle() -> None:
    seen = {role: [entry.url_path for entry in MENU if may_open(role, entry)] for role in ROLES}  # type: ignore[arg-type]
    for page in ("rueckmeldungen", "klaerungen", "organisation"):
        assert {role for role, pages in seen.items() if page in pages} == {"coordinator", "partner"}
    assert all(len(pages) >= len(MENU) - 3 for pages in seen.values())


def test_every_entry_has_its_words() -> None:
    for language in LANGUAGES:
        assert all(has(language, f"menu.{entry.url_path}") for entry in MENU)
        assert all(has(language, f"audience.{entry.audience}") for entry in MENU)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_run_as_a_script_shows_nothing(path: Path) -> None:
    """Whatever way Streamlit may find to run a page without the shell: its file only defines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for statement in tree.body:
        is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        defines = isinstance(statement, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.Assign | ast.AnnAssign)
        checks_types = isinstance(statement, ast.If) and ast.unparse(statement.test) == "TYPE_CHECKING"
        assert is_text or defines or checks_types, f"{path.name}, line {statement.lineno}"
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            assert "st." not in ast.unparse(statement), f"{path.name}, line {statement.lineno}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_page_stands_in_the_menu_and_can_be_rendered(path: Path) -> None:
    assert path.stem in {entry.url_path for entry in MENU}
    assert callable(import_module(f"dashboard.pages.{path.stem}").render)
