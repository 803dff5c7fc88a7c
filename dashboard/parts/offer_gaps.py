"""What is missing, kind after kind or house after house."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from dashboard.answers.offer_gaps import Gap, GapPage, gap_page, gaps_finding
from dashboard.answers.overlaps import Sight
from dashboard.answers.picture import Picture
from dashboard.parts.blocks import ListRow, list_rows, note, section
from dashboard.parts.context import Context
from dashboard.parts.deliveries import viewer_of
from dashboard.parts.downloads import Table
from dashboard.parts.findings import sentence
from dashboard.parts.house_goals import show_house_goals
from dashboard.parts.html import Content, Markup, clickable, joined, show, tag
from dashboard.parts.measures import pages
from dashboard.parts.offers_frame import Top, page_of_rows, show_top, sight, turn_page
from dashboard.parts.targets import follow, goal_target, measure_target
from dashboard.parts.traced import asked, sourced, sum_target, value_target

Say = Callable[..., str]


def show_gaps(context: Context, picture: Picture, views: Sequence[str]) -> None:
    say, way = context.say, sight()
    shown = gap_page(picture, viewer_of(context), way, page_of_rows())
    over = sourced(say("gap.over"), say, sum_target("measures"))
    found = sentence(gaps_finding(shown), say)
    show_top(context, "luecken", views, Top(over, found, _download(shown, say) if shown.every else None, "internal"))
    clicked = clickable(gaps_markup(shown, way, say), key="offers-gaps")
    turn_page(clicked)
    follow(context, clicked)
    show_house_goals(context)
    show(note(say("gap.what")))


def gaps_markup(shown: GapPage, way: Sight, say: Say) -> Markup:
    return joined([tag("div", _sections(shown, way, say), class_="rt-gaps"), pages(shown.page, shown.pages, say)])


def _sections(shown: GapPage, way: Sight, say: Say) -> Iterator[Markup]:
    for name, found in groupby(shown.gaps, key=lambda gap: gap.kind if way == "wirkung" else gap.house):
        gaps = list(found)
        title = say(f"gap.kind.{name}") if way == "wirkung" else name or say("gap.network")
        rows = (ListRow(_title(gap, say), _note(gap, way, say), target=_target(gap)) for gap in gaps)
        yield tag("section", section(title, str(len(gaps))), list_rows(rows))


def _title(gap: Gap, say: Say) -> Content:
    title = say(f"target_group.{gap.title}") if gap.kind == "group" else gap.title
    return asked(title, value_target(gap.record)) if gap.record and _target(gap) is None else title


def _note(gap: Gap, way: Sight, say: Say) -> str:
    first = gap.house if way == "wirkung" else say(f"gap.kind.{gap.kind}")
    return " · ".join(filter(None, (gap.field, first)))


def _target(gap: Gap) -> str | None:
    """Goals and measures have a page of their own; other records tell where they come from."""
    if gap.record is None:
        return None
    if gap.kind.startswith("goal"):
        return goal_target(gap.record)
    return measure_target(gap.record) if gap.kind == "measure_goal" else None


def _download(shown: GapPage, say: Say) -> Table:
    return Table(
        tuple(say(f"gap.column.{name}") for name in ("kind", "title", "house", "field")),
        lambda: [
            [
                say(f"gap.kind.{gap.kind}"),
                say(f"target_group.{gap.title}") if gap.kind == "group" else gap.title,
                gap.house,
                gap.field,
            ]
            for gap in shown.every
        ],
    )
