"""The office puts a partner's value right, as the signed-in person gets it."""

from __future__ import annotations

import datetime as dt

from dashboard.answers.contacts import Viewer
from dashboard.answers.corrections import (
    check_value,
    correct_value,
    correctable,
    correction_rows,
    note_told,
    take_back_correction,
)
from dashboard.answers.picture import picture
from dashboard.answers.to_check import check_list, values_to_check
from dashboard.answers.uploads import understood, waiting_for
from etl.model.reviews import OFFICE_FIRST, set_policy
from etl.model.store import Store
from etl.pipeline import Preview, accept_delivery
from tests.dashboard.networks import DAY, HEADINGS, a_network, deliver, workbook
from tests.dashboard.pages.test_rueckmeldungen import waiting
from tests.signed_in import SignedIn, a_user, app_as, text_of

PARTNER, MEASURE = "partner-00001", "measure-00001"
NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
OFFICE = Viewer("coordinator")


def opened(store: Store, role: str = "coordinator", page: str = "rueckmeldungen", **query: str) -> SignedIn:
    a_user(store, role, role, partner=PARTNER if role == "partner" else None)
    return app_as(store, role, page, **query)


def everything(app: SignedIn) -> str:
    return text_of(app.at) + "\n".join(str(component.proto) for component in app.at.get("bidi_component"))


def corrected(store: Store, name: str = "participants_actual", given: str = "21") -> None:
    wanted = correctable(picture(store, DAY), OFFICE, MEASURE, name)
    assert wanted is not None
    outcome = correct_value(store, OFFICE, wanted, given, reason="Zahlendreher", day=DAY, now=NOW, by="Henrike Aulbach")
    assert outcome == "corrected"


