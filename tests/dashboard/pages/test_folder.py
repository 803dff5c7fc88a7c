"""The folder on Rückmeldungen, as the office gets it: every question in words, settled by its button."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.model.deliveries import all_deliveries
from etl.model.store import Store
from tests.dashboard.answers.test_folders import CLIENTS, MIXED
from tests.dashboard.pages.test_rueckmeldungen import everything, opened
from tests.pipeline.test_folder import OCTOBER, PARTNERS, deliver
from tests.pipeline.workbooks import HEADINGS, SPRACHCAFE, WOHNLOTSEN, measures, xlsx

MANY = [(f"M-{n}", f"Angebot {n} im Haus {n}", *WOHNLOTSEN[2:]) for n in range(10)]
ALL = measures(*MANY)
LAST_YEAR = xlsx([("Stand: 12.10.2025",), (), HEADINGS, *MANY])


def test_a_mail_and_a_list_become_a_folder_that_is_settled_and_accepted(sqlite_store: Store) -> None:
    deliver(sqlite_store, "Netzwerk.csv", PARTNERS.encode(), "Netzwerk", OCTOBER)
    app = opened(sqlite_store)
    app.at.file_uploader[0].set_value([(name, content, "application/octet-stream") for name, content in MIXED])
    at = app.run()
    assert not at.exception
    shown = everything(at)
    assert "Zwei Listen sind sicher zugeordnet. Zu zwei Listen ist je eine Frage offen." in shown
    assert "ein Bild aus dem Text (Logo oder Unterschrift)" in shown
    assert "dieselbe Datei wie „Diakonie.xlsx“" in shown
    assert "hat keinen Anhang" in shown
    assert "Absender der E-Mail ist Kontakt des Partners" in shown
    at.button(key="folder-accept").click()
    at = app.run()
    assert not at.exception
    shown = everything(at)
    assert "Zwei Listen sind angenommen, jeweils im Namen ihres Partners." in shown
    assert "sandvoss@diakonie.example.org" in shown
    with sqlite_store.reading() as connection:
        assert [row.on_behalf for row in all_deliveries(connection)] == [False, True, True]
    back = everything(opened(sqlite_store).at)
    assert "Offene Ordner" in back
    assert "im Namen des Partners angenommen von Coordinator, aus der E-Mail „Rückmeldung“" in back


@pytest.mark.parametrize(
    ("file", "content", "asks", "sent"),
    [
        ("Diakonie TN.xlsx", CLIENTS, "standen Angaben über einzelne Personen", None),
        ("Diakonie 2026-09.xlsx", measures(SPRACHCAFE), "Der Name spricht vom 30. September 2026", None),
        ("Diakonie.xlsx", measures(*MANY[:4]), "60 % weniger", dt.date(2026, 10, 20)),
        ("Diakonie.xlsx", LAST_YEAR, "eine ältere Liste vom 12. Oktober 2025", dt.date(2026, 10, 20)),
        ("Diakonie.xlsx", ALL, "Gilt alles unverändert weiter?", dt.date(2026, 2, 20)),
    ],
)
def test_each_question_is_settled_with_its_button(
    sqlite_store: Store, file: str, content: bytes, asks: str, sent: dt.date | None
) -> None:
    deliver(sqlite_store, "Netzwerk.csv", PARTNERS.encode(), "Netzwerk", OCTOBER)
    if sent is not None:
        when = dt.datetime.combine(sent, dt.time(9), dt.UTC)
        deliver(sqlite_store, "Diakonie.xlsx", ALL, "Diakonie", when)
    app = opened(sqlite_store)
    app.at.file_uploader[0].set_value([(file, content, "x/x"), ("Notiz.pdf", b"%PDF-1.7", "x/x")])
    at = app.run()
    assert not at.exception
    assert asks in everything(at).replace("\u00a0", " ")
    [yes] = [button for button in at.button if (button.key or "").startswith("folder-yes-")]
    yes.click()
    at = app.run()
    assert not at.exception
    assert "Eine Liste ist sicher zugeordnet." in everything(at)
