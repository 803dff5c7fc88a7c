"""A process killed while it accepts: the store is as before or as after, its file is there, the next one works.

The instants are random. How often it was killed, and where the store then stood, is told at the end of the test run.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

import pytest

from dashboard.answers import uploads
from etl.model.deliveries import all_deliveries, received_content
from etl.model.store import Store, open_store
from etl.pipeline.export import as_json, export_state
from tests.commands.running import PRELOADED
from tests.pipeline.workbooks import NOW, measures

PERSON, MEASURES = "anna", 20
#: Children are forked from a process that has read all modules, which takes longer than accepting.
_CHILDREN = multiprocessing.get_context("forkserver")


def _accept(url: str, preview: uploads.Preview, waiting: uploads.WaitingFile, parent: Connection) -> None:
    """In the child: open the store, say so, wait for the word, accept as the dashboard does."""
    store = open_store(url)
    store.version()
    parent.send("ready")
    parent.recv()
    begun = time.monotonic()
    uploads.accept(store, waiting, preview, now=NOW, by=PERSON)
    parent.send(time.monotonic() - begun)


@dataclass
class Trial:
    """One store that is killed at again and again, beside a twin where nobody is killed."""

    store: Store
    twin: Store
    takes: float = 0.1
    dice: random.Random = field(default_factory=lambda: random.Random(2026))
    found: Counter[str] = field(default_factory=Counter)

    def begin(self) -> None:
        """How long accepting takes here, so that the instants cover all of it."""
        for number in range(2):
            _, waiting, preview = self._received(number)
            child, line = self._child(waiting, preview)
            line.send("go")
            self.takes = line.recv()
            child.join()
            self._cleanly(number)

    def kill(self, number: int) -> None:
        content, waiting, preview = self._received(number)
        before, deliveries = exported(self.store), self._deliveries()
        child, line = self._child(waiting, preview)
        line.send("go")
        time.sleep(self.dice.uniform(0, 1.3) * self.takes)
        child.kill()
        child.join()
        self.found["killed" if child.exitcode == -signal.SIGKILL else "done before"] += 1
        with self.store.writing():
            """Whatever the killed process still had to say, PostgreSQL has heard when the lock is free."""
        self._cleanly(number)
        after, wanted = exported(self.store), exported(self.twin)
        assert after in (before, wanted), f"kill {number}: neither as before nor as after"
        accepted = self._deliveries() == deliveries + 1
        assert accepted == (after != before)
        self.found["after" if accepted else "before"] += 1
        # a busy machine is slower at times: look earlier where it was done, later where nothing had happened
        self.takes *= 0.85 if accepted else 1.15
        self._file_is_there(content, accepted=accepted)
        self._next_works(content, wanted)

    def _received(self, number: int) -> tuple[bytes, uploads.WaitingFile, uploads.Preview]:
        content = _list(number)
        waiting = uploads.receive(self.store, content, "liste.xlsx", partner="VHS", person=PERSON, at=NOW).waiting
        assert waiting is not None
        preview = uploads.understood(self.store, waiting)
        assert isinstance(preview, uploads.Preview)
        return content, waiting, preview

    def _child(self, waiting: uploads.WaitingFile, preview: uploads.Preview) -> tuple[ForkServerProcess, Connection]:
        here, there = _CHILDREN.Pipe()
        _CHILDREN.set_forkserver_preload(PRELOADED)
        child = _CHILDREN.Process(target=_accept, args=(self.store.url, preview, waiting, there))
        child.start()
        assert here.poll(60)
        assert here.recv() == "ready"
        return child, here

    def _cleanly(self, number: int) -> None:
        """The same in the twin."""
        [waiting] = [
            uploads.receive(self.twin, _list(number), "liste.xlsx", partner="VHS", person=PERSON, at=NOW).waiting
        ]
        assert waiting is not None
        preview = uploads.understood(self.twin, waiting)
        assert isinstance(preview, uploads.Preview)
        uploads.accept(self.twin, waiting, preview, now=NOW, by=PERSON)

    def _deliveries(self) -> int:
        with self.store.reading() as connection:
            return len(all_deliveries(connection))

    def _file_is_there(self, content: bytes, *, accepted: bool) -> None:
        """With its delivery, or still waiting for a decision."""
        with self.store.reading() as connection:
            kept = received_content(connection, all_deliveries(connection)[-1].number)
        waiting = uploads.waiting_for(self.store, PERSON)
        assert kept == content if accepted else len(waiting) == 1, "the received file is lost"

    def _next_works(self, content: bytes, wanted: bytes) -> None:
        """What still waits is accepted after all; then this store says what the twin says."""
        for waiting in uploads.waiting_for(self.store, PERSON):
            preview = uploads.understood(self.store, waiting)
            assert isinstance(preview, uploads.Preview)
            assert preview.content == content
            uploads.accept(self.store, waiting, preview, now=NOW, by=PERSON)
        assert exported(self.store) == wanted
        assert uploads.waiting_for(self.store, PERSON) == []


def _list(number: int) -> bytes:
    """A list in which every measure says the same new number."""
    day = dt.date(2025, 1, 1)
    return measures(*((f"M-{i}", f"Kurs {i}", "VHS", day, None, "laufend", number, 100 + i) for i in range(MEASURES)))


def exported(store: Store) -> bytes:
    return as_json(export_state(store, today=NOW.date()))


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kills", [10, pytest.param(150, marks=pytest.mark.slow)])
def test_killed_at_any_instant_nothing_is_lost(
    store: Store, sqlite_store: Store, kills: int, record_property: pytest.RecordProperty
) -> None:
    """10 on each of the two engines are 20, 150 are 300."""
    trial = Trial(store, sqlite_store)
    trial.begin()
    for number in range(2, 2 + 4 * kills):
        trial.kill(number)
        if trial.found["killed"] == kills:
            break
    assert trial.found["killed"] == kills, f"hardly ever killed in time: {dict(trial.found)}"
    record_property(
        "told",
        f"{store.engine.dialect.name}: killed {kills} times while accepting ({trial.found['done before']} times it was "
        f"done before); the store was {trial.found['before']} times as before, {trial.found['after']} times as after, "
        "nothing was lost",
    )
