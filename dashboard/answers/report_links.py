"""Personal links, for the office: who has one, what became of it, making and revoking them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.answers.contacts import Viewer
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from etl.model.report_links import UseRow, add_link, links_of_round, note_use, revoke_links, uses_of
from etl.model.round_closings import closings
from etl.model.store import Store
from etl.rules.facts import Round
from etl.rules.reminders import partners_in_round

#: How long a link is valid that is made after the deadline.
DAYS_AFTER = 14
_REPORTS = ("answered", "handed", "confirmed")


@dataclass(frozen=True, slots=True)
class LinkShown:
    """A link of the round. ``state`` is made, opened, answered, confirmed, handed, over or revoked; ``since`` when it
    became so; ``before`` what else was reported through it earlier, "" for nothing. ``key`` is its partner's."""

    number: int
    key: str
    partner: str
    person: str
    way: str
    last_day: dt.date
    one_device: bool
    state: str
    since: dt.datetime | None
    before: str = ""

    @property
    def holds(self) -> bool:
        return self.state not in ("over", "revoked")

    @property
    def is_open_link(self) -> bool:
        """A link the partner has and may use; the form of a phone call is none."""
        return self.holds and self.way == "link"


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link just made: its token is told this once."""

    number: int
    partner: str
    round: str
    person: str
    token: str
    last_day: dt.date
    one_device: bool


def partners_to_ask(picture: Picture, this: Round, shown: Sequence[LinkShown] = ()) -> tuple[dict[str, str], list[str]]:
    """Key -> name of all partners known, alphabetical; and the keys of those whose report is expected and missing, and
    who have no link yet among those ``shown``."""
    have = {link.key for link in shown if link.is_open_link}
    facts = picture.facts
    names = {p.key: p.short_name or p.name for p in facts.partners}
    without = (one.partner.key for one in partners_in_round(facts, this) if one.state == "nothing")
    missing = [key for key in without if key not in have]
    return dict(sorted(names.items(), key=lambda item: alphabetical(item[1]))), missing


def usual_last_day(this: Round, day: dt.date) -> dt.date:
    """A link ends with its round; one for a late report some days later."""
    return this.deadline if this.deadline >= day else day + dt.timedelta(days=DAYS_AFTER)


def links_shown(store: Store, picture: Picture, viewer: Viewer, this: Round) -> tuple[LinkShown, ...]:
    """All links of the round, newest first; none for anybody but the office."""
    if viewer.role != "coordinator":
        return ()
    with store.reading() as connection:
        rows = links_of_round(connection, this.name)
        uses = uses_of(connection, [row.id for row in rows])
        closing = closings(connection).get(this.name)
    last = {use.link: use for use in uses}
    told = _told(uses)
    names = picture.names_of(p.key for p in picture.facts.partners)
    found = []
    for row in reversed(rows):
        use = last.get(row.id)
        state, since = (use.what, use.at) if use is not None else ("made", row.created_at)
        if row.revoked_at is not None:
            state, since = "revoked", row.revoked_at
        elif state in ("made", "opened") and (
            row.last_day < picture.facts.day or (closing is not None and closing.closed_at >= row.created_at)
        ):
            state, since = "over", None
        key = picture.state.counts_as(row.partner)
        name = names.get(key, row.partner)
        before, until = _before(told.get(row.id, ()), state), row.last_day
        found.append(LinkShown(row.id, key, name, row.person, row.way, until, row.one_device, state, since, before))
    return tuple(found)


def _told(uses: Sequence[UseRow]) -> dict[int, tuple[str, ...]]:
    """Link -> what was reported through it, in order, each once."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for use in uses:
        if use.what in _REPORTS:
            found[use.link][use.what] = None
    return {link: tuple(told) for link, told in found.items()}


def _before(told: Sequence[str], state: str) -> str:
    """The latest other report than the one the state tells of: answers stay told when a tap follows."""
    return next((what for what in reversed(told) if what != state), "")


def make_links(
    store: Store,
    picture: Picture,
    viewer: Viewer,
    this: Round,
    partners: Sequence[str],
    *,
    person: str,
    last_day: dt.date,
    one_device: bool,
    way: str = "link",
    now: dt.datetime,
    by: str,
) -> tuple[str, tuple[NewLink, ...]]:
    """(``made``, the links), or ``not_yours``, ``nobody`` (no partner of the network is meant), ``over`` (the last day
    has passed already)."""
    known = {p.key: p.name for p in picture.facts.partners}
    wanted = [key for key in partners if key in known]
    if viewer.role != "coordinator":
        return "not_yours", ()
    if not wanted:
        return "nobody", ()
    if last_day < picture.facts.day:
        return "over", ()
    found = []
    with store.writing() as connection:
        for key in wanted:
            number, token = add_link(
                connection,
                key,
                round_name=this.name,
                person=person.strip() if len(wanted) == 1 else "",
                way=way,
                one_device=one_device,
                last_day=last_day,
                by=by,
                now=now,
            )
            found.append(
                NewLink(
                    number,
                    known[key],
                    this.name,
                    person.strip() if len(wanted) == 1 else "",
                    token,
                    last_day,
                    one_device,
                )
            )
            if way == "phone":
                note_use(connection, number, "opened", now)
    return "made", tuple(found)


def revoke(store: Store, viewer: Viewer, numbers: Sequence[int], *, now: dt.datetime, by: str) -> tuple[str, int]:
    """(``revoked``, how many opened something until now) or ``not_yours``."""
    if viewer.role != "coordinator":
        return "not_yours", 0
    with store.writing() as connection:
        return "revoked", revoke_links(connection, list(numbers), now, by)
