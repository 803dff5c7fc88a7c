"""The parent's side of the reading process: keep it warm, bound it, bury it, start the next."""

from __future__ import annotations

import atexit
import logging
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import astuple
from pathlib import Path
from typing import IO

from etl.settings import passed_on
from etl.stages.readers.child import LIMITS, TASK, WORKBOOK
from etl.stages.readers.limits import Limits
from etl.stages.readers.refusal import Refusal
from etl.stages.readers.wire import LENGTH

log = logging.getLogger(__name__)

PROJECT = Path(__file__).resolve().parents[3]
START = f"import sys; sys.path.insert(0, {str(PROJECT)!r}); from etl.stages.readers.child import main; main()"
#: So many readers at most, so that one bad file holds up nobody else.
READERS = 2
#: After so many files, or one so large, a reader makes room for a fresh one.
FILES_PER_READER = 1_000
LARGE_BYTES = 8 * 1024 * 1024
#: No sheet within the limits gives a longer answer.
MOST_ANSWERED = 2 * 1024 * 1024 * 1024
#: So that a usual answer goes through in one piece.
PIPE_BYTES = 512 * 1024
#: Let glibc keep what it freed for the next file: without, each file pays for the same pages again (8 % of its time).
ALLOCATOR = {
    "MALLOC_TRIM_THRESHOLD_": str(64 * 1024 * 1024),
    "MALLOC_MMAP_THRESHOLD_": str(32 * 1024 * 1024),
    "MALLOC_TOP_PAD_": str(16 * 1024 * 1024),
}
#: What a process may need to start at all; nothing else of ours (the store's address!) concerns a reader.
KEPT_ENVIRONMENT = ("SYSTEMROOT", "LD_LIBRARY_PATH")
#: Signals that come from outside (a shutdown, the kernel short of memory) and do not speak against the file.
FROM_OUTSIDE = (-signal.SIGTERM, -getattr(signal, "SIGKILL", 9))


class ReaderDied(Exception):
    """The process ended without an answer. ``code`` is its return code, ``printed`` the end of its stderr."""

    def __init__(self, code: int, printed: str) -> None:
        super().__init__(f"reader ended with {code}: {printed}")
        self.code = code
        self.printed = printed


class ReaderTooSlow(Exception):
    """No answer within the limit; the process has been killed."""


class Reader:
    """One reading process. Not for two threads at once."""

    def __init__(self) -> None:
        self.printed = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        self.files = 0
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-c", START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.printed,
            bufsize=0,
            start_new_session=True,
            pipesize=PIPE_BYTES,
            env=ALLOCATOR | passed_on(KEPT_ENVIRONMENT),
        )

    @property
    def usable(self) -> bool:
        return self.process.poll() is None and self.files < FILES_PER_READER

    def ask(self, content: bytes, limits: Limits, task: int = WORKBOOK) -> bytearray:
        """The answer for one file; raises ``ReaderDied`` or ``ReaderTooSlow``, and is spent then."""
        self.files += 1
        until = time.monotonic() + limits.seconds
        try:
            self._send(content, limits, task, until)
            (length,) = LENGTH.unpack(self._receive(LENGTH.size, until))
            answer = self._receive(length, until)
        except BrokenPipeError:
            raise self._death() from None
        except ReaderTooSlow:
            self.close()
            raise
        if len(answer) + len(content) > LARGE_BYTES:
            self.files = FILES_PER_READER
        return answer

    def _send(self, content: bytes, limits: Limits, task: int, until: float) -> None:
        sink = self._pipe(self.process.stdin)
        os.set_blocking(sink, False)
        for part in (LENGTH.pack(len(content)) + LIMITS.pack(*astuple(limits)) + TASK.pack(task), content):
            rest = memoryview(part)
            while rest:
                try:
                    rest = rest[os.write(sink, rest) :]
                except BlockingIOError:
                    _wait_for_room(sink, until)

    def _receive(self, length: int, until: float) -> bytearray:
        source = self._pipe(self.process.stdout)
        waiting = select.poll()
        waiting.register(source, select.POLLIN)
        if length > MOST_ANSWERED:
            raise self._death()
        received = bytearray(length)
        rest = memoryview(received)
        while rest:
            left = until - time.monotonic()
            if left <= 0 or not waiting.poll(left * 1000):
                raise ReaderTooSlow
            taken = os.readv(source, [rest])
            if not taken:
                raise self._death()
            rest = rest[taken:]
        return received

    def _pipe(self, stream: IO[bytes] | None) -> int:
        assert stream is not None, "the reader was started with pipes"
        return stream.fileno()

    def _death(self) -> ReaderDied:
        try:
            code = self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:  # it lives and talks nonsense: closed below
            code = 0
        self.printed.seek(max(0, self.printed.seek(0, os.SEEK_END) - 2000))
        printed = self.printed.read().decode("utf-8", "replace").strip()
        self.close()
        return ReaderDied(code, printed)

    def close(self) -> None:
        """End the process and give its pipes back."""
        self.process.kill()
        self.forget()
        self.process.wait()

    def forget(self) -> None:
        """Give the pipes back only (in a fork, where the process is the parent's)."""
        for stream in (self.process.stdin, self.process.stdout, self.printed):
            if stream is not None:
                stream.close()


