"""Issues as people read them: where, what stood there, why, and what was probably meant."""

from __future__ import annotations

import pytest

from etl.issues import CATALOGUE, Issue
from etl.wording.issues import issue_wording

VALUES = {
    "count": 3, "reference": "ab12", "read": "431", "first": "1", "second": "2", "row": 3, "earlier": 2,
    "partner": "VHS", "kind": "measure", "ending": ".xlsx", "format": "csv", "known": "Sprachcafé", "before": "M-2",
    "now": "M-1", "own_id": "M-1", "candidates": ["VHS Nord", "VHS Süd"], "evidence": ["title", "start"],
    "withhold": "TN!A:C", "text": "unbefristet", "other": "Dampf", "mail": "AW: Liste", "name": "Liste.xlsx",
    "number": 7, "day": "2026-10-21",
}  # fmt: skip


@pytest.mark.parametrize("code", CATALOGUE)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_issue_has_a_sentence(code: str, language: str) -> None:
    sentence, _ = issue_wording(language)(Issue(code, "Blatt1", ("D6",), "läuft", dict(VALUES), "x"))
    assert sentence.endswith((".", "ab12"))
    assert "{" not in sentence


@pytest.mark.parametrize(
    ("issue", "proposal"),
    [
        (Issue("count_unreadable", "A", ("H9",), "2O", {}, "20"), "Vorschlag: 20"),
        (Issue("date_unreadable", "A", ("F14",), "31.04.2027", {}, "2027-04-30"), "Vorschlag: 30. April 2027"),
        (Issue("date_unreadable", "A", ("F5",), "bald"), "Zum Beispiel 30.06.2027, 06/2027 oder 2. Quartal 2027."),
        (
            Issue("amount_two", "A", ("I11",), "4.200 + 1.100", {}, "5300.00"),
            "Vorschlag: 5.300 € als Summe, oder getrennt führen.",
        ),
    ],
)
def test_a_proposed_value_is_written_as_people_write_it(issue: Issue, proposal: str) -> None:
    _, told = issue_wording("de")(issue)
    assert told is not None
    assert told.replace("\u00a0", " ") == proposal


@pytest.mark.parametrize(
    ("kind", "german", "english"),
    [("pdf", "ein PDF", "a PDF"), ("docx", "ein Word-Dokument", "a Word document"), ("?", "keine", "no readable")],
)
def test_a_file_that_is_no_spreadsheet_is_named(kind: str, german: str, english: str) -> None:
    issue = Issue("file_not_a_spreadsheet", values={"kind": kind})
    assert german in issue_wording("de")(issue)[0]
    assert english in issue_wording("en")(issue)[0]


@pytest.mark.parametrize(
    ("kind", "told"),
    [("image", "um die Tabelle selbst bitten"), ("pdf", "um die Tabelle selbst bitten"), ("zip", "entpacken"),
     ("html", "als xlsx speichern"), ("numbers", "speichern")],
)  # fmt: skip
def test_what_to_do_about_a_file_that_is_no_spreadsheet_depends_on_what_it_is(kind: str, told: str) -> None:
    proposal = issue_wording("de")(Issue("file_not_a_spreadsheet", values={"kind": kind}))[1]
    assert told in (proposal or "")


def group(code: str, number: int, sheets: int = 1) -> Issue:
    """A group of ``number`` single issues, spread over sheets."""
    parts = tuple(
        Issue(code, f"Blatt{n % sheets + 1}", (f"D{n + 6}",), f"läuft {n}", dict(VALUES), "x") for n in range(number)
    )
    cells = tuple(cell for part in parts for cell in part.cells)
    return Issue(code, "Blatt1" if sheets == 1 else None, cells, "läuft", dict(VALUES), None, parts)


#: What is told once a file stays as it is.
ONCE = ("attachment", "copy_", "delivery_", "file_", "format_", "mail_", "partner_", "sender_", "withhold_")
GROUPED = [code for code in CATALOGUE if not code.startswith(ONCE)]


@pytest.mark.parametrize("code", GROUPED)
@pytest.mark.parametrize("language", ["de", "en"])
def test_one_two_and_many_are_told_differently(code: str, language: str) -> None:
    words = issue_wording(language)
    one = words(Issue(code, "Blatt1", ("D6",), "läuft", dict(VALUES), "x"))[0]
    two, many, anywhere = (words(group(code, number, sheets))[0] for number, sheets in ((2, 1), (40, 1), (40, 3)))
    assert len({one, two, many, anywhere}) == 4 or code == "sheet_not_understood"
    for sentence in (two, many, anywhere):
        assert sentence.endswith(".")
        assert "{" not in sentence
        assert "„“" not in sentence
        assert "“”" not in sentence
        assert len(sentence) < 300
    assert "Blatt3" in anywhere


