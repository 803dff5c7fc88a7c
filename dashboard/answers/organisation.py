"""What the network knows of one partner, as the partner sees it or as others see it; and all of it as a workbook."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from dashboard.answers.contact_list import ContactList, contact_list
from dashboard.answers.contacts import Viewer, each_once
from dashboard.answers.cooperation_list import AgreementRow, agreements
from dashboard.answers.cooperations import taking_part
from dashboard.answers.deliveries import DeliveryRow, delivery_rows
from dashboard.answers.funding import FundingRow, funding_row
from dashboard.answers.order import alphabetical
from dashboard.answers.overlaps import open_overlaps
from dashboard.answers.picture import Picture
from etl.model.store import Store
from etl.pipeline.network import network_in
from etl.pipeline.senders import named_sender
from etl.pipeline.template import template_for
from etl.rules.facts import Measure
from etl.rules.finding import Finding
from etl.rules.organisation import findings_about, is_silent, measures_of, organisation_finding

#: Through whose eyes the page is seen: the partner's own, or another role's that is not the partner.
Seen = Literal["own", "partner", "member", "leadership", "observer"]
SEEN: tuple[Seen, ...] = ("own", "partner", "member", "leadership", "observer")
#: Who has the page at all.
_ROLES = ("coordinator", "partner")


@dataclass(frozen=True, slots=True)
class OwnMeasure:
    """``leads``: the partner reports or leads it, else it takes part. ``confirmed_on``: last said to be unchanged."""

    key: str
    title: str
    status: str | None
    rating: str | None
    marked: bool
    leads: bool
    reported_on: dt.date | None
    confirmed_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Organisation:
    """``contacts`` are those these eyes see, and how many are withheld from them; ``deliveries`` and ``about`` are None
    for eyes that see none of them."""

    key: str
    name: str
    finding: Finding
    measures: tuple[OwnMeasure, ...]
    cooperations: tuple[AgreementRow, ...]
    contacts: ContactList
    fundings: tuple[FundingRow, ...]
    deliveries: tuple[DeliveryRow, ...] | None
    about: tuple[Finding, ...] | None


def may_open(viewer: Viewer, partner: str | None) -> bool:
    """The office any partner's page, a partner's sign-in its own, nobody else any."""
    return partner is not None and viewer.role in _ROLES and viewer.sees_received(partner)


def organisations(picture: Picture, viewer: Viewer) -> dict[str, str]:
    """Key -> name of the partners whose page this viewer may open, alphabetical."""
    found = {p.key: p.name for p in picture.facts.partners if may_open(viewer, p.key)}
    return dict(sorted(found.items(), key=lambda item: alphabetical(item[1])))


def eyes_of(seen: Seen, partner: str) -> Viewer:
    """The viewer whose rights apply: the partner itself, or somebody of a role who is not of this partner."""
    return Viewer("partner", partner) if seen == "own" else Viewer(seen)


def organisation(store: Store, picture: Picture, viewer: Viewer, partner: str, seen: Seen) -> Organisation | None:
    """None where ``viewer`` may not open it, or there is no such partner. What is shown is decided by whose eyes it is
    ``seen`` with."""
    known = picture.facts.partner_by_key.get(partner)
    if known is None or not may_open(viewer, partner):
        return None
    eyes = eyes_of(seen, partner)
    inside = eyes.sees_received(partner)
    own = {measure.key for measure in measures_of(picture.facts, partner)}
    silent = is_silent(picture.facts, partner) if inside else None
    return Organisation(
        key=partner,
        name=known.name,
        finding=organisation_finding(len(own), silent),
        measures=_measures(picture, partner, own),
        cooperations=_cooperations(picture, partner),
        contacts=_contacts(picture, partner, eyes),
        fundings=_fundings(picture, partner, own),
        deliveries=delivery_rows(store, picture, eyes) if inside else None,
        about=findings_about(picture.facts, partner, open_overlaps(store, picture)) if inside else None,
    )


def organisation_workbook(
    store: Store, picture: Picture, viewer: Viewer, partner: str, *, language: str, now: dt.datetime
) -> bytes | None:
    """All a partner has told, in the layout of the template, so that it reads back as unchanged; None for who may not
    have it, and where the name does not lead to this very partner."""
    known = picture.facts.partner_by_key.get(partner)
    if known is None or not may_open(viewer, partner):
        return None
    with store.reading() as connection:
        sender = named_sender(known.name, network_in(connection))
    return template_for(store, known.name, language=language, now=now) if sender.key == partner else None


def _measures(picture: Picture, partner: str, own: set[str]) -> tuple[OwnMeasure, ...]:
    facts = picture.facts
    found = [m for m in facts.measures if m.key in own or partner in m.partner_keys]
    return tuple(_measure(m, picture, m.key in own) for m in sorted(found, key=lambda m: alphabetical(m.title)))


def _measure(measure: Measure, picture: Picture, leads: bool) -> OwnMeasure:
    rating = picture.ratings.get(measure.key)
    return OwnMeasure(
        key=measure.key,
        title=measure.title,
        status=measure.status,
        rating=rating.code if rating else None,
        marked=bool(rating and rating.marks),
        leads=leads,
        reported_on=measure.reported_on,
        confirmed_on=measure.confirmed_on,
    )


def _cooperations(picture: Picture, partner: str) -> tuple[AgreementRow, ...]:
    together = taking_part(picture)
    own = {c.key for c in picture.facts.cooperations if partner == c.partner or partner in together[c.key]}
    return tuple(row for row in agreements(picture).every if row.key in own)


def _contacts(picture: Picture, partner: str, eyes: Viewer) -> ContactList:
    """Persons, not rows: whom two lists name is withheld only where neither shares it."""
    every = [contact for contact in picture.facts.contacts if contact.partner == partner]
    seen = each_once(contact for contact in every if eyes.may_see(contact))
    keys = {contact.key for contact in seen}
    rows = tuple(row for row in contact_list(picture, eyes).rows if row.key in keys)
    return ContactList(rows, len(each_once(every)) - len(seen))


def _fundings(picture: Picture, partner: str, own: set[str]) -> tuple[FundingRow, ...]:
    """Its own, and those that carry its measures."""
    facts = picture.facts
    found = {funding.key: funding for funding in facts.fundings if funding.partner == partner}
    for key in own:
        found |= {funding.key: funding for funding in facts.fundings_of_measure.get(key, ())}
    return tuple(
        funding_row(funding, picture) for funding in sorted(found.values(), key=lambda f: alphabetical(f.name))
    )
