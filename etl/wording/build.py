"""Writes the merged catalogues as ``.mo`` files: ``python -m etl.wording.build``."""

from __future__ import annotations

import os
from pathlib import Path

from etl.wording.catalogues import LANGUAGES, built_path, compiled


def build() -> list[Path]:
    """Write one ``.mo`` per language, each in one step, so that a running dashboard never reads half a file."""
    written = []
    for language in LANGUAGES:
        path = built_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".new")
        unfinished.write_bytes(compiled(language))
        os.replace(unfinished, path)
        written.append(path)
    return written


if __name__ == "__main__":
    for path in build():
        print(path)
