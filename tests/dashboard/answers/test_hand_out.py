"""A workbook goes back to its partner and the office, and to nobody else."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from dashboard.answers.contacts import Viewer
from dashboard.answers.hand_out import Way, delivered_workbook, waiting_workbook
from etl.model.deliveries import all_deliveries
from etl.model.store import Store
from etl.pipeline import preview_delivery
from tests.dashboard.networks import deliver
from tests.pipeline.workbooks import NOW, SPRACHCAFE, measures

TODAY = dt.date(2026, 5, 1)


def sent(store: Store) -> tuple[int, str]:
    deliver(store, "Liste.xlsx", measures((*SPRACHCAFE[:6], "2O", 12500)), "VHS", TODAY)
    with store.reading() as connection:
        [row] = all_deliveries(connection)
    return row.number, row.partner


@pytest.mark.parametrize("way", ["marked", "prefilled"])
def test_a_delivery_goes_back_to_its_partner_and_the_office_only(sqlite_store: Store, way: Way) -> None:
    number, partner = sent(sqlite_store)
    for viewer in (Viewer("coordinator"), Viewer("partner", partner)):
        made = delivered_workbook(sqlite_store, number, way, viewer, language="de", now=NOW)
        assert made is not None
        assert openpyxl.load_workbook(io.BytesIO(made.content)).sheetnames[0] == "Maßnahmen"
    for viewer in (Viewer("partner", "partner-99999"), Viewer("member"), Viewer("leadership")):
        assert delivered_workbook(sqlite_store, number, way, viewer, language="de", now=NOW) is None
    assert delivered_workbook(sqlite_store, 99, way, Viewer("coordinator"), language="de", now=NOW) is None


def test_a_file_that_waits_goes_back_with_its_marks(sqlite_store: Store) -> None:
    _, partner = sent(sqlite_store)
    preview = preview_delivery(sqlite_store, measures((*SPRACHCAFE[:6], "3O", 1)), "Neu.xlsx", partner="VHS", now=NOW)
    made = waiting_workbook(preview, Viewer("partner", partner), "de")
    assert made is not None
    assert openpyxl.load_workbook(io.BytesIO(made.content))["Maßnahmen"]["G2"].comment is not None
    assert waiting_workbook(preview, Viewer("partner", "partner-99999"), "de") is None
