"""Which reader takes which format."""

from __future__ import annotations

import zipfile

from etl.stages.readers.cells import Digits
from etl.stages.readers.detect import detect
from etl.stages.readers.limits import Limits
from etl.stages.readers.package import check_sizes
from etl.stages.readers.refusal import Refusal
from etl.stages.shapes import Workbook


def read(content: bytes, limits: Limits) -> tuple[Workbook, list[Digits]]:
    """The workbook in the bytes; readers of rare formats are loaded when first needed."""
    if len(content) > limits.file_bytes:
        raise Refusal("file_too_large", what="bytes", limit=limits.file_bytes, found=len(content))
    kind, package = detect(content)
    if package is not None:
        check_sizes(package, limits)
    if package is not None and (kind == "xlsx" or kind == "xlsm"):
        from etl.stages.readers.xlsx import read_xlsx

        return read_xlsx(content, package, kind, limits)
    return _read_other(content, package, kind, limits), []


def _read_other(content: bytes, package: zipfile.ZipFile | None, kind: str, limits: Limits) -> Workbook:
    if kind == "xlsb" and package is not None:
        from etl.stages.readers.xlsb import read_xlsb

        return read_xlsb(content, package, limits)
    if kind == "xls":
        from etl.stages.readers.xls import read_xls

        return read_xls(content, limits)
    if kind == "csv":
        from etl.stages.readers.text import read_text

        return read_text(content, limits)
    from etl.stages.readers.ods import read_ods

    return read_ods(content, package, limits)
