"""What the views of Fördermittel show, made once for everyone who sees the same of a picture."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from dashboard.answers.contacts import Viewer
from dashboard.answers.coverage import course
from dashboard.answers.funding import endings, sources
from dashboard.answers.funding_dates import due_dates
from dashboard.answers.money_checks import counted_twice, drawn_twice, money_doubts, needed_twice
from dashboard.answers.once import Once
from dashboard.answers.picture import Picture
from dashboard.answers.programmes import programme_rows, waiting_gaps
from dashboard.answers.runout import lapsing, runout
from dashboard.answers.selection import Selection
from dashboard.parts import funding as tables
from dashboard.parts import funding_dates, funding_sources, programmes
from dashboard.parts import runout as runs_out
from dashboard.parts.blocks import note
from dashboard.parts.html import Markup, joined
from dashboard.parts.money_checks import doubts_markup, twice_told
from dashboard.parts.traced import sum_target, traced
from etl.wording import say as say_in

Say = Callable[..., str]

#: So many end with the footer within a screen of 1080 px, below a headline of two lines.
_ROWS_BELOW_THE_CHART = 3


def _twice(picture: Picture, say: Say, decides: bool) -> list[Markup]:
    return twice_told(drawn_twice(picture), needed_twice(picture), say, decides=decides)


def _course_notes(picture: Picture, language: str, decides: bool) -> Markup:
    say = partial(say_in, language)
    return tables.course_notes(course(picture), _twice(picture, say, decides), say)


def _endings(picture: Picture, language: str) -> tuple[Markup, Markup | None, Markup]:
    say, shown = partial(say_in, language), endings(picture, _ROWS_BELOW_THE_CHART)
    return tables.endings_table(shown, say, language), tables.more_endings(shown, say), tables.chart_sources(say)


def _runout(picture: Picture, language: str, secured: bool, page: int, decides: bool) -> Markup:
    say, found = partial(say_in, language), runout(picture, secured=secured, page=page)
    return joined(
        [
            runs_out.years_table(found.years, _twice(picture, say, decides), say, language),
            runs_out.months_markup(found, say, language),
            runs_out.lapsing_table(lapsing(picture), say, language),
        ]
    )


def _sources(picture: Picture, language: str, selection: Selection) -> Markup:
    say, found = partial(say_in, language), sources(picture, selection)
    twice = counted_twice(picture, [entry.level for entry in found.sums])
    told = note(traced(say("money.counted_twice", n=twice), sum_target("fundings"))) if twice else None
    sums = funding_sources.sums_markup(found, selection, say, language)
    return joined([sums, told, funding_sources.sources_table(found, say, language)])


def _dates(picture: Picture, language: str, page: int) -> Markup:
    say = partial(say_in, language)
    return funding_dates.dates_table(due_dates(picture), picture.thresholds, say, language, page)


def _programmes(picture: Picture, language: str, page: int, chosen: int | None, office: bool) -> Markup:
    say = partial(say_in, language)
    gaps = programmes.gaps_table(waiting_gaps(picture), page, say, language)
    listed = programmes.programmes_table(programme_rows(picture), chosen, say, language, office=office)
    return joined([gaps, listed])


def _doubts(picture: Picture, language: str, viewer: Viewer) -> Markup:
    return doubts_markup(money_doubts(picture, viewer), picture, partial(say_in, language), language)


course_notes: Once[Picture, Markup] = Once(_course_notes)
#: What ends first, the link to the others (None where there are none), and the way to what the chart is drawn from.
endings_markup: Once[Picture, tuple[Markup, Markup | None, Markup]] = Once(_endings)
runout_markup: Once[Picture, Markup] = Once(_runout)
sources_markup: Once[Picture, Markup] = Once(_sources)
dates_markup: Once[Picture, Markup] = Once(_dates)
programmes_markup: Once[Picture, Markup] = Once(_programmes)
checks_markup: Once[Picture, Markup] = Once(_doubts)
