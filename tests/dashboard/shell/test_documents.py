"""What leaves the server as a document."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit

from dashboard.shell.documents import content_security_policy, document, preferred_language
from dashboard.shell.logo import mark, two_lines
from dashboard.shell.routes import safe_next
from etl.model.settings_rows import Network

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


def test_streamlits_page_gets_our_language_and_title() -> None:
    changed = document(INDEX, "de", "Netz <b>")
    assert '<html lang="de">' in changed
    assert "<title>Netz &lt;b&gt;</title>" in changed
    assert 'as="font"' not in changed
    assert "service-desc" not in changed
    assert changed.count("<script") == INDEX.count("<script")


def test_the_policy_knows_streamlits_own_inline_script_by_its_hash() -> None:
    policy = content_security_policy()
    scripts = next(rule for rule in policy.split("; ") if rule.startswith("script-src"))
    assert scripts.count("'sha256-") == INDEX.count("<script>")
    assert "'unsafe-inline'" not in scripts


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("de-DE,de;q=0.9,en;q=0.8", "de"),
        ("en-GB,en;q=0.9", "en"),
        ("tr,en;q=0.5", "en"),
        ("uk", "de"),
        ("", "de"),
        (";;,", "de"),
    ],
)
def test_a_stranger_is_addressed_in_the_browsers_language_else_in_german(accepted: str, language: str) -> None:
    assert preferred_language(accepted) == language


@pytest.mark.parametrize("target", ["/", "/ziele", "/ziele?ziel=S2&x=%C3%A4"])
def test_a_sign_in_goes_on_to_a_page_of_ours(target: str) -> None:
    assert safe_next(target) == target


@pytest.mark.parametrize(
    "target",
    [
        "",
        "ziele",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/a\r\nb: c",
        "/",
        "/x" * 2000,
        "/ziele\\..",
        "/%0a\n",
    ],
)
def test_a_sign_in_never_leads_elsewhere(target: str) -> None:
    assert safe_next(target) == "/"


def test_a_networks_name_is_drawn_as_letters_and_cannot_break_out() -> None:
    drawn = mark(Network("Ö & <script>", None, None, False), "light")
    assert "<script" not in drawn
    assert drawn.startswith("<svg ")
    assert drawn.count("<path") == 10


def test_a_long_name_stands_in_two_lines_of_about_one_length() -> None:
    assert two_lines("Runder Tisch") == ["Runder Tisch"]
    assert two_lines("Integrationsnetzwerk Landkreis Lindenmark") == ["Integrationsnetzwerk", "Landkreis Lindenmark"]
    assert two_lines("Integrationsnetzwerkstatt") == ["Integrationsnetzwerkstatt"]


def test_the_networks_own_logo_stands_in_the_mark() -> None:
    logo = "data:image/png;base64,AAAA"
    assert f'href="{logo}"' in mark(Network("Netz", logo, None, False), "dark")
    assert "<image" not in mark(Network("Netz", "../../etc/passwd", None, False), "dark")
