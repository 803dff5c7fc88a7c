"""A meeting's results as sentences, the same on the wall, on own devices, on the page and in the minutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from dashboard.answers.results import Assessed, Named, Result
from etl.rules.meeting import ResultKind
from etl.rules.results import Expected, ResultSaid
from etl.rules.temperature import Spread
from etl.wording import formatted, say


@dataclass(frozen=True, slots=True)
class Worded:
    """``word``: what kind of result it is; ``text``: its own wording; ``notes``: who, until when, what for, each a
    sentence or less; ``beside``: other wordings that stand; ``later``: what became of what it names."""

    id: int
    kind: ResultKind
    word: str
    text: str
    notes: tuple[str, ...]
    check: str
    beside: tuple[str, ...]
    later: tuple[str, ...]
    supplement: bool
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of a spread: the choice, its word, how many, and where it lies on a line of 100."""

    code: str
    word: str
    n: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class WordedTemperature:
    """``finding`` is a sentence, of an open question too; ``bars`` are empty while nothing is shown."""

    id: int
    open: bool
    finding: str
    bars: tuple[Bar, ...]
    computed: str
    title: str


def worded(result: Result, language: str, *, within: Collection[str] = ()) -> Worded:
    """``within``: keys of what is spoken about anyway where it is shown; the result need not name it again."""
    said = result.said
    return Worded(
        id=result.id,
        kind=result.kind,
        word=say(language, f"result.kind.{result.kind}"),
        text=said.text.strip(),
        notes=tuple(_notes(result, said, language, within)),
        check=check_words(said.expects, result.called(said.expects.target), language) if said.expects else "",
        beside=tuple(" · ".join([one.said.text, *_notes(result, one.said, language, within)]) for one in result.beside),
        later=tuple(filter(None, (_later(named, language) for named in result.named.values()))),
        supplement=result.supplement,
        withdrawn=result.withdrawn,
    )


def check_words(expected: Expected, title: str, language: str) -> str:
    """„Geprüft am 1. Februar 2027: Ist die Maßnahme „Abendkurs“ als „läuft“ gemeldet?“"""
    status = say(language, f"status.{expected.status}") if expected.status else ""
    named = f".{expected.kind}" + ("_titled" if expected.kind == "milestone_reported" and expected.title else "")
    values = {"day": expected.by, "title": title, "status": status, "milestone": expected.title}
    return say(language, f"result.check{named}", **values)


def counted(results: tuple[Result, ...], language: str, *, most: int = 9) -> str:
    """„Drei Vereinbarungen, ein Beschluss“: what was written down so far; of more than ``most`` kinds only how much."""
    found = [one.kind for one in results if not one.withdrawn]
    kinds = dict.fromkeys(found)
    if len(kinds) > most:
        return say(language, "result.count", n=len(found))
    told = [say(language, f"result.count.{kind}", n=found.count(kind)) for kind in kinds]
    return formatted(language, told, "list") if told else say(language, "result.count.none")


def _notes(result: Result, said: ResultSaid, language: str, within: Collection[str]) -> Iterator[str]:
    def told(code: str, **values: object) -> str:
        return say(language, f"result.note.{code}", **values)

    yield from _holders(result, said, language)
    if result.kind == "recommendation" and said.addressed_to:
        yield told(f"addressed.{said.addressed_to}")
    if result.kind == "human_rating" and said.code:
        rating = say(language, f"rating.{said.code}")
        about = result.called(said.about) if said.about and said.about not in within else ""
        yield told("rated", about=about, rating=rating) if about else rating
        if said.expires:
            yield told("expires", day=said.expires)
    if result.kind == "correction" and said.about and said.about not in within:
        yield told("about", about=result.called(said.about))
    if result.kind == "dissent":
        for view in said.views:
            houses = sorted((result.called(house) for house in view.houses), key=str.casefold)
            yield told("view", words=view.text.strip(), houses=houses)
    if said.permanent:
        yield (
            told("permanent", step=said.next_step)
            if said.due is None
            else told("permanent_until", step=said.next_step, day=said.due)
        )
    elif said.due:
        yield told("adjourned_until" if result.kind == "adjourned" else "due", day=said.due)
    if said.reason.strip():
        yield told("reason", reason=said.reason.strip())
    for_ = [result.called(key) for key in (*said.goals, *said.measures) if key not in within]
    if for_:
        yield told("for", names=for_)
    if said.settled:
        yield told("settled", how=said.settled)


def _holders(result: Result, said: ResultSaid, language: str) -> Iterator[str]:
    promised = [holder for holder in said.who if holder.stance == "promised"]
    if result.kind == "agreement" and said.who and not said.bound:
        yield say(language, "result.note.nobody")
    if promised:
        code = "promised" if result.kind == "agreement" else "responsible"
        yield say(language, f"result.note.{code}", houses=result.houses(promised))
    for holder in said.who:
        if holder.stance == "with_reservation":
            house = result.called(holder.partner)
            yield say(language, "result.note.reservation", house=house, words=holder.words.strip())
    if said.asked:
        yield say(language, "result.note.asked", houses=result.houses(said.asked))


def _later(named: Named, language: str) -> str:
    if named.gone:
        return say(language, "result.note.gone", then=named.then)
    return say(language, "result.note.now", then=named.then, now=named.now) if named.now else ""


def worded_temperature(assessed: Assessed, language: str) -> WordedTemperature:
    spread = assessed.spread
    bars: tuple[Bar, ...] = ()
    if spread is not None:
        bars = _bars(spread, language)
    computed = ""
    if assessed.computed:
        key = "temperature.computed_otherwise" if assessed.seen_otherwise else "temperature.computed"
        computed = say(language, key, rating=say(language, f"rating.{assessed.computed}"))
    return WordedTemperature(
        assessed.id,
        assessed.open,
        temperature_finding(assessed, language),
        bars,
        "" if assessed.open else computed,
        say(language, "temperature.of", body=assessed.body, day=assessed.day),
    )


def _bars(spread: Spread, language: str) -> tuple[Bar, ...]:
    found, start = [], 0.0
    for code, n in spread.counts.items():
        width = 100 * n / spread.voices
        found.append(Bar(code, say(language, f"rating.{code}"), n, round(start, 2), round(width, 2)))
        start += width
    return tuple(found)


def temperature_finding(assessed: Assessed, language: str) -> str:
    if assessed.open:
        return say(language, "temperature.open", n=assessed.voices)
    code, values = assessed.finding
    if "rating" in values:
        values = values | {"rating": say(language, f"rating.{values['rating']}")}
    return say(language, code, **values)


def default_due(day: dt.date) -> dt.date:
    """What a form proposes where nothing is said: the first of the month after next."""
    month = day.month + 2
    return dt.date(day.year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
