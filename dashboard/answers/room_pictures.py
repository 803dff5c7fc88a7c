"""The pictures a meeting shows: nobody in the room waits for one to be made anew because something was written down."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Hashable

from dashboard.answers.picture import Picture, picture
from etl.model.store import Store
from etl.rules.days import end_of_day
from etl.rules.meeting import Plan

#: The name of the thread that reads what came late.
RENEWING = "rundertisch-late"
#: A meeting shows two pictures at most, and a server seldom more than one meeting.
_KEPT = 4
_pictures: dict[Hashable, tuple[int, Picture]] = {}
_making = threading.Lock()
_renewing: set[Hashable] = set()


def pictures_of(store: Store, plan: Plan, day: dt.date) -> tuple[Picture, Picture | None]:
    """The picture the meeting shows, and the one known by now where that is another.

    What was known at the end of the editorial deadline does not change any more, so it is read once. What came later
    may be some seconds old: it is read again beside, while results of the meeting itself raise the version.
    """
    shown_day, last = plan.shown_day(day)
    if last is None:
        return _current(store, shown_day), None
    return _known(store, shown_day, end_of_day(last)), _late(store, day)


def _current(store: Store, day: dt.date) -> Picture:
    return _made((store.url, day, None), store, day, None, store.version())


def _known(store: Store, day: dt.date, known_on: dt.datetime) -> Picture:
    return _made((store.url, day, known_on), store, day, known_on, 0)


def _late(store: Store, day: dt.date) -> Picture:
    """As it was known when it was last read; read again in the background where something changed since."""
    key, version = (store.url, day, None), store.version()
    kept = _pictures.get(key)
    if kept is None:
        return _current(store, day)
    if kept[0] != version and key not in _renewing:
        _renewing.add(key)
        threading.Thread(target=_renew, args=(key, store, day, version), name=RENEWING, daemon=True).start()
    return kept[1]


def _renew(key: Hashable, store: Store, day: dt.date, version: int) -> None:
    try:
        made = picture(store, day, None)
        with _making:
            _pictures[key] = (version, made)
    except Exception:  # the one before goes on being shown
        logging.getLogger("rundertisch").exception("what came late could not be read")
    finally:
        _renewing.discard(key)


def _made(key: Hashable, store: Store, day: dt.date, known_on: dt.datetime | None, version: int) -> Picture:
    with _making:
        kept = _pictures.get(key)
        if kept is None or kept[0] != version:
            _pictures.pop(key, None)
            while len(_pictures) >= _KEPT:
                _pictures.pop(next(iter(_pictures)))
            _pictures[key] = kept = (version, picture(store, day, known_on))
        return kept[1]
