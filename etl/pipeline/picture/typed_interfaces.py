"""Lines of interface papers as the rules take them."""

from __future__ import annotations

from etl.model.state import Known
from etl.pipeline.picture import typed
from etl.pipeline.picture.links import Links
from etl.rules.facts import Interface


def interface_of(k: Known, links: Links) -> Interface:
    """A column „Zuständig“ names an organisation and its role at once; a column of roles is the clearer word."""
    responsible = typed.text(k, "responsible")
    organisation = typed.text(k, "organisation") or responsible
    receivers = typed.texts(k, "handover_to")
    return Interface(
        key=k.key,
        step=typed.text(k, "step") or "",
        id=typed.text(k, "id"),
        partner=k.partner,
        organisation=organisation,
        organisation_key=links.key("partner", organisation),
        role=typed.text(k, "role") or ("responsible" if responsible else None),
        involved=_named(k, "involved", links),
        informed=_named(k, "informed", links),
        legal_basis=typed.text(k, "legal_basis"),
        offer=typed.text(k, "offer"),
        contact=typed.text(k, "contact"),
        vacant=bool(k.said[-1].body.qualifier.get("contact", {}).get("vacant")),
        deputy=typed.text(k, "deputy"),
        shared_with=typed.text(k, "shared_with"),
        handover_to=receivers,
        handover_keys=tuple(links.key("partner", name) for name in receivers),
        handover_how=typed.text(k, "handover_how"),
        valid_as_of=typed.day(k, "valid_as_of"),
        confirmed_on=typed.day(k, "confirmed_on"),
        comment=typed.text(k, "comment"),
        reported_on=k.last_day,
        delivery=k.said[-1].delivery,
        marks=typed.marks(k),
    )


def _named(k: Known, field: str, links: Links) -> tuple[tuple[str, str | None], ...]:
    """Each organisation as written, with its key where the network knows it."""
    return tuple((name, links.key("partner", name)) for name in typed.texts(k, field))
