"""Over all meetings at once: who came, who reported, what was written down."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, func, select

from etl.model.accounts import Account
from etl.model.bodies import BodyRow, MemberRow
from etl.model.composition import InvitedGuest, ReferenceSeatRow
from etl.model.meeting_results import MeetingResult, ResultVersion
from etl.model.meetings import Attendance, ItemRow, PlanRow


def every_present(connection: Connection) -> dict[str, frozenset[int]]:
    """Key of a meeting -> numbers of the members who were there, for those meetings of which somebody noted it."""
    found: dict[str, set[int]] = defaultdict(set)
    for row in connection.execute(select(Attendance.meeting, Attendance.member)):
        found[row.meeting].add(row.member)
    return {meeting: frozenset(numbers) for meeting, numbers in found.items()}


def houses_that_reported(connection: Connection) -> dict[str, frozenset[str]]:
    """Key of a meeting -> houses (keys) that an item of its agenda names as reporting."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in connection.execute(select(ItemRow.meeting, ItemRow.reports).where(ItemRow.dropped.is_(False))):
        found[row.meeting].update(row.reports)
    return {meeting: frozenset(houses) for meeting, houses in found.items()}


def said_in_meetings(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Key of a meeting -> what the latest version of each of its results says; withdrawn ones left out."""
    version, result = ResultVersion.__table__.c, MeetingResult.__table__.c
    query = select(result.meeting, version.result, version.said).join(MeetingResult, result.id == version.result)
    latest: dict[int, tuple[str, dict[str, Any]]] = {}
    for row in connection.execute(query.where(result.withdrawn_at.is_(None)).order_by(version.id)):
        latest[row.result] = (row.meeting, row.said)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for meeting, said in latest.values():
        found[meeting].append(said)
    return dict(found)


#: What moves when something is said about tables; asked on every run, so put together once.
_MOVES: tuple[Any, ...] = (
    *(BodyRow.changed_at, MemberRow.changed_at, PlanRow.changed_at, ItemRow.changed_at),
    *(ReferenceSeatRow.changed_at, InvitedGuest.noted_at, Attendance.noted_at, MeetingResult.withdrawn_at),
    ResultVersion.id,
)
_STAND = select(
    *(select(func.max(column)).scalar_subquery() for column in _MOVES),
    *(select(func.count()).select_from(column.class_.__table__).scalar_subquery() for column in _MOVES),
)
_OFFICES = select(Account.partner).where(Account.role == "coordinator").order_by(Account.username)


def stand_of_tables(connection: Connection) -> str:
    """Changes with whatever is said about bodies, members, meetings, who was invited, who came and what came of it."""
    return "|".join(str(part) for part in [*connection.execute(_STAND).one(), *connection.execute(_OFFICES).scalars()])
