"""The only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


def data_folder() -> Path:
    """The folder ``data/`` beside the packages; ``RUNDERTISCH_DATA`` points elsewhere."""
    return Path(os.environ.get("RUNDERTISCH_DATA", PROJECT / "data"))


def database_url(given: str | None = None) -> str:
    """The store: ``given``, else ``DATABASE_URL``, else SQLite in ``data/store/``."""
    return given or os.environ.get("DATABASE_URL") or f"sqlite:///{data_folder() / 'store' / 'rundertisch.db'}"


def language() -> str:
    """The command line's language: ``RUNDERTISCH_LANGUAGE``, else English where the locale says so, else German."""
    wanted = (
        os.environ.get("RUNDERTISCH_LANGUAGE")
        or os.environ.get("LC_ALL")
        or os.environ.get("LC_MESSAGES")
        or os.environ.get("LANG", "")
    )
    return "en" if wanted.lower().startswith("en") else "de"


def passed_on(names: Iterable[str]) -> dict[str, str]:
    """Those of the named variables that are set: what a child process may see of our environment."""
    return {name: os.environ[name] for name in names if name in os.environ}
