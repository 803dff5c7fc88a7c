"""Where the network would tear, as far as it concerns who looks: the office everything, a partner what is about it.

A body sees a spot when the office puts it on an agenda, as an item like any other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.answers.contacts import Viewer
from dashboard.answers.cooperations import partner_name, taking_part
from dashboard.answers.meetings import MeetingView
from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from etl.model.accounts import User
from etl.model.meetings import agenda
from etl.model.spots import spot_comments
from etl.model.store import Store
from etl.pipeline.authority import NotYours
from etl.pipeline.enter import EntryRefused
from etl.pipeline.spots import comment_spot, may_comment, take_back_comment
from etl.rules.cooperation_rules import living
from etl.rules.finding import Finding
from etl.rules.fragile import SPOT_KINDS, Spot, SpotKind, fragile_spots
from etl.rules.gaps import is_active
from etl.rules.meeting import Item
from etl.wording import LANGUAGES
from etl.wording import say as in_language

Say = Callable[..., str]

ROWS_PER_PAGE = 60
#: A hint, counted apart: several persons, none of whom is named as deputy.
HINT: SpotKind = "no_deputy"
_OF_CONTACT = ("contact_name", "function", "deputy")
#: As many of those that hang on a bridge are named.
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said about a spot. ``house``: whom they speak for; ``mine``: may be taken back by who looks."""

    number: int
    text: str
    by: str
    house: str | None
    day: dt.datetime
    mine: bool


@dataclass(frozen=True, slots=True)
class SpotRow:
    """A spot as it is told: what it is, what would mend it, what was said about it."""

    spot: Spot
    told: Finding
    mend: Finding
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class SpotPage:
    """``rows`` of one page by kind, ``counts`` of all seen by kind; ``chosen`` the one that was opened."""

    rows: tuple[SpotRow, ...]
    counts: dict[SpotKind, int]
    chosen: SpotRow | None
    page: int
    pages: int
    every: tuple[SpotRow, ...]


def _every(picture: Picture) -> tuple[Spot, ...]:
    return fragile_spots(picture.facts, picture.thresholds, taking_part(picture))


#: ``every_spot(picture)``: all of them, for those who may see them.
every_spot: Once[Picture, tuple[Spot, ...]] = Once(_every)


def sees_spots(role: str, partner: str | None) -> bool:
    """Whether somebody is told of spots at all."""
    return role == "coordinator" or (role != "observer" and partner is not None)


def spots_seen(picture: Picture, viewer: Viewer) -> tuple[Spot, ...]:
    if not sees_spots(viewer.role, viewer.partner):
        return ()
    return tuple(spot for spot in every_spot(picture) if any(viewer.sees_received(key) for key in spot.partners))


def spots_headline(picture: Picture, viewer: Viewer) -> Finding:
    """How many spots hang on one; that no deputy is named among several is a hint, counted apart."""
    seen = spots_seen(picture, viewer)
    hints = sum(spot.kind == HINT for spot in seen)
    also = Finding("fragile.headline.hints", {"n": hints}) if hints else None
    code = "fragile.headline.all" if viewer.role == "coordinator" else "fragile.headline.own"
    return Finding(code, {"n": len(seen) - hints}, also)