def test_the_office_corrects_a_value_and_notes_when_the_partner_was_told(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    app = opened(sqlite_store, berichtigen=MEASURE, angabe="participants_actual")
    assert "„12“ steht hier, gemeldet von Diakonie." in everything(app)
    app.at.text_input(key="correct-value").set_value("21")
    app.at.button(key="correct-do").click()
    app.run()
    assert "Bitte geben Sie eine Begründung an." in everything(app)
    app.at.text_input(key="correct-reason").set_value("Zahlendreher, Anruf vom 3. November")
    app.at.button(key="correct-do").click()
    at = app.run()
    assert not at.exception
    text = everything(app)
    assert "Der Wert ist berichtigt." in text
    assert "Zahlendreher, Anruf vom 3. November" in text
    assert picture(sqlite_store, DAY).state.kind("measure")[MEASURE].value("participants_actual") == 21
    assert "1 noch nicht mitgeteilt" in text

    at.query_params["berichtigung"] = "1"
    app.run()
    app.at.date_input(key="correct-told-day").set_value(dt.date(2026, 11, 9))
    app.at.button(key="correct-told").click()
    at = app.run()
    assert not at.exception
    assert "alle mitgeteilt" in everything(app)
    assert "am 09.11.2026" in everything(app)


def test_the_preview_of_the_next_list_says_what_becomes_of_the_correction(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    corrected(sqlite_store)
    row = ("Mietlotsen", "läuft", dt.date(2026, 9, 1), dt.date(2027, 8, 31), 40)
    told, sent = {}, []
    for stand in ("12.10.2026", "01.11.2026"):
        rows = ((f"Stand: {stand}",), (), HEADINGS, (*row, 14, "Frau K. fragen"))
        file = waiting(sqlite_store, "coordinator", workbook("Maßnahmen", *rows), partner="Diakonie")
        told[stand] = everything(opened(sqlite_store, datei=file))
        sent.append(file)
    assert "21 gilt weiter, so wurde es berichtigt. Diese Liste sagt 14" in told["12.10.2026"]
    assert "in der Liste: 14; die Berichtigung gilt weiter" in told["12.10.2026"]
    assert "Bisher gilt 21, so wurde es berichtigt." in told["01.11.2026"]
    assert "Diese Liste ist neuer: Dann gilt 14." in told["01.11.2026"]
    assert "<s>21</s>" in told["01.11.2026"]
    assert "<s>12</s>" not in told["01.11.2026"]
    held = []
    for file in sorted(waiting_for(sqlite_store, "coordinator"), key=lambda file: sent.index(file.id)):
        preview = understood(sqlite_store, file)
        assert isinstance(preview, Preview)
        accept_delivery(sqlite_store, preview, now=NOW)
        held.append(picture(sqlite_store, DAY).state.kind("measure")[MEASURE].value("participants_actual"))
    assert held == [21, 14], "what was said beforehand is what came of it"


def test_the_mark_stands_beside_the_value_and_in_where_from(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    corrected(sqlite_store)
    app = opened(sqlite_store, "member", "massnahmen", massnahme=MEASURE)
    assert not app.at.exception
    assert "(berichtigt)" in everything(app)


def test_a_status_is_chosen_from_its_words(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    app = opened(sqlite_store, berichtigen=MEASURE, angabe="status")
    app.at.selectbox(key="correct-value").set_value("paused")
    app.at.text_input(key="correct-reason").set_value("ruht bis Januar")
    app.at.button(key="correct-do").click()
    app.run()
    assert not app.at.exception
    assert picture(sqlite_store, DAY).facts.measures[0].status == "paused"


def test_a_partner_reads_what_was_corrected_for_it_and_cannot_take_it_back(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    corrected(sqlite_store)
    app = opened(sqlite_store, "partner", berichtigung="1")
    assert not app.at.exception
    text = everything(app)
    assert "Was an Ihren Angaben berichtigt oder geprüft wurde" in text
    assert "Zahlendreher" in text
    assert not [b for b in app.at.button if b.key and b.key.startswith("correct")]


def test_a_partner_puts_its_own_value_right_with_its_name_and_takes_that_back(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    app = opened(sqlite_store, "partner", berichtigen=MEASURE, angabe="participants_actual")
    app.at.text_input(key="correct-value").set_value("21")
    app.at.button(key="correct-do").click()
    app.run()
    assert "Bitte geben Sie eine Begründung an." in everything(app)
    app.at.text_input(key="correct-reason").set_value("Liste vom Vortag")
    app.at.button(key="correct-do").click()
    at = app.run()
    assert not at.exception
    assert "Der Wert ist berichtigt, mit Ihrem Namen und der Begründung." in everything(app)
    seen = picture(sqlite_store, DAY)
    held = seen.state.kind("measure")[MEASURE]
    assert (held.value("participants_actual"), held.mark("participants_actual")) == (21, "value_corrected")
    [row] = correction_rows(sqlite_store, seen, OFFICE)
    assert (row.person, row.reason, row.own, row.told_on) == ("Partner, Diakonie", "Liste vom Vortag", True, DAY)
    assert take_back_correction(sqlite_store, Viewer("partner", "partner-00002"), row.number, now=NOW) == "not_yours"
    assert take_back_correction(sqlite_store, Viewer("member", PARTNER), row.number, now=NOW) == "not_yours"
    app.at.button(key="correct-back").click()
    app.run()
    assert not app.at.exception
    assert picture(sqlite_store, DAY).state.kind("measure")[MEASURE].value("participants_actual") == 12


def test_a_partner_corrects_nothing_where_the_office_looks_first_or_another_source_speaks(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    own, other = Viewer("partner", PARTNER), Viewer("partner", "partner-00002")
    wanted = correctable(picture(sqlite_store, DAY), own, MEASURE, "end")
    assert wanted is not None
    act = {"reason": "x", "day": DAY, "now": NOW, "by": "x"}
    refused = [Viewer("member", PARTNER), Viewer("leadership", PARTNER), Viewer("observer", PARTNER), other]
    for viewer in (*refused, Viewer("partner", None)):
        assert correctable(picture(sqlite_store, DAY), viewer, MEASURE, "end") is None
        assert correct_value(sqlite_store, viewer, wanted, "1.1.2028", **act) == "not_yours"  # type: ignore[arg-type]
        assert check_value(sqlite_store, viewer, wanted, **act) in ("not_yours", "nothing_to_correct")  # type: ignore[arg-type]
    with sqlite_store.writing() as connection:
        set_policy(connection, PARTNER, OFFICE_FIRST, person="Henrike Aulbach", now=NOW)
    version = sqlite_store.version()
    assert correct_value(sqlite_store, own, wanted, "1.1.2028", **act) == "for_office"  # type: ignore[arg-type]
    assert sqlite_store.version() == version
    app = opened(sqlite_store, "partner", berichtigen=MEASURE, angabe="end")
    assert "möchte Ihre Änderungen vorher sehen" in everything(app)
    assert "correct-do" not in {button.key for button in app.at.button}

    goal = workbook("Ziele", ("Ziel", "Indikator", "Zielwert"), ("Wohnen", "Vermittelte", 40))
    deliver(sqlite_store, "Ziele.xlsx", goal, "Diakonie", DAY)
    indicator = picture(sqlite_store, DAY).facts.indicators[0].key
    assert correctable(picture(sqlite_store, DAY), own, indicator, "target_value") is None, "it is the network's"


def test_only_the_office_tells_and_takes_back_what_it_corrected(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    corrected(sqlite_store)
    own = Viewer("partner", PARTNER)
    now = picture(sqlite_store, DAY)
    wanted = correctable(now, OFFICE, MEASURE, "end")
    assert wanted is not None
    assert note_told(sqlite_store, own, 1, DAY, today=DAY, by="x") == "not_yours"
    assert take_back_correction(sqlite_store, own, 1, now=NOW) == "not_yours", "it is the office's"
    for viewer in (Viewer("partner", "partner-00002"), Viewer("member"), Viewer("observer")):
        assert correctable(now, viewer, MEASURE, "end") is None
        refused = correct_value(sqlite_store, viewer, wanted, "1.1.2028", reason="x", day=DAY, now=NOW, by="x")
        assert refused == "not_yours"
        assert note_told(sqlite_store, viewer, 1, DAY, today=DAY, by="x") == "not_yours"
        assert take_back_correction(sqlite_store, viewer, 1, now=NOW) == "not_yours"
    assert len(correction_rows(sqlite_store, now, own)) == 1
    assert correction_rows(sqlite_store, now, Viewer("partner", "partner-00002")) == ()
    assert correction_rows(sqlite_store, now, Viewer("member")) == ()
    assert note_told(sqlite_store, OFFICE, 1, DAY + dt.timedelta(days=1), today=DAY, by="x") == "not_yet"
    assert take_back_correction(sqlite_store, OFFICE, 1, now=NOW) == "undone"
    assert take_back_correction(sqlite_store, OFFICE, 1, now=NOW) == "already"
    assert take_back_correction(sqlite_store, OFFICE, 99, now=NOW) == "not_yours"


def test_a_value_that_was_not_read_exactly_is_said_to_be_right_and_that_is_taken_back(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    row = ("Mietlotsen", "läuft", None, None, 40, "15 (Stand Okt.)", None)
    deliver(sqlite_store, "Neu.xlsx", workbook("Maßnahmen", HEADINGS, row), "Diakonie", dt.date(2026, 11, 2))
    known = picture(sqlite_store, DAY).state.kind("measure")[MEASURE]
    assert (known.value("participants_actual"), known.mark("participants_actual") is not None) == (15, True)
    plain = opened(sqlite_store, berichtigen=MEASURE, angabe="participants_planned")
    assert "correct-check" not in {button.key for button in plain.at.button}, "it was read as it stood there"

    app = opened(sqlite_store, berichtigen=MEASURE, angabe="participants_actual")
    app.at.text_input(key="correct-reason").set_value("Nachgefragt am 9. November")
    app.at.button(key="correct-check").click()
    at = app.run()
    assert not at.exception
    assert "Als geprüft festgehalten" in everything(app)
    assert "15, geprüft" in everything(app)
    known = picture(sqlite_store, DAY).state.kind("measure")[MEASURE]
    assert (known.value("participants_actual"), known.mark("participants_actual")) == (15, None)
    [told] = correction_rows(sqlite_store, picture(sqlite_store, DAY), OFFICE)
    assert (told.person, told.reason) == ("Coordinator", "Nachgefragt am 9. November")
    assert take_back_correction(sqlite_store, OFFICE, told.number, now=NOW) == "undone"
    assert picture(sqlite_store, DAY).state.kind("measure")[MEASURE].mark("participants_actual") is not None
    wanted = correctable(picture(sqlite_store, DAY), OFFICE, MEASURE, "participants_actual")
    assert wanted is not None
    told_by = {"reason": "x", "day": DAY, "now": NOW, "by": "x"}
    for viewer in (Viewer("partner", "partner-00002"), Viewer("partner"), Viewer("member", PARTNER)):
        assert check_value(sqlite_store, viewer, wanted, **told_by) == "not_yours"  # type: ignore[arg-type]


def test_values_not_read_exactly_stand_in_one_list_for_the_office_and_for_their_partner(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    row = ("Mietlotsen", "läuft", None, None, 40, "15 (Stand Okt.)", None)
    deliver(sqlite_store, "Neu.xlsx", workbook("Maßnahmen", HEADINGS, row), "Diakonie", dt.date(2026, 11, 2))

    def listed(viewer: Viewer) -> tuple[str, ...]:
        rows = check_list(picture(sqlite_store, DAY), viewer).rows
        assert len(rows) == values_to_check(picture(sqlite_store, DAY), viewer)
        return tuple(row.of.name for row in rows)

    own = Viewer("partner", PARTNER)
    assert listed(OFFICE) == listed(own) == ("participants_actual",)
    assert listed(Viewer("partner", "partner-00002")) == listed(Viewer("member", PARTNER)) == ()
    app = opened(sqlite_store, "coordinator", "klaerungen", ansicht="pruefen")
    assert "Ein Wert ist nicht genau gelesen. Stimmt er?" in everything(app)
    assert "„15 (Stand Okt.)“" in everything(app)

    app = opened(sqlite_store, "partner")
    assert "Ein Wert ist nicht genau gelesen: prüfen." in everything(app)
    app = opened(sqlite_store, "partner", berichtigen=MEASURE, angabe="participants_actual")
    assert "„15 (Stand Okt.)“" in everything(app), "what stood there, beside the form"
    assert "Neu.xlsx" in everything(app)
    app.at.button(key="correct-check").click()
    assert not app.run().exception
    assert "Als geprüft festgehalten, mit Ihrem Namen" in everything(app)
    assert listed(OFFICE) == ()
    [told] = correction_rows(sqlite_store, picture(sqlite_store, DAY), OFFICE)
    assert (told.person, told.told_on) == ("Partner, Diakonie", DAY), "nobody has to tell it"
    assert told.reason == "geprüft"

    assert take_back_correction(sqlite_store, OFFICE, told.number, now=NOW) == "undone"
    wanted = correctable(picture(sqlite_store, DAY), own, MEASURE, "participants_actual")
    assert wanted is not None
    by = {"reason": "x", "day": DAY, "now": NOW, "by": "x"}
    other = Viewer("partner", "partner-00002")
    assert correct_value(sqlite_store, other, wanted, "16", **by) == "not_yours"  # type: ignore[arg-type]
    assert correct_value(sqlite_store, own, wanted, "16", **by) == "corrected"  # type: ignore[arg-type]
