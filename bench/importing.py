"""Importing 200 workbooks beside python-calamine merely reading them: CPU of parent and child, in a warm process."""

from __future__ import annotations

import datetime as dt
import io
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from python_calamine import CalamineWorkbook

from bench.workbooks import workbooks
from etl.model.store import Store, open_store
from etl.pipeline import accept_delivery, preview_delivery
from etl.pipeline.memory import spare_the_collector

NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
RUNS = 3


def run() -> str:
    """The ratio, as a line for people: median of ``RUNS`` paired runs, after a warm-up of both sides."""
    files = workbooks()
    _read_all(files[:10])
    _import_all(files[:10])
    spare_the_collector()  # as the command line and the dashboard do
    ratios, shares = [], []
    for _ in range(RUNS):
        reading = _cpu(lambda: _read_all(files))
        importing = _cpu(lambda: _import_all(files))
        ratios.append(importing / reading)
        shares.append((importing, reading))
    importing, reading = shares[ratios.index(sorted(ratios)[len(ratios) // 2])]
    return (
        f"import: {len(files)} workbooks of 200 x 20 cells cost {statistics.median(ratios):.2f} x "
        f"the CPU of calamine merely reading them (runs {', '.join(f'{r:.2f}' for r in ratios)}; "
        f"{importing / len(files) * 1000:.1f} against {reading / len(files) * 1000:.1f} ms a file)"
    )


def _cpu(work: Callable[[], None]) -> float:
    """CPU seconds of this process and of the reader child, user and system."""
    before = time.process_time() + _living() + _children()
    work()
    return time.process_time() + _living() + _children() - before


def _living() -> float:
    """CPU seconds of the child processes that are still there (the warm reader), from Linux's /proc."""
    ticks = 0
    for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _children() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


def _read_all(files: list[bytes]) -> None:
    for content in files:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def _import_all(files: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'bench.db'}")
        for number, content in enumerate(files):
            _import(store, number, content)
        store.close()


def _import(store: Store, number: int, content: bytes) -> None:
    preview = preview_delivery(store, content, f"liste{number}.xlsx", partner=f"Träger {number}", now=NOW)
    accepted = accept_delivery(store, preview, now=NOW)
    assert accepted.outcome == "accepted", accepted
