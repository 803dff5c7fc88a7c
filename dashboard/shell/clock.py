"""The only reader of the clock in the dashboard."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from etl.model.settings_rows import Network

BERLIN = ZoneInfo("Europe/Berlin")


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def day_of(network: Network, moment: dt.datetime) -> dt.date:
    """The day pages speak about: the network's own where it carries one (the demo), else the day in Berlin."""
    return network.day or moment.astimezone(BERLIN).date()
