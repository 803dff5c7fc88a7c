"""Delimited text is read the way people write it, and no row is swallowed."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.stages.read_workbook import read_workbook
from etl.stages.readers.text import decode, find_delimiter, split_rows
from etl.stages.shapes import CellValue

TEXT = "Maßnahme;Träger\nSprachcafé;Verein für Bildung\n"


def rows(content: bytes) -> list[list[CellValue]]:
    return read_workbook(content, "liste.csv").sheets[0].rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman", "cp850"])
def test_umlauts_survive_whatever_program_wrote_them(encoding: str) -> None:
    book = read_workbook(TEXT.encode(encoding), "liste.csv")
    assert book.sheets[0].rows == [["Maßnahme", "Träger"], ["Sprachcafé", "Verein für Bildung"]]
    assert book.encoding == encoding
    assert book.format == "csv"


def test_latin_1_is_read_as_its_larger_sister_of_windows() -> None:
    assert rows(TEXT.encode("latin-1")) == [["Maßnahme", "Träger"], ["Sprachcafé", "Verein für Bildung"]]


def test_text_that_was_garbled_before_it_came_is_told() -> None:
    assert read_workbook(TEXT.encode().decode("cp1252").encode(), "x.csv").garbled
    assert not read_workbook(TEXT.encode(), "x.csv").garbled


@pytest.mark.parametrize("delimiter", [";", "\t", ",", "|"])
def test_the_delimiter_is_the_one_the_rows_agree_on(delimiter: str) -> None:
    lines = [["Titel", "Beginn", "Kosten"], ["A", "01.02.2026", "12"], ["B", "02.02.2026", "13"]]
    assert find_delimiter("\n".join(delimiter.join(line) for line in lines)) == delimiter


def test_a_semicolon_list_full_of_commas_is_split_at_semicolons() -> None:
    assert rows(b"Titel;Kosten\nLesen, Schreiben, Rechnen;1.234,50\n")[1] == ["Lesen, Schreiben, Rechnen", "1.234,50"]


def test_an_open_quote_swallows_no_rows() -> None:
    found = rows(b'Titel;Ort\n"Die Neuen;Nord\nB "Hand";S\xc3\xbcd\n"C";West\n')
    assert found == [["Titel", "Ort"], ['"Die Neuen', "Nord"], ['B "Hand"', "Süd"], ["C", "West"]]


def test_a_quoted_cell_keeps_its_line_breaks_delimiters_and_quotes() -> None:
    assert rows(b'A;B\n"eins\nzwei; ""drei""";x\n') == [["A", "B"], ['eins\nzwei; "drei"', "x"]]


def test_old_mac_line_ends_and_odd_separators_of_unicode_are_told_apart() -> None:
    assert rows("A;B\rC\u0085D;E\r".encode()) == [["A", "B"], ["C\u0085D", "E"]]


def test_a_very_long_cell_is_kept_whole() -> None:
    assert len(str(rows(b"A;B\n" + b"x" * 200_000 + b";1\n")[1][0])) == 200_000


def test_a_wrapped_number_stays_as_it_stands() -> None:
    assert rows(b'Nr;Name\n="0049";x\n')[1] == ['="0049"', "x"]


def test_blank_rows_keep_their_place_and_trailing_ones_are_cut() -> None:
    assert rows(b"A;B;\n;;\n1;2;\n;;\n") == [["A", "B"], [None, None], ["1", "2"]]


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=12)


@settings(deadline=None)
@given(st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=6), st.sampled_from(";\t,|"))
def test_what_a_csv_writer_writes_is_read_back(table: list[list[str]], delimiter: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(table)
    read = split_rows(written.getvalue(), delimiter)
    assert [[cell or "" for cell in row] for row in read] == table


@given(st.text(max_size=200), st.sampled_from(";\t,|"))
def test_no_letter_of_any_text_is_lost(text: str, delimiter: str) -> None:
    read = "".join(str(cell) for row in split_rows(text, delimiter) for cell in row if cell)
    for letter in set(text) - set('";\t,|\r\n'):
        assert read.count(letter) == text.count(letter)


@given(st.binary(max_size=300))
def test_any_bytes_have_some_reading(content: bytes) -> None:
    text, encoding = decode(content)
    assert isinstance(text, str)
    assert encoding
