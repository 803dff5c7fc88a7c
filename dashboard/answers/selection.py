"""What a person chose to see: filters, page of rows, opened record. It lives in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from etl.rules.cooperation_rules import AGREED

RATINGS = ("on_track", "at_risk", "off_track", "cannot_be_rated")
STATUSES = ("proposed", "planned", "running", "permanent", "delayed", "completed", "paused", "cancelled", "unknown")
LEVELS = (
    "eu",
    "federal",
    "state",
    "district",
    "municipal",
    "foundation",
    "lottery",
    "donation",
    "business",
    "church_welfare",
    "own",
)
CONTRIBUTIONS = ("concept_work", "public_relations", "money", "rooms", "access", "delivery")
REACHES = ("inward", "outward")
VIEWS = ("course", "runout", "sources", "dates", "programmes", "checks")

_LONGEST = 200
_NAMES = {
    "search": "suche",
    "field": "feld",
    "status": "status",
    "ratings": "bewertung",
    "partner": "partner",
    "level": "ebene",
    "year": "jahr",
    "view": "ansicht",
    "page": "seite",
    "measure": "massnahme",
    "contribution": "beitrag",
    "agreed": "vereinbart",
    "reach": "richtung",
    "site": "standort",
    "kind": "art",
    "block": "teil",
}
_CODES: dict[str, dict[str, str]] = {
    "ratings": dict(zip(("auf-kurs", "gefaehrdet", "nicht-auf-kurs", "nicht-bewertbar"), RATINGS, strict=True)),
    "contribution": dict(
        zip(("konzept", "oeffentlichkeit", "geld", "raeume", "zugang", "umsetzung"), CONTRIBUTIONS, strict=True)
    ),
    "agreed": dict(zip(("ohne", "muendlich", "schriftlich", "unterzeichnet"), AGREED, strict=True)),
    "reach": dict(zip(("innen", "aussen"), REACHES, strict=True)),
    "view": dict(zip(("verlauf", "auslauf", "quellen", "termine", "programme", "pruefen"), VIEWS, strict=True)),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Part of every cache key. ``field`` is a field of action's title, ``partner`` and ``measure`` are record keys,
    ``year`` a calendar year, ``page`` counts from 1. None or empty: everything.

    Of cooperations: what somebody contributes, how they are ``agreed``, whether they ``reach`` out of the
    administration; of partners their ``site``, ``kind`` of organisation and, of many, the ``block`` of the alphabet."""

    search: str = ""
    field: str | None = None
    status: str | None = None
    ratings: tuple[str, ...] = ()
    partner: str | None = None
    level: str | None = None
    year: int | None = None
    view: str | None = None
    page: int = 1
    measure: str | None = None
    contribution: str | None = None
    agreed: str | None = None
    reach: str | None = None
    site: str | None = None
    kind: str | None = None
    block: int | None = None

    @property
    def filters(self) -> bool:
        """Whether some measures are left out."""
        return bool(self.search or self.field or self.status or self.ratings or self.partner)

    def changed(self, **values: Any) -> Selection:
        """This selection with other values, back on the first page of rows."""
        return replace(self, **{"page": 1, **values})


#: Nothing is left out.
EVERYTHING = Selection()


def parameter(name: str) -> str:
    """What the field ``name`` of a selection is called in the address."""
    return _NAMES[name]


def selection_from(query: Mapping[str, list[str]]) -> Selection:
    """The selection an address stands for; what nobody can have chosen is ignored, never an error."""
    first = {name: (query.get(_NAMES[name]) or [""])[0].strip()[:_LONGEST] for name in _NAMES}
    return Selection(
        search=first["search"],
        field=first["field"] or None,
        status=_one_of(first["status"], STATUSES),
        ratings=_ratings(query.get(_NAMES["ratings"]) or []),
        partner=first["partner"] or None,
        level=_one_of(first["level"], LEVELS),
        year=_number(first["year"], 1990, 2100),
        view=_CODES["view"].get(first["view"]),
        page=_number(first["page"], 1, 1_000_000) or 1,
        measure=first["measure"] or None,
        contribution=_CODES["contribution"].get(first["contribution"]),
        agreed=_CODES["agreed"].get(first["agreed"]),
        reach=_CODES["reach"].get(first["reach"]),
        site=first["site"] or None,
        kind=first["kind"] or None,
        block=_number(first["block"], 1, 10_000),
    )


def query_of(selection: Selection) -> dict[str, list[str]]:
    """The address part of a selection; what is not chosen is left out."""
    query: dict[str, list[str]] = {}
    for name, shown in _NAMES.items():
        value = getattr(selection, name)
        if value in (None, "", ()) or (name == "page" and value == 1):
            continue
        values = value if isinstance(value, tuple) else (value,)
        words = {code: word for word, code in _CODES.get(name, {}).items()}
        query[shown] = [words.get(v, str(v)) for v in values]
    return query


def _ratings(words: list[str]) -> tuple[str, ...]:
    chosen = {_CODES["ratings"].get(word) for word in words}
    return tuple(code for code in RATINGS if code in chosen)


def _one_of(value: str, allowed: tuple[str, ...]) -> str | None:
    return value if value in allowed else None


def _number(text: str, least: int, most: int) -> int | None:
    if not text.isascii() or not text.isdigit():
        return None
    number = int(text[:9])
    return number if least <= number <= most else None
