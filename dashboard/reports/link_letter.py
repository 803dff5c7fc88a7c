"""A letter with a personal link as a code to scan: one page a partner, as PDF."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import segno
import typst

from dashboard.answers.report_links import NewLink
from etl.wording import say

_LETTER = Path(__file__).with_suffix(".typ")
_FONTS = Path(__file__).with_name("fonts")
_STEPS = 3


@dataclass(frozen=True, slots=True)
class Letter:
    """``address`` is the whole address behind the link."""

    partner: str
    person: str
    address: str
    last_day: dt.date
    one_device: bool


def letters_for(links: Sequence[NewLink], origin: str, network: str, language: str) -> bytes:
    """A letter for each link of a round; ``origin`` is where the dashboard is served."""
    letters = [Letter(k.partner, k.person, f"{origin}/melden/{k.token}", k.last_day, k.one_device) for k in links]
    return link_letters(letters, network, links[0].round, language)


def link_letters(letters: Sequence[Letter], network: str, round_name: str, language: str) -> bytes:
    """One page a letter. Texts reach the page as data: nothing in them is read as a command."""
    data = {
        "language": language,
        "network": network,
        "title": say(language, "link.letter.headline", round=round_name),
        "footer": say(language, "link.letter.footer", network=network),
        "letters": [_page(letter, network, round_name, language) for letter in letters],
    }
    inputs = {"data": json.dumps(data)}
    page = typst.compile(_LETTER.read_bytes(), font_paths=[str(_FONTS)], ignore_system_fonts=True, sys_inputs=inputs)
    return bytes(page)


def _page(letter: Letter, network: str, round_name: str, language: str) -> dict[str, object]:
    about = ["link.letter.visible", "link.letter.other", "link.letter.ask"]
    about = ["link.letter.device", *about] if letter.one_device else ["link.letter.secret", *about]
    return {
        "to": f"{letter.partner}\n{letter.person}".strip(),
        "headline": say(language, "link.letter.headline", round=round_name),
        "lead": say(language, "link.letter.lead", day=letter.last_day),
        "steps": [say(language, f"link.letter.step.{number}") for number in range(1, _STEPS + 1)],
        "code": _code(letter.address),
        "alt": say(language, "link.letter.alt"),
        "typed": say(language, "link.letter.typed"),
        "address": letter.address,
        "about": [say(language, key, network=network) for key in about],
    }


def _code(address: str) -> str:
    """As SVG. A quarter of it may be hidden by a fold or a coffee cup."""
    out = io.BytesIO()
    segno.make(address, error="q", micro=False).save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue().decode()
