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


def moment_of(network: Network, moment: dt.datetime) -> dt.datetime:
    """When what is done now is recorded: the same instant, except where the network carries its own day (the demo).

    There everything happens on that day, at this time of day: one screen speaks of one clock. Sign-ins are outside it.
    """
    local = moment.astimezone(BERLIN)
    day = day_of(network, moment)
    return local.replace(year=day.year, month=day.month, day=day.day)
