"""What the page behind a personal link shows and takes: a partner's own measures, its answers, what comes of them."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.answers.consequences import RatingChange, of_accepting
from dashboard.answers.contacts import Viewer
from dashboard.answers.picture import Picture, picture
from etl.issues import DeliveryRefused, Issue
from etl.model.drafts import add_waiting, keep_corrections, waiting_files
from etl.model.judgements import root_of
from etl.model.partner_words import Word
from etl.model.report_links import LinkRow, note_use, use_of_form
from etl.model.reviews import ask_office, find_review
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline import Preview, StaleComparison, accept_delivery, preview_delivery
from etl.pipeline.authority import NeedsOffice
from etl.pipeline.confirm import Seen, confirm, confirm_each, own_records, seen_of
from etl.pipeline.enter import EntryRefused
from etl.pipeline.form.questions import QUESTIONS, STATUSES, Asked, asked_of
from etl.pipeline.form.understood import AnsweredRecord, answered_records
from etl.pipeline.form.understood import seen_of as shown_as
from etl.pipeline.form.workbook import Answered, FormFile, Row, form_file
from etl.pipeline.single_clients import tells_of_client
from etl.wording import say

__all__ = ["QUESTIONS", "STATUSES", "Answered", "AnsweredRecord", "Asked", "Issue", "Row", "Word"]

_CLIENTS = "file_single_clients"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has opened a link: for which partner, until when. ``writer`` is who of the office writes down what is said
    on the phone; ``person`` whom the link was made for."""

    link: int
    partner: str
    name: str
    way: str
    person: str
    round: str | None
    last_day: dt.date
    writer: str = ""

    @property
    def uploader(self) -> str:
        """Under which name its answers wait for the office."""
        return f"link:{self.link}"

    @property
    def viewer(self) -> Viewer:
        return Viewer("coordinator") if self.way == "phone" else Viewer("partner", self.partner)


@dataclass(frozen=True, slots=True)
class Handed:
    """Answers that wait for the office, or (``answer``) that it sent back with a sentence."""

    when: dt.datetime
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What answers would change. ``seen`` stands for what is shown; ``refused`` why nothing of it can be taken."""

    records: tuple[AnsweredRecord, ...] = ()
    worse: tuple[RatingChange, ...] = ()
    seen: str = ""
    refused: Issue | None = None

    @property
    def news(self) -> int:
        return sum(answer.how in ("taken", "marked") for record in self.records for answer in record.answers)

    @property
    def unread(self) -> int:
        """Answers that cannot be taken as they were given."""
        return sum(answer.how == "not_read" for record in self.records for answer in record.answers)

    @property
    def about_clients(self) -> bool:
        return self.refused is not None and self.refused.code.startswith(_CLIENTS)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of answers: done, handed (to the office), moved (the store has: ``review`` is the new comparison) or
    refused (for a sentence about a single client: ``clients``). ``news`` counts new answers, ``unread`` those that were
    not taken, ``rest`` measures confirmed beside them."""

    outcome: str
    news: int = 0
    rest: int = 0
    unread: int = 0
    review: Review | None = None


def holder_of(store: Store, link: LinkRow, writer: str = "") -> Holder:
    with store.reading() as connection:
        partner = root_of(connection, link.partner)
        known = state_on(connection, kinds=["partner"]).find(partner)
    name = str(known.value("name")) if known is not None and known.value("name") else link.partner
    return Holder(link.id, partner, name, link.way, link.person, link.round, link.last_day, writer)


def asked(store: Store, holder: Holder, day: dt.date) -> tuple[Asked, ...]:
    """The partner's own measures with what is known of them on ``day``."""
    with store.reading() as connection:
        state = state_on(connection, day, partner=holder.partner, apart=True)
        everything = state_on(connection, day, kinds=["measure", "contact", "partner"])
    return asked_of(state, holder.partner, everything)


def handed(store: Store, holder: Holder) -> tuple[Handed, ...]:
    """What came through this link and the office has not taken over."""
    with store.reading() as connection:
        files = waiting_files(connection, holder.uploader)
        reviews = [(file, find_review(connection, file.id)) for file in files]
    return tuple(Handed(file.uploaded_at, row.answer) for file, row in reviews if row is not None)


def seen_now(store: Store, holder: Holder, day: dt.date) -> Seen:
    """What one tap would confirm: everything the partner has reported, as it is known now."""
    with store.reading() as connection:
        return seen_of(own_records(state_on(connection, day, partner=holder.partner), holder.partner))


def sent_before(store: Store, holder: Holder, form: str) -> str | None:
    """What a form of this name led to, where it was sent before: sending it again is no second time."""
    with store.reading() as connection:
        row = use_of_form(connection, holder.link, form) if form else None
    return str(row.what) if row is not None else None


def confirm_all(
    store: Store, holder: Holder, seen: Seen | None, *, person: str, form: str, day: dt.date, now: dt.datetime
) -> str:
    """One tap: nothing has changed. ``confirmed``, ``already``, ``moved`` (something was reported meanwhile),
    ``nothing`` (there is nothing to confirm) or ``clients`` (a name that tells of a single client)."""
    by, reason = _said_by(holder, person, day)
    codes = {"confirmed_already": "already", "changed_since": "moved", "nothing_to_confirm": "nothing"}
    codes |= {"single_client": "clients"}
    try:
        entry = confirm(store, holder.partner, day=day, person=by, now=now, seen=seen, reason=reason)
    except EntryRefused as refused:
        return codes[refused.code]
    _note(store, holder, "confirmed", now, form, entry)
    return "confirmed"


