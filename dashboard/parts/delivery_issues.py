"""What a delivery leaves to ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from dashboard.answers.offers import PROPOSED, Offer
from dashboard.parts.blocks import note, section
from dashboard.parts.delivery_offers import offers_markup
from dashboard.parts.html import Content, Markup, go, joined, tag
from etl.issues import Issue
from etl.wording import formatted
from etl.wording.issues import issue_wording

Say = Callable[..., str]
#: What is offered for an issue.
Offering = Callable[[Issue], Sequence[Offer]]

#: Errors and remarks shown before the rest folds.
_ERRORS_SHOWN, _SHOWN_OPEN = 6, 3
_PARTS_SHOWN = 20
_SEVERITIES = ("error", "warning", "note")


def issues_markup(
    issues: Sequence[Issue],
    say: Say,
    language: str,
    offered: Offering = lambda issue: (),
    sheet: str | None = None,
) -> Markup:
    """Errors as a list, what should be looked at and what is only told folded below it; ``sheet`` is the only one.

    A click reports ``zelle:<sheet>!<cell>``, or the key of what was ``offered`` (``sagen:<key>``).
    """
    told = _Told(say, language, offered, sheet)
    by_severity = {s: [issue for issue in issues if issue.severity == s] for s in _SEVERITIES}
    errors = by_severity["error"]
    parts: list[Content] = [section(say("deliveries.issues.error"), formatted(language, len(errors), "count"))]
    parts.append(told.listed(errors) if errors else note(say("deliveries.issues.none")))
    for severity in ("warning", "note"):
        found = by_severity[severity]
        if found:
            opened = severity == "warning" and not errors and len(found) <= _SHOWN_OPEN
            summary = tag("summary", say(f"deliveries.issues.{severity}", n=len(found)))
            parts.append(tag("details", summary, told.items(found), class_="rt-more", open=opened))
    return joined(parts)


class _Told:
    """Issues as a list, each with its cell to go to and what is offered."""

    def __init__(self, say: Say, language: str, offered: Offering, only: str | None) -> None:
        self.say, self.language, self.offered, self.only = say, language, offered, only
        self.wording = issue_wording(language)

    def listed(self, issues: Sequence[Issue]) -> Markup:
        shown = len(issues) if len(issues) == _ERRORS_SHOWN + 1 else _ERRORS_SHOWN
        first, rest = issues[:shown], issues[shown:]
        if not rest:
            return self.items(first)
        summary = tag("summary", self.say("deliveries.issues.more", n=len(rest)))
        return joined([self.items(first), tag("details", summary, self.items(rest), class_="rt-more")])

    def items(self, issues: Sequence[Issue]) -> Markup:
        return tag("ul", (self._issue(issue) for issue in issues), class_="rt-list")

    def _issue(self, issue: Issue) -> Markup:
        there = issue.sheet == self.only and bool(issue.cells)  # the sheet everybody sees need not be named
        sentence, proposal = self.wording(replace(issue, sheet=None) if there else issue)
        first = issue.cells[0].split(":", 1)[0] if issue.cells else None
        text: Content = sentence
        if first and issue.sheet is not None:
            text = go(sentence, f"zelle:{issue.sheet}!{first}", label=self.say("deliveries.show_cell"))
        offers = self.offered(issue)
        clicks = offers_markup(offers, self.say, self.language)
        on_button = bool(offers) and offers[0].kind in PROPOSED
        hint = tag("small", proposal) if proposal and not on_button else None
        return tag("li", tag("div", text, hint, clicks, self._parts(issue)))

    def _parts(self, issue: Issue) -> Markup | None:
        """The single issues of a group, where there is something to say about them."""
        parts = issue.parts[:_PARTS_SHOWN]
        if not any(self.offered(part) for part in parts):
            return None
        summary = tag("summary", self.say("deliveries.issues.parts", n=len(issue.parts)))
        return tag("details", summary, self.items(parts), class_="rt-more")
