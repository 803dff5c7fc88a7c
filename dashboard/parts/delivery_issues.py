"""What a delivery leaves to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dashboard.parts.blocks import note, section
from dashboard.parts.html import Content, Markup, go, joined, tag
from etl.issues import Issue
from etl.wording import formatted
from etl.wording.issues import issue_wording

Say = Callable[..., str]

#: Errors and remarks shown before the rest folds.
_ERRORS_SHOWN, _SHOWN_OPEN = 6, 3
_SEVERITIES = ("error", "warning", "note")


def places_to_clarify(issues: Iterable[Issue]) -> int:
    """How many places were not taken over: an issue without cells counts as one."""
    return sum(max(1, len(issue.cells)) for issue in issues if issue.severity == "error")


def issues_markup(issues: Sequence[Issue], say: Say, language: str) -> Markup:
    """Errors as a list, what should be looked at and what is only told folded below it.

    A click reports ``zelle:<sheet>!<cell>``.
    """
    by_severity = {s: [issue for issue in issues if issue.severity == s] for s in _SEVERITIES}
    errors = by_severity["error"]
    parts: list[Content] = [section(say("deliveries.issues.error"), formatted(language, len(errors), "count"))]
    parts.append(_issue_list(errors, say, language) if errors else note(say("deliveries.issues.none")))
    for severity in ("warning", "note"):
        found = by_severity[severity]
        if found:
            opened = severity == "warning" and not errors and len(found) <= _SHOWN_OPEN
            summary = tag("summary", say(f"deliveries.issues.{severity}", n=len(found)))
            parts.append(tag("details", summary, _items(found, say, language), class_="rt-more", open=opened))
    return joined(parts)


def _issue_list(issues: Sequence[Issue], say: Say, language: str) -> Markup:
    shown = len(issues) if len(issues) == _ERRORS_SHOWN + 1 else _ERRORS_SHOWN
    first, rest = issues[:shown], issues[shown:]
    if not rest:
        return _items(first, say, language)
    summary = tag("summary", say("deliveries.issues.more", n=len(rest)))
    return joined(
        [_items(first, say, language), tag("details", summary, _items(rest, say, language), class_="rt-more")]
    )


def _items(issues: Sequence[Issue], say: Say, language: str) -> Markup:
    return tag("ul", (_issue(issue, say, language) for issue in issues), class_="rt-list")


def _issue(issue: Issue, say: Say, language: str) -> Markup:
    sentence, proposal = issue_wording(language)(issue)
    first = issue.cells[0].split(":", 1)[0] if issue.cells else None
    text: Content = sentence
    if first and issue.sheet:
        text = go(sentence, f"zelle:{issue.sheet}!{first}", label=say("deliveries.show_cell"))
    return tag("li", tag("div", text, tag("small", proposal) if proposal else None))
