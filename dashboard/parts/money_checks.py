"""„Zu prüfen“: grants that two partners seem to report, and amounts and periods that cannot be right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.answers.money_checks import MoneyDoubts
from dashboard.answers.picture import Picture
from dashboard.parts.blocks import Column, note, section, table
from dashboard.parts.html import Content, Markup, go, joined, tag
from dashboard.parts.targets import clarification_target
from dashboard.parts.traced import asked, sum_target, traced, value_target
from dashboard.parts.values import money_text
from etl.rules.facts import Funding
from etl.rules.money_checks import Check
from etl.rules.same_grant import SameGrant
from etl.wording import formatted

Say = Callable[..., str]

#: What each check was read from.
_FIELDS = {
    "over_allocated": ("measure_ref", "amount_granted"),
    "over_spent": ("amount_spent", "amount_granted", "start", "end", "period"),
    "negative": ("amount_granted", "amount_applied", "amount_spent", "amount_paid", "own_share", "amount_total"),
    "backwards": ("start", "end", "period"),
    "no_amount": ("title", "programme", "status"),
    "no_period": ("title", "programme", "status"),
}
_PAIR = ("amount_granted", "amount_applied", "start", "end", "period", "recipient", "funder")


def twice_told(grants: int, measures: int, say: Say, *, decides: bool) -> list[Markup]:
    """How many grants and measures may be counted twice, each number with what it counts; who may decide about it
    (``decides``) finds the way."""
    told = [traced(say("money.counted_twice", n=grants), sum_target("fundings"))] if grants else []
    told += [traced(say("money.needed_twice", n=measures), sum_target("needed_twice"))] if measures else []
    if told and decides:
        told.append(go(say("money.twice_clarify"), clarification_target("doppelt"), class_="rt-link"))
    return told


def doubts_markup(found: MoneyDoubts, picture: Picture, say: Say, language: str) -> Markup:
    """Both lists, each with what to do about it; a line where there is nothing."""
    parts: list[Markup] = []
    if found.twice:
        parts += [section(say("money.twice"), say("money.twice_aside")), _twice(found.twice, picture, say, language)]
    if found.checks:
        parts += [
            section(say("money.checks"), say("money.checks_aside")),
            _checks(found.checks, picture, say, language),
        ]
    return joined(parts or [note(say("money.nothing"))])


def _twice(pairs: Sequence[SameGrant], picture: Picture, say: Say, language: str) -> Markup:
    columns = [say(f"money.column.{name}") for name in ("one", "other", "agree", "do")]
    rows = (_pair_row(pair, picture, say, language) for pair in pairs)
    return tag("div", table(columns, rows, label=say("money.twice")), class_="rt-twice")


def _pair_row(pair: SameGrant, picture: Picture, say: Say, language: str) -> list[Content]:
    agree = [say(f"money.evidence.{code}") for code in pair.evidence]
    return [
        *(_reported(funding, picture, say, language) for funding in (pair.one, pair.other)),
        traced(formatted(language, agree, "list"), value_target(pair.other.key, *_PAIR)),
        joined(
            [
                say("money.twice_do"),
                " ",
                go(say("money.twice_decide"), clarification_target("doppelt"), class_="rt-link"),
            ]
        ),
    ]


def _reported(funding: Funding, picture: Picture, say: Say, language: str) -> Markup:
    money = funding.granted or funding.applied
    amount = money_text(money, language) if money else say("funding.no_amount")
    said = say("money.reported_by", partner=_partner(funding, picture, say), amount=amount)
    return joined(
        [
            tag("b", asked(funding.name, value_target(funding.key))),
            tag("small", traced(said, value_target(funding.key))),
        ]
    )


def _partner(funding: Funding, picture: Picture, say: Say) -> str:
    found = picture.facts.partner_by_key.get(funding.partner or "")
    return (found.short_name or found.name) if found else say("word.unknown")


def _checks(checks: Sequence[Check], picture: Picture, say: Say, language: str) -> Markup:
    columns: list[Column | str] = [say(f"money.column.{name}") for name in ("funding", "partner", "found", "do")]
    rows = (_check_row(check, picture, say) for check in checks)
    return tag("div", table(columns, rows, label=say("money.checks")), class_="rt-checks")


def _check_row(check: Check, picture: Picture, say: Say) -> list[Content]:
    funding, target = check.funding, value_target(check.funding.key, *_FIELDS[check.kind])
    values = {"amount": check.amount, "beyond": check.beyond, "start": funding.start, "end": funding.end}
    told = say(f"money.check.{check.kind}", **{name: value for name, value in values.items() if value is not None})
    return [
        tag("b", asked(funding.name, value_target(funding.key))),
        traced(_partner(funding, picture, say), value_target(funding.key)),
        traced(tag("b", told), target),
        traced(say(f"money.do.{check.kind}"), target),
    ]