def spot_page(store: Store, picture: Picture, viewer: Viewer, page: int = 1, chosen: str | None = None) -> SpotPage:
    """The spots that ``viewer`` may see."""
    with store.reading() as connection:
        said = spot_comments(connection, picture.state.known_on)
    comments: dict[str, list[Comment]] = {}
    names = picture.names_of({row.partner for row in said if row.partner})
    for row in said:
        mine = viewer.sees_received(row.partner)
        told = Comment(row.id, row.text, row.by, names.get(row.partner or ""), row.at, mine)
        comments.setdefault(row.spot, []).append(told)
    seen = {spot.key for spot in spots_seen(picture, viewer)}
    rows = tuple(
        replace(row, comments=tuple(comments[row.spot.key])) if row.spot.key in comments else row
        for row in _ROWS(picture)
        if row.spot.key in seen
    )
    pages = max(1, -(-len(rows) // ROWS_PER_PAGE))
    page = min(page, pages)
    return SpotPage(
        rows=rows[(page - 1) * ROWS_PER_PAGE : page * ROWS_PER_PAGE],
        counts={kind: sum(row.spot.kind == kind for row in rows) for kind in SPOT_KINDS},
        chosen=next((row for row in rows if row.spot.key == chosen), None),
        page=page,
        pages=pages,
        every=rows,
    )


def _rows(picture: Picture) -> tuple[SpotRow, ...]:
    """All spots in their order, nobody's comments with them."""
    rows = (_row(spot, picture) for spot in every_spot(picture))
    return tuple(sorted(rows, key=_order))


_ROWS: Once[Picture, tuple[SpotRow, ...]] = Once(_rows)


def _order(row: SpotRow) -> tuple[int, tuple[str, str], str]:
    """By kind, agreements by title, all others by whom they are about."""
    name = str(row.told.values.get("title") or row.told.values["partner"])
    return SPOT_KINDS.index(row.spot.kind), alphabetical(name), row.spot.key


def _row(spot: Spot, picture: Picture) -> SpotRow:
    facts = picture.facts
    names = [partner_name(facts.partner_by_key[key]) for key in spot.partners if key in facts.partner_by_key]
    values: dict[str, object] = {"partner": names[0] if names else "", "n": spot.n}
    told: str = spot.kind
    mend: str = spot.kind
    if spot.day is not None:
        values["day"] = spot.day
    if spot.kind == "goal_on_one":
        goal = facts.goal_by_key[spot.record or ""]
        values["goal"] = goal.id or goal.short_title or goal.title
        helpers = sorted(picture.names_of(key for part in spot.parts for key in part).values(), key=alphabetical)
        values["helpers"] = helpers
        mend = "goal_on_one" if helpers else "goal_on_one_alone"
    elif spot.record is not None:
        values["title"] = facts.cooperation_by_key[spot.record].title
        values["partners"] = sorted(names, key=alphabetical)
    elif spot.kind == "bridge":
        values["hanging"] = sorted(names[1:], key=alphabetical)[:_NAMED]
        values["n"] = len(names) - 1
        told = "bridge_of_many" if len(names) - 1 > _NAMED else told
    return SpotRow(spot, Finding(f"fragile.spot.{told}", values), Finding(f"fragile.mend.{mend}", values))


def behind(picture: Picture, viewer: Viewer, chosen: str | None) -> Iterator[tuple[str, Sequence[str]]]:
    """What the number in the headline counts, one record a spot; where one is ``chosen``, all that it rests on."""
    seen = spots_seen(picture, viewer)
    if not chosen:
        yield from (_counted(picture, spot) for spot in seen if spot.kind != HINT)
        return
    facts, together = picture.facts, taking_part(picture)
    for spot in (one for one in seen if one.key == chosen):
        about = spot.partners[0]
        if spot.kind in ("agreement_over", "agreement_ends"):
            yield spot.record or "", ("end", "agreement", "status")
        elif spot.kind == "goal_on_one":
            goals = (spot.record or "", *(goal.key for goal in facts.children_of.get(spot.record or "", ())))
            active = {m.key for goal in goals for m in facts.measures_of_goal.get(goal, ()) if is_active(m)}
            yield from ((key, ("lead_org", "partners", "status")) for key in sorted(active))
        elif spot.kind == "bridge":
            own = (c for c in living(facts) if about in together[c.key])
            yield from ((cooperation.key, ("partner_a", "partner_b", "status")) for cooperation in own)
        elif spot.kind == "no_contact":
            yield about, ("name",)
        else:
            found = (contact for contact in facts.contacts if contact.partner == about)
            yield from ((contact.key, _OF_CONTACT) for contact in found)


def _counted(picture: Picture, spot: Spot) -> tuple[str, Sequence[str]]:
    about = spot.partners[0]
    if spot.kind in ("agreement_over", "agreement_ends"):
        return spot.record or "", ("end", "agreement", "status")
    if spot.kind == "goal_on_one":
        return spot.record or "", ("title",)
    own = [c for c in picture.facts.contacts if c.partner == about]
    if spot.kind == "vacant":
        own = [c for c in own if c.vacant]
    elif spot.kind == "unconfirmed":
        own = [c for c in own if c.reported_on == spot.day]
    elif spot.kind == "single_contact":
        own = [c for c in own if not c.vacant]
    else:
        own = []
    return (own[0].key, _OF_CONTACT) if own else (about, ("name",))


def can_comment(user: User, spot: Spot) -> bool:
    return may_comment(user, spot.partners)


def comment(store: Store, picture: Picture, user: User, spot: str, text: str, *, now: dt.datetime) -> str:
    """Say something about a spot that this person sees; what came of it: ``said``, ``not_yours``, or why it was
    refused."""
    viewer = Viewer(user.role, user.partner)
    found = next((one for one in spots_seen(picture, viewer) if one.key == spot), None)
    if found is None:
        return "not_yours"
    try:
        comment_spot(store, user, spot, found.partners, text, now=now)
    except NotYours:
        return "not_yours"
    except EntryRefused as refused:
        return refused.code
    return "said"


def take_back(store: Store, user: User, number: int, *, now: dt.datetime) -> str:
    try:
        take_back_comment(store, user, number, now=now)
    except NotYours:
        return "not_yours"
    return "taken_back"


def already_on(store: Store, meetings: Sequence[MeetingView], row: SpotRow) -> list[MeetingView]:
    """The meetings on whose agenda the spot stands by its words, whichever language it was put there in."""
    titles = {in_language(language, row.told.code, **row.told.values) for language in LANGUAGES}
    with store.reading() as connection:
        return [one for one in meetings if any(item.title in titles for item in agenda(connection, one.key))]


def item_for(row: SpotRow, meeting: str, say: Say) -> Item:
    """The spot as an item of an agenda: what it is, what would mend it, what the partners say."""
    spot = row.spot
    return Item(
        id=0,
        meeting=meeting,
        place=0,
        origin="own",
        title=say(row.told.code, **row.told.values),
        records=(spot.record,) if spot.record else (),
        proposal=say(row.mend.code, **row.mend.values),
        minutes=10,
    )
