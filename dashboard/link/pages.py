"""The pages behind a link as HTML: templates in which every text is escaped, words from the catalogue."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard.answers.link_page import QUESTIONS, STATUSES, Asked, Handed, Holder, Review
from dashboard.link.typed import LONGEST, LONGEST_TEXT, Typed
from etl.wording import LANGUAGES, formatted, languages_of, say
from etl.wording.issues import issue_wording

STATIC = Path(__file__).with_name("static")
#: Where the pages and their files are found.
PREFIX = "/melden"
FILES = {"form.css": "text/css; charset=utf-8", "form.js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True)
class Page:
    """Who reads: their language, the network's name, the address of this page."""

    language: str
    network: str
    path: str = ""

    def render(self, template: str, **values: Any) -> str:
        language = self.language
        return (
            _templates()
            .get_template(template)
            .render(
                page=self,
                say=partial(say, language),
                language=language,
                direction=direction(language),
                languages=[(code, say(code, "link.language")) for code in languages_of("link")],
                prefix=PREFIX,
                version=version(),
                **values,
            )
        )

    def form(
        self, holder: Holder, asked: Sequence[Asked], typed: Typed, waiting: Sequence[Handed], **values: Any
    ) -> str:
        """The form, filled in with what is known or was typed. ``told`` is a sentence above, about field ``faulty``."""
        return self.render(
            "form.html",
            holder=holder,
            open=[one for one in asked if not one.over],
            over=[one for one in asked if one.over],
            typed=typed,
            was=json.dumps({one.key: {q: typed.known(one, q) for q in QUESTIONS} for one in asked}),
            waiting=waiting,
            questions=QUESTIONS,
            statuses=STATUSES,
            summary=partial(_summary, self.language),
            longest=lambda name: LONGEST.get(name, LONGEST_TEXT),
            **values,
        )

    def review(self, holder: Holder, typed: Typed, found: Review, **values: Any) -> str:
        """What was understood, before it is sent; everything typed goes along."""
        kept = {n: t for n, t in typed.fields.items() if n not in ("step", "seen", "lang") and not n.startswith("w.")}
        language = self.language if self.language in LANGUAGES else LANGUAGES[-1]
        reason = issue_wording(language)(found.refused)[0] if found.refused is not None else ""
        return self.render(
            "review.html",
            holder=holder,
            typed=typed,
            found=found,
            kept=kept,
            reason=reason,
            headline=say(self.language, _understood(found), n=found.news or found.unread),
            person=typed.person or holder.person,
            longest=LONGEST_TEXT,
            value=partial(_value, self.language),
            rating=lambda code: say(language, f"rating.{code}") if code else "",
            **values,
        )

    def message(self, headline: str, *sentences: str, **values: Any) -> str:
        """One sentence, and what to do."""
        return self.render("message.html", headline=headline, sentences=sentences, **values)


def _understood(found: Review) -> str:
    """The key of what is said first: nobody who typed something is told that nothing was changed."""
    if found.refused is not None:
        return "link.refused"
    return "link.understood_unread" if found.unread and not found.news else "link.understood"


def chosen_language(wanted: str, accepted: str) -> str:
    """The language asked for where there is a catalogue of it, else the browser's first that there is one of."""
    known = languages_of("link")
    for code in (wanted, *(part.split(";")[0].strip()[:2].lower() for part in accepted.split(","))):
        if code in known:
            return code
    return known[0]


def direction(language: str) -> str:
    return str(Locale.parse(language).text_direction)


@lru_cache(maxsize=1)
def version() -> str:
    """Changes with the style sheet and the script, so that browsers may keep them."""
    return hashlib.sha256(b"".join((STATIC / name).read_bytes() for name in FILES)).hexdigest()[:12]


@lru_cache(maxsize=1)
def _templates() -> Environment:
    loader = FileSystemLoader(Path(__file__).with_name("templates"))
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["shown_by"] = lambda one, typed: partial(typed.shown, one)
    made.filters["new_texts"] = lambda typed: lambda question: typed.text(f"n.{question}")
    return made


def _summary(language: str, one: Asked) -> str:
    """„läuft · 394 Menschen · zuletzt 12. Oktober 2026“."""
    parts = []
    if one.known.get("status"):
        parts.append(say(language, f"link.is.{one.known['status']}"))
    people = one.known.get("participants_actual", "")
    if people:
        parts.append(say(language, "link.people", n=1 if people == "1" else 2, people=people))
    if isinstance(one.last, dt.date):
        parts.append(say(language, "link.as_of", day=one.last))
    return " · ".join(parts)


def _value(language: str, question: str, value: Any) -> str:
    """A stored value as people read it."""
    if value in (None, "", []):
        return ""
    if question == "status":
        return say(language, f"link.is.{value}")
    if isinstance(value, dict):
        lowest, highest = value.get("min"), value.get("max")
        return "–".join(formatted(language, number, "count") for number in (lowest, highest) if number is not None)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return formatted(language, value, "count") if isinstance(value, int) else str(value)
