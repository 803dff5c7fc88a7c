"""One step of the form behind a personal link: what was typed is looked at, confirmed or sent."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from dashboard.answers import link_page as answers
from dashboard.answers.link_lines import own_lines, say_own
from dashboard.answers.link_page import Answered, Holder, Review
from dashboard.link.pages import Page
from dashboard.link.typed import LONGEST, Typed, lines_of, needs_of, rows_of
from etl.model.report_links import LinkRow
from etl.model.store import Store
from etl.pipeline.single_clients import tells_of_client
from etl.wording import say


@dataclass(frozen=True)
class Visit:
    """One request of somebody who holds a link."""

    store: Store
    page: Page
    holder: Holder
    link: LinkRow
    day: dt.date
    now: dt.datetime

    def say(self, key: str, **values: Any) -> str:
        return say(self.page.language, key, **values)

    @property
    def keep(self) -> str:
        """Under which name the browser keeps what is typed: not the token's."""
        return hashlib.sha256(f"keep {self.link.token_hash}".encode()).hexdigest()[:16]

    def form(self, typed: Typed, told: str = "", faulty: str = "") -> str:
        held = answers.seen_now(self.store, self.holder, self.day)
        return self.page.form(
            self.holder,
            answers.asked(self.store, self.holder, self.day),
            typed,
            answers.handed(self.store, self.holder),
            told=told,
            faulty=faulty,
            keep=self.keep,
            form=typed.form or secrets.token_urlsafe(12),
            held=":".join(map(str, (held[0], *held[1]))),
            day=self.day,
            lines=own_lines(self.store, self.holder, self.day, self.page.language),
        )

    def step(self, typed: Typed) -> str:
        """One step of the form; a step that is none of ours shows the form again."""
        if typed.step == "lines":
            return self._lines(typed)
        if typed.step not in ("review", "send", "unchanged"):
            return self.form(typed)
        asked = answers.asked(self.store, self.holder, self.day)
        rows, needs = rows_of(typed, asked), needs_of(typed)
        objection = self._objection(typed, rows, needs)
        if objection is not None:
            return self.form(typed, *objection)
        answered = Answered(
            self.holder.name,
            self.holder.way,
            typed.person or self.holder.person,
            self.day,
            rows,
            needs,
            self.holder.writer,
        )
        rest = self._rest(typed, rows, asked)
        if typed.step == "unchanged" and answered.empty:
            return self._unchanged(typed)
        if typed.step == "send":
            return self._send(typed, answered, rest)
        found = answers.review(self.store, self.holder, answered, day=self.day, now=self.now)
        return self._review(typed, found, rest, asked)

    def _lines(self, typed: Typed) -> str:
        """What the house says of its lines of the interface paper; the form stays, with what is typed in it."""
        told = Typed({name: text for name, text in typed.fields.items() if name.startswith("l.") or name == "person"})
        said = lines_of(typed)
        if typed.too_long() is not None:
            return self.form(told, self.say("link.too_long", n=LONGEST["note"]))
        if self.holder.way == "phone" and not typed.person:
            return self.form(told, self.say("link.without_person"))
        stored, refused = (
            say_own(self.store, self.holder, said, person=typed.person, day=self.day, now=self.now)
            if said
            else (0, None)
        )
        if refused is not None:
            return self.form(told, self.say(f"link.lines.refused.{refused}"))
        return self.form(Typed(), self.say("link.lines.told", n=stored))

    def _objection(
        self, typed: Typed, rows: tuple[answers.Row, ...], needs: tuple[answers.Row, ...]
    ) -> tuple[str, str] | None:
        """Why the answers cannot be looked at yet, and the field it is about."""
        too_long = typed.too_long()
        if too_long is not None:
            return self.say("link.too_long", n=too_long[1]), too_long[0]
        for field_name, new in (("n.title", rows), ("b.title", needs)):
            if any("title" not in row.told for row in new):
                return self.say("link.without_title"), field_name
        if tells_of_client([typed.person]):
            return self.say("link.refused.clients"), "person"
        if self.holder.way == "phone" and not typed.person:
            return self.say("link.without_person"), "person"
        return None

    def _rest(self, typed: Typed, rows: tuple[answers.Row, ...], asked: tuple[answers.Asked, ...]) -> list[str]:
        """The running measures nothing is said about, where somebody says that they stay as they are."""
        told = {row.key for row in rows}
        return [one.key for one in asked if not one.over and one.key not in told] if typed.rest else []

    def _review(
        self,
        typed: Typed,
        found: Review,
        rest: list[str],
        asked: tuple[answers.Asked, ...],
        moved: bool = False,
        told: str = "",
    ) -> str:
        moved = moved or self._moved(typed, asked)
        unchanged = bool(asked) and not found.records
        return self.page.review(
            self.holder,
            typed,
            found,
            rest=len(rest),
            moved=moved,
            unchanged=unchanged,
            told=told,
            keep=self.keep,
        )

    def _moved(self, typed: Typed, asked: tuple[answers.Asked, ...]) -> bool:
        """Whether what a changed field was filled in with is not what is known now."""
        was = typed.was
        changed = [(one, q) for one in asked for q in one.known if typed.shown(one, q) != typed.known(one, q)]
        return any(str(was.get(one.key, one.known).get(q, "")) != one.known.get(q, "") for one, q in changed)

    def _unchanged(self, typed: Typed) -> str:
        name = _name_of(typed)
        if answers.sent_before(self.store, self.holder, name):
            return self._confirmed("link.confirmed.already")
        outcome = answers.confirm_all(
            self.store,
            self.holder,
            _held(typed.text("held")),
            person=typed.person,
            form=name,
            day=self.day,
            now=self.now,
        )
        if outcome == "clients":
            return self.form(typed, self.say("link.refused.clients"), "person")
        if outcome in ("moved", "nothing"):
            return self.form(Typed(), self.say("link.moved"))
        key = "link.confirmed" if outcome == "confirmed" else "link.confirmed.already"
        return self._confirmed(key)

    def _confirmed(self, key: str) -> str:
        return self._done(self.say(key, day=self.day), self.say("link.confirmed.what"), mistake="confirmed")

    def _send(self, typed: Typed, answered: Answered, rest: list[str]) -> str:
        name = _name_of(typed)
        before = answers.sent_before(self.store, self.holder, name)
        if before is not None:
            return self._handed() if before == "handed" else self._done(self.say("link.done"))
        sent = answers.send(
            self.store,
            self.holder,
            answered,
            seen=typed.text("seen"),
            words=typed.words,
            rest=rest,
            form=name,
            day=self.day,
            now=self.now,
        )
        if sent.review is not None:
            asked = answers.asked(self.store, self.holder, self.day)
            told = self.say("link.refused.clients") if sent.outcome == "clients" else ""
            return self._review(typed, sent.review, rest, asked, moved=sent.outcome == "moved", told=told)
        unread = self.say("link.done.unread", n=sent.unread) if sent.unread else ""
        if sent.outcome == "handed":
            return self._handed(unread)
        silent = answered.empty or (not sent.news and sent.unread)  # nobody knew what could not be read
        what = "" if silent else self.say("link.done.what", n=sent.news, day=self.day)
        rested = self.say("link.done.rest", n=sent.rest) if sent.rest else ""
        return self._done(self.say("link.done"), what, unread, rested)

    def _handed(self, unread: str = "") -> str:
        return self._done(self.say("link.handed"), self.say("link.handed.what"), unread, mistake="handed")

    def _done(self, headline: str, *sentences: str, mistake: str = "done") -> str:
        told = self.say(f"link.{mistake}.mistake")
        return self.page.message(headline, *sentences, done=True, ask=False, keep=self.keep, mistake=told)


def _name_of(typed: Typed) -> str:
    """What the browser calls this very form with these very answers: changed ones are something else."""
    if not typed.form:
        return ""
    told = sorted((n, t) for n, t in typed.fields.items() if n not in ("seen", "lang", "held", "was"))
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


def _held(text: str) -> tuple[int, tuple[int, int]] | None:
    parts = text.split(":")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 16 for part in parts):
        return (-1, (-1, -1))  # seen nothing we know of
    count, one, other = map(int, parts)
    return count, (one, other)
