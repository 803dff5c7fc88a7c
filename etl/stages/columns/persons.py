"""Whether a column names persons or organisations: a person must never become a partner."""

from __future__ import annotations

from collections.abc import Sequence

from etl.stages.columns.content import ContentProfile
from etl.stages.columns.evidence import ColumnEvidence
from etl.stages.columns.wish import CERTAIN, FEWEST_TYPICAL, Wish
from etl.vocabulary import normalise

_REACHABLE = 0.4
#: What a heading over the names of partners may also seem to say.
_BESIDE_NAME = frozenset(("partner.site", "partner.unit", "partner.short_name", "partner.city"))
#: Kind -> the field of an organisation and that of a person that one heading may mean.
_PERSON_FOR = {"measure": ("measure.lead_org", "measure.contact")}
#: Beside one of these a bare "Name" may be a person's.
_REACHED = frozenset(("partner.function", "partner.phone", "partner.mobile", "partner.email"))
_PERSONS = 0.7
#: Fewer names are enough where telephone numbers and addresses stand among them: these are cards of contacts.
_CARDS, _SOME_REACHABLE = 0.5, 0.3


def tell_persons_from_organisations(kind: str, evidence: Sequence[ColumnEvidence], wishes: Sequence[Wish]) -> None:
    """ "Name" over persons in a list of contacts is the contact's name: a person must never become a partner.

    In other lists a lead that is a person is whom to ask: "Wer macht's?" over names of persons.
    """
    reachable = any(_REACHED & wish.scores.keys() for wish in wishes)
    person = _PERSON_FOR.get(kind)
    if person is not None:
        for item, wish in zip(evidence, wishes, strict=True):
            if item.remembered is not None or not _holds_persons(item.content):
                continue
            unsure = bool(wish.scores) and all(how == "similar" for how in wish.how.values())
            if person[0] in wish.scores or (unsure and person[1] not in wish.scores):
                wish.scores.clear()
                wish.add(person[1], CERTAIN, "content")
    if kind == "partner":
        _offer_name(evidence, wishes)
        _take_contacts_apart(evidence, wishes)
    if kind != "partner" or not reachable:
        return
    for item, wish in zip(evidence, wishes, strict=True):
        bare_name = normalise(item.column.heading) == "name"
        if bare_name and "partner.name" in wish.scores and item.content.share_of_persons() >= _PERSONS:
            wish.drop(["partner.name"])
            wish.add("partner.contact_name", CERTAIN, "content")


def _take_contacts_apart(evidence: Sequence[ColumnEvidence], wishes: Sequence[Wish]) -> None:
    """A column of contacts that holds numbers and addresses beside the names is each contact's whole card."""
    for item, wish in zip(evidence, wishes, strict=True):
        if "partner.contact_name" in wish.scores and item.content.share_with_digits() >= _REACHABLE:
            wish.drop(["partner.contact_name"])
            wish.add("partner.contact_combined", CERTAIN, "content")


def _offer_name(evidence: Sequence[ColumnEvidence], wishes: Sequence[Wish]) -> None:
    """Whoever keeps a list of partners calls them by name: the first column of organisations, if none is headed so."""
    if any("partner.name" in wish.likeliest() for wish in wishes):
        return
    for item, wish in zip(evidence, wishes, strict=True):
        sure = {name for name, how in wish.how.items() if how == "known"} - _BESIDE_NAME
        named = item.content.share_of_groups() >= 0.5 and item.content.distinct() >= 0.6
        if item.remembered is None and not item.private and not sure and named:
            wish.scores.clear()
            wish.add("partner.name", CERTAIN, "content")
            return


def _holds_persons(content: ContentProfile) -> bool:
    told = content.size >= FEWEST_TYPICAL or (content.size > 0 and content.share_with_digits() == 1)
    persons = content.share_of_persons()
    return told and (persons >= _PERSONS or (persons >= _CARDS and content.share_reachable() >= _SOME_REACHABLE))