@pytest.mark.parametrize(
    ("issue", "de", "en"),
    [
        (
            Issue("date_unreadable", "A", ("F5",), "bald"),
            "Blatt „A“, F5: „bald“ ist kein Datum, das wir lesen können.",
            "Sheet “A”, F5: “bald” is no date we can read.",
        ),
        (
            Issue("date_unreadable", "", ("F5",), "bald"),
            "Zelle F5: „bald“ ist kein Datum, das wir lesen können.",
            "Cell F5: “bald” is no date we can read.",
        ),
        (
            group("date_unreadable", 2),
            "Blatt „Blatt1“, D6, D7: „läuft 0“ und „läuft 1“ sind keine Daten, die wir lesen können.",
            "Sheet “Blatt1”, D6, D7: “läuft 0” and “läuft 1” are no dates we can read.",
        ),
        (
            group("word_unknown", 40),
            "Blatt „Blatt1“, D6, D7, D8, D9, D10 …: „läuft 0“, „läuft 1“, „läuft 2“, „läuft 3“, „läuft 4“ und 35 "
            "weitere kennen wir hier nicht. Die Texte bleiben erhalten.",
            "Sheet “Blatt1”, D6, D7, D8, D9, D10 …: we do not know “läuft 0”, “läuft 1”, “läuft 2”, “läuft 3”, “läuft "
            "4” and 35 more here. The texts are kept.",
        ),
        (
            Issue("record_without_title", "A", ("A3", "C3")),
            "Blatt „A“: Der Zeile 3 fehlt eine Bezeichnung, deshalb wurde sie nicht übernommen.",
            "Sheet “A”: row 3 has no name, so it was not taken over.",
        ),
        (
            Issue("record_without_title", "A", ("A3", "C3", "A5", "B6", "A7")),
            "Blatt „A“: Den 4 Zeilen 3, 5 bis 7 fehlt eine Bezeichnung, deshalb wurden sie nicht übernommen.",
            "Sheet “A”: the 4 rows 3, 5 to 7 have no name, so they were not taken over.",
        ),
        (
            Issue("rows_hidden", "A", ("A5:F5",), values={"count": 1}),
            "Blatt „A“, A5:F5: Diese ausgeblendete Zeile wurde mitgelesen.",
            "Sheet “A”, A5:F5: this hidden row was read as well.",
        ),
        (
            Issue("columns_hidden", "A", ("C1:E9", "G1:G9"), values={"count": 4}),
            "Blatt „A“, C1:E9, G1:G9: Vier ausgeblendete Spalten wurden mitgelesen.",
            "Sheet “A”, C1:E9, G1:G9: four hidden columns were read as well.",
        ),
        (
            Issue("cells_withheld", "TN", ("B:D",), values={"count": 6}),
            "Blatt „TN“, B:D: 6 gefüllte Zellen wurden auf Ihr Wort weggelassen. Sie wurden nicht gespeichert, auch "
            "nicht in der aufbewahrten Kopie.",
            "Sheet “TN”, B:D: 6 filled cells were left out on your word. They were not stored, not in the kept copy "
            "either.",
        ),
        (
            Issue("cell_struck", None, ("'A'!B2:B4", "'B'!C3"), parts=(
                Issue("cell_struck", "A", ("B2:B4",), values={"count": 3}),
                Issue("cell_struck", "B", ("C3",), values={"count": 1}))),
            "„A“ und „B“: In 4 Zellen ist durchgestrichen, was dasteht. Es wurde gelesen und als durchgestrichen "
            "gekennzeichnet.",
            "“A” and “B”: what stands in 4 cells is struck out. It was read and marked as struck out.",
        ),
        (
            Issue("date_interpreted", "A", ("D4",), "Herbst 2026", {"read": "2026-09-01 … 2026-11-30"}),
            "Blatt „A“, D4: „Herbst 2026“ haben wir als „1. September 2026 … 30. November 2026“ gedeutet.",
            "Sheet “A”, D4: we took “Herbst 2026” to mean “1 September 2026 … 30 November 2026”.",
        ),
        (
            Issue("heading_similar", "A", ("D1",), "Statuss", {}, "measure.status"),
            "Blatt „A“, D1: Die Überschrift „Statuss“ haben wir als „Status“ verstanden, weil sie ähnlich klingt.",
            "Sheet “A”, D1: we understood the heading “Statuss” as “Status”, because it sounds similar.",
        ),
        (
            Issue("reference_ambiguous", "A", ("C2",), "Freundeskreis", {"candidates": ["Asyl Nord", "Asyl Süd"]}),
            "Blatt „A“, C2: „Freundeskreis“ kann Asyl Nord oder Asyl Süd sein. Der Text bleibt stehen, bis jemand "
            "sagt, was gemeint ist.",
            "Sheet “A”, C2: “Freundeskreis” may be Asyl Nord or Asyl Süd. The text stands as it is until someone says "
            "which is meant.",
        ),
        (
            Issue("more_notes", None, ("'A'!B2", "'B'!C3"), None, {}, None, (
                Issue("reference_unknown", "A", ("B2",), "x"), Issue("heading_kept", "B", ("C3",), "y"))),
            "Außerdem gibt es 2 weitere Hinweise: „A“ und „B“.",
            "Besides, there are 2 more notes: “A” and “B”.",
        ),
    ],
)  # fmt: skip
def test_a_sentence_says_where_what_stood_there_and_why(issue: Issue, de: str, en: str) -> None:
    assert issue_wording("de")(issue)[0].replace("\u00a0", " ") == de
    assert issue_wording("en")(issue)[0].replace("\u00a0", " ") == en
