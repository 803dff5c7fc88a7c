"""What stands in the minutes of a meeting and in the papers that are kept of it: plain values, no sentence yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.rules.facts import Marks
from etl.rules.finding import Finding
from etl.rules.rating import Rating


@dataclass(frozen=True, slots=True)
class ResultTold:
    """What was written down. ``texts``: its wording, several where two stand beside each other unsettled; ``who``:
    (house, stance, its words) of everyone asked; ``about``: titles of goals and measures; ``views``: those that stand
    against each other; ``expects``: what the data shall show then; ``code`` and ``expires`` of a rating by the body.
    ``known``: it was in the network's lists, nobody wrote it down in the room; ``added``: on which day, where the
    meeting had been closed before; ``followed``: what was said of it, where it had been agreed before (kind
    ``followed``)."""

    kind: str
    texts: tuple[str, ...]
    who: tuple[tuple[str, str | None, str], ...] = ()
    due: dt.date | None = None
    permanent: bool = False
    next_step: str = ""
    about: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    addressed_to: str = ""
    reason: str = ""
    code: str | None = None
    expires: dt.date | None = None
    expects: tuple[Finding, ...] = ()
    settled: str = ""
    status: str | None = None
    consequence: str = ""
    known: bool = False
    added: dt.date | None = None
    followed: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class TemperatureTold:
    """How the body assessed something: counts alone. ``computed``: the rating's code beside it; ``voices``: how many
    there were, more than the counts where they were too few to be told."""

    title: str
    counts: Mapping[str, int]
    way: str
    computed: str | None
    day: dt.date
    voices: int = 0


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A number or a line of a list that a screen showed: ``lead`` stands before it, ``said`` after it; ``marks`` travel
    with the number."""

    lead: object
    said: tuple[Finding | str, ...]
    marks: Marks = ()


@dataclass(frozen=True, slots=True)
class ItemTold:
    """An item of the agenda, with the finding its screen showed and the lines beneath. ``seconds``: how long it
    took; ``gone``: nothing of what it was about was known any more."""

    number: int
    title: str
    origin: str
    minutes: int
    seconds: int = 0
    shown: tuple[Finding | str, ...] = ()
    lines: tuple[ShownLine, ...] = ()
    gone: bool = False
    code: str | None = None
    proposal: str = ""
    consequence: str = ""
    reports: tuple[str, ...] = ()
    results: tuple[ResultTold, ...] = ()
    temperatures: tuple[TemperatureTold, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A cell that a value was read from."""

    file: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number behind a rating: ``field`` of ``kind`` ("indicator.target_value"), with the cells it was read from."""

    record: str
    title: str
    kind: str
    field: str
    value: object
    unit: str | None = None
    day: dt.date | None = None
    marks: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class RatedTold:
    """A goal or measure as it was rated on the shown day; ``finding`` says why."""

    key: str
    kind: str
    title: str
    field_of_action: str | None
    rating: Rating
    finding: Finding
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportedLate:
    """What came after the editorial deadline. ``partners``: whose lists or answers; ``changed``: (title, code as
    shown, code with what came) of goals whose rating it changes."""

    partners: tuple[str, ...] = ()
    changed: tuple[tuple[str, str | None, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """A line of „Seit dem letzten Mal“: of which ``section``, about what, its cause, the rating before and after."""

    section: str
    kind: str
    title: str
    cause: str | None
    before: str | None
    after: str | None
    day: dt.date | None


@dataclass(frozen=True, slots=True)
class SinceTold:
    """What had changed since ``day``; ``silent``: how many partners had said nothing, without their names."""

    day: dt.date
    finding: tuple[Finding, ...]
    lines: tuple[ChangeTold, ...]
    silent: int = 0


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """A meeting as it was, without a person's name: houses alone. ``shown_day``: the day its papers speak of,
    ``known_day`` the last day whose news they know (None: all there was on the day). ``houses``: who was there, with
    how many people; None where nobody noted it. ``loose``: results under no item, those of the lists among them.
    ``rules`` and ``thresholds``: the versions the ratings rest on. ``since``: of a supplement, when it was closed
    before."""

    key: str
    title: str
    network: str
    body: str
    body_kind: str | None
    day: dt.date
    shown_day: dt.date
    known_day: dt.date | None = None
    starts_at: dt.datetime | None = None
    place: str = ""
    houses: tuple[tuple[str, int], ...] | None = None
    guests: int | None = None
    items: tuple[ItemTold, ...] = ()
    loose: tuple[ResultTold, ...] = ()
    loose_temperatures: tuple[TemperatureTold, ...] = ()
    rated: tuple[RatedTold, ...] = ()
    rules: int = 0
    thresholds: Mapping[str, object] = field(default_factory=dict)
    thresholds_version: str = ""
    late: ReportedLate | None = None
    changed: SinceTold | None = None
    next_meeting: tuple[str, dt.date] | None = None
    since: dt.datetime | None = None

    @property
    def planned(self) -> bool:
        """Whether it was planned here, and is not known from a list alone."""
        return self.body_kind is not None

    @property
    def results(self) -> tuple[ResultTold, ...]:
        """All of them, in the order of the agenda."""
        return (*(result for item in self.items for result in item.results), *self.loose)

    @property
    def goals(self) -> tuple[RatedTold, ...]:
        return tuple(one for one in self.rated if one.kind == "goal")


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person in a body. ``name`` is "" once they were erased; ``stands_in``: for whom, by house."""

    name: str
    house: str
    function: str = ""
    deputy: bool = False


@dataclass(frozen=True, slots=True)
class Presence:
    """Who was there, and who was not, by house; nobody at all where ``noted`` is False."""

    noted: bool
    members: bool
    there: tuple[Attendee, ...] = ()
    missing: tuple[Attendee, ...] = ()
    guests: int | None = None


@dataclass(frozen=True, slots=True)
class ClosingTold:
    """A closing as the minutes cite it: the checksum of what is kept, and why it was opened again."""

    closed_at: dt.datetime
    supplement: bool
    sha256: str
    papers: tuple[str, ...] = ()
    whole: bool = True
    differing: tuple[str, ...] = ()
    reason: str | None = None
    reopened_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Minutes:
    """All that the minutes tell; ``record`` is the same as in the kept papers."""

    record: MeetingRecord
    presence: Presence
    closings: tuple[ClosingTold, ...] = ()
