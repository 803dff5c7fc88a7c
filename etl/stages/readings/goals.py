"""The rows of a goal table: goals, their indicators, and the values observed of these."""

from __future__ import annotations

from etl.stages.readings.carrying import section_ends
from etl.stages.readings.joining import add, join_sources, move_all, not_after, refer
from etl.stages.readings.records import LOADED, Records
from etl.stages.shapes import Draft, said_of, said_texts
from etl.vocabulary import normalise

#: Fields of the goal that tell which goal a row without a goal of its own is about.
_NAMES_GOAL = ("id", "title", "lead_goal")
#: An indicator or observation exists only where one of these is stated.
_INDICATOR = ("indicator", "target_value", "baseline_value")
_MEASURED = ("current_value", "total", "male", "female", "diverse", "comparison_group")


def goal_row(records: Records, index: int, drafts: list[Draft]) -> None:
    goal, indicator = records.own[index], records.of("indicator")[index]
    observations = _observations(records, index)
    _date_without_value(records, index, indicator)
    has_indicator = bool(observations) or any(name in indicator.values for name in _INDICATOR)
    parent: int | None
    if "title" not in goal.values and has_indicator:
        parent = _goal_above(records, goal, indicator, drafts)
    else:
        parent = _stated_before(records, "goal", goal, "", drafts) if has_indicator else None
        if parent is None:
            parent = add(drafts, goal, None)
            records.known.setdefault(("goal", normalise(str(goal.values.get("title"))), ""), parent)
    if not has_indicator:
        move_all(records, indicator, goal)
        return
    if observations and indicator.kept:
        _keep_with_value(indicator, observations[0])
    of_goal = "" if parent is None else str(parent)
    of_goal = of_goal or " ".join(indicator.references.get("goal", ()))
    place = _stated_before(records, "indicator", indicator, of_goal, drafts) if observations else None
    if place is None:
        place = add(drafts, indicator, parent)
        records.known.setdefault(("indicator", normalise(str(indicator.values.get("indicator"))), of_goal), place)
    for observation in observations:
        add(drafts, observation, place)


def _keep_with_value(indicator: Draft, observation: Draft) -> None:
    """What else a row about an indicator says belongs to the value of that row, not to all its years."""
    observation.kept, observation.kept_cells = indicator.kept, indicator.kept_cells
    indicator.kept, indicator.kept_cells = {}, {}


def _stated_before(records: Records, kind: str, draft: Draft, of: str, drafts: list[Draft]) -> int | None:
    """A goal repeated for each of its indicators, an indicator repeated for each of its years: one record.

    Only where nothing in the row contradicts what stood before; else they stay two, for a person to decide.
    """
    title = "title" if kind == "goal" else "indicator"
    if title not in draft.values:
        return None
    place = records.known.get((kind, normalise(str(draft.values[title])), of))
    if place is None:
        return None
    same = drafts[place]
    if any(same.values.get(name, value) != value for name, value in draft.values.items()):
        return None
    for name in [n for n in draft.values if n in same.values]:
        join_sources(draft, same, name)
    move_all(records, draft, same)
    return place


def _observations(records: Records, index: int) -> list[Draft]:
    """One for the current value, one for each year's column; dated by itself, the year's end, else the sheet."""
    found = []
    for slot in sorted(slot for slot in records.drafts if slot.startswith("observation")):
        draft = records.drafts[slot][index]
        if any(name in draft.values for name in _MEASURED):
            date = draft.values.get("current_date")
            imprecise = "current_date_precision" in draft.values
            draft.day = not_after(date, imprecise, records.day) if isinstance(date, str) else records.day.isoformat()
            found.append(draft)
    return found


def _date_without_value(records: Records, index: int, indicator: Draft) -> None:
    for slot in [slot for slot in records.drafts if slot.startswith("observation")]:
        draft = records.drafts[slot][index]
        if draft.cells and not any(name in draft.values for name in _MEASURED):
            move_all(records, draft, indicator)


def _goal_above(records: Records, goal: Draft, indicator: Draft, drafts: list[Draft]) -> int | None:
    """The goal a row without a title belongs to: by its number, by the section, else the goal written above it."""
    same = goal.values.get("id")
    titled = "goal.title" in records.stated
    candidates = [at for at in range(len(drafts) - 1, -1, -1) if drafts[at].kind == "goal"]
    parent: int | None = None
    if same is not None:
        parent = next((at for at in candidates if drafts[at].values.get("id") == same), None)
    elif titled and candidates:
        parent = candidates[0]
    if parent is None and same is None:
        parent = _goal_of_section(records, indicator.row, drafts)
    named = next((name for name in _NAMES_GOAL if name in goal.values), None)
    if parent is not None:
        refer(indicator, "goal", drafts[parent], "title")
        goal.cells.pop("title", None)
    if named is not None:
        indicator.references["goal"] = [str(goal.values[named])]
        if parent is None or drafts[parent].values.get(named) != goal.values[named] or named == "id":
            indicator.cells["goal"] = list(goal.cells[named])
            indicator.said["goal"] = list(said_texts(goal, named))
            indicator.values["goal"] = goal.values[named]
        goal.values.pop(named)
        goal.cells.pop(named)
    move_all(records, goal, indicator)
    return parent


def _goal_of_section(records: Records, row: int, drafts: list[Draft]) -> int | None:
    """A section that names a goal is that goal's record, made when the first of its indicators comes."""
    for section in records.table.sections:
        end = section_ends(section, records.table.sections, records.table.last_row + 1)
        if section.field != "goal.title" or not section.row < row < end:
            continue
        for at, draft in enumerate(drafts):
            if draft.kind == "goal" and draft.row == section.row:
                return at
        draft = Draft("goal", section.row, {"title": section.text})
        draft.cells["title"] = [(section.row, section.column, "carried")]
        draft.said["title"] = [said_of(records.sheet.value(section.row, section.column))]
        records.outcomes[section.row, section.column] = LOADED
        return add(drafts, draft, None)
    return None
