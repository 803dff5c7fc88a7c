"""Which cooperations and partners somebody chose to see."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.answers.cooperations import fields_of, seats_of, taking_part, working_in
from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.selection import CONTRIBUTIONS, REACHES, Selection
from etl.rules.cooperation_rules import AGREED, living, reach
from etl.rules.facts import Cooperation, Partner

#: The kind of organisations of which nobody said what they are.
UNKNOWN = "unknown"
#: The kinds there are words for; another one stands as it was written.
KINDS = frozenset(
    (
        "advisory_body",
        "association",
        "business",
        "church",
        "district",
        "education_provider",
        "foundation",
        "migrant_organisation",
        "municipality",
        "public_authority",
        "volunteer_individual",
        "welfare",
        UNKNOWN,
    )
)


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from: only what some partner or living cooperation has."""

    fields: tuple[str, ...]
    contributions: tuple[str, ...]
    agreed: tuple[str, ...]
    reaches: tuple[str, ...]
    sites: tuple[str, ...]
    kinds: tuple[str, ...]


def _choices(picture: Picture) -> Choices:
    facts = picture.facts
    found = tuple(living(facts))
    given = {one for cooperation in found for one in cooperation.contribution}
    kinds = {kind_of(partner) for partner in facts.partners}
    agreed = {cooperation.agreement for cooperation in found}
    reaches = {_reach(cooperation, picture) for cooperation in found}
    return Choices(
        fields=tuple(sorted({field.title for field in facts.fields_of_action}, key=alphabetical)),
        contributions=tuple(code for code in CONTRIBUTIONS if code in given),
        agreed=tuple(code for code in AGREED if code in agreed),
        reaches=tuple(code for code in REACHES if code in reaches),
        sites=tuple(sorted({partner.site for partner in facts.partners if partner.site}, key=alphabetical)),
        kinds=tuple(sorted(kinds)),
    )


#: ``cooperation_choices(picture)``.
cooperation_choices: Once[Picture, Choices] = Once(_choices)


def kind_of(partner: Partner) -> str:
    return partner.type or UNKNOWN


def _reach(cooperation: Cooperation, picture: Picture) -> str | None:
    known = picture.facts.partner_by_key
    return reach(known[key] for key in taking_part(picture)[cooperation.key])


def narrowed(selection: Selection) -> bool:
    """Whether cooperations or partners are left out."""
    return choice_of(selection) != Selection()


_FILTERS = ("field", "contribution", "agreed", "reach", "site", "kind")


def choice_of(selection: Selection) -> Selection:
    """What of a selection leaves cooperations out, so that it can be a key."""
    return Selection(**{name: getattr(selection, name) for name in _FILTERS})


def chosen_cooperations(picture: Picture, selection: Selection) -> tuple[Cooperation, ...]:
    """Those that are not over and fit every choice."""
    return _CHOSEN(picture, choice_of(selection))


def _chosen(picture: Picture, wanted: Selection) -> tuple[Cooperation, ...]:
    return tuple(cooperation for cooperation in living(picture.facts) if _fits(cooperation, picture, wanted))


_CHOSEN: Once[Picture, tuple[Cooperation, ...]] = Once(_chosen)


def _fits(cooperation: Cooperation, picture: Picture, wanted: Selection) -> bool:
    partners = [picture.facts.partner_by_key[key] for key in taking_part(picture)[cooperation.key]]
    return (
        (wanted.field is None or wanted.field in fields_of(cooperation, picture.facts))
        and (wanted.contribution is None or wanted.contribution in cooperation.contribution)
        and wanted.agreed in (None, cooperation.agreement)
        and (wanted.reach is None or wanted.reach == reach(partners))
        and (wanted.site is None or any(partner.site == wanted.site for partner in partners))
        and (wanted.kind is None or any(kind_of(partner) == wanted.kind for partner in partners))
    )


def partners_shown(picture: Picture, selection: Selection) -> frozenset[str]:
    """Keys of the partners that have a place: everyone where nothing was chosen, else those in a chosen cooperation,
    and those that are of the kind, site and field chosen, also without one."""
    return _SHOWN(picture, choice_of(selection))


def _shown(picture: Picture, wanted: Selection) -> frozenset[str]:
    facts = picture.facts
    found = {key for c in chosen_cooperations(picture, wanted) for key in taking_part(picture)[c.key]}
    if wanted.contribution or wanted.agreed or wanted.reach:
        return frozenset(found)
    at_work = _at_work(picture, wanted.field) if wanted.field else None
    found |= {
        partner.key
        for partner in facts.partners
        if (at_work is None or partner.key in at_work)
        and wanted.site in (None, partner.site)
        and wanted.kind in (None, kind_of(partner))
    }
    return frozenset(found & {seat.key for seat in seats_of(picture)})


_SHOWN: Once[Picture, frozenset[str]] = Once(_shown)


def _at_work(picture: Picture, title: str) -> set[str]:
    facts = picture.facts
    fields = (field for field in facts.fields_of_action if field.title == title)
    return {key for field in fields for _, lead, others in working_in(field, facts) for key in (lead, *others) if key}
