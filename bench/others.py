"""What the importer is compared with: mere reading, the usual few lines of pandas, a validator."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from python_calamine import CalamineWorkbook

#: Rows above the heading row of a bench workbook.
_ABOVE = 2


def read_with_calamine(files: Sequence[bytes]) -> None:
    for content in files:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def load_with_pandas(files: Sequence[bytes]) -> None:
    """openpyxl into frames, all of them into one table: no ledger, no history, no source of anything."""
    import pandas
    from sqlalchemy import create_engine

    with tempfile.TemporaryDirectory() as folder:
        frames = [pandas.read_excel(io.BytesIO(content), header=_ABOVE, engine="openpyxl") for content in files]
        engine = create_engine(f"sqlite:///{Path(folder) / 'pandas.db'}")
        pandas.concat(frames).to_sql("measure", engine, index=False)
        engine.dispose()


def has_frictionless() -> bool:
    return find_spec("frictionless") is not None


def validate_with_frictionless(files: Sequence[bytes]) -> None:
    """Whether each row is as wide as the heading and each cell of its column's guessed type."""
    from frictionless import Dialect, Resource, system

    with tempfile.TemporaryDirectory() as folder, system.use_context(trusted=True):
        for number, content in enumerate(files):
            path = Path(folder) / f"liste{number}.xlsx"
            path.write_bytes(content)
            Resource(path=str(path), dialect=Dialect(header_rows=[_ABOVE + 1])).validate()
