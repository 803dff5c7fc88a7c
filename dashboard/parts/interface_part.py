"""One line of the interface paper in words: who, whom to ask, whom one hands over to, since when it holds."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.answers.interface_paper import Person, Reached
from dashboard.parts.html import Content, Markup, joined, tag
from dashboard.parts.traced import asked, traced, value_target
from etl.rules.interface_paper import Part

Say = Callable[..., str]


def house(part: Part, say: Say) -> Markup:
    """The organisation, and its role as a word."""
    name = asked(part.who.name or "–", value_target(part.line.key))
    return joined([tag("b", name), " ", role_word(part, say)])


def role_word(part: Part, say: Say) -> Markup:
    word = say(f"interface.role.{part.role or 'none'}")
    return traced(
        tag("span", word, class_="rt-tag"), value_target(part.line.key, "role", "responsible", "involved", "informed")
    )


def offer(part: Part) -> Content:
    line = part.line
    if part.beside or not (line.offer or line.legal_basis):
        return "–"
    basis = tag("small", traced(line.legal_basis, value_target(line.key, "legal_basis"))) if line.legal_basis else None
    return joined([traced(line.offer or "", value_target(line.key, "offer")), basis])


def persons(part: Part, who: Reached, say: Say, *, brief: bool = False) -> Content:
    """Contact and deputy, with what reaches them; a phone number can be called from a phone. ``brief``: without mail,
    and of the deputy the name."""
    if part.beside:
        return "–"
    told: list[Content] = []
    if who.vacant:
        told.append(traced(say("interface.vacant"), value_target(part.line.key, "contact")))
    elif who.contact is not None:
        told.append(_person(who.contact, part, "contact", brief=brief))
        if who.general:
            told.append(tag("small", say("interface.general")))
    elif who.hidden:
        told.append(
            traced(tag("span", say("interface.hidden"), class_="rt-quiet"), value_target(part.line.key, "contact"))
        )
    else:
        told.append("–")
    if who.deputy is not None:
        deputy = _person(who.deputy, part, "deputy", brief=brief)
        told.append(tag("span", say("interface.deputy", name=""), deputy, class_="rt-deputy"))
    return joined(told)


def _person(person: Person, part: Part, field: str, *, brief: bool) -> Markup:
    target = value_target(person.key) if person.key else value_target(part.line.key, field)
    reach: list[Content] = [called(person.phone), None if brief else mailed(person.email)]
    if brief and field == "deputy":
        reach = []
    function = tag("small", person.function) if person.function and field == "contact" and not brief else None
    return joined([traced(person.name, target), function, *(tag("small", one) for one in reach if one)])


def called(phone: str | None) -> Markup | None:
    """A number that a phone calls."""
    digits = "".join(sign for sign in phone or "" if sign.isdigit() or sign == "+")
    return tag("a", phone, href=f"tel:{digits}", class_="rt-reach") if digits else None


def mailed(address: str | None) -> Markup | None:
    """An address one can write to."""
    return (
        tag("a", address, href=f"mailto:{address}", class_="rt-reach rt-file") if address and "@" in address else None
    )


def handover(part: Part, say: Say) -> Content:
    line = part.line
    if part.beside or not (part.receivers or line.handover_how):
        return "–"
    names = say("interface.hands_over", names=[r.name for r in part.receivers]) if part.receivers else None
    how = tag("small", traced(line.handover_how, value_target(line.key, "handover_how"))) if line.handover_how else None
    return joined([traced(names, value_target(line.key, "handover_to")) if names else None, how])


def standing(part: Part, say: Say, *, inward: bool) -> Content:
    """Since when it holds; ``inward``: also the house's last word. Others are told no day of confirmation, for where
    it is missing they would know who has not confirmed."""
    line = part.line
    told: list[Content] = []
    if line.valid_as_of:
        told.append(traced(say("interface.as_of", day=line.valid_as_of), value_target(line.key, "valid_as_of")))
    if inward:
        told.append(tag("small", confirmation(part, say)))
    return joined(told) if told else "–"


def confirmation(part: Part, say: Say) -> Markup:
    """The house's last word, and that it is too long ago to count where it is."""
    word = traced(last_word(part, say), value_target(part.line.key, "confirmed_on", "step"))
    if part.objection is not None or part.confirmed is None or part.confirmed.past is None:
        return word
    sign = tag("span", "△", class_="rt-sign", aria_hidden="true")
    return joined(
        [word, tag("span", sign, " ", say("interface.confirmed.past", n=part.confirmed.past), class_="rt-past")], " "
    )


def last_word(part: Part, say: Say) -> str:
    if part.objection is not None:
        return say("interface.objection", day=part.objection.day, note=part.objection.note)
    if part.confirmed is not None:
        return say(f"interface.confirmed.{part.confirmed.how}", day=part.confirmed.day)
    return say("interface.not_confirmed")
