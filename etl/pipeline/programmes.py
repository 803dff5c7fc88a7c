"""The list of funding programmes: entered, changed and ended by the office."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from etl.model.accounts import User
from etl.model.programmes import programmes, save_programme
from etl.model.store import Store, raise_version
from etl.pipeline.refused import Refused
from etl.pipeline.single_clients import tells_of_client
from etl.pipeline.typed_text import one_line, paragraphs, refuse_day
from etl.rules.days import in_berlin
from etl.rules.programmes import APPLICANTS, Programme
from etl.vocabulary import load_vocabulary

_MOST_MONTHS = 600
_MOST_EUROS = Decimal(10) ** 11
_LONGEST_NAME, _LONGEST_NOTE = 400, 2000


class ProgrammeRefused(Refused):
    """Nothing was stored. ``code``: not_allowed, not_there, without_title, taken, single_client, changed_since,
    own_share (not 0 to 100), amount (negative, or the most below the least), months (negative or no real length),
    long_note, no_such_day, unknown_choice (level or kinds of applicants) or seen_ahead (looked up on a day to come);
    ``found`` as it was typed."""

    sentences = "programme.refused."


def store_programme(
    store: Store, user: User, programme: Programme, *, now: dt.datetime, seen: Programme | None = None
) -> int:
    """A new programme (``id`` 0) or what is now said about one, its number; ``seen``: as it was shown.

    Raises ``ProgrammeRefused``.
    """
    told = replace(
        programme,
        title=one_line(programme.title),
        funder=one_line(programme.funder),
        note=paragraphs(programme.note),
    )
    _refuse(told, in_berlin(now))
    with store.writing() as connection:
        if user.role != "coordinator":
            raise ProgrammeRefused("not_allowed", told.title)
        known = {one.id: one for one in programmes(connection)}
        if told.id and told.id not in known:
            raise ProgrammeRefused("not_there", told.title)
        if told.id and seen is not None and seen != known[told.id]:
            raise ProgrammeRefused("changed_since", told.title)
        if any(_named(one) == _named(told) and one.id != told.id for one in known.values()):
            raise ProgrammeRefused("taken", told.title)
        number = save_programme(connection, told, by=user.display_name, now=now)
        raise_version(connection)
        return number


def _named(programme: Programme) -> tuple[str, str]:
    return programme.title.casefold(), programme.funder.casefold()


def _refuse(programme: Programme, day: dt.date) -> None:
    if not programme.title or len(programme.title) > _LONGEST_NAME or len(programme.funder) > _LONGEST_NAME:
        raise ProgrammeRefused("without_title", programme.title[:_LONGEST_NAME])
    if tells_of_client([programme.title, programme.funder, programme.note]):
        raise ProgrammeRefused("single_client")
    if len(programme.note) > _LONGEST_NOTE:
        raise ProgrammeRefused("long_note", str(len(programme.note)))
    refuse_day(ProgrammeRefused, programme.deadline, programme.seen_on)
    levels = set(load_vocabulary().words["funding.level"].values())
    if (programme.level and programme.level not in levels) or set(programme.applicants) - set(APPLICANTS):
        raise ProgrammeRefused("unknown_choice", programme.title)
    if programme.seen_on is not None and programme.seen_on > day:
        raise ProgrammeRefused("seen_ahead", programme.title)
    share, least, most = programme.own_share, programme.least_per_year, programme.most_per_year
    if share is not None and not (share.is_finite() and 0 <= share <= 100):
        raise ProgrammeRefused("own_share", _digits(share))
    for amount in (least, most):
        if amount is not None and not (amount.is_finite() and 0 < amount < _MOST_EUROS):
            raise ProgrammeRefused("amount", _digits(amount))
    if least is not None and most is not None and least > most:
        raise ProgrammeRefused("amount", _digits(most))
    for months, fewest in ((programme.longest_months, 1), (programme.lead_months, 0)):
        if months is not None and not fewest <= months <= _MOST_MONTHS:
            raise ProgrammeRefused("months", str(months))


def _digits(number: Decimal) -> str:
    """„100“, not „100.0“, as a number field gives it; what no one could have meant is cut."""
    if not number.is_finite():
        return str(number)
    return f"{number.normalize():f}"[:20]
