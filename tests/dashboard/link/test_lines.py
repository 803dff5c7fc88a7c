"""A house says behind its link whether its lines of the interface paper still hold."""

from __future__ import annotations

import datetime as dt

from etl.model.process_steps import line_words
from tests.dashboard.link.conftest import Network
from tests.dashboard.networks import deliver, workbook

HEAD = ("Schritt", "Organisation", "Rolle", "Ansprechperson", "Übergabe an", "Übergabe wie")


def _paper(network: Network) -> None:
    rows = workbook(
        "Schnittstellenpapier",
        HEAD,
        ("Wohnen", "Diakonie", "zuständig", "Jonas <b>Ehlebracht</b>", "Caritas", "Anruf"),
        ("Beratung", "Caritas", "zuständig", "Herr Geheim", None, None),
        ("Sprache", "Diakonie", "beteiligt", None, None, None),
    )
    deliver(network.store, "Papier.xlsx", rows, "Koordinierungsstelle", dt.date(2026, 10, 13))


def test_lines_are_confirmed_one_by_one_and_only_by_their_own_house(network: Network) -> None:
    path, caller = network.link(), network.caller()
    assert "Schnittstellenpapier" not in caller.get(path).text, "without a paper there is nothing to confirm"
    _paper(network)
    page = caller.get(path)
    assert "Zwei Zeilen warten auf Ihre Bestätigung." in page.text
    assert "Herr Geheim" not in page.text
    assert "<b>Ehlebracht" not in page.text, "what a list says is escaped"
    sent = {"step": "lines", "lang": "de", "person": "Frau Kaya"}
    empty = caller.post(path, sent | {"l.interface-00003": "not"})
    assert "Bitte schreiben Sie in einem Satz, was nicht mehr stimmt." in empty.text
    foreign = caller.post(path, sent | {"l.interface-00001": "holds", "l.interface-00002": "holds"})
    assert "gehört einem anderen Haus" in foreign.text
    with network.store.reading() as connection:
        assert line_words(connection) == (), "all or nothing"
    given = {"l.interface-00001": "holds", "l.interface-00003": "not", "l.interface-00003.note": "Macht die VHS."}
    said = caller.post(path, sent | given)
    assert "Danke, zwei Zeilen sind festgehalten." in said.text
    assert "Zuletzt bestätigt am 10. November 2026." in said.text
    assert "Am 10. November 2026 haben Sie gesagt: Macht die VHS." in said.text
    assert "nichts Neues" in caller.post(path, sent | given).text
    with network.store.reading() as connection:
        words = [(word.record, word.holds, word.note, word.by) for word in line_words(connection)]
    assert words == [
        ("interface-00001", True, "", "Frau Kaya"),
        ("interface-00003", False, "Macht die VHS.", "Frau Kaya"),
    ]
    assert "Alle Zeilen sind bestätigt" not in caller.get(path).text
