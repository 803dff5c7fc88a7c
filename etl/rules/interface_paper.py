"""The interface paper of a day: steps in their order, who is responsible, involved and informed there, and what is
open about it. A house's own word about its line counts before what somebody else's list says of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from etl.rules.days import add_months
from etl.rules.facts import Facts, Interface
from etl.rules.steps import LineWord, ProcessStep
from etl.vocabulary import normalise

ROLES = ("responsible", "involved", "informed")
#: What two lists can say differently about the same line.
COMPARED = ("role", "handover_to", "handover_how", "legal_basis", "offer", "contact", "deputy")
#: What a line that is shown takes over from another list, where its own says nothing.
_FILLED = ("role", "legal_basis", "offer", "contact", "deputy", "shared_with", "valid_as_of", "confirmed_on")


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation as written; ``key`` where the network knows it."""

    name: str
    key: str | None = None

    @property
    def same(self) -> str:
        """Equal for two spellings of one organisation."""
        return self.key or normalise(self.name)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """``how``: said (in the dashboard or by its link), delivered (its own list says the line), listed (the paper's
    own column). ``past``: for how many months it counted, where these are over."""

    day: dt.date
    how: str
    past: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What an organisation does at a step. ``line`` is the one that counts, ``lines`` all that speak of it;
    ``differing`` are the fields that another list states otherwise. ``objection``: its house said since that the line
    does not hold any more."""

    who: Named
    role: str | None
    line: Interface
    lines: tuple[Interface, ...] = ()
    receivers: tuple[Named, ...] = ()
    differing: tuple[str, ...] = ()
    confirmed: Confirmation | None = None
    objection: LineWord | None = None
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """Something open: about a step (``part`` None: everybody may know) or about one line (its house and the office
    first). ``names``: organisations it is about beside the line's own."""

    code: str
    step: str
    part: Part | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A step with its parts, responsible ones first. ``step`` None: the lists' own word for it, which is not among the
    network's steps. ``title`` is empty where the wording has it."""

    title: str
    step: ProcessStep | None
    parts: tuple[Part, ...] = ()
    flags: tuple[Flag, ...] = field(default=())

    @property
    def code(self) -> str:
        return self.step.code if self.step else self.title

    @property
    def responsible(self) -> tuple[Part, ...]:
        """One part an organisation."""
        found = {part.who.same: part for part in reversed(self.parts) if part.role == "responsible"}
        return tuple(reversed(found.values()))


@dataclass(frozen=True, slots=True)
class Paper:
    day: dt.date
    rows: tuple[Row, ...]

    @property
    def flags(self) -> tuple[Flag, ...]:
        return tuple(flag for row in self.rows for flag in row.flags)

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(part for row in self.rows for part in row.parts)


def paper_of(facts: Facts, steps: Sequence[ProcessStep], words: Sequence[LineWord], months: int) -> Paper:
    """``months``: how long a confirmation counts."""
    latest = {word.record: word for word in sorted(words, key=lambda w: (w.day, w.at)) if word.day <= facts.day}
    by_step: dict[str, list[Interface]] = {}
    for line in facts.interfaces:
        by_step.setdefault(_step_of(line, steps), []).append(line)
    rows = [(Row(s.title, s), by_step.pop(s.code, [])) for s in steps if not s.ended or s.code in by_step]
    rows += [(Row(lines[0].step, None), lines) for lines in by_step.values()]
    since = add_months(facts.day, -months)
    parts = ([_aged(part, since, months) for part in _parts(lines, latest, facts.day)] for _, lines in rows)
    told = (replace(row, parts=tuple(found)) for (row, _), found in zip(rows, parts, strict=True))
    return Paper(facts.day, tuple(replace(row, flags=tuple(_flags(row))) for row in told))


def _aged(part: Part, since: dt.date, months: int) -> Part:
    confirmed = part.confirmed
    old = confirmed is not None and confirmed.day < since
    return replace(part, confirmed=replace(confirmed, past=months)) if confirmed and old else part


def _step_of(line: Interface, steps: Sequence[ProcessStep]) -> str:
    """The code of the step a line names by its title or one of its words; else its own word."""
    said = normalise(line.step)
    titled = {normalise(step.title): step.code for step in reversed(steps) if step.title}
    worded = {normalise(word): step.code for step in reversed(steps) for word in step.words}
    return titled.get(said) or worded.get(said) or said


def _parts(lines: Iterable[Interface], latest: dict[str, LineWord], day: dt.date) -> tuple[Part, ...]:
    groups: dict[str, list[Interface]] = {}
    for line in lines:
        groups.setdefault(_who(line).same, []).append(line)
    parts = [part for group in groups.values() for part in _counting(group, latest, day)]
    spoken = {part.who.same for part in parts}
    for line in (line for group in groups.values() for line in group):
        for role, named in (("involved", line.involved), ("informed", line.informed)):
            for name, key in named:
                who = Named(name, key)
                if who.same not in spoken:
                    spoken.add(who.same)
                    parts.append(Part(who, role, line, (line,), beside=True))
    return tuple(sorted(parts, key=lambda p: (_rank(p.role), p.beside, p.who.name.casefold(), p.line.key)))


def _who(line: Interface) -> Named:
    return Named(line.organisation or "", line.organisation_key)


def _rank(role: str | None) -> int:
    return ROLES.index(role) if role in ROLES else len(ROLES)


