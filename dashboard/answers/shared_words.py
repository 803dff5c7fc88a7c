"""A page to pass on in words: what the file and the screen both say."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import partial

from dashboard.answers.sharing import Figure, SharedPage
from etl.rules.sharing import FEW, without_few
from etl.wording import formatted, has, say
from etl.wording.marks import marked
from etl.wording.quantity import Quantity

#: As many organisations as one sentence names.
_NAMED = 4
#: Letters of a file's name before its day; whatever is neither letter nor digit becomes a hyphen.
_LONGEST_STEM, _NOT_IN_A_NAME = 60, re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class SharedLine:
    """A heading with ``items`` below it, or a sentence after its ``label``; ``quiet``: a remark."""

    text: str = ""
    label: str = ""
    items: tuple[str, ...] = ()
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class SharedWords:
    title: str
    over: str
    finding: str
    footer: str
    lines: tuple[SharedLine, ...]


def shared_words(page: SharedPage, network: str, day: dt.date, language: str) -> SharedWords:
    word = partial(say, language)
    return SharedWords(
        title=_plain(page.title, language) or word("share.untitled"),
        over=f"{network} · {word(f'share.over.{page.kind}')}",
        finding=_together(page, language),
        footer=word("share.footer", network=network, day=day, audience=word("audience.public")),
        lines=tuple(_lines(page, language)),
    )


def file_stem(page: SharedPage) -> str:
    """The title as the beginning of a file's name, cut between words; the key where the title has no letter."""
    words = _NOT_IN_A_NAME.sub(" ", page.title).split()
    while len(" ".join(words)) > _LONGEST_STEM and len(words) > 1:
        words.pop()
    return "-".join(words)[:_LONGEST_STEM].strip("-") or page.key


def _together(page: SharedPage, language: str) -> str:
    """Who works on it: by name where a sentence can hold the names, which stand below anyway."""
    n, names = len(page.involved), list(page.involved)
    return say(language, "share.together" if n <= _NAMED else "share.many", n=n, names=names) if n else ""


def _plain(text: str, language: str) -> str:
    return without_few(text, say(language, "share.few"))


def _lines(page: SharedPage, language: str) -> list[SharedLine]:
    word = partial(say, language)
    found = [SharedLine(_plain(page.text, language))] if page.text else []
    found += [SharedLine(text, word(f"share.label.{name}")) for name, text in _facts(page, language) if text]
    found += [
        SharedLine(_figure(figure, language), f"{_plain(figure.title, language) or word('share.untitled')}:")
        for figure in page.figures
    ]
    for name, items in (("goals", page.goals), ("measures", page.measures)):
        if items:
            found.append(
                SharedLine(word(f"share.heading.{name}"), items=tuple(_plain(item, language) for item in items))
            )
    if page.more:
        found.append(SharedLine(word("share.more", n=page.more), quiet=True))
    for name, items in (("involved", page.involved), ("funders", page.funders)):
        if items:
            found.append(SharedLine(word(f"share.heading.{name}"), items=items))
    return [*found, SharedLine(word("share.note", n=FEW), quiet=True)]


def _facts(page: SharedPage, language: str) -> list[tuple[str, str]]:
    groups = [_group(code, language) for code in page.target_group]
    return [
        ("target_group", _plain(page.group_words, language) or ", ".join(groups)),
        ("location", _plain(page.location or "", language)),
        ("period", _read_as(page, _period(page, language), ("start", "end"), language)),
        ("reached", _read_as(page, _reached(page, language), ("participants_actual",), language)),
    ]


def _read_as(page: SharedPage, text: str, fields: tuple[str, ...], language: str) -> str:
    marks = [mark for mark in page.marks if mark[0] in fields]
    return marked(partial(say, language), text, marks) if text else ""


def _group(code: str, language: str) -> str:
    key = f"target_group.{code}"
    return say(language, key) if has(language, key) else code


def _period(page: SharedPage, language: str) -> str:
    word = partial(say, language)
    if page.start and page.end:
        return word("share.period", start=page.start, end=page.end)
    if page.start:
        return word("share.since", start=page.start)
    return word("share.until", end=page.end) if page.end else ""


def _reached(page: SharedPage, language: str) -> str:
    word, count = partial(say, language), page.reached
    if page.few:
        return word("share.few")
    if count is None:
        return ""
    if count.min == count.max:
        return word("share.about" if count.approx else "share.exactly", n=count.max)
    return word("share.range" if count.min >= FEW else "share.up_to", n=count.max, low=count.min)


def _figure(figure: Figure, language: str) -> str:
    word = partial(say, language)
    parts = []
    if figure.few:
        parts.append(word("share.few"))
    elif figure.value is not None and figure.day is not None:
        value = formatted(language, Quantity(figure.value, figure.unit), "quantity")
        parts.append(word("share.value", value=marked(word, value, figure.marks), day=figure.day))
    if figure.target is not None and figure.target_day is not None:
        target = formatted(language, Quantity(figure.target, figure.unit), "quantity")
        parts.append(word("share.target", value=target, day=figure.target_day))
    return "; ".join(parts) or word("share.no_value")
