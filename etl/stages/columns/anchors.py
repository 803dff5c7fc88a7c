"""Which fields make a table what it is: without one of them a row has nothing to be called by."""

from __future__ import annotations

from functools import lru_cache

#: Kind -> its title-like fields: any one set of them makes a table of that kind.
ANCHORS: dict[str, tuple[frozenset[str], ...]] = {
    kind: tuple(frozenset(f"{kind}.{name}" for name in names.split()) for names in alternatives)
    for kind, alternatives in {
        "measure": ("title",),
        "goal": ("title", "indicator"),
        "partner": ("name", "contact_name", "contact_last_name", "contact_combined"),
        "cooperation": ("title", "partner_a partner_b"),
        "funding": ("programme", "funder", "title"),
        "decision": ("text",),
        "idea": ("title",),
        "need": ("title",),
        "meeting": ("title", "date"),
        "agreement": ("title",),
    }.items()
}
KINDS = tuple(ANCHORS)
#: Kind -> the field its records are called by.
TITLED = {
    "measure": "measure.title",
    "goal": "goal.title",
    "cooperation": "cooperation.title",
    "funding": "funding.title",
    "decision": "decision.text",
    "idea": "idea.title",
    "need": "need.title",
    "agreement": "agreement.title",
}
#: The fields that are title-like by themselves.
ANCHOR_FIELDS = frozenset(field for sets in ANCHORS.values() for fields in sets if len(fields) == 1 for field in fields)


@lru_cache(maxsize=1_000)
def kind_of(field: str) -> str:
    """The kind of table a field stands in: observations stand in goal tables."""
    entity = field.split(".", 1)[0]
    return "goal" if entity == "observation" else entity
