"""How the benchmarks measure: CPU of this process and its children together, resident memory of a process tree."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

#: Seconds between two looks at a process's memory.
_LOOK = 0.01
_PROJECT = Path(__file__).resolve().parents[1]


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of this process and of its children (the reader among them), user and system."""
    before = time.process_time() + _living() + _ended()
    work()
    return time.process_time() + _living() + _ended() - before


def _living() -> float:
    """CPU seconds of the child processes that are still there, from Linux's /proc."""
    ticks = 0
    for pid in _children(os.getpid()):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _ended() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


@dataclass(frozen=True, slots=True)
class Ratio:
    """Two works measured in turns: the median of the ratios, and the seconds of the run it stands for."""

    runs: tuple[float, ...]
    ours: float
    theirs: float

    @property
    def median(self) -> float:
        return statistics.median(self.runs)

    def told(self) -> str:
        return f"runs {', '.join(f'{run:.2f}' for run in self.runs)}"


def paired(ours: Callable[[], object], theirs: Callable[[], object], runs: int = 3) -> Ratio:
    """CPU of ``ours`` against ``theirs``, side by side ``runs`` times."""
    measured = [(cpu(ours), cpu(theirs)) for _ in range(runs)]
    ratios = [mine / other for mine, other in measured]
    mine, other = measured[ratios.index(sorted(ratios)[len(ratios) // 2])]
    return Ratio(tuple(ratios), mine, other)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a process and its children took: CPU seconds, and the most bytes resident together at one time."""

    seconds: float
    peak: int


def run_apart(*arguments: str) -> Ran:
    """``python -m bench.work …`` in a process of its own, which prints the CPU seconds it measured itself."""
    command = [sys.executable, "-m", "bench.work", *arguments]
    peak = 0
    with subprocess.Popen(command, cwd=_PROJECT, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            peak = max(peak, _resident(process.pid))
            time.sleep(_LOOK)
        assert process.stdout is not None, "the process was started with a pipe"
        printed = process.stdout.read()
    assert process.returncode == 0, f"{arguments} ended with {process.returncode}"
    return Ran(float(printed), peak)


def _resident(pid: int) -> int:
    """Bytes of a process and its children that are in memory; 0 for those that have just ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") + sum(map(_resident, _children(pid)))
    except (FileNotFoundError, ProcessLookupError):
        return 0
