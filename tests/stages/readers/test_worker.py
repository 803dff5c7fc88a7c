"""The reading process bears what files do to it, and the next file never notices."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from etl.issues import DeliveryRefused
from etl.stages.read_workbook import DEFAULT, read_workbook, warm_up
from etl.stages.readers.worker import READERS_OF_THIS_PROCESS, Reader
from tests.stages.readers.packages import sheet_xml, xlsx, zipped

GOOD = xlsx(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'))
#: A reference no row record announces: calamine asks for half a terabyte and its process aborts.
ABORTING = xlsx(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="XFD1048576"><v>1</v></c></row>'))


def refusal(content: bytes, **limits: int) -> str:
    with pytest.raises(DeliveryRefused) as refused:
        read_workbook(content, "liste.xlsx", dataclasses.replace(DEFAULT, **limits))
    assert refused.value.issue.values["name"] == "liste.xlsx"
    return refused.value.issue.code


def good() -> bool:
    return read_workbook(GOOD, "liste.xlsx").sheets[0].rows == [[1]]


def test_the_same_process_reads_file_after_file() -> None:
    assert good()
    first = READERS_OF_THIS_PROCESS.idle[-1].process.pid
    assert good()
    assert READERS_OF_THIS_PROCESS.idle[-1].process.pid == first


def test_a_file_that_kills_its_reader_is_refused_and_the_next_one_read() -> None:
    assert refusal(ABORTING) == "file_too_large"
    assert good()


def test_a_reader_killed_from_outside_is_replaced_and_the_file_read_all_the_same() -> None:
    assert good()
    os.kill(READERS_OF_THIS_PROCESS.idle[-1].process.pid, signal.SIGKILL)
    assert good()


def test_a_zip_bomb_is_refused_before_it_unfolds() -> None:
    assert refusal(xlsx(sheet_xml(" " * 150_000_000))) == "file_too_large"
    assert good()


def test_a_reader_has_only_so_much_memory() -> None:
    shared = "<si><t>" + "Begegnung und Beratung " * 40 + "</t></si>"
    many = xlsx(
        sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
        more={"xl/sharedStrings.xml": f"<sst>{shared * 90_000}</sst>"},
    )
    assert refusal(many, memory_bytes=60_000_000, packing_ratio=10_000) in ("file_too_large", "file_damaged")
    assert good()


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader()
    monkeypatch.setattr(READERS_OF_THIS_PROCESS, "idle", [reader])
    os.kill(reader.process.pid, signal.SIGSTOP)
    assert refusal(GOOD, seconds=1) == "file_took_too_long"
    assert good()


def test_a_reader_that_takes_no_file_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader()
    monkeypatch.setattr(READERS_OF_THIS_PROCESS, "idle", [reader])
    os.kill(reader.process.pid, signal.SIGSTOP)
    assert refusal(b"A;B\n1;2\n" * 1_000_000, seconds=1) == "file_took_too_long"
    assert good()


def test_a_file_beyond_the_size_limit_is_refused_unread() -> None:
    assert refusal(GOOD, file_bytes=10) == "file_too_large"


def test_a_workbook_beyond_the_cell_limit_is_refused() -> None:
    wide = xlsx(sheet_xml('<row r="1"><c r="A1"><v>1</v></c><c r="K11"><v>1</v></c></row>'))
    assert refusal(wide, cells=100) == "file_too_large"


def test_a_part_that_unpacks_to_more_than_it_declares_is_refused() -> None:
    honest = zipped({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": "A" * 100_000})
    length = (100_000).to_bytes(4, "little")
    assert honest.count(length) == 2
    assert refusal(honest.replace(length, (50).to_bytes(4, "little"))) == "file_damaged"


def test_threads_share_the_readers_and_each_gets_its_own_workbook() -> None:
    books = [xlsx(sheet_xml(f'<row r="1"><c r="A1"><v>{number}</v></c></row>')) for number in range(12)]
    found: dict[int, object] = {}

    def read(number: int) -> None:
        found[number] = read_workbook(books[number], "liste.xlsx").sheets[0].rows[0][0]

    threads = [threading.Thread(target=read, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: number for number in range(12)}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_process_starts_a_reader_of_its_own() -> None:
    assert good()
    before = READERS_OF_THIS_PROCESS.idle[-1].process.pid
    child = os.fork()
    if child == 0:
        own = good() and READERS_OF_THIS_PROCESS.idle[-1].process.pid != before
        READERS_OF_THIS_PROCESS.close()
        os._exit(0 if own else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert good()
    assert READERS_OF_THIS_PROCESS.idle[-1].process.pid == before


def test_the_reader_ends_with_its_parent() -> None:
    script = (
        "from etl.stages.readers.worker import READERS_OF_THIS_PROCESS as r;r.warm_up(); print(r.idle[0].process.pid)"
    )
    project = Path(__file__).resolve().parents[3]
    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=project)
    with pytest.raises(ProcessLookupError):
        os.kill(int(printed.stdout), 0)


def test_the_reader_carries_no_heavy_library() -> None:
    script = (
        "import sys; import etl.stages.readers.child, etl.stages.readers.xlsx;"
        "heavy = {'pandas', 'numpy', 'streamlit', 'sqlalchemy', 'openpyxl', 'lxml'};"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    project = Path(__file__).resolve().parents[3]
    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=project)
    assert printed.stdout.strip() == "[]"


def test_warming_up_starts_a_reader_once() -> None:
    READERS_OF_THIS_PROCESS.close()
    warm_up()
    warm_up()
    assert len(READERS_OF_THIS_PROCESS.idle) == 1
