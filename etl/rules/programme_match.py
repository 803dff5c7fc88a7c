"""Which of the network's programmes could pay on where money ends, until when one has to apply, and what it takes.

A match says what fits and what nobody knows; it never says that money will come.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from etl.rules.days import add_months, months_touched
from etl.rules.facts import Facts, Funding
from etl.rules.programmes import Programme
from etl.rules.rounding import cents
from etl.rules.runout import Loss

Fit = Literal["applicants", "fields", "amount"]
#: Who is told when to apply: the funding's own list, or a programme.
PreventionSource = Literal["stated", "programme"]


@dataclass(frozen=True, slots=True)
class Match:
    """A programme for a gap. ``deadline``: the last day to apply (None: at any time, or nobody ``knows_when``),
    ``late_months``: for how long there would be no money even so. ``fits`` holds what was asked for and found,
    ``unsure`` what nobody knows. ``own``: euros per year somebody has to bring, None where gap or programme say too
    little; ``covers_little``: that is more than half."""

    programme: Programme
    deadline: dt.date | None
    late_months: int
    knows_when: bool
    fits: tuple[Fit, ...]
    unsure: tuple[Fit, ...]
    own: Decimal | None
    covers_little: bool = False

    @property
    def in_time(self) -> bool:
        return self.knows_when and self.late_months == 0

    @property
    def helps(self) -> bool:
        """Looked up, in time, and with more than half of what is lost."""
        return self.programme.checked and self.in_time and not self.covers_little and "amount" not in self.unsure


@dataclass(frozen=True, slots=True)
class Prevention:
    """What would keep a loss from happening: the day to apply by, who says so, and the own share that goes with it
    (euros per year). ``missed``: the day that was stated is past."""

    source: PreventionSource
    deadline: dt.date | None
    own: Decimal | None
    match: Match | None = None
    missed: bool = False


def prevention(loss: Loss, matches: Sequence[Match], day: dt.date) -> Prevention | None:
    """As the funding's own list says while that day is to come, else the programme that is in time and asks least; a
    stated day that is past only where no programme is in time. None where nothing is known."""
    stated = loss.funding.application_deadline
    if stated is not None and stated >= day:
        return Prevention("stated", stated, loss.own_yearly)
    best = next((match for match in matches if match.helps), None)
    if best is not None:
        return Prevention("programme", best.deadline, best.own, best)
    if stated is not None:
        return Prevention("stated", stated, loss.own_yearly, missed=True)
    if not matches:
        return None
    first = matches[0]
    return Prevention("programme", first.deadline, first.own if first.programme.checked else None, first)


def matching(loss: Loss, programmes: Iterable[Programme], facts: Facts) -> tuple[Match, ...]:
    """Programmes that may be asked: those in time first, of them what is surest and takes the least of one's own; then
    those that cover little or of which nobody knows when to apply; last those nobody has looked up."""
    types, fields = _applicant_types(loss, facts), _fields(loss, facts)
    found = [
        match
        for programme in programmes
        if not programme.ended and (match := _match(programme, loss, types, fields, facts))
    ]
    return tuple(sorted(found, key=_likely_first))


def _likely_first(match: Match) -> tuple[bool, bool, int, bool, int, Decimal, str, int]:
    programme, own = match.programme, match.own
    little = not match.knows_when or match.covers_little
    sure = own is None, len(match.unsure), own or Decimal(0)
    return not programme.checked, little, match.late_months, *sure, programme.title.casefold(), programme.id


def _match(
    programme: Programme, loss: Loss, types: frozenset[str], fields: frozenset[str], facts: Facts
) -> Match | None:
    fits: list[Fit] = []
    unsure: list[Fit] = []
    asked: tuple[tuple[Fit, tuple[str, ...], frozenset[str]], ...] = (
        ("applicants", programme.applicants, types),
        ("fields", programme.fields, fields),
    )
    for name, wanted, known in asked:
        if wanted and known and not known & set(wanted):
            return None
        if wanted:
            (fits if known else unsure).append(name)
    when = application(programme, loss.start, facts.day)
    if when is None:
        return None
    whole, own = _whole(loss), own_share(programme, loss)
    if whole is not None and programme.least_per_year is not None and whole < programme.least_per_year:
        return None
    if whole is None and (programme.least_per_year is not None or programme.most_per_year is not None):
        unsure.append("amount")
    deadline, late = when
    knows = programme.deadline is not None or programme.lead_months is not None
    little = whole is not None and own is not None and own * 2 > whole
    return Match(programme, deadline, late, knows, tuple(fits), tuple(unsure), own, little)


def application(programme: Programme, start: dt.date, day: dt.date) -> tuple[dt.date | None, int] | None:
    """(last day to apply from ``day`` on so that money flows from ``start``, months without money even so).

    None where its only deadline is past. A yearly deadline comes again; the last one that is in time counts. Where
    neither a deadline nor a time ahead is known, (None, 0) says nothing: see ``Match.knows_when``.
    """
    lead = programme.lead_months or 0
    if programme.deadline is None:
        if not lead:
            return None, 0
        latest = add_months(start, -lead)
        return (latest, 0) if latest >= day else (day, _late(add_months(day, lead), start))
    coming = [one for one in _deadlines(programme, start) if one >= day]
    if not coming:
        return None
    in_time = [one for one in coming if add_months(one, lead) <= start]
    chosen = in_time[-1] if in_time else coming[0]
    return chosen, _late(add_months(chosen, lead), start)


def _deadlines(programme: Programme, start: dt.date) -> list[dt.date]:
    first = programme.deadline
    if first is None:
        return []
    if not programme.yearly:
        return [first]
    years = min(max(start.year - first.year, 0), 30) + 2
    return [add_months(first, 12 * number) for number in range(years)]


def _late(pays_from: dt.date, start: dt.date) -> int:
    """Months between ``start`` and the first day the money could come; 0 where it is in time."""
    return 0 if pays_from <= start else max(months_touched(start, pays_from) - 1, 1)


def own_share(programme: Programme, loss: Loss) -> Decimal | None:
    """Euros per year that somebody has to bring: its share of the whole, or what is beyond what the programme pays at
    most. The whole is what is lost with the own share that went with it. None where nobody knows the share."""
    whole, most = _whole(loss), programme.most_per_year
    if whole is None:
        return None
    beyond = max(whole - most, Decimal(0)) if most is not None else Decimal(0)
    if programme.own_share is None:
        return cents(beyond) if beyond else None
    return cents(max(whole * programme.own_share / 100, beyond))


def _whole(loss: Loss) -> Decimal | None:
    return loss.yearly + (loss.own_yearly or 0) if loss.yearly is not None else None


def _applicant_types(loss: Loss, facts: Facts) -> frozenset[str]:
    """The kind of house that receives the money; where it isn't known, those that lead what it carries."""
    received = _recipient_type(loss.funding, facts)
    if received is not None:
        return frozenset((received,))
    leads = {one.measure.lead_partner or one.measure.partner for one in loss.measures}
    types = (facts.partner_by_key[key].type for key in leads if key in facts.partner_by_key)
    return frozenset(code for code in types if code)


def _recipient_type(funding: Funding, facts: Facts) -> str | None:
    said = (funding.recipient or "").casefold().strip()
    if said:
        return next(
            (p.type for p in facts.partners if said in (p.name.casefold(), (p.short_name or "").casefold())), None
        )
    partner = facts.partner_by_key.get(funding.partner or "")
    return partner.type if partner else None


def _fields(loss: Loss, facts: Facts) -> frozenset[str]:
    """Keys of the fields of action of what is lost, by its measures and the goals they serve."""
    known = {field.title.casefold(): field.key for field in facts.fields_of_action}
    said = [one.measure.field_of_action for one in loss.measures] + [one.goal.field_of_action for one in loss.goals]
    return frozenset(known[text.casefold()] for text in said if text and text.casefold() in known)


def next_deadline(programme: Programme, day: dt.date) -> dt.date | None:
    """The first deadline from ``day`` on; None where one may apply at any time or the only one is past."""
    return next((one for one in _deadlines(programme, day) if one >= day), None)
