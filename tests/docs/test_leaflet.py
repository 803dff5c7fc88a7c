"""The leaflet for partners is one page, and as its source says."""

from __future__ import annotations

import importlib.util
import io

from pypdf import PdfReader

from tests.docs.commands import ROOT

FOLDER = ROOT / "docs" / "leaflet"


def test_the_leaflet_is_one_tagged_page_and_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("docs_leaflet", FOLDER / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made, kept = PdfReader(io.BytesIO(module.leaflet())), PdfReader(FOLDER / "merkblatt.pdf")
    assert len(made.pages) == 1, "one page, to be pinned up"
    assert made.pages[0].extract_text() == kept.pages[0].extract_text(), "run `make docs`"
    assert "/StructTreeRoot" in made.trailer["/Root"], "a screen reader finds its headings and tables"
    for promise in ("Drei Wege, einer genügt", "Was wird für wen sichtbar?", "niemals"):
        assert promise in made.pages[0].extract_text()
