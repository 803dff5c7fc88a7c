"""What comes of accepting a file or of taking a delivery back: ratings, what others see, what has to be asked first."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.answers.contacts import Viewer
from dashboard.answers.deliveries import for_partner
from dashboard.answers.picture import Picture
from dashboard.answers.what_changes import KindChanges, state_changes
from etl.model.store import Store
from etl.model.tables import KINDS
from etl.pipeline import Preview
from etl.pipeline.authority import NotYours, Reason
from etl.pipeline.fewer import Fewer, far_fewer
from etl.pipeline.foresee import Foreseen, RatingChange, changed_ratings, foresee_accept, foresee_undo
from etl.pipeline.undo import NothingToUndo
from etl.vocabulary import load_vocabulary

__all__ = ["Consequences", "Fewer", "RatingChange", "Reason", "Shown"]

#: Who will see something, from the widest circle to the narrowest.
AUDIENCES = ("everyone", "network", "body", "own")
_CONTACT_OF_MEASURE = ("measure", "contact")


@dataclass(frozen=True, slots=True)
class Shown:
    """``records`` of a kind whose new or changed fields (their names in the vocabulary) become visible to ``audience``.

    ``everyone`` who may sign in; contacts: the ``network``, the ``body``, or only the partner itself and the office
    (``own``). Of kept columns (kind "") the ``fields`` are headings.
    """

    audience: str
    kind: str
    records: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consequences:
    """``ratings`` that change of what is known already; ``rated`` counts records rated for the first time."""

    ratings: tuple[RatingChange, ...]
    rated: int = 0
    shown: tuple[Shown, ...] = ()
    reasons: tuple[Reason, ...] = ()
    fewer: tuple[Fewer, ...] = ()
    changes: tuple[KindChanges, ...] = ()

    @property
    def worse(self) -> tuple[RatingChange, ...]:
        return tuple(change for change in self.ratings if change.worse)


def of_accepting(
    store: Store, preview: Preview, picture: Picture, viewer: Viewer, *, now: dt.datetime
) -> Consequences | None:
    """None where nothing would come of it, or the store has moved on since the preview."""
    partner = for_partner(viewer)
    if partner is not None and partner != preview.sender.key:
        return None
    found = foresee_accept(store, preview, day=picture.facts.day, now=now, for_partner=partner)
    if found is None:
        return None
    return Consequences(
        ratings=_ratings(picture, found),
        rated=sum(1 for key, r in found.ratings.items() if key not in picture.ratings and r.code is not None),
        shown=_shown(preview, found),
        reasons=found.reasons,
        fewer=far_fewer(store, preview, picture.thresholds),
    )


def of_undoing(store: Store, number: int, picture: Picture, viewer: Viewer, *, now: dt.datetime) -> Consequences | None:
    """None where there is nothing to take back, or not for this viewer."""
    try:
        found = foresee_undo(store, number, day=picture.facts.day, now=now, for_partner=for_partner(viewer))
    except (NothingToUndo, NotYours):
        return None
    changes = state_changes(picture.state, found.state)
    return Consequences(ratings=_ratings(picture, found), reasons=found.reasons, changes=changes)


def _ratings(picture: Picture, found: Foreseen) -> tuple[RatingChange, ...]:
    return changed_ratings(picture.facts, picture.ratings, found.facts, found.ratings)


def _shown(preview: Preview, found: Foreseen) -> tuple[Shown, ...]:
    """What is new or changed, by who will see it."""
    records: dict[tuple[str, str], set[str]] = defaultdict(set)
    fields: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    audience_of = _contact_audiences(found)
    for number, names in _news(preview).items():
        draft, key = preview.understood.drafts[number], found.keys[number]
        audience = audience_of.get(key, "own") if draft.kind == "contact" else "everyone"
        for name in names:
            place = ("own" if (draft.kind, name) == _CONTACT_OF_MEASURE else audience), draft.kind
            records[place].add(key)
            fields[place][_term(draft.kind, name)] = None
        for heading in draft.kept:
            records["own", ""].add(key)
            fields["own", ""][heading] = None
    order = sorted(records, key=lambda place: (AUDIENCES.index(place[0]), _order(place[1])))
    return tuple(Shown(*place, len(records[place]), tuple(filter(None, fields[place]))) for place in order)


def _order(kind: str) -> int:
    return KINDS.index(kind) if kind else len(KINDS)


def _news(preview: Preview) -> dict[int, list[str]]:
    """Draft -> fields that are new, or read differently."""
    drafts, comparison = preview.understood.drafts, preview.comparison
    found = {number: list(drafts[number].values) for numbers in comparison.new.values() for number in numbers}
    for changed in comparison.changed.values():
        found |= {number: [change.field for change in fields] for number, fields in changed.items()}
    return dict(sorted(found.items()))


def _term(kind: str, name: str) -> str:
    fields = load_vocabulary().fields.values()
    return next((field.name for field in fields if (field.kind, field.short) == (kind, name)), "")


def _contact_audiences(found: Foreseen) -> Mapping[str, str]:
    other, body = Viewer("partner"), Viewer("member")
    return {
        contact.key: "network" if other.may_see(contact) else "body" if body.may_see(contact) else "own"
        for contact in found.facts.contacts
    }
