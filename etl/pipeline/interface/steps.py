"""The network's own list of steps: proposed as data, changed by the office."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from etl.model.accounts import User
from etl.model.process_steps import store_steps, stored_steps
from etl.model.store import Connection, Store, raise_version
from etl.pipeline.interface.refused import InterfaceRefused, refuse_clients
from etl.pipeline.typed_text import one_line, refuse_long
from etl.rules.steps import ProcessStep
from etl.settings import data_folder
from etl.vocabulary import normalise
from etl.vocabulary.loader import rows_of

LONGEST_TITLE, _MOST_WORDS, _LONGEST_CODE = 120, 60, 40


@lru_cache(maxsize=1)
def proposed_steps() -> tuple[ProcessStep, ...]:
    """The steps every network begins with (``data/vocabulary/steps.csv``); their titles are in the wording."""
    rows = rows_of(data_folder() / "vocabulary" / "steps.csv")
    return tuple(ProcessStep(0, r["code"], "", place, tuple(r["words"].split("|"))) for place, r in enumerate(rows))


def steps_in(connection: Connection) -> tuple[ProcessStep, ...]:
    """The network's own list; the proposed one while nobody changed it."""
    return stored_steps(connection) or proposed_steps()


def store_step(
    store: Store,
    user: User,
    code: str | None,
    title: str,
    words: Sequence[str],
    *,
    now: dt.datetime,
    seen: ProcessStep | None,
) -> str:
    """A new step (``code`` None) at the end, or title and words of one; ``seen``: as it was shown. An empty title is
    the proposed one. Returns its code. Raises ``InterfaceRefused``."""
    told, kept = one_line(title), _each_once(words)
    for text in (told, *kept):
        refuse_long(InterfaceRefused, text, LONGEST_TITLE)
    refuse_clients([told, *kept])
    with store.writing() as connection:
        steps = _own(connection, user)
        before = next((step for step in steps if step.code == code), None)
        if code is not None and before is None:
            raise InterfaceRefused("not_there", code)
        if before is not None and seen is not None and _shown(before) != _shown(seen):
            raise InterfaceRefused("changed_since", told)
        proposed = {step.code for step in proposed_steps()}
        if not told and (before is None or before.code not in proposed):
            raise InterfaceRefused("without_title")
        if told and any(normalise(s.title) == normalise(told) and s.code != code for s in steps):
            raise InterfaceRefused("taken", told)
        if before is None:
            made = _new_code(told, {step.code for step in steps})
            before = ProcessStep(0, made, told, max((s.place for s in steps), default=0) + 1)
        changed = replace(before, title=told, words=kept)
        _store(connection, [s for s in steps if s.code != changed.code] + [changed], user, now)
        return changed.code


def move_step(store: Store, user: User, code: str, by: int, *, now: dt.datetime) -> None:
    """Up (-1) or down (1) among those that have not ended. Raises ``InterfaceRefused``."""
    with store.writing() as connection:
        steps = _own(connection, user)
        living = [step for step in steps if not step.ended]
        at = next((place for place, step in enumerate(living) if step.code == code), None)
        if at is None:
            raise InterfaceRefused("not_there", code)
        to = min(max(at + by, 0), len(living) - 1)
        living.insert(to, living.pop(at))
        ordered = living + [step for step in steps if step.ended]
        _store(connection, [replace(step, place=place) for place, step in enumerate(ordered)], user, now)


def end_step(store: Store, user: User, code: str, *, ended: bool, now: dt.datetime) -> None:
    """Not asked for any more, or again. Its lines keep it in the paper. Raises ``InterfaceRefused``."""
    with store.writing() as connection:
        steps = _own(connection, user)
        if code not in {step.code for step in steps}:
            raise InterfaceRefused("not_there", code)
        _store(connection, [replace(s, ended=ended) if s.code == code else s for s in steps], user, now)


def _own(connection: Connection, user: User) -> tuple[ProcessStep, ...]:
    if user.role != "coordinator":
        raise InterfaceRefused("not_allowed")
    return steps_in(connection)


def _store(connection: Connection, steps: Sequence[ProcessStep], user: User, now: dt.datetime) -> None:
    store_steps(connection, steps, by=user.display_name, now=now)
    raise_version(connection)


def _shown(step: ProcessStep) -> tuple[str, tuple[str, ...]]:
    return step.title, step.words


def _each_once(words: Sequence[str]) -> tuple[str, ...]:
    told = (one_line(word) for word in words)
    return tuple({normalise(word): word for word in told if normalise(word)}.values())[:_MOST_WORDS]


def _new_code(title: str, taken: set[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", normalise(title)).strip("_")[: _LONGEST_CODE - 4] or "step"
    return next(code for n in range(1, len(taken) + 2) if (code := plain if n == 1 else f"{plain}_{n}") not in taken)
