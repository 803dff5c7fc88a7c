"""Importing workbooks beside what others do with them: CPU of parent and reader child together, in a warm process."""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.measuring import cpu, paired, run_apart
from bench.others import has_frictionless, load_with_pandas, read_with_calamine, validate_with_frictionless
from bench.workbooks import workbook, workbooks
from etl.model.store import Store, open_store
from etl.pipeline import accept_delivery, preview_delivery
from etl.pipeline.again import same_again
from etl.pipeline.memory import spare_the_collector

NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
#: So many workbooks are enough where the other side takes a second for some ten.
FEW = 40
LARGE_ROWS = 100_000
PREVIEWS = 15


def run() -> Iterator[str]:
    """Lines for people, as they are measured."""
    files = workbooks()
    read_with_calamine(files[:10])
    _import_anew(files[:10])
    spare_the_collector()  # as the command line and the dashboard do
    yield _first_load(files)
    yield _against(files[:FEW], "pandas + openpyxl + concat + to_sql", load_with_pandas, goal=5)
    if has_frictionless():
        yield _against(files[:FEW], "frictionless validate", validate_with_frictionless, goal=8)
    else:
        yield "import: not compared with frictionless, which is not installed (pip install -e '.[bench]')"
    yield _again(files)
    yield _ten_times(files)
    yield _preview(files)
    yield _large()


def _first_load(files: Sequence[bytes]) -> str:
    found = paired(lambda: _import_anew(files), lambda: read_with_calamine(files))
    each = 1000 / len(files)
    return (
        f"import: {len(files)} workbooks of 200 x 20 cells cost {found.median:.2f} x the CPU of calamine just reading "
        f"them (goal 3; {found.told()}; {found.ours * each:.1f} against {found.theirs * each:.1f} ms a file)"
    )


def _against(files: Sequence[bytes], name: str, theirs: Callable[[Sequence[bytes]], None], goal: int) -> str:
    theirs(files[:2])
    found = paired(lambda: theirs(files), lambda: _import_anew(files))
    each = 1000 / len(files)
    return (
        f"import: {found.median:.1f} x faster than {name} (goal {goal}; {found.told()}; "
        f"{found.theirs * each:.1f} against {found.ours * each:.1f} ms a file)"
    )


def _again(files: Sequence[bytes]) -> str:
    """The same files once more, told from what the store keeps."""
    with _store() as store:
        _import_into(store, files)
        found = paired(lambda: _import_into(store, files, outcome="unchanged"), lambda: read_with_calamine(files))
    return (
        f"import again: the same {len(files)} files cost {found.median:.2f} x calamine's reading "
        f"(goal 0.3; {found.told()})"
    )


def _ten_times(files: Sequence[bytes]) -> str:
    """Ten times as many deliveries into one store: what a cell costs more than with few."""
    with _store() as store:
        costs = [cpu(lambda turn=turn: _import_into(store, files, turn * len(files))) for turn in range(10)]
    whole = sum(costs) / len(costs) / costs[0]
    return (
        f"growth: a cell of {10 * len(files)} workbooks costs {whole:.2f} x one of the first {len(files)} "
        f"(goal 1.1; the last {len(files)}: {costs[-1] / costs[0]:.2f})"
    )


def _preview(files: Sequence[bytes]) -> str:
    """How long an uploader waits for the preview, beside the store of a network at work."""
    content = workbook(len(files), rows=500)
    with _store() as store:
        _import_into(store, files)
        preview_delivery(store, content, "liste.xlsx", partner="Träger 1", now=NOW)
        ours, theirs = [], []
        for _ in range(PREVIEWS):
            ours.append(_wait(lambda: preview_delivery(store, content, "liste.xlsx", partner="Träger 1", now=NOW)))
            theirs.append(_wait(lambda: read_with_calamine([content])))
    waited, read = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
    return (
        f"preview: a workbook of 500 rows is understood and compared in {waited:.0f} ms, beside a bare read of "
        f"{read:.1f} ms (goal {3 * read + 200:.0f} ms: 3 x the read + 200)"
    )


def _large() -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        path.write_bytes(workbook(1, rows=LARGE_ROWS))
        ours, theirs = run_apart("import", str(path)), run_apart("read", str(path))
    return (
        f"large: one workbook of {LARGE_ROWS} x 20 cells costs {ours.seconds / theirs.seconds:.2f} x calamine's CPU "
        f"(goal 3; {ours.seconds:.1f} against {theirs.seconds:.1f} s) and {ours.peak / theirs.peak:.2f} x its peak "
        f"memory (goal 2; {ours.peak >> 20} against {theirs.peak >> 20} MB, parent and child together)"
    )


def _wait(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@contextmanager
def _store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'bench.db'}")
        yield store
        store.close()


def _import_anew(files: Sequence[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        import_all(files, Path(folder))


def import_all(files: Sequence[bytes], folder: Path) -> None:
    """Each file from a partner of its own, into a new store."""
    store = open_store(f"sqlite:///{folder / 'bench.db'}")
    _import_into(store, files)
    store.close()


def _import_into(store: Store, files: Sequence[bytes], first: int = 0, outcome: str = "accepted") -> None:
    for number, content in enumerate(files, first):
        assert _imported(store, content, f"liste{number}.xlsx", f"Träger {number}") == outcome, number


def _imported(store: Store, content: bytes, file: str, partner: str) -> str:
    """As ``rundertisch import`` does it."""
    if same_again(store, content, partner=partner, now=NOW) is not None:
        return "unchanged"
    preview = preview_delivery(store, content, file, partner=partner, now=NOW)
    return accept_delivery(store, preview, now=NOW).outcome