def _counting(group: Sequence[Interface], latest: dict[str, LineWord], day: dt.date) -> Iterator[Part]:
    """The house's own lines, else everybody's; of what others say the one that fits best goes with each."""
    own = [line for line in group if line.partner == line.organisation_key and line.partner]
    others = [line for line in group if line not in own]
    if not own:
        newest = _newest(others)
        own, others = [line for line in others if line.partner == newest], [o for o in others if o.partner != newest]
    for line in own:
        alike = sorted(others, key=lambda other: (other.role != line.role, other.offer != line.offer, other.key))[:1]
        if alike:
            others.remove(alike[0])
        rest = tuple(others) if line is own[-1] else ()
        yield _part(line, (*alike, *rest), latest, day)


def _newest(lines: Sequence[Interface]) -> str | None:
    """Who spoke last; of several on one day the first one in the order of keys."""
    return min(lines, key=lambda line: (-(line.reported_on or dt.date.min).toordinal(), line.key)).partner


def _part(line: Interface, others: tuple[Interface, ...], latest: dict[str, LineWord], day: dt.date) -> Part:
    shown = line
    for other in others:
        missing = {n: getattr(other, n) for n in _FILLED if getattr(shown, n) is None and getattr(other, n) is not None}
        shown = replace(shown, **missing)
    words = [
        latest[one.key]
        for one in (line, *others)
        if one.key in latest and latest[one.key].partner == line.organisation_key
    ]
    said = max(words, key=lambda w: (w.day, w.at), default=None)
    confirmed = max(_confirmations(line, others, said, day), key=lambda c: c.day, default=None)
    objects = said is not None and not said.holds and (confirmed is None or confirmed.day <= said.day)
    return Part(
        who=_who(line),
        role=shown.role,
        line=shown,
        lines=(line, *others),
        receivers=tuple(Named(n, k) for n, k in zip(line.handover_to, line.handover_keys, strict=True)),
        differing=tuple(n for n in COMPARED if any(_differs(line, other, n) for other in others)),
        confirmed=confirmed,
        objection=said if objects else None,
    )


def _differs(line: Interface, other: Interface, name: str) -> bool:
    """Only what both state, or a hand-over that only one of them knows, differs."""
    one, two = getattr(line, name), getattr(other, name)
    if name == "handover_to":
        return {key or n for n, key in zip(one, line.handover_keys, strict=True)} != {
            key or n for n, key in zip(two, other.handover_keys, strict=True)
        }
    return bool(one) and bool(two) and one != two


def _confirmations(
    line: Interface, others: Iterable[Interface], said: LineWord | None, day: dt.date
) -> Iterator[Confirmation]:
    if said is not None and said.holds:
        yield Confirmation(said.day, "said")
    for one in (line, *others):
        if one.partner == one.organisation_key and one.partner and one.reported_on and one.reported_on <= day:
            yield Confirmation(one.reported_on, "delivered")
        if one.confirmed_on and one.confirmed_on <= day:
            yield Confirmation(one.confirmed_on, "listed")


def _flags(row: Row) -> Iterator[Flag]:
    """About the step first, then line by line."""
    responsible = row.responsible
    if not row.parts:
        yield Flag("nobody", row.title)
    elif not responsible:
        yield Flag("none_responsible", row.title)
    elif len(responsible) > 1:
        yield Flag("several_responsible", row.title, names=tuple(part.who.name for part in responsible))
    ring = _ring(row.parts)
    if ring:
        yield Flag("ring", row.title, names=ring)
    if row.step is None:
        yield Flag("step_unknown", row.title)
    for part in row.parts:
        for code, names in _line_flags(part):
            yield Flag(code, row.title, part, names)


def _line_flags(part: Part) -> Iterator[tuple[str, tuple[str, ...]]]:
    line = part.line
    if part.beside:
        return
    if line.handover_how and not part.receivers:
        yield "no_receiver", ()
    for receiver in part.receivers:
        if receiver.same == part.who.same:
            yield "receiver_itself", ()
        elif receiver.key is None:
            yield "receiver_unknown", (receiver.name,)
    if not part.who.name:
        yield "without_organisation", ()
    elif part.who.key is None:
        yield "organisation_unknown", ()
    if part.role is None:
        yield "without_role", ()
    if line.vacant:
        yield "contact_vacant", ()
    if part.objection:
        yield "objection", ()
    elif part.confirmed is None:
        yield "unconfirmed", ()
    elif part.confirmed.past is not None:
        yield "confirmed_long_ago", ()
    if part.differing:
        yield "said_differently", ()


def _ring(parts: Sequence[Part]) -> tuple[str, ...]:
    """Names along the first hand-over within a step that comes back to where it began; two houses are enough."""
    names = {part.who.same: part.who.name for part in parts}
    following: dict[str, dict[str, None]] = {}
    for part in parts:
        ways = {r.same: None for r in part.receivers if r.same in names and r.same != part.who.same}
        following.setdefault(part.who.same, {}).update(ways)
    for start in following:
        trails: list[tuple[str, ...]] = [(start,)]
        seen = {start}
        for trail in trails:
            ways = following.get(trail[-1], {})
            if start in ways:
                return tuple(names[one] for one in trail)
            trails += [(*trail, one) for one in ways if one not in seen]
            seen |= ways.keys()
    return ()
