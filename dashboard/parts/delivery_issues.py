"""What a delivery leaves to ask, and what it would change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from dashboard.answers.what_changes import ChangedField, ChangedRecord, KindChanges
from dashboard.parts.blocks import note, section
from dashboard.parts.html import Content, Markup, go, joined, tag, visually_hidden
from dashboard.parts.values import value_text
from etl.issues import Issue
from etl.wording import formatted
from etl.wording.issues import issue_wording

Say = Callable[..., str]

#: Issues and titles shown before the rest folds.
_ISSUES_SHOWN = {"error": 6, "warning": 3, "note": 0}
_TITLES_SHOWN = 4
_CHANGED_SHOWN = 3
_SEVERITIES = ("error", "warning", "note")


def places_to_clarify(issues: Iterable[Issue]) -> int:
    """How many places were not taken over: an issue without cells counts as one."""
    return sum(max(1, len(issue.cells)) for issue in issues if issue.severity == "error")


def issues_markup(issues: Sequence[Issue], say: Say, language: str) -> Markup:
    """Errors, then what should be looked at, then what is only told. A click reports ``zelle:<sheet>!<cell>``."""
    parts: list[Content] = []
    for severity in _SEVERITIES:
        found = [issue for issue in issues if issue.severity == severity]
        if found:
            parts.append(section(say(f"deliveries.issues.{severity}"), formatted(language, len(found), "count")))
            parts.append(_issue_list(found, _ISSUES_SHOWN[severity], say, language))
    return (
        joined(parts)
        if parts
        else joined([section(say("deliveries.issues.error")), note(say("deliveries.issues.none"))])
    )


def _issue_list(issues: Sequence[Issue], shown: int, say: Say, language: str) -> Markup:
    if len(issues) == shown + 1:
        shown += 1
    first = tag("ul", (_issue(issue, say, language) for issue in issues[:shown]), class_="rt-list") if shown else None
    rest = issues[shown:]
    if not rest:
        return joined([first])
    folded = tag("ul", (_issue(issue, say, language) for issue in rest), class_="rt-list")
    key = "deliveries.issues.more" if shown else "deliveries.issues.all"
    return joined([first, tag("details", tag("summary", say(key, n=len(rest))), folded, class_="rt-more")])


def _issue(issue: Issue, say: Say, language: str) -> Markup:
    sentence, proposal = issue_wording(language)(issue)
    first = issue.cells[0].split(":", 1)[0] if issue.cells else None
    text: Content = sentence
    if first and issue.sheet:
        text = go(sentence, f"zelle:{issue.sheet}!{first}", label=say("deliveries.show_cell"))
    return tag("li", tag("div", text, tag("small", proposal) if proposal else None))


def changes_markup(changes: Sequence[KindChanges], say: Say, language: str) -> Markup:
    """Per kind: new, changed with old and new, unchanged, no longer named."""
    parts: list[Content] = [section(say("deliveries.changes"))]
    for kind in changes:
        parts.append(_kind(kind, say, language))
    gone = sum(len(kind.missing) for kind in changes)
    parts.append(note(say("deliveries.nothing_vanishes", n=gone)))
    return joined(parts)


def _kind(kind: KindChanges, say: Say, language: str) -> Markup:
    total = len(kind.new) + len(kind.changed) + len(kind.unchanged)
    rows: list[Markup] = []
    for change, titles in (("new", kind.new), ("changed", [c.title for c in kind.changed])):
        if titles:
            rows.append(_change(change, titles, say, language))
    if kind.changed:
        rows.append(tag("li", _changed(kind.changed, say, language), class_="rt-changes"))
    if kind.unchanged:
        rows.append(_change("unchanged", [] if rows else kind.unchanged, say, language, count=len(kind.unchanged)))
    if kind.missing:
        rows.append(_change("missing", kind.missing, say, language))
    head = tag("h3", say(f"kind_count.{kind.kind}", n=total))
    return tag("div", head, tag("ul", rows, class_="rt-list"), class_="rt-kind")


def _change(change: str, titles: Sequence[str], say: Say, language: str, count: int | None = None) -> Markup:
    number = len(titles) if count is None else count
    lead = tag("b", say(f"deliveries.change.{change}", n=number))
    shown = ", ".join(titles[:_TITLES_SHOWN])
    rest = len(titles) - _TITLES_SHOWN
    more = say("deliveries.and_more", n=rest) if rest > 0 else None
    return tag("li", tag("div", lead, " ", shown, " " if more else None, more))


def _changed(records: Sequence[ChangedRecord], say: Say, language: str) -> Markup:
    shown = [_record(record, say, language) for record in records]
    opened = len(records) <= _CHANGED_SHOWN
    return tag(
        "details", tag("summary", say("deliveries.old_and_new", n=len(records))), shown, class_="rt-more", open=opened
    )


def _record(record: ChangedRecord, say: Say, language: str) -> Markup:
    fields = (_field(field, say, language) for field in record.fields)
    return tag("div", tag("b", record.title), tag("ul", fields, class_="rt-plain"), class_="rt-record")


def _field(field: ChangedField, say: Say, language: str) -> Markup:
    name = say(f"field.{field.term}") if field.term else field.name
    old = _value(field.old, field, language)
    before = joined([visually_hidden(say("deliveries.before")), " ", tag("s", old), " → "]) if old else None
    return tag(
        "li", tag("span", f"{name}: ", class_="rt-aside"), before, tag("b", _value(field.new, field, language) or "–")
    )


def _value(value: Any, field: ChangedField, language: str) -> str:
    if value is None or value == "" or value == []:
        return ""
    return value_text(value, field.type, field.domain, field.qualifier, language)
