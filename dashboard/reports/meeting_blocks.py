"""The parts that the minutes and the kept papers of a meeting have in common. No person is named in them."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.answers.minutes_content import (
    ChangeTold,
    ItemTold,
    MeetingRecord,
    ShownLine,
    TemperatureTold,
)
from dashboard.answers.minutes_results import WAITING
from dashboard.reports.paper import Block, Bullets, Heading, Rows, Sentence
from dashboard.reports.result_blocks import (
    Word,
    due_words,
    expected,
    result_blocks,
    sentences,
    stance_words,
    words,
)
from etl.rules.facts import Count, Money
from etl.rules.rating import Rating
from etl.rules.temperature import CHOICES, FEWEST
from etl.wording import formatted, has
from etl.wording.marks import marked

#: Changes of which the day tells more than the word.
_DATED = frozenset({"deadlines", "money_ended", "money_ending", "broken", "kept"})


def shown_line(line: ShownLine, word: Word, language: str) -> str:
    """„51,2 % Anteil …“: the number, then what it says; the parts of a list's line with dots between."""
    said = [one for one in line.said if isinstance(one, str) or has(language, one.code)]
    lead = _lead(line.lead, word, language)
    lead = marked(word, lead, line.marks) if lead else lead
    if said and isinstance(said[0], str):
        return " · ".join(filter(None, (lead, *(sentences([one], word) for one in said))))
    return f"{lead} {sentences(said, word)}".strip()


def _lead(lead: object, word: Word, language: str) -> str:
    if isinstance(lead, Money):
        shown = formatted(language, lead.amount, "money")
        shown = word(f"money.per_{lead.per}", amount=lead.amount) if lead.per else shown
    elif isinstance(lead, Count):
        shown = "–".join(dict.fromkeys(formatted(language, n, "count") for n in (lead.min, lead.max)))
    else:
        return formatted(language, lead) if lead != "" else ""
    return word("value.approx", value=shown) if lead.approx else shown


def headline(record: MeetingRecord, word: Word) -> str:
    """How many decisions and agreements there are; that nothing was written down, where nothing was."""
    if not record.results:
        return word("minutes.finding.nothing")
    taken = [one for one in record.results if one.status not in WAITING]
    counts = {kind: sum(one.kind == kind for one in taken) for kind in ("decision", "agreement")}
    if not any(counts.values()):
        return word("minutes.finding.results", n=len(record.results))
    return " ".join(word(f"minutes.finding.{kind}", n=n) for kind, n in counts.items())


def head_blocks(record: MeetingRecord, language: str) -> list[Block]:
    """Day, place, body, and up to which day the papers know the news."""
    word = words(language)
    day = formatted(language, record.day, "weekday_date")
    when = f"{day}, {formatted(language, record.starts_at, 'time')}" if record.starts_at else day
    found: list[Block] = [Sentence(when, word("minutes.label.day"))]
    if record.place:
        found.append(Sentence(record.place, word("minutes.label.place")))
    if record.body:
        found.append(Sentence(record.body, word("minutes.label.body")))
    found.append(Sentence(stand(record, word), word("minutes.label.stand")))
    return found


def stand(record: MeetingRecord, word: Word) -> str:
    """The day the papers speak of."""
    if record.known_day:
        return word("minutes.stand.deadline", day=record.known_day)
    return word("minutes.stand.day", day=record.shown_day)


def since_blocks(record: MeetingRecord, language: str) -> list[Block]:
    """The opening screen: what had changed since the body met before, each line with its cause."""
    word, told = words(language), record.changed
    if told is None:
        return []
    found: list[Block] = [Heading(word("minutes.heading.since", day=told.day)), Sentence(sentences(told.finding, word))]
    columns = tuple(word(f"minutes.column.{name}") for name in ("changed", "kind", "how", "cause"))
    rows = tuple(change_row(one, word, language) for one in told.lines)
    if rows:
        found.append(Rows(columns, rows, (46, 18, 26, 20)))
    if told.silent:
        found.append(Sentence(word("since.silent", n=told.silent, day=told.day).rstrip(".") + "."))
    return found


def change_row(one: ChangeTold, word: Word, language: str) -> tuple[str, str, str, str]:
    lead = f"since.lead.{one.section}"
    how = word(lead) if has(language, lead) else ""
    if one.before and one.after and one.before != one.after:
        how = f"{word(f'rating.{one.before}')} → {word(f'rating.{one.after}')}"
    day = formatted(language, one.day, "date") if one.day and one.section in _DATED else ""
    cause = word(f"cause.{one.cause}") if one.cause else "–"
    return one.title, word(f"kind.{one.kind}", n=1), ", ".join(filter(None, (how, day))) or "–", cause


def items_blocks(record: MeetingRecord, language: str, *, whole: bool = False) -> list[Block]:
    """The agenda, each item with what was shown and what came of it; then what stands under none of them. ``whole``:
    with every number and line that its screen showed."""
    word = words(language)
    found: list[Block] = [Heading(word("minutes.heading.agenda"))]
    if not record.items and record.since is None:
        found.append(Sentence(word("minutes.no_agenda")))
    for item in record.items:
        found += _item(item, word, language, whole=whole)
    if record.loose or record.loose_temperatures:
        if record.items:
            found.append(Heading(word("minutes.heading.loose"), 3))
        found += _temperatures(record.loose_temperatures, word)
        for result in record.loose:
            found += result_blocks(result, word, language)
    return found


