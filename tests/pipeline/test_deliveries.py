"""Preview, accept, undo: the conversation between a file and the store."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.issues import DeliveryRefused
from etl.model.deliveries import all_deliveries, received_content
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline import StaleComparison, accept_delivery, preview_delivery, undo_delivery
from etl.pipeline.enter import EntryRefused, enter, undo_entry
from etl.pipeline.export import as_json, export_state
from etl.pipeline.undo import NothingToUndo
from tests.pipeline.workbooks import LERNPATEN, NOW, SPRACHCAFE, WOHNLOTSEN, book, measures, xlsx

SPRING, AUTUMN = dt.date(2026, 4, 1), dt.date(2026, 10, 1)
TODAY = NOW.date()


def deliver(
    store: Store, content: bytes, partner: str = "VHS", day: dt.date | None = None, file: str = "liste.xlsx"
) -> int | None:
    preview = preview_delivery(store, content, file, partner=partner, day=day, now=NOW)
    return accept_delivery(store, preview, now=NOW).number


def exported(store: Store, day: dt.date | None = None) -> bytes:
    return as_json(export_state(store, day=day, today=TODAY))


def values(store: Store, day: dt.date | None = None) -> dict[str, dict[str, object]]:
    with store.reading() as connection:
        return {str(k.value("title")): k.values for k in state_on(connection, day).kind("measure").values()}


def test_a_preview_changes_nothing(store: Store) -> None:
    before = exported(store)
    preview = preview_delivery(store, measures(SPRACHCAFE, WOHNLOTSEN), "liste.xlsx", partner="VHS", now=NOW)
    assert preview.comparison.counts()["measure"]["new"] == 2
    assert exported(store) == before
    assert store.version() == 0


def test_accepting_loads_each_measure_with_its_values(store: Store) -> None:
    deliver(store, measures(SPRACHCAFE))
    found = values(store)["Sprachcafé"]
    assert (found["start"], found["end"], found["participants_actual"], found["cost_total"]) == (
        "2025-01-01",
        "2027-06-30",
        40,
        "12500.00",
    )


def test_the_received_bytes_are_kept(store: Store) -> None:
    content = measures(SPRACHCAFE)
    number = deliver(store, content)
    assert number is not None
    with store.reading() as connection:
        assert received_content(connection, number) == content


def test_the_same_file_again_is_unchanged_and_stores_nothing(store: Store) -> None:
    content = measures(SPRACHCAFE)
    deliver(store, content)
    version = store.version()
    assert deliver(store, content) is None
    assert store.version() == version


def test_a_file_saved_anew_without_changes_confirms_what_is_known(store: Store) -> None:
    deliver(store, measures(SPRACHCAFE), day=SPRING)
    preview = preview_delivery(store, measures(SPRACHCAFE), "liste.xlsx", partner="VHS", day=AUTUMN, now=NOW)
    accepted = accept_delivery(store, preview, now=NOW)
    assert (accepted.number, accepted.outcome) == (2, "unchanged")
    with store.reading() as connection:
        (known,) = state_on(connection).kind("measure").values()
    assert (known.last_day, known.holds["status"].day) == (AUTUMN, AUTUMN)


def test_undo_brings_back_the_export_byte_for_byte(store: Store) -> None:
    deliver(store, measures(SPRACHCAFE))
    before = exported(store)
    number = deliver(store, measures(("M-1", "Sprachcafé am Abend", *SPRACHCAFE[2:]), WOHNLOTSEN), "Diakonie Nord")
    assert number is not None
    assert exported(store) != before
    undo_delivery(store, number, now=NOW)
    assert exported(store) == before


def test_undo_takes_back_the_partner_the_delivery_created(store: Store) -> None:
    number = deliver(store, measures(SPRACHCAFE), "Neuer Verein")
    assert number is not None
    undo_delivery(store, number, now=NOW)
    with store.reading() as connection:
        assert state_on(connection).kind("partner") == {}


def test_undoing_an_older_delivery_leaves_what_others_said(store: Store) -> None:
    first = deliver(store, measures(SPRACHCAFE), "VHS")
    deliver(store, measures(WOHNLOTSEN), "Diakonie")
    assert first is not None
    undo_delivery(store, first, now=NOW)
    assert set(values(store)) == {"Wohnlotsen"}


def test_a_delivery_is_undone_once(store: Store) -> None:
    number = deliver(store, measures(SPRACHCAFE))
    assert number is not None
    undo_delivery(store, number, now=NOW)
    with pytest.raises(NothingToUndo):
        undo_delivery(store, number, now=NOW)
    with pytest.raises(NothingToUndo):
        undo_delivery(store, 99, now=NOW)


def test_a_then_b_then_a_again_is_read_not_skipped(store: Store) -> None:
    a, b = measures(SPRACHCAFE), measures((*SPRACHCAFE[:6], 55, 12500))
    deliver(store, a)
    deliver(store, b)
    assert values(store)["Sprachcafé"]["participants_actual"] == 55
    deliver(store, a)
    assert values(store)["Sprachcafé"]["participants_actual"] == 40


def test_a_spring_file_after_the_autumn_one_fills_spring_only(store: Store) -> None:
    deliver(store, measures((*SPRACHCAFE[:6], 55, 12500)), day=AUTUMN)
    autumn = exported(store)
    deliver(store, measures((*SPRACHCAFE[:6], 30, 12500)), day=SPRING)
    assert values(store)["Sprachcafé"]["participants_actual"] == 55
    assert values(store, SPRING)["Sprachcafé"]["participants_actual"] == 30
    assert len(exported(store)) == len(autumn)


def test_a_key_does_not_change_with_title_or_lead(store: Store) -> None:
    deliver(store, measures(SPRACHCAFE))
    with store.reading() as connection:
        before = list(state_on(connection).kind("measure"))
    deliver(store, measures(("M-1", "Sprachtreff", "Caritas", *SPRACHCAFE[3:])))
    with store.reading() as connection:
        assert list(state_on(connection).kind("measure")) == before
    assert set(values(store)) == {"Sprachtreff"}


def test_inserted_rows_that_shift_running_numbers_do_not_mix_measures(store: Store) -> None:
    deliver(store, measures((1, *SPRACHCAFE[1:]), (2, *WOHNLOTSEN[1:])))
    before = values(store)
    deliver(store, measures((1, *LERNPATEN[1:]), (2, *SPRACHCAFE[1:]), (3, *WOHNLOTSEN[1:])))
    after = values(store)
    assert set(after) == {"Sprachcafé", "Wohnlotsen", "Lernpaten"}
    assert after["Wohnlotsen"]["participants_actual"] == before["Wohnlotsen"]["participants_actual"]


def test_repeated_titles_are_never_merged_silently(store: Store) -> None:
    content = measures(("", "Sprachcafé", *SPRACHCAFE[2:]), ("", "Sprachcafé", "AWO", *SPRACHCAFE[3:]))
    preview = preview_delivery(store, content, "liste.xlsx", partner="VHS", now=NOW)
    assert preview.comparison.counts()["measure"]["new"] == 2
    assert "record_repeated" in {issue.code for issue in preview.issues}
    accept_delivery(store, preview, now=NOW)
    again = preview_delivery(store, content + b"", "kopie.xlsx", partner="VHS", now=NOW, day=dt.date(2026, 11, 9))
    assert again.comparison.counts()["measure"]["new"] == 0


def test_what_is_no_longer_mentioned_stays(store: Store) -> None:
    deliver(store, measures(SPRACHCAFE, WOHNLOTSEN), day=SPRING)
    preview = preview_delivery(store, measures(SPRACHCAFE), "liste.xlsx", partner="VHS", day=AUTUMN, now=NOW)
    assert preview.comparison.counts()["measure"] == {"new": 0, "changed": 0, "unchanged": 1, "missing": 1}
    accept_delivery(store, preview, now=NOW)
    assert set(values(store)) == {"Sprachcafé", "Wohnlotsen"}


def test_a_second_different_file_of_the_partner_is_no_replacement(store: Store) -> None:
    deliver(store, measures(SPRACHCAFE))
    other = xlsx([["Projekt", "Zielgruppe"], ["Lernpaten", "Kinder"], ["Ferienschule", "Kinder"]])
    preview = preview_delivery(store, other, "projekte.xlsx", partner="VHS", now=NOW)
    assert preview.comparison.counts()["measure"]["missing"] == 0


def test_a_store_that_changed_since_the_preview_stores_nothing_and_shows_the_new_comparison(store: Store) -> None:
    deliver(store, measures(SPRACHCAFE), day=SPRING)
    stale = preview_delivery(
        store, measures((*SPRACHCAFE[:6], 99, 12500)), "liste.xlsx", partner="VHS", day=AUTUMN, now=NOW
    )
    deliver(store, measures((*SPRACHCAFE[:6], 55, 12500)), day=AUTUMN)
    before = exported(store)
    with pytest.raises(StaleComparison) as raised:
        accept_delivery(store, stale, now=NOW)
    assert exported(store) == before
    accept_delivery(store, raised.value.preview, now=NOW)
    assert values(store)["Sprachcafé"]["participants_actual"] == 99


def test_a_change_elsewhere_does_not_stand_in_the_way(store: Store) -> None:
    preview = preview_delivery(store, measures(SPRACHCAFE), "liste.xlsx", partner="VHS", now=NOW)
    deliver(store, measures(WOHNLOTSEN), "Diakonie")
    assert accept_delivery(store, preview, now=NOW).outcome == "accepted"


def test_a_sender_that_is_not_certain_is_refused_with_a_proposal(store: Store) -> None:
    deliver(store, measures(SPRACHCAFE), "Volkshochschule Lindenmark e. V.")
    other = xlsx([["Projekt", "Zielgruppe"], ["Lernpaten", "Kinder"], ["Ferienschule", "Kinder"]])
    with pytest.raises(DeliveryRefused) as refused:
        preview_delivery(store, other, "projekte.xlsx", now=NOW)
    assert refused.value.issue.code == "sender_unknown"


def test_a_sender_is_recognised_by_the_headings_of_its_list(store: Store) -> None:
    deliver(store, measures(SPRACHCAFE), "VHS")
    preview = preview_delivery(store, measures(WOHNLOTSEN), "neu.xlsx", now=NOW)
    assert preview.sender.name == "VHS"


def test_a_partner_is_the_same_with_or_without_legal_form(store: Store) -> None:
    deliver(store, measures(SPRACHCAFE), "Freundeskreis Lindenmark e.V.")
    deliver(store, measures(WOHNLOTSEN), "Freundeskreis Lindenmark")
    with store.reading() as connection:
        assert len(state_on(connection).kind("partner")) == 1


def test_data_about_single_clients_are_refused_and_nothing_is_written(store: Store) -> None:
    clients = xlsx(
        [["Name", "Geburtsdatum", "BG-Nummer", "Maßnahme"], ["Muster, Max", "01.02.1990", "123", "Sprachcafé"]]
    )
    with pytest.raises(DeliveryRefused) as refused:
        preview_delivery(store, clients, "liste.xlsx", partner="VHS", now=NOW)
    assert refused.value.issue.code == "file_single_clients"
    with store.reading() as connection:
        assert all_deliveries(connection, with_undone=True) == []


def test_contacts_of_organisations_are_not_clients(store: Store) -> None:
    contacts = xlsx(
        [["Organisation", "Ansprechpartner", "Telefon", "E-Mail"], ["VHS", "A. Beispiel", "0999 1", "a@example.org"]],
        "Kontakte",
    )
    deliver(store, contacts)
    with store.reading() as connection:
        assert len(state_on(connection).kind("contact")) == 1


def test_the_state_equals_a_rebuild_from_all_deliveries(store: Store, sqlite_store: Store) -> None:
    from etl.pipeline.rebuild import rebuild_into

    goals = book(
        {"Ziele": [["Ziel-Nr.", "Wirkungsziel", "Indikator", "Zielwert"], ["S1", "Mehr Deutsch", "Quote B1", 65]]}
    )
    deliver(store, goals, "Koordinierungsstelle", day=SPRING)
    first = deliver(store, measures(SPRACHCAFE, WOHNLOTSEN), day=SPRING)
    deliver(store, measures((*SPRACHCAFE[:6], 99, 12500), LERNPATEN), day=AUTUMN)
    deliver(store, measures(WOHNLOTSEN), "Diakonie")
    assert first is not None
    undo_delivery(store, first, now=NOW + dt.timedelta(hours=1))
    with store.reading() as connection:
        measure = next(iter(state_on(connection).kind("measure")))
    later = NOW + dt.timedelta(hours=2)
    enter(store, "measure", {"status": "paused"}, key=measure, day=AUTUMN, person="anna", reason="Anruf", now=later)
    wrong = enter(store, "goal", {"title": "Irrtum"}, day=AUTUMN, person="anna", reason="Tippfehler", now=later)
    undo_entry(store, wrong.number, now=later + dt.timedelta(hours=1))
    rebuild_into(store, sqlite_store)
    assert exported(sqlite_store) == exported(store)
    assert exported(sqlite_store, SPRING) == exported(store, SPRING)


def test_the_sheets_own_stand_is_the_day_its_statements_are_about(store: Store) -> None:
    content = xlsx([["Maßnahmenliste"], ["Stand: 20.10.2026"], [], ["Maßnahme", "Status"], ["Sprachcafé", "laufend"]])
    deliver(store, content, day=TODAY)
    with store.reading() as connection:
        (known,) = state_on(connection).kind("measure").values()
    assert known.said[0].day == dt.date(2026, 10, 20)


def test_a_stand_that_names_only_the_month_is_never_later_than_the_delivery(store: Store) -> None:
    content = xlsx([["Maßnahmenliste"], ["Stand: 11/2026"], [], ["Maßnahme", "Status"], ["Sprachcafé", "laufend"]])
    deliver(store, content, day=TODAY)
    with store.reading() as connection:
        (known,) = state_on(connection, TODAY).kind("measure").values()
    assert known.said[0].day == TODAY


def test_an_entry_settles_a_contradiction_and_taking_it_back_reopens_it(store: Store) -> None:
    goals = [
        ["Ziel-Nr.", "Wirkungsziel", "Indikator", "Istwert", "Stichtag"],
        ["S1", "Mehr Deutsch", "Quote B1", 41, AUTUMN],
    ]
    other = [*goals[:1], ["S1", "Mehr Deutsch", "Quote B1", 39, AUTUMN]]
    deliver(store, book({"Ziele": goals}), "Koordinierungsstelle", day=AUTUMN)
    deliver(store, book({"Ziele": other}), "Jobcenter", day=AUTUMN)
    with store.reading() as connection:
        (known,) = state_on(connection).kind("observation").values()
    assert {s.body.values["current_value"] for s in known.contested["current_value"]} == {41, 39}
    settled = enter(
        store,
        "observation",
        {"current_value": 41},
        key=known.key,
        day=AUTUMN,
        person="anna",
        reason="Fachverfahren",
        now=NOW,
    )
    with store.reading() as connection:
        (known,) = state_on(connection).kind("observation").values()
    assert (known.values["current_value"], known.contested) == (41, {})
    undo_entry(store, settled.number, now=NOW)
    with store.reading() as connection:
        (known,) = state_on(connection).kind("observation").values()
    assert "current_value" in known.contested


def test_an_entry_needs_a_reason_and_a_known_field(store: Store) -> None:
    for values, reason in (({"title": "Ziel"}, " "), ({}, "Anruf"), ({"lieblingsfarbe": "blau"}, "Anruf")):
        with pytest.raises(EntryRefused):
            enter(store, "goal", values, day=AUTUMN, person="anna", reason=reason, now=NOW)
    assert store.version() == 0


def test_two_previews_of_the_same_new_partner_make_one_partner(store: Store) -> None:
    first = preview_delivery(store, measures(SPRACHCAFE), "a.xlsx", partner="VHS", now=NOW)
    second = preview_delivery(store, measures(WOHNLOTSEN), "b.xlsx", partner="VHS", now=NOW)
    accept_delivery(store, first, now=NOW)
    try:
        accept_delivery(store, second, now=NOW)
    except StaleComparison as stale:
        accept_delivery(store, stale.preview, now=NOW)
    with store.reading() as connection:
        assert len(state_on(connection).kind("partner")) == 1
    assert set(values(store)) == {"Sprachcafé", "Wohnlotsen"}


def test_sending_a_contradicted_list_again_is_no_change(store: Store) -> None:
    heading = ["Ziel-Nr.", "Wirkungsziel", "Indikator", "Istwert", "Stichtag"]
    ours = book({"Ziele": [heading, ["S1", "Mehr Deutsch", "Quote B1", 41, AUTUMN]]})
    deliver(store, ours, "Jobcenter", day=AUTUMN)
    deliver(store, book({"Ziele": [heading, ["S1", "Mehr Deutsch", "Quote B1", 39, AUTUMN]]}), "Landkreis", day=AUTUMN)
    again = preview_delivery(store, ours, "neu.xlsx", partner="Jobcenter", day=TODAY, now=NOW)
    assert again.comparison.counts()["observation"]["changed"] == 0


def test_a_value_without_a_day_sent_again_is_the_same_and_another_value_is_news(store: Store) -> None:
    def sent(value: int, month: int) -> tuple[int, list[object]]:
        rows = [("Nr.", "Ziel", "Indikator", "Ist-Wert"), ("S1", "Sprache lernen", "B1 bestanden", value)]
        day = dt.datetime(2026, month, 1, 9, tzinfo=dt.UTC)
        preview = preview_delivery(store, xlsx(rows, "Ziele"), "z.xlsx", partner="VHS", now=day)
        accept_delivery(store, preview, now=day)
        with store.reading() as connection:
            known = state_on(connection).kind("observation").values()
        return len(preview.comparison.new["observation"]), [o.value("current_value") for o in known]

    assert sent(12, 3) == (1, [12])
    assert sent(12, 4) == (0, [12])
    assert sent(14, 5) == (1, [12, 14])
    assert sent(0, 6) == (1, [12, 14, 0])
    assert sent(0, 7) == (0, [12, 14, 0])
    assert sent(12, 8) == (1, [12, 14, 0, 12]), "it was 12 before, and 14 in between"


def test_a_value_without_a_day_put_right_for_the_same_day_is_a_correction(store: Store) -> None:
    def sent(value: int, hour: int, *more: tuple[object, ...]) -> tuple[int, int, list[object]]:
        rows = [("Nr.", "Ziel", "Indikator", "Ist-Wert"), ("S1", "Sprache lernen", "B1 bestanden", value), *more]
        now = dt.datetime(2026, 3, 1, hour, tzinfo=dt.UTC)
        preview = preview_delivery(store, xlsx(rows, "Ziele"), "z.xlsx", partner="VHS", now=now, day=AUTUMN)
        accept_delivery(store, preview, now=now)
        with store.reading() as connection:
            known = state_on(connection).kind("observation").values()
        counts = preview.comparison.counts()["observation"]
        return counts["new"], counts["changed"], [o.value("current_value") for o in known]

    assert sent(12, 9) == (1, 0, [12])
    assert sent(14, 10) == (0, 1, [14])
    assert sent(14, 11) == (0, 0, [14])
    assert sent(12, 12) == (0, 1, [12]), "and back"
