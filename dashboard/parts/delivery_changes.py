"""What a delivery would change, or what taking it back would: records, fields, ratings, and who will see what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dashboard.answers.consequences import RatingChange, Shown
from dashboard.answers.what_changes import ChangedField, ChangedRecord, KindChanges, MetCorrection, field_counts
from dashboard.parts.blocks import ListRow, list_rows, note, rating_symbol, section
from dashboard.parts.html import Content, Markup, joined, tag, visually_hidden
from dashboard.parts.values import value_text

Say = Callable[..., str]

#: Titles, records and ratings shown before the rest folds.
_TITLES_SHOWN, _CHANGED_SHOWN, _RATINGS_SHOWN = 4, 3, 8
_MANY_FIELDS = 6


def how_many(changes: Sequence[KindChanges]) -> int:
    """Records that are new, changed, unchanged or not named."""
    return sum(len(k.new) + len(k.changed) + len(k.unchanged) + len(k.missing) for k in changes)


def changes_markup(changes: Sequence[KindChanges], say: Say, language: str, *, sought: str = "") -> Markup:
    """Per kind what is new, changed (the new value above the old one) and no longer named; what stays in one line.

    ``changes`` hold only what was ``sought``, where something was: then nothing folds.
    """
    parts: list[Content] = [_kind(kind, say, language, bool(sought)) for kind in changes if _moved(kind)]
    same = [kind for kind in changes if kind.unchanged]
    if same:
        parts.append(_unchanged(same, say, bool(sought)))
    if sought:
        return joined(parts) if parts else note(say("deliveries.sought_nothing", text=sought))
    parts.append(note(say("deliveries.nothing_vanishes", n=sum(len(kind.missing) for kind in changes))))
    return joined(parts)


def undo_markup(changes: Sequence[KindChanges], say: Say, language: str) -> Markup:
    """Per kind what is gone, and what reads as it did before the delivery."""
    if not changes:
        return note(say("deliveries.undo.nothing"))
    return joined(_kind(kind, say, language, False, "deliveries.undo") for kind in changes)


def _moved(kind: KindChanges) -> bool:
    return bool(kind.new or kind.changed or kind.missing)


def _kind(kind: KindChanges, say: Say, language: str, unfold: bool, words: str = "deliveries.change") -> Markup:
    rows: list[Markup] = []
    for change, titles in (("new", kind.new), ("changed", [c.title for c in kind.changed]), ("missing", kind.missing)):
        if titles:
            rows.append(_change(say(f"{words}.{change}", n=len(titles)), titles, say, unfold))
        if titles and change == "changed":
            rows.append(tag("li", _changed(kind, say, language, unfold), class_="rt-changes"))
    head = tag("h3", say(f"kind.{kind.kind}", n=2))
    return tag("div", head, tag("ul", rows, class_="rt-list"), class_="rt-kind")


def _unchanged(kinds: Sequence[KindChanges], say: Say, unfold: bool) -> Markup:
    total = sum(len(kind.unchanged) for kind in kinds)
    summary = tag("summary", say("deliveries.change.unchanged", n=total))
    lines = (
        tag("li", tag("b", say(f"kind_count.{kind.kind}", n=len(kind.unchanged))), ": ", ", ".join(kind.unchanged))
        for kind in kinds
    )
    return tag("details", summary, tag("ul", lines, class_="rt-plain"), class_="rt-more", open=unfold)


def _change(lead: str, titles: Sequence[str], say: Say, unfold: bool) -> Markup:
    shown = titles if unfold else titles[:_TITLES_SHOWN]
    rest = titles[len(shown) :]
    more = None
    if rest:
        summary = tag("summary", say("deliveries.and_more", n=len(rest)))
        more = tag("details", summary, ", ".join(rest), class_="rt-more")
    return tag("li", tag("div", tag("b", lead), " ", ", ".join(shown), more))


def _changed(kind: KindChanges, say: Say, language: str, unfold: bool) -> Markup:
    records = kind.changed
    shown = [_record(record, say, language) for record in records]
    opened = unfold or len(records) <= _CHANGED_SHOWN
    summary = tag("summary", say("deliveries.old_and_new", n=len(records)))
    return tag("details", summary, _per_field(kind, say), shown, class_="rt-more", open=opened)


def _per_field(kind: KindChanges, say: Say) -> Markup | None:
    """„Status 3-mal, Ende 2-mal“, where there is more than one record."""
    if len(kind.changed) < 2:
        return None
    told = (say("deliveries.per_field", field=_name(field, say), n=n) for field, n in field_counts(kind))
    return note(", ".join(told))


def _record(record: ChangedRecord, say: Say, language: str) -> Markup:
    fields = (_field(field, say, language) for field in record.fields)
    return tag("div", tag("b", record.title), tag("ul", fields, class_="rt-plain"), class_="rt-record")


def _field(field: ChangedField, say: Say, language: str) -> Markup:
    """The new value, and below it the old one struck out."""
    old, new = _value(field.old, field, language), _value(field.new, field, language)
    if field.stays:
        stays = tag("span", say("deliveries.correction.in_list", value=new or "–"), class_="rt-each")
        return tag("li", tag("span", f"{_name(field, say)}: ", class_="rt-aside"), tag("b", old or "–"), stays)
    decided = f" {say('deliveries.decided')}" if field.decided else None
    before = (
        tag("span", visually_hidden(say("deliveries.before")), " ", tag("s", old), decided, class_="rt-each")
        if old
        else None
    )
    return tag("li", tag("span", f"{_name(field, say)}: ", class_="rt-aside"), tag("b", new or "–"), before)


def corrections_markup(met: Sequence[MetCorrection], say: Say, language: str) -> Markup | None:
    """What becomes of the office's corrections that the list contradicts: they hold, or are replaced."""
    if not met:
        return None
    head = tag("h3", say("deliveries.correction", n=len(met)))
    rows = [tag("li", tag("div", _met(one, say, language))) for one in met]
    more = None
    if rows[_TITLES_SHOWN:]:
        summary = tag("summary", say("deliveries.and_more", n=len(rows) - _TITLES_SHOWN))
        more = tag("details", summary, tag("ul", rows[_TITLES_SHOWN:], class_="rt-list"), class_="rt-more")
    return tag("div", head, tag("ul", rows[:_TITLES_SHOWN], class_="rt-list"), more, class_="rt-kind")


