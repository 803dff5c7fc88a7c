"""Values through calamine: the quick reader behind xlsx and xlsb."""

from __future__ import annotations

import io
from collections.abc import Iterator

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
    ZipError,
)

from etl.stages.readers.cells import check_area
from etl.stages.readers.limits import Limits
from etl.stages.readers.refusal import Refusal
from etl.stages.shapes import CellValue

#: A panic in calamine's Rust is no ``Exception``; pyo3 gives its class no importable name.
PANIC = "PanicException"
#: The last column and row a sheet can have (ECMA-376 18.3.1.73).
WIDEST, TALLEST = 16_384, 1_048_576


def open_calamine(content: bytes, kind: str) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError:
        raise Refusal("file_password_protected", kind=kind) from None
    except (CalamineError, ZipError, OSError, ValueError) as error:
        raise Refusal("file_damaged", kind=kind, why=str(error)[:200]) from None
    except BaseException as error:
        raise as_refusal(error, kind) from None


def as_refusal(error: BaseException, kind: str) -> BaseException:
    """A panic becomes ``file_damaged``; anything else stays what it is."""
    if type(error).__name__ == PANIC:
        return Refusal("file_damaged", kind=kind, why=str(error)[:200])
    return error


def worksheets(book: CalamineWorkbook) -> Iterator[tuple[int, SheetMetadata, bool]]:
    """Number, metadata and hidden of every sheet that has cells (chart sheets and modules have none)."""
    for number, about in enumerate(book.sheets_metadata):
        if about.typ not in (SheetTypeEnum.ChartSheet, SheetTypeEnum.Vba):
            yield number, about, about.visible != SheetVisibleEnum.Visible


def sheet_values(
    book: CalamineWorkbook, number: int, kind: str, limits: Limits, already: int
) -> tuple[list[list[CellValue]], CalamineSheet]:
    """The rows from A1 on; blank cells are ``""``. Refuses a used range beyond ``limits.cells``."""
    try:
        sheet = book.get_sheet_by_index(number)
        if sheet.total_width > WIDEST or sheet.total_height > TALLEST:
            raise Refusal("file_damaged", kind=kind, sheet=sheet.name, why="reference")
        check_area(sheet.total_height, sheet.total_width, limits, sheet.name, already)
        rows: list[list[CellValue]] = sheet.to_python(skip_empty_area=False)  # type: ignore[assignment]
    except (CalamineError, OSError, ValueError) as error:
        raise Refusal("file_damaged", kind=kind, why=str(error)[:200]) from None
    except BaseException as error:
        raise as_refusal(error, kind) from None
    return rows, sheet
