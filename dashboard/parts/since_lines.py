"""The lines of „Seit dem letzten Mal“, in groups: each with its cause, and the way to its proof."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dashboard.answers.picture import Picture
from dashboard.answers.since import Compare, Since
from dashboard.parts.blocks import list_rows, note, section
from dashboard.parts.html import Markup, go, joined, tag
from dashboard.parts.since_rows import Page, rows_of
from etl.rules.days import in_berlin
from etl.rules.since import Line, Section
from etl.wording import formatted

Say = Callable[..., str]

#: What a click on a group begins with.
GROUP_PREFIX = "gruppe:"
#: Groups of the screen, in columns, with the sections they hold in the order of a meeting, and how many lines each
#: shows before it says how many more there are: as much as ends on one screen.
COLUMNS: tuple[tuple[str, ...], ...] = (
    ("ziele", "bewertungen"),
    ("massnahmen", "geld"),
    ("zusagen", "partner", "erfahren", "entfernt"),
)
GROUPS: Mapping[str, tuple[Section, ...]] = {
    "ziele": ("goals",),
    "bewertungen": ("measures",),
    "massnahmen": ("measures_new", "measures_finished", "measures_cancelled", "deadlines"),
    "geld": ("money_won", "money_ended", "money_ending", "money_unallocated"),
    "zusagen": ("broken", "kept"),
    "partner": ("partners_new", "partners_gone", "partners_silent"),
    "erfahren": ("learnt",),
    "entfernt": ("removed",),
}
_SHOWN: Mapping[str, int] = {
    "ziele": 7, "bewertungen": 3, "massnahmen": 4, "geld": 4, "zusagen": 5, "partner": 2, "erfahren": 2, "entfernt": 2,
}  # fmt: skip


def since_markup(found: Since, picture: Picture, say: Say, language: str, group: str | None) -> Markup:
    """All groups; of one group alone all its lines. To be shown inside ``clickable``."""
    page = Page(found, picture, say, language)
    if group is not None:
        back = tag("p", go(say("since.back"), GROUP_PREFIX, class_="rt-link"))
        return joined([back, _group(group, page, whole=True)])
    columns = [
        tag("div", [part for name in names if (part := _group(name, page, whole=False))], class_="rt-since-column")
        for names in COLUMNS
    ]
    return tag("div", columns, class_="rt-since")


def compared_words(compare: Compare, say: Say, *, met_before: bool) -> str:
    """Which days are compared, on which clock, and up to when the news is known."""
    first = compare.clock == "alles" and not met_before
    key = "since.over.first" if first else f"since.over.{compare.clock}"
    line = say(key, earlier=compare.earlier, later=compare.later)
    if compare.known_on is None or compare.clock == "erfahren":
        return line
    return f"{line} · {say('since.known', day=in_berlin(compare.known_on))}"


def _group(name: str, page: Page, *, whole: bool) -> Markup | None:
    lines = [line for part in GROUPS[name] for line in page.found.sections.get(part, ())]
    if name == "ziele" and not lines:
        return tag("div", section(page.say("since.group.ziele")), note(page.say("since.no_goal")))
    if not lines:
        return None
    shown = lines if whole else _first(lines, _SHOWN[name])
    rows = rows_of(shown, page)
    head = section(page.say(f"since.group.{name}"), formatted(page.language, len(lines), "count"))
    more = None
    if len(shown) < len(lines):
        more = tag("p", go(page.say("since.all", n=len(lines)), f"{GROUP_PREFIX}{name}"), class_="rt-note")
    return tag("div", head, list_rows(rows), more)


def _first(lines: Sequence[Line], most: int) -> list[Line]:
    """As many lines as there is room for: of each section in turn, told in their order."""
    by_section: dict[Section, list[Line]] = {}
    for line in lines:
        by_section.setdefault(line.section, []).append(line)
    taken: set[int] = set()
    while len(taken) < min(most, len(lines)):
        for waiting in by_section.values():
            if waiting and len(taken) < most:
                taken.add(id(waiting.pop(0)))
    return [line for line in lines if id(line) in taken]
