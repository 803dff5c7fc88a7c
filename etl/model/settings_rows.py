"""The network's own settings: its name, its logo, the day it speaks about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from etl.model.tables import Setting

PRODUCT = "Runder Tisch"
#: Asked on every run: put together once.
_ALL = select(Setting.name, Setting.value)


@dataclass(frozen=True, slots=True)
class Network:
    """``name`` stands on sign-in, menu and reports; ``logo`` is a file name or data address, or None;
    ``day`` is set where the network carries its own day (the demo), else None: today."""

    name: str
    logo: str | None
    day: dt.date | None
    demo: bool


def network(connection: Connection) -> Network:
    """The network's settings, with the product's name where none is set."""
    found = {row.name: row.value for row in connection.execute(_ALL)}
    day = found.get("day")
    return Network(
        name=found.get("name", PRODUCT),
        logo=found.get("logo"),
        day=dt.date.fromisoformat(day) if day else None,
        demo=found.get("demo") == "yes",
    )


def setting(connection: Connection, name: str) -> str | None:
    """One setting's value, or None."""
    return connection.execute(select(Setting.value).where(Setting.name == name)).scalar_one_or_none()


def set_setting(connection: Connection, name: str, value: str) -> None:
    connection.execute(delete(Setting).where(Setting.name == name))
    connection.execute(insert(Setting).values(name=name, value=value))