def _item(item: ItemTold, word: Word, language: str, *, whole: bool) -> list[Block]:
    found: list[Block] = [Heading(word("minutes.item", number=item.number, title=item.title), 3)]
    times = [word("minutes.planned", n=item.minutes)]
    if item.seconds:
        times.append(word("minutes.taken", n=max(1, round(item.seconds / 60))))
    if item.reports:
        times.append(word("minutes.reports", n=len(item.reports), partners=list(item.reports)))
    found.append(Sentence(" · ".join(times), quiet=True))
    if item.shown:
        shown = sentences(item.shown, word)
        code = word("minutes.rated", rating=word(f"rating.{item.code}")) if item.code else ""
        found.append(Sentence(f"{shown} {code}".strip(), word("minutes.label.shown")))
    if item.gone:
        found.append(Sentence(word("minutes.gone")))
    if whole and item.lines:
        found.append(Bullets(tuple(shown_line(line, word, language) for line in item.lines)))
    if item.proposal:
        found.append(Sentence(item.proposal, word("minutes.label.proposal")))
    if item.consequence:
        found.append(Sentence(item.consequence, word("minutes.label.consequence")))
    found += _temperatures(item.temperatures, word)
    for result in item.results:
        found += result_blocks(result, word, language)
    if not item.results:
        found.append(Sentence(word("minutes.no_result"), quiet=True))
    return found


def _temperatures(asked: Sequence[TemperatureTold], word: Word) -> list[Block]:
    return [Sentence(temperature_words(one, word), word("minutes.label.temperature", day=one.day)) for one in asked]


def temperature_words(one: TemperatureTold, word: Word) -> str:
    counts = ", ".join(
        word("minutes.voices", n=one.counts.get(code, 0), rating=word(f"rating.{code}")) for code in CHOICES
    )
    if one.voices < FEWEST or one.voices > sum(one.counts.values()):
        counts = word("minutes.voices.few").rstrip(".")
    computed = word("minutes.computed", rating=word(f"rating.{one.computed}")) if one.computed else ""
    about = f"{one.title}: " if one.title else ""
    return f"{about}{counts}. {computed}".strip()


def agreements_blocks(record: MeetingRecord, language: str) -> list[Block]:
    """Every agreement under each house that gave its word, by house."""
    word = words(language)
    rows = []
    for result in record.results:
        if result.kind != "agreement":
            continue
        due = due_words(result, word, language) or "–"
        checked = " ".join(expected(result, word)) or "–"
        for house, stance, told in result.who or (("–", None, ""),):
            said = stance_words(stance, told, word) or "–"
            rows.append((house, " / ".join(result.texts), due, said, checked))
    if not rows:
        return []
    columns = tuple(word(f"minutes.column.{name}") for name in ("house", "what", "due", "stance", "checked"))
    rows.sort(key=lambda row: row[0].casefold())
    return [Heading(word("minutes.heading.agreements")), Rows(columns, tuple(rows), (20, 38, 16, 14, 24))]


def ratings_blocks(record: MeetingRecord, language: str) -> list[Block]:
    """The goals as they were rated, why, and what the body said beside it."""
    word = words(language)
    found: list[Block] = [Heading(word("minutes.heading.ratings")), Sentence(basis(record, word))]
    if not record.goals:
        return [found[0], Sentence(word("minutes.no_goals"))]
    names, shares = ("goal", "rating", "why", "body"), (26, 16, 44, 24)
    rows = []
    for one in record.goals:
        rating = word(f"rating.{one.rating.code}") if one.rating.code else "–"
        rows.append((one.title, rating, sentences(one.finding.sentences, word), human(one.rating, word)))
    if all(one.rating.human is None for one in record.goals):
        names, shares, rows = names[:3], (34, 18, 58), [row[:3] for row in rows]
    return [*found, Rows(tuple(word(f"minutes.column.{name}") for name in names), tuple(rows), shares)]


def basis(record: MeetingRecord, word: Word) -> str:
    """The view that the ratings rest on: day, what was known, version of rules and thresholds."""
    return word(
        "minutes.basis" if record.known_day is None else "minutes.basis.known",
        day=record.shown_day,
        known=record.known_day or record.shown_day,
        rules=str(record.rules),
        thresholds=record.thresholds_version,
    )


def human(rating: Rating, word: Word) -> str:
    if rating.human is None:
        return "–"
    told = rating.human
    return word("minutes.human", rating=word(f"rating.{told.code}"), body=told.body, reason=told.reason, day=told.day)


def late_blocks(record: MeetingRecord, language: str) -> list[Block]:
    """What came after the editorial deadline, apart from what was shown."""
    word, late = words(language), record.late
    if late is None:
        return []
    found: list[Block] = [Heading(word("minutes.heading.late"))]
    if late.partners:
        found.append(Sentence(word("minutes.late.partners", n=len(late.partners), partners=list(late.partners))))
    changed = [
        word("minutes.late.changed", title=title, before=_code(before, word), after=_code(after, word))
        for title, before, after in late.changed
    ]
    return [*found, Bullets(tuple(changed))] if changed else found


def _code(code: str | None, word: Word) -> str:
    return word(f"rating.{code}") if code else word("minutes.no_rating")
