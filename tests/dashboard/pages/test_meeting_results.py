"""„Ergebnisse“ of a meeting: everything by item, what was withdrawn for recorders alone, corrections for the office."""

from __future__ import annotations

import datetime as dt

from etl.model.accounts import User
from etl.model.meeting_results import versions_of
from etl.model.store import Store
from etl.pipeline.meeting.recording import record, withdraw
from etl.pipeline.meeting.temperature import count_hands
from etl.rules.results import Holder, ResultSaid
from tests.dashboard.desk.conftest import DAY, NOW, a_meeting
from tests.signed_in import a_user, app_as, text_of

ANNA = User("amt", "Amt", "coordinator", None, "de", False, NOW)


def test_results_stand_by_item_and_a_correction_is_settled_by_the_office(sqlite_store: Store) -> None:
    meeting = a_meeting(sqlite_store)
    first, second = meeting.items
    said = ResultSaid("Zweiter Abendkurs", (Holder(meeting.vhs),), dt.date(2027, 2, 1), goals=(meeting.goal,))
    by = {"user": ANNA, "now": NOW}
    record(sqlite_store, meeting.key, "agreement", said, name="eins", item=first, **by)  # type: ignore[arg-type]
    gone = ResultSaid("Ein Irrtum")
    wrong = record(sqlite_store, meeting.key, "information", gone, name="zwei", item=second, **by)  # type: ignore[arg-type]
    withdraw(sqlite_store, wrong.result, **by)  # type: ignore[arg-type]
    corrected = ResultSaid("Es waren 42, nicht 24", about=meeting.goal)
    open_one = record(sqlite_store, meeting.key, "correction", corrected, name="drei", **by)  # type: ignore[arg-type]
    hands = {"on_track": 3, "off_track": 3}
    count_hands(sqlite_store, first, hands, computed="off_track", by=ANNA, day=DAY, now=NOW)
    for name, role in (("amt", "coordinator"), ("cem", "member")):
        a_user(sqlite_store, name, role)

    page = {"sitzung": meeting.key, "ansicht": "ergebnisse"}
    seen = text_of(app_as(sqlite_store, "cem", "sitzung", **page).at)
    assert "Festgehalten sind eine Vereinbarung und eine Korrektur." in seen
    assert "Vereinbarung · VHS · bis 1. Februar 2027 · für Mehr Deutsch" in seen.replace("\u00a0", " ")
    assert "Die Einschätzung geht auseinander." in seen
    assert "Ein Irrtum" not in seen
    assert "protokoll" not in seen, "who does not record is shown no way to the desk"

    office = app_as(sqlite_store, "amt", "sitzung", **page)
    seen = text_of(office.at)
    assert "<s>Ein Irrtum</s>" in seen
    assert f"/saal/{meeting.key}/protokoll" in seen
    assert "Eine Korrektur wartet auf die Koordinierungsstelle." in seen
    office.at.text_input[-1].set_value("bei der VHS nachgefragt und berichtigt")
    next(button for button in office.at.button if button.label == "Als erledigt festhalten").click()
    office.run()
    seen = text_of(office.at)
    assert "Koordinierungsstelle: bei der VHS nachgefragt und berichtigt" in seen
    assert "wartet auf die Koordinierungsstelle" not in seen
    with sqlite_store.reading() as connection:
        assert len(versions_of(connection, [open_one.result])[open_one.result]) == 2
