"""The house's rules as tests: what may import what, where things live, what pages may hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted([*ROOT.glob("etl/**/*.py"), *ROOT.glob("dashboard/**/*.py")])
PAGES = sorted(p for p in ROOT.glob("dashboard/pages/*.py") if p.name != "__init__.py")


def test_imports_run_downward_only() -> None:
    found = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout + found.stderr


def test_the_top_level_holds_what_the_design_names() -> None:
    allowed = {
        "pyproject.toml", "dashboard", "etl", "data", "tests", "README.md", "Makefile", "constraints.txt", "LICENSE",
        "CHANGELOG.md", "publiccode.yml", "docs", "bench",
    }  # fmt: skip
    listed = subprocess.run(
        ["git", "-c", "core.quotepath=off", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.splitlines()
    if not listed:
        pytest.skip("no git here: what is tracked cannot be seen")
    top = {name.split("/", 1)[0] for name in listed}
    assert {name for name in top if not name.startswith(".")} <= allowed


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_are_named_by_subject(path: Path) -> None:
    assert path.stem not in {"utils", "helpers", "common", "misc"}


def test_only_the_top_floor_reads_the_clock() -> None:
    clock = re.compile(r"\b(datetime|dt\.datetime)\.now\(|\bdate\.today\(|\btime\.time\(")
    for path in SOURCES:
        if (
            path.parts[len(ROOT.parts)] == "etl"
            or "pages" in path.parts
            or "answers" in path.parts
            or "parts" in path.parts
        ):
            assert not clock.search(path.read_text(encoding="utf-8")), path


def test_only_settings_reads_the_environment() -> None:
    for path in SOURCES:
        if path.relative_to(ROOT).as_posix() != "etl/settings.py":
            assert "os.environ" not in path.read_text(encoding="utf-8"), path


def test_there_is_a_page_for_each_menu_entry() -> None:
    assert {p.stem for p in PAGES} >= {
        "ueberblick",
        "ziele",
        "massnahmen",
        "kooperationen",
        "zustaendigkeiten",
        "foerdermittel",
        "ideen",
        "rueckmeldungen",
    }


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_a_page_defines_render_and_little_else(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    assert any(isinstance(node, ast.FunctionDef) and node.name == "render" for node in tree.body)
    assert len(source.splitlines()) <= 80
    for node in tree.body:
        allowed = (ast.FunctionDef, ast.Import, ast.ImportFrom, ast.Expr, ast.Assign, ast.AnnAssign, ast.If)
        assert isinstance(node, allowed), f"{path.name}:{node.lineno} runs code when imported"


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_a_page_holds_no_colour_and_no_frame(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"#[0-9a-fA-F]{6}\b|groupby|\bSELECT\b", source)


def test_data_holds_no_python() -> None:
    assert not list((ROOT / "data").glob("**/*.py"))


def test_the_project_stands_alone() -> None:
    """No path of a workplace, no address of a package registry; only tests may point to ``../shared``."""
    listed = subprocess.run(
        ["git", "-c", "core.quotepath=off", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.splitlines()
    own = re.compile(r"\.\./shared|/site-packages/|\bpypi\.org/simple|registry\.npmjs")
    for name in listed:
        path = ROOT / name
        if name.startswith("tests/") or path.suffix not in {
            ".py",
            ".md",
            ".toml",
            ".txt",
            ".yml",
            ".csv",
            ".po",
            ".cfg",
            "",
        }:
            continue
        if path.is_file():
            assert not own.search(path.read_text(encoding="utf-8", errors="ignore")), name
