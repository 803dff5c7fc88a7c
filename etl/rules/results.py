"""What a meeting wrote down: what each kind of result says, what it can't be without, which of its versions stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeVar, cast, get_args

from etl.rules.meeting import STANCES, ResultKind, Stance

#: Whom a body recommends something to.
Addressed = Literal["administration", "committee", "council"]
ADDRESSED: tuple[Addressed, ...] = get_args(Addressed)

#: What an agreement can say that it should change, so that the software can look for it itself.
ExpectedKind = Literal["milestone_reported", "contact_named", "funding_applied", "value_reported", "measure_status"]
EXPECTED: tuple[ExpectedKind, ...] = (
    "measure_status",
    "milestone_reported",
    "value_reported",
    "funding_applied",
    "contact_named",
)
#: Kinds of record that each of them is looked for at.
EXPECTED_OF: dict[ExpectedKind, frozenset[str]] = {
    "measure_status": frozenset({"measure"}),
    "milestone_reported": frozenset({"measure"}),
    "value_reported": frozenset({"goal"}),
    "funding_applied": frozenset({"measure"}),
    "contact_named": frozenset({"partner"}),
}

#: Results that name houses which do something.
WITH_HOUSES: frozenset[ResultKind] = frozenset({"agreement", "examination", "decision"})
#: The ratings a body can give.
RATED = ("on_track", "at_risk", "off_track", "cannot_be_rated")
#: A body's own rating holds at most this long without being given again.
LONGEST_RATING_DAYS = 366


@dataclass(frozen=True, slots=True)
class Holder:
    """What a house (``partner``: its key) said to an agreement; ``words``: its reservation, as it was put."""

    partner: str
    stance: Stance = "promised"
    words: str = ""

    @property
    def bound(self) -> bool:
        """Only who said yes is bound; whoever is asked and has not answered is not."""
        return self.stance != "open"


@dataclass(frozen=True, slots=True)
class View:
    """One of the views of a dissent, in its own words, and the houses (keys) that hold it."""

    text: str
    houses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """What should be reported by a day: of record ``target``; ``status``: which one, for a measure's; ``title``: which
    milestone, by its title (empty: any that is not reached yet)."""

    kind: ExpectedKind
    target: str
    by: dt.date
    status: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class ResultSaid:
    """What one version of a result says. Which parts count depends on its kind (``objection``).

    ``who``: houses with their stance. ``due``: done or examined or adjourned until then; ``permanent``: without an end,
    ``due`` is the next step then, ``next_step`` what it is. ``goals``, ``measures``: keys. ``about``: key of the record
    it speaks of (the waiting decision, what is rated or to be corrected), ``about_field``: of which value. ``code`` and
    ``expires``: of a rating. ``settled``: what the office did about a correction. ``called``: key -> how everything
    named here was called when it was written down.
    """

    text: str
    who: tuple[Holder, ...] = ()
    due: dt.date | None = None
    permanent: bool = False
    next_step: str = ""
    goals: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    about: str | None = None
    about_field: str = ""
    addressed_to: Addressed | None = None
    reason: str = ""
    code: str | None = None
    expires: dt.date | None = None
    views: tuple[View, ...] = ()
    expects: Expected | None = None
    settled: str = ""
    called: Mapping[str, str] = field(default_factory=dict)

    @property
    def bound(self) -> tuple[Holder, ...]:
        return tuple(holder for holder in self.who if holder.bound)

    @property
    def asked(self) -> tuple[Holder, ...]:
        """Houses that were asked and have not answered yet."""
        return tuple(holder for holder in self.who if not holder.bound)

    @property
    def named(self) -> tuple[str, ...]:
        """Keys of all that is named in it."""
        held = [holder.partner for holder in self.who] + [house for view in self.views for house in view.houses]
        about = [self.about, self.expects.target if self.expects else None]
        return tuple(dict.fromkeys([*held, *self.goals, *self.measures, *filter(None, about)]))

    @property
    def texts(self) -> tuple[str, ...]:
        """Every sentence a person typed."""
        words = [holder.words for holder in self.who] + [view.text for view in self.views]
        expected = [self.expects.title] if self.expects else []
        return (self.text, self.next_step, self.reason, self.settled, *words, *expected)

    def as_data(self) -> dict[str, Any]:
        """For the store: JSON, without what is not said."""
        data: dict[str, Any] = {
            "text": self.text,
            "who": [_dropped({"partner": h.partner, "stance": h.stance, "words": h.words}) for h in self.who],
            "due": self.due.isoformat() if self.due else None,
            "permanent": self.permanent,
            "next_step": self.next_step,
            "goals": list(self.goals),
            "measures": list(self.measures),
            "about": self.about,
            "about_field": self.about_field,
            "addressed_to": self.addressed_to,
            "reason": self.reason,
            "code": self.code,
            "expires": self.expires.isoformat() if self.expires else None,
            "views": [{"text": view.text, "houses": list(view.houses)} for view in self.views],
            "expects": _expected_data(self.expects),
            "settled": self.settled,
            "called": dict(self.called),
        }
        return _dropped(data)


def said_of(data: Mapping[str, Any]) -> ResultSaid:
    """What ``as_data`` made, back."""
    who = (Holder(h["partner"], cast(Stance, h.get("stance")), h.get("words", "")) for h in data.get("who", ()))
    expected = data.get("expects")
    return ResultSaid(
        text=data.get("text", ""),
        who=tuple(who),
        due=_day(data.get("due")),
        permanent=bool(data.get("permanent")),
        next_step=data.get("next_step", ""),
        goals=tuple(data.get("goals", ())),
        measures=tuple(data.get("measures", ())),
        about=data.get("about"),
        about_field=data.get("about_field", ""),
        addressed_to=data.get("addressed_to"),
        reason=data.get("reason", ""),
        code=data.get("code"),
        expires=_day(data.get("expires")),
        views=tuple(View(v["text"], tuple(v.get("houses", ()))) for v in data.get("views", ())),
        expects=Expected(**{**expected, "by": dt.date.fromisoformat(expected["by"])}) if expected else None,
        settled=data.get("settled", ""),
        called=dict(data.get("called", {})),
    )


def _expected_data(expected: Expected | None) -> dict[str, Any] | None:
    if expected is None:
        return None
    return _dropped({"kind": expected.kind, "target": expected.target, "by": expected.by.isoformat(),
                     "status": expected.status, "title": expected.title})  # fmt: skip


def _dropped(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", [], {}, False)}


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def objection(kind: ResultKind, said: ResultSaid, *, may_decide: bool, day: dt.date) -> str | None:
    """Why a result of this kind can't be written down on ``day``; a code, said as ``result.refused.<code>``.

    A decision needs a body whose own rules know decisions; what others resolve can be written down as a
    recommendation.
    """
    if kind == "decision" and not may_decide:
        return "body_does_not_decide"
    if kind != "dissent" and not said.text.strip():
        return "without_text"
    if any(holder.stance not in STANCES for holder in said.who):
        return "unknown_stance"
    if kind == "agreement":
        return _agreement_objection(said, day)
    check = _OBJECTIONS.get(kind)
    return check(said, day) if check is not None else None


def _agreement_objection(said: ResultSaid, day: dt.date) -> str | None:
    if not said.who:
        return "without_house"
    if any(holder.stance == "with_reservation" and not holder.words.strip() for holder in said.who):
        return "without_reservation"
    if said.due is None and not said.permanent:
        return "without_due"
    if said.permanent and not said.next_step.strip():
        return "without_next_step"
    if said.due is not None and said.due < day:
        return "due_is_past"
    return "expected_is_past" if said.expects is not None and said.expects.by < day else None


def _recommendation_objection(said: ResultSaid, day: dt.date) -> str | None:
    return None if said.addressed_to in ADDRESSED else "without_addressee"


def _examination_objection(said: ResultSaid, day: dt.date) -> str | None:
    if not said.who:
        return "without_house"
    if said.due is None:
        return "without_due"
    return "due_is_past" if said.due < day else None


def _adjourned_objection(said: ResultSaid, day: dt.date) -> str | None:
    if not said.reason.strip():
        return "without_reason"
    if said.due is None:
        return "without_due"
    return "due_is_past" if said.due < day else None


def _dissent_objection(said: ResultSaid, day: dt.date) -> str | None:
    told = [view for view in said.views if view.text.strip()]
    if len(told) < 2:
        return "without_views"
    return None if all(view.houses for view in told) else "view_without_house"


def _rating_objection(said: ResultSaid, day: dt.date) -> str | None:
    if said.code not in RATED:
        return "without_code"
    if not said.about:
        return "without_record"
    if said.expires is None:
        return "without_expiry"
    if said.expires < day:
        return "expiry_is_past"
    return "expiry_too_late" if (said.expires - day).days > LONGEST_RATING_DAYS else None


_OBJECTIONS: dict[ResultKind, Callable[[ResultSaid, dt.date], str | None]] = {
    "recommendation": _recommendation_objection,
    "examination": _examination_objection,
    "adjourned": _adjourned_objection,
    "dissent": _dissent_objection,
    "human_rating": _rating_objection,
}


class Versioned(Protocol):
    """A version of a result, as far as it decides which ones stand."""

    @property
    def number(self) -> int: ...
    @property
    def based_on(self) -> int: ...
    @property
    def beside(self) -> bool: ...


V = TypeVar("V", bound=Versioned)


def standing(versions: Sequence[V]) -> tuple[V, ...]:
    """The versions that stand (``versions`` oldest first): the last that knew all before it, and those saved beside it
    since by somebody who had not seen it. One version saved after having seen them all settles it."""
    if not versions:
        return ()
    start = max(index for index, version in enumerate(versions) if not version.beside)
    found = versions[start:]
    replaced = {version.based_on for version in found[1:]}
    return tuple(version for version in found if version.number not in replaced)
