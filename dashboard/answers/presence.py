"""Partners in fields of action and for goals: who leads something active there, who takes part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.answers.cooperation_choice import partners_shown
from dashboard.answers.cooperations import Seat, seats_of, taking_part, working_in
from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.selection import EVERYTHING, Selection
from etl.rules.cooperation_rules import living
from etl.rules.facts import Facts, Goal
from etl.rules.finding import Finding
from etl.rules.findings import cooperations_matrix_finding
from etl.rules.gaps import is_active

#: Partners on one page of a matrix, and the most goals it has columns for.
ROWS_PER_PAGE, MOST_GOALS = 60, 30


@dataclass(frozen=True, slots=True)
class Presence:
    """A partner's row of the matrix: per column ``leads``, ``takes_part`` or None."""

    partner: Seat
    cells: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A field of action or goal: what stands above the column, in short and at length. ``name`` and the partner's key
    name what is counted in a cell, for ``sum_of``; ``goal`` is the goal's key."""

    short: str
    name: str
    title: str = ""
    goal: str | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """``field``: the only one whose goals are shown, where all would be too many columns; ``fields`` are those to
    choose from."""

    columns: tuple[Column, ...]
    rows: tuple[Presence, ...]
    page: int = 1
    pages: int = 1
    field: str | None = None
    fields: tuple[str, ...] = ()


def matrix_headline(picture: Picture) -> Finding:
    return cooperations_matrix_finding(picture.facts)


def goals_headline(picture: Picture) -> Finding:
    """For how many goals nobody works, only one partner, or several."""
    roles = _FOR_GOALS(picture)
    present = [len(roles[goal.key]) for goal in picture.facts.goals if goal.level != "lead_goal"]
    if not present:
        return Finding("finding.goal_matrix.no_goals")
    empty, single = present.count(0), present.count(1)
    also = Finding("finding.goal_matrix.single", {"n": single}) if single else None
    if empty:
        return Finding("finding.goal_matrix.empty", {"n": empty}, also)
    return also or Finding("finding.goal_matrix.shared", {"n": len(present)})


def field_matrix(picture: Picture, selection: Selection = EVERYTHING) -> Matrix:
    """Partners × fields of action, of the partners and fields chosen."""
    roles = _IN_FIELDS(picture)
    shown = [(n, title) for n, title in enumerate(roles) if selection.field not in roles or title == selection.field]
    columns = [Column(title, str(n)) for n, title in shown]
    return _matrix(picture, selection, columns, [roles[title] for _, title in shown])


def goal_matrix(picture: Picture, selection: Selection = EVERYTHING) -> Matrix:
    """Partners × goals by their ids: those of one field of action where all are too many."""
    facts = picture.facts
    goals = [goal for goal in facts.goals if goal.level != "lead_goal"]
    fields = tuple(sorted({goal.field_of_action for goal in goals if goal.field_of_action}, key=alphabetical))
    field = selection.field if selection.field in fields else None
    if field is None and len(goals) > MOST_GOALS and fields:
        field = fields[0]
    shown = [goal for goal in goals if field in (None, goal.field_of_action)][: MOST_GOALS * 2]
    roles = _FOR_GOALS(picture)
    columns = [Column(goal.id or goal.short_title or goal.title, goal.key, goal.title, goal.key) for goal in shown]
    return _matrix(picture, selection, columns, [roles.get(goal.key, {}) for goal in shown], field, fields)


def _matrix(
    picture: Picture,
    selection: Selection,
    columns: Iterable[Column],
    roles: list[Mapping[str, str]],
    field: str | None = None,
    fields: tuple[str, ...] = (),
) -> Matrix:
    shown = partners_shown(picture, selection.changed(field=None))
    seats = [seat for seat in seats_of(picture) if seat.key in shown]
    pages = max(1, -(-len(seats) // ROWS_PER_PAGE))
    page = min(selection.page, pages)
    rows = (
        Presence(seat, tuple(one.get(seat.key) for one in roles))
        for seat in seats[(page - 1) * ROWS_PER_PAGE : page * ROWS_PER_PAGE]
    )
    return Matrix(tuple(columns), tuple(rows), page, pages, field, fields)


def _in_fields(picture: Picture) -> Mapping[str, Mapping[str, str]]:
    """Title of each field, alphabetical -> partner key -> its role there."""
    facts, found = picture.facts, dict[str, dict[str, str]]()
    for field in sorted(facts.fields_of_action, key=lambda field: alphabetical(field.title)):
        roles = found.setdefault(field.title, {})
        for _, lead, others in working_in(field, facts):
            _note(roles, lead, others)
    return found


_IN_FIELDS: Once[Picture, Mapping[str, Mapping[str, str]]] = Once(_in_fields)


def _for_goals(picture: Picture) -> Mapping[str, Mapping[str, str]]:
    """Goal key -> partner key -> its role in what is active for the goal."""
    found: dict[str, dict[str, str]] = {}
    for goal in picture.facts.goals:
        roles = found.setdefault(goal.key, {})
        for _, lead, others in working_for(goal, picture.facts, taking_part(picture)):
            _note(roles, lead, others)
    return found


_FOR_GOALS: Once[Picture, Mapping[str, Mapping[str, str]]] = Once(_for_goals)


def working_for(
    goal: Goal, facts: Facts, together: Mapping[str, tuple[str, ...]]
) -> Iterable[tuple[str, str | None, tuple[str, ...]]]:
    """What is active for a goal: (key of the measure or cooperation, who leads, who takes part)."""
    measures = {m.key: m for m in facts.measures_of_goal.get(goal.key, ()) if is_active(m)}
    for measure in measures.values():
        yield measure.key, measure.lead_partner or measure.partner, measure.partner_keys
    if measures:
        for cooperation in living(facts):
            if not measures.keys().isdisjoint(cooperation.measures):
                yield cooperation.key, None, together.get(cooperation.key, ())


def _note(roles: dict[str, str], lead: str | None, others: Iterable[str]) -> None:
    for key in others:
        roles.setdefault(key, "takes_part")
    if lead:
        roles[lead] = "leads"
