"""The pages of the room as HTML: templates in which every text is escaped, words from the catalogue."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboard.answers.room import WALL, Room, Wall, start_times
from dashboard.answers.slide import Slide
from dashboard.parts.blocks import SYMBOLS
from dashboard.room.chart import chart
from dashboard.room.words import Words
from etl.pipeline.picture.facts import BERLIN
from etl.wording import LANGUAGES, formatted, say

STATIC = Path(__file__).with_name("static")
#: Where those who follow by code find their page, and all of them their files.
CODE, FILES_AT = "/mitlesen", f"{WALL}/-"
FILES = {
    "room.css": "text/css; charset=utf-8",
    "room.js": "text/javascript; charset=utf-8",
    "wall.js": "text/javascript; charset=utf-8",
    "follow.js": "text/javascript; charset=utf-8",
    "recorded.css": "text/css; charset=utf-8",
    "voice.js": "text/javascript; charset=utf-8",
    "desk.css": "text/css; charset=utf-8",
    "desk.js": "text/javascript; charset=utf-8",
    "desk_form.js": "text/javascript; charset=utf-8",
}
#: Letters that leave room for a chart beside them.
_BESIDE_A_CHART = 260


def is_ours(path: str) -> bool:
    """Whether an address leads to a page of the room, which brings its own headers."""
    return path == CODE or path.startswith((f"{WALL}/", f"{CODE}/"))


@dataclass(frozen=True)
class Shown:
    """A meeting as it is shown in one ``language``. ``code`` and ``address``: how own devices follow, "" for nobody.

    ``recorded`` are the results and the temperature that stand beside the slide, with their counts in words."""

    network: str
    language: str
    room: Room
    wall: Wall | None
    day: dt.date
    address: str = ""
    recorded: Mapping[str, Any] = field(default_factory=dict)

    @property
    def words(self) -> Words:
        return Words(self.language)

    def say(self, key: str, /, **values: Any) -> str:
        return say(self.language, key, **values)

    @property
    def foot(self) -> str:
        """Who sees it, and which day it shows."""
        shown, _ = self.room.plan.shown_day(self.day)
        return self.say("room.foot", body=self.room.body.name, audience=self.say("audience.body"), day=shown)

    @property
    def title(self) -> str:
        return self.wall.title if self.wall is not None else self.room.body.name

    def slide(self) -> str:
        """The slide as everyone sees it, on the wall and on their own devices."""
        assert self.wall is not None, "before it begins there is no slide"
        if self.wall.slide is None:
            return self._opening(self.wall)
        return self._slide(self.wall.slide)

    def _slide(self, slide: Slide) -> str:
        results, temperature = self.recorded.get("results"), self.recorded.get("temperature")
        room_left = len(slide.proposal) + len(slide.consequence) < _BESIDE_A_CHART and not (results or temperature)
        drawn = chart(slide.chart, self.language) if slide.chart is not None and room_left else ""
        beside = bool(slide.proposal or slide.consequence or drawn or results)
        values = {"slide": slide, "chart": drawn, "beside": beside, "foot": self.foot, "symbols": SYMBOLS}
        return self._render("slide.html", **values, results=results, temperature=temperature)

    def _opening(self, wall: Wall) -> str:
        times = start_times(self.room.plan, wall.items)
        agenda = [
            (place, formatted(self.language, at, "time") if at else "", item.title, item.minutes)
            for place, (item, at) in enumerate(zip(wall.items, times, strict=True), 1)
        ]
        code = self.room.row.code if self.room.row is not None and self.address else ""
        return self._render(
            "opening.html",
            title=wall.title,
            over=self.over,
            agenda=agenda,
            code=f"{code[:3]} {code[3:]}".strip(),
            address=self.address.split("://")[-1],
            qr=_qr(f"{self.address}/{code}") if code else "",
            foot=self.foot,
        )

    @property
    def over(self) -> str:
        """„Steuerungsgruppe · 10. November 2026 · 14:00 Uhr · Kreishaus“."""
        plan = self.room.plan
        parts = [self.room.body.name, formatted(self.language, plan.day, "date")]
        if plan.starts_at is not None:
            parts.append(formatted(self.language, plan.starts_at.astimezone(BERLIN), "time"))
        return " · ".join(filter(None, [*parts, plan.place]))

    def before(self, *, may_begin: bool = False) -> str:
        """What stands there before the presentation, and after it. ``may_begin``: with the button that begins."""
        state = "closed" if self.room.plan.state == "closed" else "ended" if self.room.ended else "waiting"
        button = self.say(f"room.begin.{state}") if may_begin and state != "closed" else ""
        values = {"over": self.over, "headline": self.title, "sentences": [self.say(f"room.{state}")]}
        return self._render("waiting.html", **values, button=button, foot=self.foot)

    def nav(self) -> str:
        """The agenda's numbers at the foot of the wall, with what comes before and after."""
        wall = self.wall
        assert wall is not None, "only a wall has a foot"
        target = self.room.row.target if self.room.row is not None else None
        names = [self.say("room.opening"), *(f"{n} {item.title}" for n, item in enumerate(wall.items, 1))]
        at = wall.place
        back = self.say("room.back_to", place=at) if at else self.say("room.opening")
        before = back if target else names[at - 1] if at else self.say("room.opening")
        after = back if target else names[at + 1] if at + 1 < len(names) else self.say("room.the_end")
        values = {"wall": wall, "target": target, "before": before, "after": after}
        return self._render("nav.html", **values, recorded=self.recorded.get("counted", ""))

    def page(self, template: str, **values: Any) -> str:
        """A whole document around a slide."""
        return self._render(template, **{"title": self.title} | values)

    def _render(self, template: str, **values: Any) -> str:
        return render(template, self.language, self.network, **values)


def render(template: str, language: str, network: str, **values: Any) -> str:
    usual = {
        "language": language,
        "network": network,
        "say": partial(say, language),
        "words": Words(language),
        "languages": [(code, say(code, "room.language")) for code in LANGUAGES],
        "files": FILES_AT,
        "version": version(),
        "wall": False,
    }
    return _templates().get_template(template).render(usual | values)


def message(
    language: str,
    network: str,
    headline: str,
    *sentences: str,
    ask: str = "",
    button: str = "",
    links: Sequence[tuple[str, str]] = (),
) -> str:
    """One sentence, what to do, and the one button or the links that do it."""
    values = {"headline": headline, "sentences": sentences, "ask": ask, "button": button, "links": links}
    return render("message.html", language, network, **values)


@lru_cache(maxsize=1)
def version() -> str:
    """Changes with the files, so that browsers may keep them."""
    return hashlib.sha256(b"".join((STATIC / name).read_bytes() for name in FILES)).hexdigest()[:12]


@lru_cache(maxsize=8)
def _qr(address: str) -> Markup:
    made = io.BytesIO()
    segno.make(address, error="m").save(made, kind="svg", xmldecl=False, svgns=False, border=2, omitsize=True)
    return Markup(made.getvalue().decode().replace("<svg", '<svg role="img" aria-hidden="true"', 1))


@lru_cache(maxsize=1)
def _templates() -> Environment:
    loader = FileSystemLoader(Path(__file__).with_name("templates"))
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
