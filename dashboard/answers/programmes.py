"""The list of funding programmes, and which of them fits which gap."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.runout import LossRow, loss_rows
from etl.pipeline.programmes import store_programme
from etl.rules.finding import Finding
from etl.rules.programme_match import Match, next_deadline
from etl.rules.programmes import Programme

__all__ = ["ProgrammeRow", "programme_rows", "programmes_finding", "store_programme", "waiting_gaps"]


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """``deadline``: the next one from the day on; ``past``: its only one is over. ``fields`` are titles. ``gaps``: what
    it could pay on, as (ending, how it fits)."""

    programme: Programme
    fields: tuple[str, ...]
    deadline: dt.date | None
    past: bool
    gaps: tuple[tuple[LossRow, Match], ...]


def waiting_gaps(picture: Picture) -> tuple[LossRow, ...]:
    """Endings of which what comes after is open."""
    return tuple(row for row in loss_rows(picture) if not row.loss.secured)


def _make_rows(picture: Picture) -> tuple[ProgrammeRow, ...]:
    titles = {field.key: field.title for field in picture.facts.fields_of_action}
    fitting: dict[int, list[tuple[LossRow, Match]]] = {}
    for row in waiting_gaps(picture):
        for match in row.matches:
            fitting.setdefault(match.programme.id, []).append((row, match))
    found = []
    for one in sorted(picture.programmes, key=lambda p: (p.ended, alphabetical(p.title), p.id)):
        deadline = next_deadline(one, picture.facts.day)
        past = one.deadline is not None and deadline is None
        fields = tuple(titles[key] for key in one.fields if key in titles)
        found.append(ProgrammeRow(one, fields, deadline, past, tuple(fitting.get(one.id, ()))))
    return tuple(found)


_rows = Once[Picture, tuple[ProgrammeRow, ...]](_make_rows)


def programme_rows(picture: Picture) -> tuple[ProgrammeRow, ...]:
    """Alphabetical, ended ones last."""
    return _rows(picture)


def programmes_finding(picture: Picture) -> Finding:
    """For how many of the gaps a programme is known that would be in time with more than half."""
    living = [p for p in picture.programmes if not p.ended]
    if not living:
        return Finding("programme.headline.none")
    gaps = waiting_gaps(picture)
    if not gaps:
        return Finding("programme.headline.no_gaps", {"n": len(living)})
    helped = sum(any(match.helps for match in row.matches) for row in gaps)
    also = "programme.headline.all_helped" if helped == len(gaps) else "programme.headline.helped"
    return Finding("programme.headline", {"n": len(gaps)}, Finding(also, {"n": helped}))