def review(store: Store, holder: Holder, answered: Answered, *, day: dt.date, now: dt.datetime) -> Review:
    """What the answers would change, compared with what is known now. Changes nothing."""
    if answered.empty:
        return Review()
    made = form_file(answered, now)
    found = _preview(store, holder, made, now)
    if isinstance(found, Issue):
        return Review(refused=found)
    return _review(store, holder, made, found, day, now)


def _preview(store: Store, holder: Holder, made: FormFile, now: dt.datetime) -> Preview | Issue:
    try:
        preview = preview_delivery(
            store,
            made.content,
            made.file,
            partner=holder.name,
            now=now,
            corrections=made.corrections,
        )
    except DeliveryRefused as refused:
        return refused.issue
    assert preview.sender.key == holder.partner, "the name of a partner leads to another one"
    return preview


def _review(store: Store, holder: Holder, made: FormFile, preview: Preview, day: dt.date, now: dt.datetime) -> Review:
    found = of_accepting(store, preview, _picture(store, day), holder.viewer, now=now)
    worse = found.worse if found is not None else ()
    return Review(answered_records(preview, made), worse, shown_as(preview))


def send(
    store: Store,
    holder: Holder,
    answered: Answered,
    *,
    seen: str,
    words: Mapping[str, str],
    rest: Sequence[str],
    form: str,
    day: dt.date,
    now: dt.datetime,
) -> Sent:
    """Accept the answers as they were shown (``seen``), and confirm the ``rest`` (keys of measures) as unchanged.

    ``words``: the partner's sentences beside ratings. Where the office wants to look first, they wait for it.
    """
    by, reason = _said_by(holder, answered.person, day)
    if tells_of_client([by, reason, answered.person, *words.values()]):
        return Sent("clients", review=review(store, holder, answered, day=day, now=now))
    if answered.empty:
        return Sent("done", rest=_rest(store, holder, answered, rest, day, now, form))
    made = form_file(answered, now)
    preview = _preview(store, holder, made, now)
    if isinstance(preview, Issue):
        return Sent("refused", review=Review(refused=preview))
    shown = _review(store, holder, made, preview, day, now)
    if shown.seen != seen:
        return Sent("moved", review=shown)
    said = {c.key: Word(c.after or "", words[c.key]) for c in shown.worse if words.get(c.key)}
    try:
        accepted = accept_delivery(
            store,
            preview,
            now=now,
            by=answered.person or holder.name,
            accepted_by=holder.writer or None,
            for_partner=None if holder.way == "phone" else holder.partner,
            words=said,
        )
    except NeedsOffice:
        _hand_over(store, holder, made, said, by, now, form)
        return Sent("handed", shown.news, unread=shown.unread)
    except StaleComparison as stale:
        return Sent("moved", review=_review(store, holder, made, stale.preview, day, now))
    _note(store, holder, "answered", now, form, accepted.number)
    return Sent("done", shown.news, _rest(store, holder, answered, rest, day, now, ""), shown.unread)


def _hand_over(
    store: Store,
    holder: Holder,
    made: FormFile,
    words: Mapping[str, Word],
    by: str,
    now: dt.datetime,
    form: str,
) -> None:
    with store.writing() as connection:
        waiting = add_waiting(
            connection, made.content, partner=holder.name, file=made.file, person=holder.uploader, at=now
        )
        keep_corrections(connection, waiting, made.corrections.as_data())
        ask_office(connection, waiting, holder.partner, words, by=by, at=now)
        note_use(connection, holder.link, "handed", now, form=form or None)


def _rest(
    store: Store, holder: Holder, answered: Answered, keys: Sequence[str], day: dt.date, now: dt.datetime, form: str
) -> int:
    if not keys:
        return 0
    by, reason = _said_by(holder, answered.person, day)
    done = confirm_each(store, holder.partner, keys, day=day, person=by, now=now, reason=reason)
    if form:
        _note(store, holder, "confirmed", now, form, None)
    return done


def _said_by(holder: Holder, person: str, day: dt.date) -> tuple[str, str]:
    """Whose word an entry is, and how it came."""
    told = person or holder.person or holder.name
    reason = say("de", f"link.reason.{holder.way}", person=told, day=day)
    return (holder.writer or told)[:120], reason


def _note(store: Store, holder: Holder, what: str, now: dt.datetime, form: str, source: int | None) -> None:
    with store.writing() as connection:
        if not form or use_of_form(connection, holder.link, form) is None:
            note_use(connection, holder.link, what, now, form=form or None, source=source)


#: The picture of the newest version, for what comes of answers; one store is served in a process.
_pictures: dict[tuple[str, int, dt.date], Picture] = {}
_making = threading.Lock()


def _picture(store: Store, day: dt.date) -> Picture:
    wanted = (store.url, store.version(), day)
    with _making:
        if wanted not in _pictures:
            _pictures.clear()
            _pictures[wanted] = picture(store, day)
        return _pictures[wanted]
