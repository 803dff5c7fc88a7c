"""Building blocks: whatever a partner wrote stays text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from dashboard.parts import blocks as b
from dashboard.parts.html import Markup, go, joined, tag, visually_hidden

NASTY = '<script>alert("1")</script> & \'x\' " onclick="y'

BLOCKS: dict[str, Callable[[str], Markup]] = {
    "headline": lambda text: b.headline(text, text),
    "section": lambda text: b.section(text, text),
    "note": b.note,
    "figures": lambda text: b.figures([(text, text), (text, text)], [text]),
    "board": lambda text: b.board([(text, [b.BoardGoal(text, "off_track", text, text)])], "de"),
    "list": lambda text: b.list_rows([b.ListRow(text, text, text, text, strong=True)], numbered=True),
    "definitions": lambda text: b.definition_list([(text, text)]),
    "table": lambda text: b.table([text, b.Column(text)], [[text, text]], label=text, footer=[text, text]),
    "key": lambda text: b.key_to_symbols("de", text),
    "go": lambda text: go(text, text, label=text),
    "tag": lambda text: tag("p", text, [text, None, tag("b", text)], title=text, data_go=text),
    "hidden": visually_hidden,
}


def texts_and_values(markup: Markup) -> tuple[list[str], set[str]]:
    """All texts and attribute values, and the names of all elements."""
    root = lxml_html.fragment_fromstring(str(markup), create_parent="main")
    found = [text for element in root.iter() for text in (element.text, element.tail, *element.attrib.values()) if text]
    return found, {str(element.tag) for element in root.iter()}


@pytest.mark.parametrize("name", BLOCKS)
def test_what_a_partner_wrote_stays_text(name: str) -> None:
    found, elements = texts_and_values(BLOCKS[name](NASTY))
    assert NASTY in found
    assert "script" not in elements
    root = lxml_html.fragment_fromstring(str(BLOCKS[name](NASTY)), create_parent="main")
    assert not [element for element in root.iter() if any(key.startswith("on") for key in element.attrib)]


@given(st.text(alphabet=st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    root = lxml_html.fragment_fromstring(str(tag("p", text, title=text)), create_parent="main")
    [paragraph] = root
    assert paragraph.text == text
    assert paragraph.get("title") == text


def test_markup_is_not_escaped_twice() -> None:
    assert tag("p", tag("b", "a & b")) == Markup("<p><b>a &amp; b</b></p>")
    assert joined(["<", Markup("<br>")], " · ") == Markup("&lt; · <br>")


def test_attributes_without_a_value_are_left_out() -> None:
    assert tag("input", disabled=True, title=None, hidden=False, data_x=0) == Markup('<input disabled data-x="0">')


@pytest.mark.parametrize(
    ("code", "symbol", "word"),
    [
        ("on_track", "●", "auf Kurs"),
        ("at_risk", "▲", "gefährdet"),
        ("off_track", "■", "nicht auf Kurs"),
        ("cannot_be_rated", "○", "nicht bewertbar"),
    ],
)
def test_a_rating_is_symbol_and_word(code: str, symbol: str, word: str) -> None:
    for markup in (b.rating_symbol(code, "de"), b.rating_symbol(code, "de", hide_word=True)):
        text = lxml_html.fromstring(str(markup)).text_content()
        assert symbol in text
        assert word in text


def test_a_correction_never_looks_like_progress() -> None:
    assert "=" in b.rating_change("at_risk", "at_risk", "de")
    assert "→" not in b.rating_change("at_risk", "at_risk", "de")
    assert "war gefährdet, jetzt auf Kurs" in b.rating_change("at_risk", "on_track", "de")


def test_a_goal_without_rating_shows_no_symbol_of_one() -> None:
    drawn = b.board([("Sprache", [b.BoardGoal("Abgeschlossen", None)])], "de")
    assert not set(b.SYMBOLS.values()) & set(drawn)
    assert "ohne Bewertung" in drawn


def test_a_table_can_be_reached_and_understood_without_seeing_it() -> None:
    drawn = b.table(["Maßnahme", b.Column("Erreicht", numeric=True)], [["Lotsen", "31"]], label="Maßnahmen der VHS")
    root = lxml_html.fromstring(str(drawn))
    assert (root.get("tabindex"), root.get("role"), root.get("aria-label")) == ("0", "region", "Maßnahmen der VHS")
    assert [cell.get("scope") for cell in root.iter("th")] == ["col", "col", "row"]
    assert root.xpath("//td/@class") == ["rt-num"]


def test_a_row_that_does_not_fit_its_headings_is_our_mistake() -> None:
    with pytest.raises(AssertionError):
        b.table(["A", "B"], [["nur eine"]], label="x")


def test_the_tally_counts_all_four_even_at_none() -> None:
    text = lxml_html.fromstring(str(b.tally({"on_track": 1100}, "de"))).text_content()
    assert text == "●1.100auf Kurs▲0gefährdet■0nicht auf Kurs○0nicht bewertbar"
