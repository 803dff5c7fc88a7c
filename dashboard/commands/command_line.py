"""What every command shares: its language, its options, the store it opens, how it tells what came of it."""

from __future__ import annotations

import datetime as dt
import logging
from contextvars import ContextVar
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from etl.settings import database_url, language
from etl.wording import say

BERLIN = ZoneInfo("Europe/Berlin")
LANGUAGE = language()


def help_(key: str) -> str:
    return say(LANGUAGE, f"command.{key}")


Database = Annotated[str | None, typer.Option("--database", metavar="URL", help=help_("database"))]
#: The database named before the subcommand.
NAMED_FIRST: ContextVar[str | None] = ContextVar("database", default=None)
Day = Annotated[str | None, typer.Option("--day", metavar="YYYY-MM-DD", help=help_("day"))]


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def parsed_day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(say(LANGUAGE, "command.bad_day", found=text)) from error


def parsed_instant(text: str | None) -> dt.datetime | None:
    """A date means the end of that day in Berlin; anything longer is an instant (in Berlin where it names no zone)."""
    if text is None:
        return None
    try:
        if len(text) == 10:
            return dt.datetime.combine(dt.date.fromisoformat(text), dt.time(23, 59, 59, 999999), BERLIN)
        instant = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(say(LANGUAGE, "command.bad_day", found=text)) from error
    return instant if instant.tzinfo else instant.replace(tzinfo=BERLIN)


def opened_store(database: str | None) -> Any:
    """The store that was named, or that of the settings; ends the command with a sentence where there is none."""
    from sqlalchemy.exc import SQLAlchemyError

    from etl.model.store import open_store

    try:
        return open_store(database_url(database or NAMED_FIRST.get()))
    except SQLAlchemyError as error:
        logging.getLogger("rundertisch").debug("open_store failed", exc_info=error)
        tell(say(LANGUAGE, "command.no_store"))
        raise typer.Exit(2) from None


def tell(text: str) -> None:
    typer.echo(text, err=True)


def done_with(result: tuple[str, dict[str, Any], bool]) -> None:
    """Say what came of it (wording key, values, whether done); the command fails where nothing did."""
    key, values, good = result
    (typer.echo if good else tell)(say(LANGUAGE, key, **values))
    if not good:
        raise typer.Exit(1)
