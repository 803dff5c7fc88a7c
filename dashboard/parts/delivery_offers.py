"""What can be clicked about an issue, and what was put right so far."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from decimal import Decimal

from dashboard.answers.offers import Offer
from dashboard.answers.put_right import Correction, as_sent, position_in, said_so_far
from dashboard.answers.uploads import Preview
from dashboard.parts.delivery_grid import cell_text
from dashboard.parts.html import Content, Markup, go, joined, tag
from dashboard.parts.values import code_word
from etl.wording import formatted

Say = Callable[..., str]

#: What a click on an offer and on a take-back reports, before its key.
SAY, BACK = "sagen:", "zuruecknehmen:"
ALL_BACK = BACK + "alles"
_LONGEST = 60


def offers_markup(offers: Sequence[Offer], say: Say, language: str) -> Markup | None:
    """Proposals as buttons, what opens something as links."""
    if not offers:
        return None
    return tag("div", (_offer(offer, say, language) for offer in offers), class_="rt-offers")


def _offer(offer: Offer, say: Say, language: str) -> Markup:
    look = "rt-link" if offer.kind.startswith("open_") else "rt-button"
    about = ", ".join(offer.cells[:1]) or None
    return go(offer_label(offer, say, language), SAY + offer.key, class_=look, label=about)


def offer_label(offer: Offer, say: Say, language: str) -> str:
    """„20 übernehmen“, „Dauerhaft“, „5.300 € übernehmen“."""
    return say(f"deliveries.offer.{offer.kind}", shown=_short(_shown(offer, say, language)))


def _shown(offer: Offer, say: Say, language: str) -> str:
    if offer.kind == "date":
        return formatted(language, dt.date.fromisoformat(offer.shown), "date")
    if offer.kind == "amount":
        return formatted(language, Decimal(offer.shown), "money")
    if offer.kind == "code":
        return code_word(offer.domain, offer.shown, language)
    if offer.kind in ("confirm", "field"):
        return say(f"field.{offer.shown}")
    return offer.shown


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def corrected_line(preview: Preview, say: Say, language: str) -> Markup | None:
    """„3 Stellen auf Ihr Wort anders gelesen“: each with what stood there and a way back; None where nothing was."""
    said = said_so_far(preview.corrections)
    if not said:
        return None
    items = [tag("li", tag("div", _correction(c, preview, say, language), " ", _back(c, say))) for c in said]
    if len(said) > 1:
        items.append(tag("li", go(say("deliveries.all_as_sent"), ALL_BACK, class_="rt-link rt-all")))
    summary = tag("summary", tag("span", "✎ ", aria_hidden="true"), say("deliveries.corrected_n", n=len(said)))
    return tag("details", summary, tag("ul", items, class_="rt-list"), class_="rt-more rt-corrected")


def _correction(correction: Correction, preview: Preview, say: Say, language: str) -> Content:
    if correction.kind == "column":
        means = say(f"field.{correction.said}") if correction.said else say("deliveries.stays")
        return joined([say("deliveries.corrected.column", heading=correction.place), " → ", tag("b", means)])
    if correction.kind == "area":
        return say("deliveries.corrected.area", sheet=correction.sheet, area=correction.said)
    now = tag("b", _short(correction.said)) if correction.said.strip() else say("deliveries.corrected.empty")
    stood = tag("s", _short(_stood(correction, preview, language)))
    return joined([tag("b", correction.place), ": ", stood, " → ", now])


def _stood(correction: Correction, preview: Preview, language: str) -> str:
    sheet = next((s for s in preview.understood.sheets if s.sheet.name == correction.sheet), None)
    at = position_in(sheet, correction.place) if sheet else None
    if sheet is None or at is None:
        return ""
    stored = sheet.sheet.errors.get(at) or sheet.sheet.formulas_without_value.get(at)
    return cell_text(sheet.sheet.value(*at), stored, at in sheet.sheet.percent, language)


def _back(correction: Correction, say: Say) -> Markup:
    return go(say("deliveries.as_in_file"), BACK + back_key(correction), class_="rt-link", label=correction.place)


def back_key(correction: Correction) -> str:
    return hashlib.sha256(repr(correction).encode()).hexdigest()[:16]


def taken_back(preview: Preview, key: str) -> Correction | None:
    """The correction whose way back was clicked, as long as it still is the very same."""
    return next((c for c in said_so_far(preview.corrections) if back_key(c) == key), None)


__all__ = ["ALL_BACK", "BACK", "SAY", "as_sent", "corrected_line", "offer_label", "offers_markup", "taken_back"]
