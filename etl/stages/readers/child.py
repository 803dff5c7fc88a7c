"""The reading process: takes bytes through a pipe, gives back a workbook or a refusal, and may die doing so.

It bounds itself before it touches a file, and imports nothing it does not need.
"""

from __future__ import annotations

import gc
import os
import struct
import sys
from typing import BinaryIO

from etl.stages.readers.calamine_cells import as_refusal
from etl.stages.readers.limits import Limits
from etl.stages.readers.readers import read
from etl.stages.readers.refusal import Refusal
from etl.stages.readers.wire import LENGTH, pack_refusal, pack_workbook

#: The numbers of ``Limits`` in the order of its fields, sent before each file.
LIMITS = struct.Struct(">8Q")
#: What is wanted of a file, sent before it too: the workbook in it, or what is attached to it.
TASK = struct.Struct(">B")
WORKBOOK, ATTACHED = 0, 1
#: Room for what libraries print; a child writes no other file.
PRINTED_BYTES = 1024 * 1024
#: Of the memory limit, what loading a rarely used library may map without asking for private memory.
LIBRARY_BYTES = 32 * 1024 * 1024
#: Beyond this share of the memory limit there is no room to pack what was read.
FULL_FROM = 0.6


def main() -> None:
    """Serve files until the parent closes the pipe."""
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # xlrd prints to stdout, where the answers go
    _forbid_dumps_and_files()
    gc.disable()
    gc.freeze()
    idle = _private_bytes()
    while (request := _request(source)) is not None:
        limits, content, task = request
        _bound(limits, idle)
        answer = _answer(content, limits, idle, task)
        del content, request
        _write(sink, answer)
        if len(answer) > 1_000_000:
            gc.collect()


def _request(source: BinaryIO) -> tuple[Limits, bytes, int] | None:
    size = LENGTH.size + LIMITS.size + TASK.size
    head = source.read(size)
    if len(head) < size:
        return None
    (length,) = LENGTH.unpack_from(head)
    (task,) = TASK.unpack_from(head, LENGTH.size + LIMITS.size)
    content = source.read(length)
    return (Limits(*LIMITS.unpack_from(head, LENGTH.size)), content, task) if len(content) == length else None


def _write(sink: BinaryIO, answer: bytes) -> None:
    rest = memoryview(LENGTH.pack(len(answer)) + answer)
    while rest:
        rest = rest[sink.write(rest) :]


def _answer(content: bytes, limits: Limits, idle: int, task: int) -> bytes:
    try:
        answer = _attached(content, limits) if task == ATTACHED else _workbook(content, limits, idle)
        if len(answer) > limits.answer_bytes:
            raise Refusal("file_too_large", what="memory")
        return answer
    except Refusal as refusal:
        return pack_refusal(refusal)
    except MemoryError:
        return pack_refusal(Refusal("file_too_large", what="memory"))
    except RecursionError:
        return pack_refusal(Refusal("file_damaged", why="nesting"))
    except BaseException as error:
        seen = as_refusal(error, "")
        if isinstance(seen, Refusal):
            return pack_refusal(seen)
        if not isinstance(error, Exception):
            raise
        return pack_refusal(Refusal("file_damaged", why=f"{type(error).__name__}: {error}"[:200]))


def _workbook(content: bytes, limits: Limits, idle: int) -> bytes:
    workbook, digits = read(content, limits)
    if idle and _private_bytes() > idle + FULL_FROM * limits.memory_bytes:
        raise Refusal("file_too_large", what="memory")  # libraries that run out of memory may crash instead
    return pack_workbook(workbook, digits)


def _attached(content: bytes, limits: Limits) -> bytes:
    from etl.stages.readers.attached import pack_attached  # rarely needed, and what takes mails apart is heavy
    from etl.stages.readers.wrapping import take_apart

    return pack_attached(take_apart(content, limits))


def _forbid_dumps_and_files() -> None:
    try:
        import resource
    except ImportError:  # no such limits on Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (PRINTED_BYTES, PRINTED_BYTES))


def _private_bytes() -> int:
    """The memory this process can write to, resident or not; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as told:
            return int(told.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def _bound(limits: Limits, idle: int) -> None:
    """So much memory beyond the idle process, and so much processor time from now on."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + limits.seconds + 1
    memory = resource.RLIMIT_DATA if idle else resource.RLIMIT_AS
    for what, soft in ((memory, idle + limits.memory_bytes - LIBRARY_BYTES), (resource.RLIMIT_CPU, seconds)):
        try:
            resource.setrlimit(what, (soft, resource.getrlimit(what)[1]))
        except (ValueError, OSError):  # a tighter limit already holds
            continue


if __name__ == "__main__":
    main()
