"""The numbers behind a rating, each with the cells it was read from."""

from __future__ import annotations

from dashboard.answers.minutes_content import Figure, Source
from dashboard.answers.picture import Picture
from etl.model.state import Known
from etl.rules.rating import Rating

_OF_INDICATOR = ("baseline_value", "baseline_date", "target_value", "target_date")
_OF_OBSERVATION = ("current_value",)
_OF_MEASURE = (
    "status",
    "start",
    "end",
    "progress_pct",
    "participants_planned",
    "participants_actual",
    "staff_fte",
    "volunteer_hours",
    "cost_total",
    "report_date",
)


def figures_of(shown: Picture, record: str, rating: Rating) -> tuple[Figure, ...]:
    """What a goal's or measure's rating rests on, as it was stated."""
    facts = shown.facts
    if record not in facts.goal_by_key:
        return _figures(shown, record, "measure", _OF_MEASURE)
    found: list[Figure] = []
    for indicator in facts.indicators_of.get(record, ()):
        found += _figures(shown, indicator.key, "indicator", _OF_INDICATOR, indicator.unit)
        observations = facts.observations_of.get(indicator.key, ())
        if observations:
            found += _figures(shown, observations[-1].key, "observation", _OF_OBSERVATION, indicator.unit)
    return tuple(found)


def _figures(
    shown: Picture, record: str, kind: str, names: tuple[str, ...], unit: str | None = None
) -> tuple[Figure, ...]:
    known = shown.state.find(record)
    if known is None:
        return ()
    title = str(known.value("title") or known.value("indicator") or "")
    return tuple(_figure(shown, known, kind, title, name, unit) for name in names if name in known.values)


def _figure(shown: Picture, known: Known, kind: str, title: str, name: str, unit: str | None) -> Figure:
    statement = known.holds[name]
    mark = statement.body.marks.get(name)
    return Figure(
        record=known.key,
        title=title,
        kind=kind,
        field=name,
        value=known.values[name],
        unit=unit if name.endswith("_value") else None,
        day=statement.day,
        marks=(mark,) if mark else (),
        sources=tuple(Source(cell.file, cell.sheet, cell.cell) for cell in shown.provenance.sources(statement, name)),
    )