def _met(met: MetCorrection, say: Say, language: str) -> Markup:
    field = met.field
    values = {"right": _value(field.old, field, language) or "–", "found": _value(field.new, field, language) or "–"}
    what = tag("b", f"{met.title}, {_name(field, say)}: ")
    return joined([what, say(f"deliveries.correction.{'stays' if field.stays else 'replaced'}", **values)])


def _name(field: ChangedField, say: Say) -> str:
    return say(f"field.{field.term}") if field.term else field.name


def _value(value: Any, field: ChangedField, language: str) -> str:
    if value is None or value == "" or value == []:
        return ""
    return value_text(value, field.type, field.domain, field.qualifier, language)


def ratings_markup(ratings: Sequence[RatingChange], rated: int, say: Say, language: str) -> Markup:
    """Which ratings of goals and measures would be others: before and after, with symbol and word."""
    parts: list[Content] = [section(say("deliveries.ratings"), say("deliveries.ratings_n", n=len(ratings)))]
    rows = [_rating(change, say, language) for change in ratings]
    if rows:
        parts.append(list_rows(rows[:_RATINGS_SHOWN]))
    if rows[_RATINGS_SHOWN:]:
        summary = tag("summary", say("deliveries.and_more", n=len(rows) - _RATINGS_SHOWN))
        parts.append(tag("details", summary, list_rows(rows[_RATINGS_SHOWN:]), class_="rt-more"))
    if rated:
        parts.append(note(say("deliveries.ratings.first", n=rated)))
    elif not ratings:
        parts.append(note(say("deliveries.ratings.none")))
    return joined(parts)


def _rating(change: RatingChange, say: Say, language: str) -> ListRow:
    steps = joined(
        [_rated(change.before, say, language), tag("span", "→", class_="rt-step"), _rated(change.after, say, language)],
        " ",
    )
    title = joined([tag("span", say(f"kind.{change.kind}", n=1), class_="rt-aside"), " ", change.title])
    return ListRow(title, note=steps)


def _rated(code: str | None, say: Say, language: str) -> Markup:
    return rating_symbol(code, language) if code else tag("span", say("rating.none"))


def shown_markup(shown: Sequence[Shown], say: Say) -> Markup | None:
    """What becomes visible, and to whom."""
    if not shown:
        return None
    audiences = dict.fromkeys(line.audience for line in shown)
    rows = [
        ListRow(
            say(f"deliveries.shown.{audience}"),
            note=joined(tag("span", _line(line, say), class_="rt-each") for line in shown if line.audience == audience),
        )
        for audience in audiences
    ]
    return joined([section(say("deliveries.shown")), list_rows(rows)])


def _line(line: Shown, say: Say) -> str:
    if not line.kind:
        return say("deliveries.shown.kept", headings=list(line.fields))
    names = [say(f"field.{term}") for term in line.fields[:_MANY_FIELDS]]
    rest = len(line.fields) - len(names)
    told = ", ".join(names) + (f" {say('deliveries.and_more', n=rest)}" if rest > 0 else "")
    counted = say(f"kind_count.{line.kind}", n=line.records)
    return say("deliveries.shown.fields", records=counted, fields=told) if told else counted
