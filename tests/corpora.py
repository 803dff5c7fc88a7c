"""Where the collected workbooks lie: beside the project, never in it; tests skip where they are absent."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
FOLDER = SHARED / "corpora"
REASON = f"the collected workbooks are not here: no {FOLDER}"

needs_corpora = pytest.mark.skipif(not FOLDER.is_dir(), reason=REASON)


def corpus_file(name: str) -> bytes:
    """The bytes of one collected file (``"bad/made__empty.csv"``); skips where it is absent."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"the collected workbook is not here: no {path}")
    return path.read_bytes()


@cache
def corpus_index() -> dict[str, dict[str, Any]]:
    """What is known and expected of each collected file, by its name."""
    if not FOLDER.is_dir():
        return {}
    return {entry["file"]: entry for entry in json.loads((FOLDER / "index.json").read_text("utf-8"))}


def corpus_names(*endings: str) -> list[str]:
    """All collected files, or those whose names end so; empty where the folder is absent."""
    return sorted(name for name in corpus_index() if not endings or name.lower().endswith(endings))
