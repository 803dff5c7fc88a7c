"""Ideas typed at the recorder's desk, as they are called out in a meeting: they go to the running collection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from dashboard.answers.room import Room, meeting_title
from dashboard.answers.room_pictures import pictures_of
from etl.model.accounts import User
from etl.model.store import Store
from etl.pipeline.ideas.collecting import collect_in_meeting
from etl.pipeline.ideas.refused import IdeaRefused


def ideas_typed(
    store: Store,
    room: Room,
    user: User,
    fields: Mapping[str, str],
    say: Callable[..., str],
    *,
    day: dt.date,
    now: dt.datetime,
) -> dict[str, Any]:
    """What the desk says of one idea a line (``titles``) of one house or nobody's (``house``)."""
    shown, _ = pictures_of(store, room.plan, day)
    meeting, title = room.plan.key, meeting_title(shown, room)
    reason = say("idea.reason.in_meeting", origin=say("idea.in_meeting"), meeting=title)
    house, titles = fields.get("house") or None, fields.get("titles", "").splitlines()
    try:
        found = collect_in_meeting(store, user, meeting, titles, house=house, reason=reason, day=day, now=now)
    except IdeaRefused as refused:
        return {"refused": say(refused.sentence, found=refused.found)}
    told = [say("idea.outcome.collected", n=len(found.keys))]
    if found.known:
        told.append(say("idea.outcome.known", n=len(found.known), titles=list(found.known[:5])))
    return {"collected": " ".join(told)}
