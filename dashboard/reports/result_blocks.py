"""What a meeting wrote down, in words: its label, its wording, and everything that belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from dashboard.answers.minutes_content import ResultTold
from dashboard.answers.minutes_results import WAITING
from dashboard.reports.paper import Block, Bullets, Sentence
from etl.rules.finding import Finding
from etl.vocabulary import load_vocabulary
from etl.wording import formatted, has, say

Word = Callable[..., str]


def words(language: str) -> Word:
    return partial(say, language)


def sentences(findings: Iterable[Finding | str], word: Word) -> str:
    return " ".join(one if isinstance(one, str) else word(one.code, **one.values) for one in findings)


def result_blocks(result: ResultTold, word: Word, language: str) -> list[Block]:
    """Its wording, then everything that belongs to it."""
    label = result_label(result, word)
    texts = result.texts or ("" if result.views else "–",)
    found: list[Block] = [Sentence(texts[0], label)]
    found += [Sentence(other, word("minutes.beside")) for other in texts[1:]]
    told = list(_told(result, word, language))
    return [*found, Bullets(tuple(told))] if told else found


def result_label(result: ResultTold, word: Word) -> str:
    waits = result.kind == "decision" and result.status in WAITING
    label = word("minutes.result.waiting" if waits else f"minutes.result.{result.kind}")
    return word("minutes.added", label=label, day=result.added) if result.added else label


def _told(result: ResultTold, word: Word, language: str) -> Iterable[str]:
    yield from (word(one.code, **one.values) for one in result.followed)
    if result.code and has(language, f"rating.{result.code}"):
        yield word("minutes.assessed", rating=word(f"rating.{result.code}"))
    if result.expires:
        yield word("minutes.expires", day=result.expires)
    if result.who:
        key = "minutes.who" if result.kind == "agreement" else "minutes.responsible"
        yield word(key, who=who(result, word))
    if due := due_words(result, word, language):
        yield word("minutes.due", due=due)
    yield from (word("minutes.expected", what=what) for what in expected(result, word))
    if result.addressed_to:
        yield word("minutes.addressed_to", to=word(f"minutes.addressee.{result.addressed_to}"))
    if result.about:
        yield word("minutes.about", titles=list(result.about))
    yield from (word("minutes.view", view=view) for view in result.views)
    if result.consequence:
        yield word("minutes.consequence", consequence=result.consequence)
    if result.settled:
        yield word("minutes.settled", how=result.settled)
    if result.reason:
        yield word("minutes.reason", reason=result.reason)
    if result.status:
        yield word("minutes.status", status=status_word(result, language))
    if result.known:
        yield word("minutes.from_lists")


def who(result: ResultTold, word: Word) -> str:
    """„VHS (zugesagt), Jobcenter (mit Vorbehalt: …)“."""
    return ", ".join(
        f"{house} ({said})" if (said := stance_words(*rest, word)) else house for house, *rest in result.who
    )


def stance_words(stance: str | None, words: str, word: Word) -> str:
    said = word(f"minutes.stance.{stance}") if stance else ""
    return f"{said}: {words}" if said and words else said or words


def expected(result: ResultTold, word: Word) -> list[str]:
    return [word(one.code, **_worded(one, word)) for one in result.expects]


def _worded(one: Finding, word: Word) -> dict[str, Any]:
    values = dict(one.values)
    if values.get("status"):
        values["status"] = word(f"status.{values['status']}")
    return values


def due_words(result: ResultTold, word: Word, language: str) -> str:
    """The day; of what has no end, its next step."""
    due = formatted(language, result.due, "date") if result.due else ""
    if not result.permanent:
        return due
    return ", ".join(filter(None, (word("minutes.permanent"), result.next_step, due)))


def status_word(result: ResultTold, language: str) -> str:
    """The vocabulary's word for it."""
    code, known = result.status or "", load_vocabulary().raw_words.get(f"{result.kind}.status", {})
    if language == "de":
        return next((text for text, meant in known.items() if meant == code), code)
    return code.replace("_", " ")
