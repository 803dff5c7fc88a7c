"""What a section row says about the records below it, once the table's kind is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.stages.shapes import Column, Section
from etl.vocabulary import Vocabulary

#: What the section's text speaks of -> fields (without the kind) that take it, the first that the kind has.
_FIELDS: dict[str, tuple[str, ...]] = {
    "field_of_action": ("field_of_action",),
    "goal": ("goal_ref", "lead_goal"),
    "year": ("period", "current_date"),
    "organisation": ("lead_org", "recipient"),
    "type": ("type",),
    "level": ("level",),
    "day": ("date", "meeting_date"),
}


#: Kinds of records that are made at a meeting.
_DATED = frozenset(("decision", "agreement"))


def named_sections(
    sections: Sequence[Section], kind: str, columns: Sequence[Column], vocabulary: Vocabulary
) -> list[Section]:
    """Sections with the kind's own field; field "" where the kind has none or a column already states it."""
    taken = {column.field for column in columns}
    result = []
    for section in sections:
        if section.field == "day" and kind not in _DATED:
            continue  # a title with a date in it, no more
        names = (f"{kind}.{name}" for name in _FIELDS.get(section.field, ()))
        field = next((name for name in names if name in vocabulary.fields and name not in taken), "")
        result.append(replace(section, field=field))
    return result
