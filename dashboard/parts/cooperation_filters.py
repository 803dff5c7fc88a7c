"""Choosing which cooperations and partners are shown, and saying what was chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.answers.cooperation_choice import Choices
from dashboard.answers.selection import Selection
from dashboard.parts import filters
from dashboard.parts.html import Markup, go, tag
from etl.wording import has, say

Say = Callable[..., str]

#: What the way back from a choice reports.
EVERYONE = "alle"
_NAMES = ("field", "contribution", "agreed", "reach", "site", "kind")


def word(domain: str, code: str | None, language: str) -> str:
    """The word for a code; a word nobody knows stands as it was written."""
    if code is None:
        return ""
    key = f"{domain}.{code}"
    return say(language, key) if has(language, key) else code


def show_filters(offered: Choices, told: Say, language: str) -> None:
    """A popover with one list for each choice there is; its truth is the address."""
    now = filters.selected()
    chosen = sum(getattr(now, name) is not None for name in _NAMES)
    folded = filters.fold(told, chosen, width="content")
    if folded.open:
        with folded:
            filters.choices(_offered(offered, told, language), told("word.all"), "stretch", "-cooperations")


def _offered(offered: Choices, told: Say, language: str) -> list[filters.Choice]:
    options: dict[str, Sequence[str]] = {
        "field": offered.fields,
        "contribution": offered.contributions,
        "agreed": offered.agreed,
        "reach": offered.reaches,
        "kind": offered.kinds,
        "site": offered.sites,
    }
    return [
        (name, told(f"cooperations.filter.{name}"), values, lambda code, name=name: _worded(name, code, language))
        for name, values in options.items()
        if values
    ]


def _worded(name: str, code: str, language: str) -> str:
    domains = {
        "contribution": "cooperation.contribution",
        "agreed": "cooperations.agreed_as",
        "reach": "cooperations.reach",
        "kind": "cooperations.kind",
    }
    return word(domains[name], code, language) if name in domains else code


def chosen_markup(selection: Selection, told: Say, language: str) -> Markup | None:
    """What was chosen and the way back to everything (reports ``EVERYONE``); nothing where nothing was."""
    values = [(name, getattr(selection, name)) for name in _NAMES]
    words = [_worded(name, value, language) for name, value in values if value is not None]
    if selection.block is not None:
        words.append(told("cooperations.block", n=selection.block))
    if not words:
        return None
    shown = told("cooperations.chosen", words=", ".join(words))
    return tag("p", shown, " ", go(told("cooperations.everyone"), EVERYONE, class_="rt-link"), class_="rt-chosen")


def forget_choice() -> None:
    """Show everything again."""
    filters.change(**dict.fromkeys((*_NAMES, "block")))
