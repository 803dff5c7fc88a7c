"""Values through openpyxl, for the few sound xlsx files that calamine refuses to open."""

from __future__ import annotations

import io

import openpyxl  # type: ignore[import-untyped]

from etl.stages.readers.cells import check_area
from etl.stages.readers.limits import Limits
from etl.stages.readers.refusal import Refusal
from etl.stages.shapes import CellValue


def openpyxl_sheets(content: bytes, limits: Limits) -> list[tuple[str, bool, list[list[CellValue]]]]:
    """Name, hidden and rows from A1 on of every worksheet. Raises ``Refusal`` where openpyxl can't read it either.

    Read-only mode, because the full one drops values under merged cells; without the dimension record it would trust.
    """
    sheets: list[tuple[str, bool, list[list[CellValue]]]] = []
    area = 0
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            rows: list[list[CellValue]] = []
            for line in sheet.iter_rows(values_only=True):
                rows.append(list(line))
                check_area(len(rows), len(line), limits, sheet.title, area)
            width = max(map(len, rows), default=0)
            area += check_area(len(rows), width, limits, sheet.title, area)
            for row in rows:
                row.extend([None] * (width - len(row)))
            sheets.append((sheet.title, sheet.sheet_state != "visible", rows))
    except (Refusal, MemoryError):
        raise
    except Exception as error:  # openpyxl raises whatever a broken part makes of it
        raise Refusal("file_damaged", kind="xlsx", why=f"{type(error).__name__}: {error}"[:200]) from None
    if not sheets:
        raise Refusal("file_damaged", kind="xlsx")
    return sheets
