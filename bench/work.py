"""Work on one large workbook, in a process of its own: ``python -m bench.work read|import FILE``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.measuring import cpu


def _read(content: bytes) -> None:
    from bench.others import read_with_calamine

    read_with_calamine([content])


def _import(content: bytes) -> None:
    from bench.importing import import_all

    with tempfile.TemporaryDirectory() as folder:
        import_all([content], Path(folder))


def main() -> None:
    from bench.workbooks import workbook
    from etl.pipeline.memory import spare_the_collector

    what, path = sys.argv[1:]
    work = {"read": _read, "import": _import}[what]
    work(workbook(0))  # warm
    spare_the_collector()
    content = Path(path).read_bytes()
    print(cpu(lambda: work(content)))


if __name__ == "__main__":
    main()
