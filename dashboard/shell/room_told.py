"""What a device in the room is told: nothing but a number while nothing changed, else the slide and what goes with it.

Whatever is drawn is made once for everyone who asks in the same language.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from dashboard.answers.room import WALL, Room, Wall, wall_of
from dashboard.room.pages import CODE, Shown
from dashboard.room.recorded import recorded
from dashboard.shell.room_seats import Seat
from etl.model.store import Store
from etl.pipeline.meeting.presenting import place_of

#: Slides kept: a meeting's items in both languages, for those who look around too.
_KEPT = 200


@dataclass(frozen=True)
class Told:
    """Who asks about which meeting. ``host`` is where the server is reached, for the code on the wall."""

    store: Store
    network: str
    room: Room
    day: dt.date
    moment: dt.datetime
    language: str
    host: str
    presents: bool = False
    by_code: bool = False

    @property
    def stand(self) -> str:
        """Changes whenever something else is to be seen."""
        row = self.room.row
        state = "l" if self.room.live else "e" if self.room.ended else "w"
        return f"{row.revision if row is not None else 0}{state}"

    @property
    def now(self) -> int:
        """The server's clock in milliseconds: timers are right on a machine whose own is not."""
        return int(self.moment.timestamp() * 1000)

    @property
    def address(self) -> str:
        return f"{self.host}{CODE}"

    @property
    def poll(self) -> str:
        row = self.room.row
        if self.by_code and row is not None:
            return f"{CODE}/{row.code}/stand"
        return f"{WALL}/{self.room.plan.key}/stand"

    @property
    def voice(self) -> str:
        """Where the device says how its holder sees an item."""
        return self.poll.removesuffix("stand") + "stimme"


def told(about: Told, since: str, look: str) -> dict[str, Any]:
    """The answer to a question: since which stand (``since``), or at which item shown before (``look``). Empty for
    what has not been shown."""
    base = {"stand": about.stand, "now": about.now}
    if look:
        found = _made(about, look)
        return base | found if found else {}
    return base if since == about.stand else base | _made(about, "")


def page_around(template: str, about: Told, seat: Seat | None) -> str:
    """The document with the slide as it stands now. ``seat`` None: by code."""
    shown = _shown(about, None)
    made = _made(about, "")
    key = about.room.plan.key
    values: dict[str, Any] = {"poll": about.poll, "stand": about.stand, "now": about.now}
    if template == "wall.html":
        values |= {
            "step": f"{WALL}/{key}/schritt",
            "search": f"{WALL}/{key}/suche",
            "place": made.get("place", "0"),
            "clock": json.dumps(made.get("clock")),
            "nav": Markup(made.get("nav", "")),
            "leave": f"/sitzung?sitzung={key}" if seat is not None and seat.user is not None else "",
            "wall": True,
        }
    else:
        signed_in = seat is not None and seat.user is not None
        links = {"goal": "/ziele?ziel=", "measure": "/massnahmen?massnahme=", "home": "/"}
        values |= {"shown": json.dumps(made.get("shown", [])), "at": made.get("at", "0"), "desk": ""}
        values |= {"voice": about.voice}
        if seat is not None and seat.may_record:
            values["desk"] = f"{WALL}/{key}/protokoll"
        values |= {"dashboard": "/" if signed_in else "", "links": links}
    return shown.page(template, **values, slide=Markup(made["slide"]))


def _shown(about: Told, wall: Wall | None) -> Shown:
    room = about.room
    row = room.row if wall is None and room.live else None
    if wall is None:
        item, target = (row.item, row.target) if row is not None else (None, None)
        wall = wall_of(about.store, room, about.day, item, target)
    address = about.address if room.live else ""
    beside = wall.item if row is None or not row.target else None
    written = recorded(about.store, room.plan.key, beside, about.language)
    return Shown(about.network, about.language, room, wall, about.day, address, written)


_slides: OrderedDict[tuple[Any, ...], dict[str, Any]] = OrderedDict()
_making = threading.Lock()


def _made(about: Told, look: str) -> dict[str, Any]:
    """What is drawn of a stand, kept until others are."""
    key = (about.store.url, about.room.plan.key, about.stand, about.day, about.language, about.host, about.presents)
    with _making:
        if (*key, look) not in _slides:
            _slides[(*key, look)] = _look(about, look) if look else _drawn(about)
            while len(_slides) > _KEPT:
                _slides.popitem(last=False)
        return _slides[(*key, look)]


def _drawn(about: Told) -> dict[str, Any]:
    shown = _shown(about, None)
    wall, row = shown.wall, about.room.row
    assert wall is not None, "the wall was just looked up"
    found: dict[str, Any] = {"slide": "", "nav": "", "clock": None, "place": "0", "shown": [], "at": "0"}
    if not about.room.live or row is None:
        return found | {"slide": shown.before(may_begin=about.presents)}
    found["slide"] = shown.slide()
    if about.presents:
        found["nav"] = shown.nav()
    seen = ["0", *(str(item.id) for item in wall.items if item.id in wall.numbers)]
    found |= {"place": place_of(row), "shown": seen, "at": str(row.item or 0), "clock": _clock(wall)}
    return found


def _clock(wall: Wall) -> dict[str, int] | None:
    """Of the item: when it began (milliseconds), seconds it took before, minutes it may take."""
    if wall.item is None or wall.began is None:
        return None
    began = int(wall.began.timestamp() * 1000)
    return {"began": began, "before": wall.item.seconds, "minutes": wall.item.minutes}


def _look(about: Told, look: str) -> dict[str, Any]:
    """An item that has been on the wall, or the opening; nothing else."""
    if not about.room.live or not (look.isascii() and look.isdigit() and len(look) < 10):
        return {}
    wall = wall_of(about.store, about.room, about.day, int(look) or None, None)
    if int(look) and (wall.item is None or wall.item.id not in wall.numbers):
        return {}
    return {"slide": _shown(about, wall).slide()}