def _wait_for_room(sink: int, until: float) -> None:
    """Until the reader has taken something from its pipe; one that takes nothing hangs."""
    waiting = select.poll()
    waiting.register(sink, select.POLLOUT)
    if not waiting.poll(max(until - time.monotonic(), 0) * 1000):
        raise ReaderTooSlow


class Readers:
    """The warm readers of this process: lent to one thread at a time, the last used first."""

    def __init__(self) -> None:
        self._reset()
        atexit.register(self.close)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._after_fork)

    def _reset(self) -> None:
        self.idle: list[Reader] = []
        self.busy: set[Reader] = set()
        self.lock = threading.Lock()
        self.places = threading.Semaphore(READERS)

    def ask(self, content: bytes, limits: Limits, task: int = WORKBOOK) -> bytearray:
        """An answer for one file; raises ``Refusal`` where the reader died over it or took too long."""
        with self.places:
            try:
                return self._ask_one(content, limits, task)
            except ReaderDied as death:
                if death.code not in FROM_OUTSIDE:
                    raise _verdict(death) from death
            try:
                return self._ask_one(content, limits, task)
            except ReaderDied as death:
                raise _verdict(death) from death

    def _ask_one(self, content: bytes, limits: Limits, task: int) -> bytearray:
        reader = self._take()
        try:
            return reader.ask(content, limits, task)
        except ReaderTooSlow:
            raise Refusal("file_took_too_long", limit=limits.seconds) from None
        finally:
            self._give_back(reader)

    def _take(self) -> Reader:
        with self.lock:
            while self.idle:
                reader = self.idle.pop()
                if reader.usable:
                    break
                reader.close()
            else:
                reader = Reader()
            self.busy.add(reader)
            return reader

    def _give_back(self, reader: Reader) -> None:
        with self.lock:
            self.busy.discard(reader)
            if reader.usable:
                self.idle.append(reader)
                return
        reader.close()

    def warm_up(self) -> None:
        """Start a reader ahead of the first file."""
        with self.lock:
            if not self.idle and not self.busy:
                self.idle.append(Reader())

    def close(self) -> None:
        with self.lock:
            readers = [*self.idle, *self.busy]
            self.idle.clear()
            self.busy.clear()
        for reader in readers:
            reader.close()

    def _after_fork(self) -> None:
        readers = [*self.idle, *self.busy]
        self._reset()
        for reader in readers:
            reader.forget()


def _verdict(death: ReaderDied) -> Refusal:
    """What a reader's death says about the file."""
    log.warning("%s", death)
    if death.code == -getattr(signal, "SIGXCPU", 24):
        return Refusal("file_took_too_long")
    if "memory allocation" in death.printed or "MemoryError" in death.printed:
        return Refusal("file_too_large", what="memory")
    return Refusal("file_damaged", why="reader")


READERS_OF_THIS_PROCESS = Readers()
