"""Before a file is accepted: what would come of it, what is asked first, and whether the office has to look."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.answers.consequences import Consequences, Fewer, RatingChange, Reason, of_accepting, of_undoing
from dashboard.answers.reviews import Standing, Word, standing_of
from dashboard.answers.uploads import Preview, WaitingFile, may_accept
from dashboard.answers.what_changes import matching, met_corrections, what_changes
from dashboard.parts.blocks import note, section
from dashboard.parts.context import Context
from dashboard.parts.deliveries import decide_later, viewer_of
from dashboard.parts.delivery_changes import (
    changes_markup,
    corrections_markup,
    how_many,
    ratings_markup,
    shown_markup,
    undo_markup,
)
from dashboard.parts.html import Markup, plain_label, show, tag
from dashboard.parts.no_clients import no_clients

#: From so many records on one can search among them.
_SEARCHED_FROM = 8
#: Characters of a partner's sentence beside a rating.
_LONGEST_WORD = 400


@dataclass(frozen=True, slots=True)
class Way:
    """How this viewer may decide: ``accept``, ``ask`` (the office has to look) or "" (it is not theirs to decide now).

    ``ready``: what was asked first is answered; ``worse`` are ratings a sentence may be set beside.
    """

    decision: str = ""
    ready: bool = True
    worse: tuple[RatingChange, ...] = ()
    standing: Standing | None = None


def show_consequences(context: Context, file: WaitingFile, preview: Preview) -> Way:
    """What would change, whose ratings, and who will see it; then what is asked."""
    show(section(context.say("deliveries.changes")))
    changes = what_changes(preview, context.picture())
    show(corrections_markup(met_corrections(preview, context.picture()), context.say, context.language))
    sought = ""
    if how_many(changes) >= _SEARCHED_FROM:
        sought = st.text_input(context.say("deliveries.search"), key=f"delivery-search-{file.id}")
    show(changes_markup(matching(changes, sought), context.say, context.language, sought=sought.strip()))
    if preview.outcome == "unchanged" or not may_accept(preview, viewer_of(context)):
        return Way()
    found = _consequences(context, file, preview)
    if found is None:
        return Way("accept")
    show(ratings_markup(found.ratings, found.rated, context.say, context.language))
    show(shown_markup(found.shown, context.say))
    return _way(context, file, found)


def _consequences(context: Context, file: WaitingFile, preview: Preview) -> Consequences | None:
    store = context.store
    read = (file.id, preview.sender.name, preview.sha256, preview.importer, str(preview.stored_corrections()))
    with st.spinner(context.say("deliveries.foreseeing")):
        return _kept(store.url, store.version(), read, context.day, context.role, context.own_partner, context, preview)


@st.cache_resource(max_entries=8, show_spinner=False)
def _kept(
    url: str,
    version: int,
    read: tuple[str, ...],
    day: dt.date,
    role: str,
    partner: str | None,
    _context: Context,
    _preview: Preview,
) -> Consequences | None:
    return of_accepting(_context.store, _preview, _context.picture(), viewer_of(_context), now=_context.now)


def _way(context: Context, file: WaitingFile, found: Consequences) -> Way:
    standing = standing_of(context.store, file)
    if standing is not None and not context.is_office:
        show(_standing(context, standing))
        if standing.answer is None:
            return Way(standing=standing)
    if standing is not None and context.is_office:
        _given(context, standing, found)
        return Way("accept", _sure(context, file, found.fewer), standing=standing)
    if found.reasons:
        show(tag("p", _why(context, found.reasons), class_="rt-told"))
    _words(context, file, found.worse)
    return Way("ask" if found.reasons else "accept", _sure(context, file, found.fewer), found.worse, standing)


def _standing(context: Context, standing: Standing) -> Markup:
    if standing.answer is None:
        return tag("p", context.say("deliveries.office.waits", when=standing.asked_at), class_="rt-told")
    told = context.say("deliveries.office.sent_back", person=standing.answered_by or "–")
    return tag("p", tag("b", told), " ", standing.answer, class_="rt-told")


def _given(context: Context, standing: Standing, found: Consequences) -> None:
    """For the office: who said yes, and the sentences that come with it."""
    show(
        tag(
            "p",
            context.say("deliveries.office.asked", person=standing.asked_by, when=standing.asked_at),
            class_="rt-told",
        )
    )
    titles = {change.key: change.title for change in found.ratings}
    for record, word in standing.words.items():
        show(note(context.say("deliveries.word.given", title=titles.get(record, record), text=word.text)))


def _why(context: Context, reasons: Sequence[Reason]) -> str:
    what = _counted(context, reasons)
    return context.say("deliveries.office.network", what=what) if what else context.say("deliveries.office.policy")


def _counted(context: Context, reasons: Sequence[Reason]) -> list[str]:
    """„1 Ziel“, „2 Indikatoren“: what of the network's would change."""
    counted = Counter(reason.kind for reason in reasons if reason.kind)
    return [context.say(f"kind_count.{kind}", n=n) for kind, n in counted.items()]


def _sure(context: Context, file: WaitingFile, fewer: Sequence[Fewer]) -> bool:
    """A list that names far fewer records than the one before may be the wrong file: ask."""
    if not fewer:
        return True
    for found in fewer:
        values = {"n": found.now, "last": context.say(f"kind_count.{found.kind}", n=found.last), "share": found.share}
        show(tag("p", context.say("deliveries.fewer", **values), class_="rt-told"))
    return st.checkbox(context.say("deliveries.fewer.sure"), key=f"delivery-sure-{file.id}")


def _words(context: Context, file: WaitingFile, worse: Sequence[RatingChange]) -> None:
    """A sentence of the partner's own beside each rating that would be shown as worse."""
    if not worse:
        return
    show(
        section(context.say("deliveries.word")),
        no_clients(context.say, context.say("deliveries.word.hint", n=len(worse))),
    )
    for change in worse:
        label = plain_label(context.say("deliveries.word.beside", title=change.title))
        st.text_input(label, key=_word_key(file, change), max_chars=_LONGEST_WORD)


def _word_key(file: WaitingFile, change: RatingChange) -> str:
    return f"delivery-word-{file.id}-{change.key}"


def show_undoing(context: Context, number: int) -> bool:
    """What taking a delivery back would change today; False where this viewer may not do it."""
    store, say = context.store, context.say
    with st.spinner(say("deliveries.foreseeing")):
        found = of_undoing(store, number, context.picture(), viewer_of(context), now=context.now)
    if found is None:
        return False
    show(section(say("deliveries.undo.what")), undo_markup(found.changes, say, context.language))
    show(ratings_markup(found.ratings, 0, say, context.language))
    if found.reasons:
        show(tag("p", say("deliveries.undo.for_office", what=_counted(context, found.reasons)), class_="rt-told"))
    return not found.reasons


def decide(way: Way, file: WaitingFile, preview: Preview, remember: bool) -> None:
    """Callback of the button: what was written last counts, also where the run before did not see it yet.

    ``remember`` its corrected columns: asked again of the office where it has to look.
    """
    texts = {c.key: (c.after or "", str(st.session_state.get(_word_key(file, c), ""))) for c in way.worse}
    words = {key: Word(rating, text.strip()) for key, (rating, text) in texts.items() if text.strip()}
    decide_later(way.decision, file, preview, words, *([remember] if way.decision == "accept" else []))
