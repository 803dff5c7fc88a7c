"""What the demo network's bodies did before its day: took note of what was done, and wrote a word of welcome."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from dashboard.answers.follow_up import followed_for
from dashboard.answers.meetings import meeting_views
from dashboard.answers.picture import picture
from etl.model.accounts import User
from etl.model.bodies import bodies
from etl.model.store import Store
from etl.pipeline.meeting.following import note, write_own_words
from etl.rules.days import end_of_day


def add_past(store: Store, office: User, folder: Path, day: dt.date, now: dt.datetime) -> None:
    """Each body took note at its last meeting before ``day`` of what its lists called done by then."""
    last = {}
    for view in meeting_views(store, picture(store, day), office, now):
        if view.body is not None and view.day is not None and view.day < day:
            last[view.body.id] = view
    for view in last.values():
        assert view.day is not None, "asked for above"
        then = picture(store, view.day, end_of_day(view.day))
        found = followed_for(store, then, office, view.body)
        done = [row.key for row in found.rows if row.followed.state == "done"]
        if done:
            note(store, office, done, meeting=view.key, day=view.day, now=end_of_day(view.day))
    with store.reading() as connection:
        numbers = {body.name: body.id for body in bodies(connection)}
    with (folder / "own_words.csv").open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle, delimiter=";"):
            write_own_words(store, office, numbers[row["body"]], row["text"], now=now)
