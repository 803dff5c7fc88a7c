"""The command line as its interfaces promise: exit codes, JSON, one clear sentence for bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.commands.running import ROOT, Command
from tests.corpora import corpus_file, needs_corpora
from tests.pipeline.workbooks import HEADINGS, LERNPATEN, SPRACHCAFE, WOHNLOTSEN, book, measures


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(tmp_path)


def test_the_installed_command_is_this_one(command: Command) -> None:
    """What the other tests run in a forked process, once as it is installed: both say the same, in both languages."""
    path = command.file("liste.xlsx", measures((*SPRACHCAFE[:6], "2O", 12500)))
    for language in ("de", "en"):
        for arguments, code in (
            (("--help",), 0),
            (("import", path, "--partner", "VHS", "--preview"), 1),
            (("undo", "7"), 1),
            (("undo", "drei"), 2),
        )[: None if language == "de" else 2]:
            database = arguments != ("--help",)
            ran = command(*arguments, language=language, database=database, installed=True)
            assert ran.code == code
            assert ran == command(*arguments, language=language, database=database)


def test_import_says_what_became_of_the_file(command: Command) -> None:
    ran = command("import", command.file("liste.xlsx", measures(SPRACHCAFE, WOHNLOTSEN)), "--partner", "VHS", "--json")
    (delivery,) = ran.deliveries
    assert ran.code == 0
    assert (delivery["delivery"], delivery["outcome"], delivery["partner"]) == (1, "accepted", "VHS")
    assert delivery["changes"]["measure"] == {"new": 2, "changed": 0, "unchanged": 0, "missing": 0}
    (sheet,) = delivery["sheets"]
    (table,) = sheet["tables"]
    assert (table["kind"], table["orientation"], table["header_rows"]) == ("measure", "down", [1])
    assert table["columns"][1] == {"column": "B", "heading": "Maßnahme", "field": "measure.title", "how": "known"}
    cells = sheet["cells"]
    assert cells["filled"] == 24
    parts = sum(cells[n] for n in ("headings", "loaded", "kept", "withheld", "reported")) + sum(
        cells["set_aside"].values()
    )
    assert parts == cells["filled"]


def test_a_second_run_is_unchanged_and_undo_brings_back_the_export_byte_for_byte(command: Command) -> None:
    command("import", command.file("alt.xlsx", measures(LERNPATEN)), "--partner", "Freundeskreis")
    before = command.exported()
    path = command.file("liste.xlsx", measures(SPRACHCAFE, WOHNLOTSEN))
    (first,) = command("import", path, "--partner", "VHS", "--json").deliveries
    (second,) = command("import", path, "--partner", "VHS", "--json").deliveries
    assert (second["outcome"], "delivery" in second) == ("unchanged", False)
    assert command.exported() != before
    assert command("undo", str(first["delivery"])).code == 0
    assert command.exported() == before


def test_data_about_clients_are_refused_until_the_sender_leaves_them_out(command: Command) -> None:
    path = command.file(
        "l.xlsx", book({"M": [HEADINGS, SPRACHCAFE], "TN": [["Name", "geb."], ["Eva Roth", "1.2.1990"]]})
    )
    refused = command("import", path, "--partner", "VHS", "--json")
    assert (refused.code, refused.deliveries[0]["outcome"]) == (1, "refused")
    assert "TN!A:B" in refused.deliveries[0]["issues"][0]["proposal"]
    ran = command("import", path, "--partner", "VHS", "--withhold", "TN!A:B", "--json")
    assert (ran.code, ran.deliveries[0]["outcome"]) == (0, "accepted")
    assert [sheet["cells"]["withheld"] for sheet in ran.deliveries[0]["sheets"]] == [0, 4]
    assert "Roth" not in ran.out + refused.out
    assert command("import", path, path, "--withhold", "TN!A:B").code == 2


def test_a_template_is_written_and_reads_back_without_a_question(command: Command) -> None:
    command("import", command.file("l.xlsx", measures(SPRACHCAFE)), "--partner", "VHS")
    path = str(command.folder / "neu" / "vorlage.xlsx")
    for language in ("de", "en"):
        assert command("template", "--partner", "VHS", "--output", path, "--language", language).code == 0
        (delivery,) = command("import", path, "--preview", "--json").deliveries
        assert (delivery["partner"], delivery["outcome"], delivery["issues"]) == ("VHS", "preview", [])
        assert delivery["changes"]["measure"] == {"new": 0, "changed": 0, "unchanged": 1, "missing": 0}
    assert command("template", "--partner", "VHS", "--output", "vorlage.docx").code == 2
    assert command("template", "--partner", "VHS", "--output", path, "--language", "fr").code == 2


def test_a_delivery_goes_back_with_marks_and_is_read_again(command: Command) -> None:
    bad = (*SPRACHCAFE[:3], "irgendwann bald", *SPRACHCAFE[4:])
    command("import", command.file("liste.xlsx", measures(bad, WOHNLOTSEN)), "--partner", "VHS")
    path = str(command.folder / "zurueck.xlsx")
    ran = command("return", "1", "--output", path)
    assert (ran.code, "nur für diesen Partner und die Koordinierungsstelle" in ran.out) == (0, True)
    assert openpyxl.load_workbook(path).sheetnames == ["Maßnahmen", "Rückmeldung"]
    (again,) = command("import", path, "--json").deliveries
    assert (again["partner"], again["outcome"]) == ("VHS", "unchanged")
    assert [sheet["cells"]["set_aside"].keys() for sheet in again["sheets"]][1] == {"feedback"}
    assert command("return", "9", "--output", path).code == 1
    assert command("return", "1", "--output", "zurueck.docx").code == 2


def test_the_last_list_of_a_partner_is_prefilled_for_the_next_round(command: Command) -> None:
    stand = [("Stand: 01.10.2026",), (), HEADINGS, SPRACHCAFE, WOHNLOTSEN]
    command("import", command.file("liste.xlsx", book({"Maßnahmen": stand})), "--partner", "VHS")
    command("import", command.file("ideen.xlsx", book({"Ideen": [("Idee",), ("Lesefest",)]})), "--partner", "VHS")
    path = str(command.folder / "naechste.xlsx")
    ran = command("prefill", "--partner", "VHS", "--delivery", "1", "--output", path)
    assert (ran.code, ran.err) == (0, "")
    assert openpyxl.load_workbook(path)["Maßnahmen"]["A1"].value != "Stand: 01.10.2026"
    (again,) = command("import", path, "--json").deliveries
    assert (again["partner"], again["outcome"]) == ("VHS", "unchanged")
    assert command("prefill", "--partner", "AWO", "--output", path).code == 1
    assert command("prefill", "--partner", "VHS", "--delivery", "7", "--output", path).code == 1


def test_a_preview_stores_nothing(command: Command) -> None:
    before = command.exported()
    ran = command("import", command.file("l.xlsx", measures(SPRACHCAFE)), "--partner", "VHS", "--preview", "--json")
    assert ran.deliveries[0]["outcome"] == "preview"
    assert command.exported() == before


def test_an_error_issue_means_exit_code_1_but_the_rest_is_loaded(command: Command) -> None:
    content = measures((*SPRACHCAFE[:6], "2O", 12500))
    ran = command("import", command.file("liste.xlsx", content), "--partner", "VHS", "--json")
    (issue,) = [i for i in ran.deliveries[0]["issues"] if i["severity"] == "error"]
    assert ran.code == 1
    assert (issue["code"], issue["cells"], issue["found"], issue["proposal"]) == (
        "count_unreadable",
        ["G2"],
        "2O",
        "20",
    )
    assert ran.deliveries[0]["outcome"] == "accepted"


BAD = {
    "text.xlsx": (b"%PDF-1.7 kein Tabellenblatt", "file_not_a_spreadsheet"),
    "leer.xlsx": (b"", "file_empty"),
    "abgeschnitten.xlsx": (measures(SPRACHCAFE)[:3000], "file_damaged"),
    "ohne_tabelle.xlsx": (book({"Notiz": [["Bitte nicht vergessen"], ["Gruß, Anna"]]}), "file_no_table"),
}


@pytest.mark.parametrize(("name", "language"), [*((name, "de") for name in BAD), ("text.xlsx", "en")])
def test_bad_input_gets_one_clear_sentence_and_nothing_is_written(command: Command, name: str, language: str) -> None:
    content, code = BAD[name]
    path = command.file(name, content)
    before = command.exported()
    ran = command("import", path, "--partner", "VHS", language=language)
    assert (ran.code, command.exported()) == (1, before)
    assert name in ran.err
    ran = command("import", path, "--partner", "VHS", "--json", language=language)
    (delivery,) = ran.deliveries
    assert (delivery["outcome"], delivery["issues"][0]["code"]) == ("refused", code)
    assert delivery["reason"].startswith("Diese Datei" if language == "de" else "This file") or code == "file_no_table"


@needs_corpora
def test_a_password_protected_file_says_so(command: Command) -> None:
    path = command.file("geheim.xlsx", corpus_file("bad/calamine__tests__pass_protected.xlsx"))
    ran = command("import", path, "--partner", "VHS", "--json")
    assert (ran.code, ran.deliveries[0]["issues"][0]["code"]) == (1, "file_password_protected")


def test_a_missing_file_is_refused_and_the_others_go_on(command: Command) -> None:
    good = command.file("liste.xlsx", measures(SPRACHCAFE))
    ran = command("import", str(command.folder / "fehlt.xlsx"), good, "--partner", "VHS", "--json")
    assert ran.code == 1
    assert [d["outcome"] for d in ran.deliveries] == ["refused", "accepted"]


def test_a_folder_is_imported_file_by_file(command: Command) -> None:
    command.file("a.xlsx", measures(SPRACHCAFE))
    command.file("b.xlsx", measures(SPRACHCAFE, WOHNLOTSEN))
    ran = command("import", str(command.folder), "--partner", "VHS", "--json")
    found = [(d["file"], d["outcome"]) for d in ran.deliveries if d["file"].endswith(".xlsx")]
    assert found == [("a.xlsx", "accepted"), ("b.xlsx", "accepted")]


def test_wrong_usage_is_exit_code_2(command: Command) -> None:
    assert command("import", "--day", "gestern", "x.xlsx").code == 2
    assert command("export", "--format", "pdf", "--output", "x").code == 2
    assert command("undo", "drei").code == 2


def test_undoing_what_is_not_there_is_said_in_a_sentence(command: Command) -> None:
    ran = command("undo", "7")
    assert (ran.code, ran.err.strip()) == (1, "Eine Rückmeldung 7 gibt es nicht.")


def test_the_export_knows_days_and_instants(command: Command) -> None:
    spring = command.file("liste.xlsx", measures((*SPRACHCAFE[:6], 30, 12500)))
    command("import", spring, "--partner", "VHS", "--day", "2026-04-01")
    command("import", command.file("liste.xlsx", measures(SPRACHCAFE)), "--partner", "VHS", "--day", "2026-10-01")
    on_day = json.loads(command.exported("--day", "2026-05-01"))
    assert (on_day["day"], on_day["measure"][0]["participants_actual"]) == ("2026-05-01", 30)
    assert json.loads(command.exported())["measure"][0]["participants_actual"] == 40
    assert json.loads(command.exported("--known-on", "2020-01-01"))["measure"] == []


def test_money_has_two_decimals_and_every_value_its_cell(command: Command) -> None:
    command("import", command.file("liste.xlsx", measures(SPRACHCAFE)), "--partner", "VHS")
    text = command.exported().decode()
    assert '"cost_total": 12500.00' in text
    measure = json.loads(text)["measure"][0]
    assert measure["source"]["cost_total"] == [
        {"file": "liste.xlsx", "sheet": "Maßnahmen", "cell": "H2", "role": "value"}
    ]
    assert measure["said"]["cost_total"] == ["12500"]


def test_an_amount_written_with_its_cents_is_said_as_it_stood(command: Command) -> None:
    path = command.file("liste.csv", "Maßnahme;Kosten in €\nSprachcafé;12500.00\nLernpaten;8.400,00\n".encode())
    command("import", path, "--partner", "VHS")
    said = {m["title"]: m["said"]["cost_total"] for m in json.loads(command.exported())["measure"]}
    assert said == {"Sprachcafé": ["12500.00"], "Lernpaten": ["8.400,00"]}


def test_exports_escape_formulas(command: Command) -> None:
    command("import", command.file("l.xlsx", measures(("M-1", "=1+1", *SPRACHCAFE[2:]))), "--partner", "VHS")
    folder = command.folder / "csv"
    assert command("export", "--format", "csv", "--output", str(folder)).code == 0
    assert not any(
        cell.startswith("=")
        for line in (folder / "partner.csv").read_text("utf-8-sig").splitlines()
        for cell in line.split(";")
    )
    output = command.folder / "alles.xlsx"
    assert command("export", "--format", "xlsx", "--output", str(output)).code == 0
    loaded = openpyxl.load_workbook(output)
    assert all(cell.data_type != "f" for sheet in loaded for row in sheet.iter_rows() for cell in row)


def test_help_is_german_and_english(command: Command) -> None:
    assert "Dateien oder Ordner einlesen" in command("--help", database=False).out
    assert "Import files or folders" in command("--help", language="en", database=False).out


def test_a_user_can_be_added_listed_and_disabled(command: Command) -> None:
    added = command("user", "add", "anna", "--role", "coordinator", "--password", "ein langes Kennwort 1")
    assert added.code == 0, added.err
    assert "anna" in command("user", "list").out
    assert command("user", "disable", "anna").code == 0
    assert "gesperrt" in command("user", "list").out
    assert command("user", "disable", "niemand").code == 1
    assert command("user", "add", "bert", "--role", "könig", "--password", "ein langes Kennwort 1").code == 1


def test_import_does_not_load_streamlit(command: Command) -> None:
    code = "import sys, dashboard.command, dashboard.commands.deliveries; sys.exit('streamlit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
