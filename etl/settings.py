"""The only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

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


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over. ``security`` is tls, starttls or none."""

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)
    sender: str


#: How ``RUNDERTISCH_SMTP`` may begin -> (security, usual port). Nothing goes out unencrypted by mistake.
_MAIL = {"smtps": ("tls", 465), "smtp": ("starttls", 587), "smtp+plain": ("none", 25)}


def mail_server() -> MailServer | None:
    """``RUNDERTISCH_SMTP`` (``smtps://user:password@host:port``) and ``RUNDERTISCH_MAIL_FROM``; None where not set."""
    address, sender = os.environ.get("RUNDERTISCH_SMTP", ""), os.environ.get("RUNDERTISCH_MAIL_FROM", "")
    parts = urlsplit(address)
    if not parts.hostname or not sender or parts.scheme not in _MAIL:
        return None
    security, port = _MAIL[parts.scheme]
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname, parts.port or port, security, user, password, sender)


def passed_on(names: Iterable[str]) -> dict[str, str]:
    """Those of the named variables that are set: what a child process may see of our environment."""
    return {name: os.environ[name] for name in names if name in os.environ}
