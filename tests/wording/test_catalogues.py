"""Every sentence exists in both languages, and every key in the code has a sentence."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from etl.pipeline.refused import Refused
from etl.wording import LANGUAGES, KeyMissing, build, catalogues, has, say

PROJECT = Path(__file__).resolve().parents[2]
CODE = [path for folder in ("etl", "dashboard") for path in (PROJECT / folder).rglob("*.py")]


@lru_cache
def entries(language: str) -> dict[str, tuple[str, ...]]:
    """Key -> its one or two forms."""
    found: dict[str, tuple[str, ...]] = {}
    for path in catalogues.sources(language):
        for entry in read_po(BytesIO(path.read_bytes()), locale=language):
            if entry.id:
                key = entry.id if isinstance(entry.id, str) else entry.id[0]
                found[key] = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)
    return found


def placeholders(forms: tuple[str, ...]) -> set[str]:
    """``n`` may be missing from a form: „eine Maßnahme“ says it in words."""
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name} - {"n"}


def test_both_languages_have_the_same_sentences() -> None:
    german, english = entries("de"), entries("en")
    assert german.keys() == english.keys()
    assert {key for key in german if len(german[key]) != len(english[key])} == set()


def test_a_sentence_takes_the_same_values_in_both_languages() -> None:
    german, english = entries("de"), entries("en")
    assert {k for k in german if placeholders(german[k]) != placeholders(english.get(k, ()))} == set()


def test_no_sentence_is_empty_or_holds_a_straight_quote() -> None:
    for language in LANGUAGES:
        for key, forms in entries(language).items():
            assert all(form.strip() for form in forms), f"{key} in {language} is empty"
            assert not any('"' in form for form in forms), f"{key} in {language}: write „…“ or “…”"


def test_every_key_stands_in_one_catalogue_only() -> None:
    for language in LANGUAGES:
        catalogues.compiled(language)


def used_keys(path: Path) -> Iterator[tuple[int, str]]:
    """Keys given to ``say`` as text, as patterns: what an f-string fills in may be anything."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in ("say", "_say"):
            continue
        for argument in node.args[:2]:
            pattern = _pattern(argument)
            if pattern is not None:
                yield node.lineno, pattern
                break


def _pattern(argument: ast.expr) -> str | None:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value not in LANGUAGES:
        return re.escape(argument.value)
    if isinstance(argument, ast.JoinedStr):
        return "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in argument.values
        )
    return None


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(PROJECT)))
def test_every_key_in_the_code_has_a_sentence(path: Path) -> None:
    known = entries("de")
    missing = [f"line {line}: {key}" for line, key in used_keys(path) if not any(re.fullmatch(key, k) for k in known)]
    assert missing == []


def test_the_scan_finds_keys_in_this_project() -> None:
    assert any(list(used_keys(path)) for path in CODE)


def test_every_refusal_has_a_sentence() -> None:
    """But ``EntryRefused``, which most pages say in words of their own."""
    known, told = entries("de"), set()
    kind, raised = re.compile(r"^class (\w+)\(Refused\):", re.M), re.compile(r'raise (\w+)\(\s*"(\w+)"')
    sources = {path: path.read_text(encoding="utf-8") for path in CODE}
    kinds: dict[str, type[Refused]] = {
        name: getattr(importlib.import_module(".".join(path.relative_to(PROJECT).with_suffix("").parts)), name)
        for path, source in sources.items()
        for name in kind.findall(source)
        if name != "EntryRefused"
    }
    for source in sources.values():
        told |= {kinds[name].sentences + code for name, code in raised.findall(source) if name in kinds}
    assert len(told) > 50
    assert [key for key in sorted(told) if "." in key and key not in known] == []


def test_an_unknown_key_is_our_mistake_and_says_so() -> None:
    with pytest.raises(KeyMissing, match="no\\.such\\.key"):
        say("de", "no.such.key")
    assert not has("de", "no.such.key")
    assert has("de", "rating.on_track")


def test_the_number_chooses_the_form_and_none_has_its_own() -> None:
    assert [say("de", "age.days", n=n) for n in (0, 1, 2, 51)] == [
        "heute",
        "vor einem Tag",
        "vor 2\u00a0Tagen",
        "vor 51\u00a0Tagen",
    ]
    assert [say("en", "kind_count.measure", n=n) for n in (0, 1, 2)] == [
        "0\u00a0measures",
        "1\u00a0measure",
        "2\u00a0measures",
    ]


def test_the_built_catalogue_says_the_same_as_its_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "BUILT", tmp_path)
    catalogues._catalogue.cache_clear()
    from_sources = say("de", "kind_count.goal", n=2)
    assert [path.parent.parent.name for path in build.build()] == ["de", "en"]
    catalogues._catalogue.cache_clear()
    assert say("de", "kind_count.goal", n=2) == from_sources
    assert not list(tmp_path.rglob("*.new"))


def test_a_built_catalogue_older_than_its_sources_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subjects = tmp_path / "catalogue"
    subjects.mkdir()
    for path in [*catalogues.sources("de"), *catalogues.sources("en")]:
        (subjects / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(catalogues, "SUBJECTS", subjects)
    monkeypatch.setattr(catalogues, "BUILT", tmp_path / "locale")
    build.build()
    common = subjects / "common.de.po"
    common.write_text(common.read_text(encoding="utf-8").replace('"auf Kurs"', '"auf dem Weg"'), encoding="utf-8")
    catalogues._catalogue.cache_clear()
    try:
        assert say("de", "rating.on_track") == "auf dem Weg"
    finally:
        monkeypatch.undo()
        catalogues._catalogue.cache_clear()


def test_reading_the_sources_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "BUILT", tmp_path / "locale")
    catalogues._catalogue.cache_clear()
    assert say("de", "rating.off_track") == "nicht auf Kurs"
    assert list(tmp_path.iterdir()) == []
    catalogues._catalogue.cache_clear()
