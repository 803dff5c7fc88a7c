import csv
import io

import pytest

from dashboard.parts.downloads import Table, csv_of


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def cell(text: str) -> str:
    return read(csv_of(Table(("Titel",), lambda: [(text,)]), "Stand"))[1][0]


@pytest.mark.parametrize("text", ["=1+1", "+49 123", "-5", "@SUM(A1)", "\t=1", " =1", "\u00a0=1", "\r=1"])
def test_no_cell_of_a_download_runs_as_a_formula(text: str) -> None:
    assert cell(text).startswith("'")


def test_ordinary_text_stays_as_it_is_shown() -> None:
    assert cell("62.400 € im Jahr") == "62.400 € im Jahr"
    assert cell("Mietlotsen; „Ankommen“\nzweite Zeile") == "Mietlotsen; „Ankommen“\nzweite Zeile"


def test_a_download_ends_with_its_class_and_day() -> None:
    rows = read(csv_of(Table(("A", "B"), lambda: [("1", "2")]), "Netzwerk, Gremium, Stand 10. November 2026"))
    assert rows == [["A", "B"], ["1", "2"], [], ["Netzwerk, Gremium, Stand 10. November 2026"]]


def test_spreadsheets_recognise_the_umlauts() -> None:
    assert csv_of(Table(("Maßnahme",), lambda: []), "").startswith(b"\xef\xbb\xbf")
