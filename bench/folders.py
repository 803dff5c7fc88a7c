"""A folder of workbooks read and compared at once, beside as many single imports in a warm process."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.importing import NOW, import_all
from bench.measuring import paired
from bench.workbooks import workbooks
from dashboard.answers.contacts import Viewer
from dashboard.answers.folders import accept_sure, folder_view, receive_folder
from etl.model.store import Store, open_store
from etl.pipeline import accept_delivery, preview_delivery
from etl.pipeline.memory import spare_the_collector

FILES = 50
_OFFICE, _PERSON = Viewer("coordinator"), "koordination"


def run() -> str:
    """The ratio, against the bar of 1.3; a line for people."""
    files = workbooks(FILES)
    with tempfile.TemporaryDirectory() as folder:
        import_all(files[:10], Path(folder))
    with _network(files[:10]) as store:
        _read(store, files[:10])
    spare_the_collector()
    each = 1000 / FILES
    with _network(files) as store:
        read = paired(lambda: _read(store, files), lambda: _import_anew(files))
    whole = paired(lambda: _read_and_accept(files), lambda: _import_anew(files), runs=1)
    return (
        f"folder: {FILES} workbooks dropped at once are read and compared in {read.median:.2f} x the CPU of as many "
        f"single imports (goal 1.3; {read.told()}; {read.ours * each:.1f} against {read.theirs * each:.1f} ms a file); "
        f"with accepting all of them {whole.median:.2f} x"
    )


def _import_anew(files: Sequence[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        import_all(files, Path(folder))


@contextmanager
def _network(files: Sequence[bytes]) -> Iterator[Store]:
    """A store that knows the senders of these files by name."""
    names = "".join(f"Träger {number};Ort {number}\n" for number in range(len(files)))
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'bench.db'}")
        content = f"Organisation;Ort\n{names}".encode()
        accept_delivery(store, preview_delivery(store, content, "Partner.csv", partner="Netzwerk", now=NOW), now=NOW)
        yield store
        store.close()


def _read(store: Store, files: Sequence[bytes]) -> str:
    dropped = [(f"Liste Träger {number}.xlsx", content) for number, content in enumerate(files)]
    folder = receive_folder(store, dropped, _OFFICE, person=_PERSON, at=NOW)
    assert folder is not None, "the office may drop a folder"
    return folder


def _read_and_accept(files: Sequence[bytes]) -> None:
    with _network(files) as store:
        folder = _read(store, files)
        view = folder_view(store, folder, _OFFICE, _PERSON)
        assert view is not None, "it was just dropped"
        ids = [file.id for file in view.of("sure")]
        taken = accept_sure(store, ids, _OFFICE, person=_PERSON, by="Koordination", own=None, now=NOW)
        assert taken.accepted == len(files), taken
