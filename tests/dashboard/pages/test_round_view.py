"""The office's view of a round, as the signed-in person gets it."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.answers import chasing
from dashboard.answers.call_list import call_list
from dashboard.answers.contacts import Viewer
from dashboard.answers.picture import Picture, picture
from dashboard.answers.round_timeline import round_timeline
from dashboard.answers.rounds import RoundView, round_view
from dashboard.parts.round_reminders import mail_link
from dashboard.reports.round_timeline import timeline_pdf
from etl.model.deliveries import add_round
from etl.model.reminders import reminders_of
from etl.model.round_closings import is_closed
from etl.model.store import Store
from etl.pipeline.confirm import confirm
from etl.pipeline.reminders import ReminderRefused, send
from etl.settings import MailServer
from tests.dashboard.networks import DAY, a_network, deliver, workbook
from tests.pipeline.workbooks import SPRACHCAFE, measures
from tests.signed_in import SignedIn, a_user, app_as, clickables, text_of

NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
OFFICE = Viewer("coordinator")
CONTACTS = (
    ("Organisation", "Ansprechpartner", "Funktion", "E-Mail"),
    ("VHS", "Marietta Lühning", "Leitung", "luehning@example.org"),
    ("Diakonie", "Uta Grevenstein", "Leitung", "uta@example.org"),
    ("Diakonie", "Jonas Ehlebracht", "Stellvertretung", "jonas@example.org"),
)


@pytest.fixture
def network(sqlite_store: Store) -> Store:
    """Diakonie delivered in autumn, VHS in spring only."""
    a_network(sqlite_store)
    deliver(sqlite_store, "VHS.xlsx", measures(SPRACHCAFE), "VHS", dt.date(2026, 4, 20))
    deliver(sqlite_store, "Kontakte.xlsx", workbook("Kontakte", *CONTACTS), "Büro", dt.date(2026, 10, 20))
    with sqlite_store.writing() as connection:
        add_round(connection, "Frühjahr 2026", dt.date(2026, 5, 12), dt.date(2026, 4, 30))
        add_round(connection, "Herbst 2026", DAY, dt.date(2026, 10, 23))
    return sqlite_store


def shown(store: Store) -> Picture:
    return picture(store, DAY)


def view_of(store: Store) -> RoundView:
    view = round_view(store, shown(store), OFFICE)
    assert view is not None
    return view


def opened(store: Store, role: str = "coordinator", language: str = "de", **query: str) -> SignedIn:
    partner = key_of(store, "VHS") if role == "partner" else None
    a_user(store, role, role, partner=partner, language=language)
    return app_as(store, role, "rueckmeldungen", **{"ansicht": "runde", **query})


def everything(app: SignedIn) -> str:
    return text_of(app.at) + "\n".join(str(component.proto) for component in app.at.get("bidi_component"))


def key_of(store: Store, name: str) -> str:
    return next(p.key for p in shown(store).facts.partners if p.name == name)


def test_the_office_sees_who_has_reported_and_whom_to_remind(network: Store) -> None:
    app = opened(network)
    assert not app.at.exception
    text = everything(app)
    assert "Zwei von drei Partnern haben gemeldet. Eine Erinnerung ist zu schreiben." in text
    assert [row.name for row in view_of(network).partners] == ["Büro", "Diakonie", "VHS"]
    assert "Ohne Vertretung" in text


def test_a_reminder_is_prepared_opened_and_noted_as_sent(network: Store) -> None:
    app = opened(network)
    app.at.button(key="reminders-prepare").click()
    at = app.run()
    assert not at.exception
    text = everything(app)
    assert "Eine Erinnerung liegt bereit und ist noch zu verschicken." in text
    assert "Zu erinnern ist" not in text
    assert "Die Erinnerung nach der Frist ist geschrieben." in text
    assert "an der Reihe" not in text
    lists = clickables(at)
    letters, partners = (n for n, html in enumerate(lists) if "vorbereitet am" in html)
    assert "rt-list" in lists[letters], "what is to be sent stands above the partners"
    assert "<table" in lists[partners]
    assert 'data-go="1"' in lists[partners], "a partner's row leads to its letter"

    at.query_params["erinnerung"] = "1"
    at = app.run()
    assert not at.exception
    assert "mailto:luehning@example.org?subject=" in everything(app)
    assert "Guten Tag Marietta Lühning," in at.code[0].value
    assert "reminder-send" not in {button.key for button in at.button}, "no mail server is configured"
    at.button(key="reminder-sent").click()
    app.run()
    assert "Festgehalten: verschickt." in everything(app)
    assert "Zu erinnern ist zurzeit niemand." in everything(app)
    with network.reading() as connection:
        (row,) = reminders_of(connection, "Herbst 2026")
    assert (row.address, row.sent_by, row.sent_at is not None) == ("luehning@example.org", "Coordinator", True)


def test_who_confirmed_needs_no_reminder(network: Store) -> None:
    confirm(network, key_of(network, "VHS"), day=DAY, person="Lühning", now=NOW)
    view = view_of(network)
    assert {row.name: (row.state.state, row.state.late) for row in view.partners} == {
        "Büro": ("delivered", False),
        "Diakonie": ("delivered", False),
        "VHS": ("confirmed", True),
    }
    assert (view.to_remind, view.reported) == (0, 3)


def test_a_contact_the_list_no_longer_names_gets_no_reminder(network: Store) -> None:
    shorter = workbook("Kontakte", CONTACTS[0], *CONTACTS[2:])
    deliver(network, "Kontakte November.xlsx", shorter, "Büro", dt.date(2026, 11, 2))
    view = view_of(network)
    row = next(row for row in view.partners if row.name == "VHS")
    assert (row.contact, row.former and row.former.name) == (None, "Marietta Lühning")
    assert (view.to_remind, view.missing_contact) == (0, ("VHS",))
    assert chasing.prepare_reminders(network, shown(network), OFFICE, "after", now=NOW, by="x") == ("prepared", 0)
    assert "steht nicht mehr in der Liste" in everything(opened(network))


def test_a_contact_that_was_not_reached_gets_no_reminder(network: Store) -> None:
    app = opened(network)
    luehning = next(c.key for c in shown(network).facts.contacts if c.name == "Marietta Lühning")
    app.at.selectbox(key="contact-chosen").set_value(luehning)
    app.at.text_input(key="contact-reason").set_value("Mail kommt zurück")
    app.at.button(key="contact-mark").click()
    at = app.run()
    assert not at.exception
    assert "Vermerkt." in everything(app)
    view = view_of(network)
    assert (view.to_remind, view.missing_contact) == (0, ("VHS",))
    at.selectbox(key="contact-marked").set_value(luehning)
    at.button(key="contact-reached").click()
    app.run()
    assert view_of(network).to_remind == 1


def test_a_person_two_lists_name_is_chosen_once_and_marked_in_both(network: Store) -> None:
    own = workbook("Ansprechpersonen", CONTACTS[0], CONTACTS[1])
    deliver(network, "VHS Kontakte.xlsx", own, "VHS", dt.date(2026, 10, 21))
    named = [c.key for c in shown(network).facts.contacts if c.name == "Marietta Lühning"]
    assert len(named) == 2
    assert [row.contact.name for row in view_of(network).contacts].count("Marietta Lühning") == 1

    act = {"now": NOW, "by": "x"}
    assert chasing.contact_reached(network, shown(network), OFFICE, named[0], reason="verzogen", **act) == "marked"  # type: ignore[arg-type]
    view = view_of(network)
    assert [row.contact.name for row in view.unreachable] == ["Marietta Lühning"]
    assert next(row.contact for row in view.partners if row.name == "VHS") is None
    assert chasing.contact_reached(network, shown(network), OFFICE, named[1], reason=None, **act) == "reached"  # type: ignore[arg-type]
    assert view_of(network).unreachable == ()
    assert chasing.contact_reached(network, shown(network), OFFICE, named[1], reason=None, **act) == "not_there"  # type: ignore[arg-type]


def test_the_office_changes_the_text_and_opens_the_next_round(network: Store) -> None:
    app = opened(network, erinnerungstext="after")
    app.at.text_area(key="reminder-text-after-de").set_value("Hallo {name}, {geheim}")
    app.at.button(key="reminder-change").click()
    app.run()
    assert "In geschweiften Klammern steht „geheim“." in everything(app)
    app.at.text_area(key="reminder-text-after-de").set_value("Hallo {name}")
    app.at.button(key="reminder-change").click()
    app.run()
    assert not app.at.exception
    assert view_of(network).rules[-1].texts["de"] == "Hallo {name}"

    app.at.text_input(key="round-name").set_value("Frühjahr 2027")
    app.at.button(key="round-new").click()
    app.run()
    assert "Bitte geben Sie Frist und Stichtag an." in everything(app)
    app.at.date_input(key="round-deadline").set_value(dt.date(2027, 4, 23))
    app.at.date_input(key="round-day").set_value(dt.date(2027, 5, 11))
    app.at.button(key="round-new").click()
    app.run()
    assert not app.at.exception
    assert [r.name for r in shown(network).facts.rounds] == ["Frühjahr 2026", "Herbst 2026", "Frühjahr 2027"]


def test_in_english_too(network: Store) -> None:
    app = opened(network, language="en")
    assert not app.at.exception
    assert "Two of three partners have reported. One reminder is to be written." in everything(app)


def test_without_a_round_the_office_can_open_one(sqlite_store: Store) -> None:
    a_user(sqlite_store, "coordinator", "coordinator")
    app = app_as(sqlite_store, "coordinator", "rueckmeldungen", ansicht="runde")
    assert not app.at.exception
    assert "Noch ist keine Runde angelegt." in everything(app)


def test_names_are_for_the_office_only(network: Store) -> None:
    app = opened(network, "partner")
    assert not app.at.exception
    text = everything(app)
    assert "Diakonie" not in text.replace("Diakonie Oktober", "")
    assert "Ansprechpersonen" not in text
    for role in ("partner", "member", "leadership", "observer"):
        assert round_view(network, shown(network), Viewer(role, key_of(network, "VHS"))) is None


def test_only_the_office_acts_in_a_round(network: Store) -> None:
    now, other = shown(network), Viewer("partner", key_of(network, "VHS"))
    act = {"now": NOW, "by": "x"}
    assert chasing.prepare_reminders(network, now, other, "after", **act) == ("not_yours", 0)  # type: ignore[arg-type]
    assert chasing.prepare_reminders(network, now, OFFICE, "before", **act) == ("not_due", 0)  # type: ignore[arg-type]
    assert chasing.reminder_sent(network, other, 1, through_server=False, **act) == "not_yours"  # type: ignore[arg-type]
    assert chasing.reminder_sent(network, OFFICE, 1, through_server=True, **act) == "not_sent"  # type: ignore[arg-type]
    text = {"days": 3, "language": "de", "subject": "x", "text": "x"}
    assert chasing.change_reminder(network, other, "after", **text, **act)[0] == "not_yours"  # type: ignore[arg-type]
    contact = now.facts.contacts[0].key
    assert chasing.contact_reached(network, now, other, contact, reason="x", **act) == "not_yours"  # type: ignore[arg-type]
    assert chasing.contact_reached(network, now, OFFICE, "measure-00001", reason="x", **act) == "not_yours"  # type: ignore[arg-type]
    assert chasing.open_round(network, other, "X", deadline=DAY, day=DAY, **act) == "not_yours"  # type: ignore[arg-type]
    assert chasing.open_round(network, OFFICE, "Herbst 2026", deadline=DAY, day=DAY, **act) == "name_taken"  # type: ignore[arg-type]


def test_a_round_is_closed_printed_and_opened_again(network: Store) -> None:
    app = opened(network)
    assert "<b>2</b> mit Datei" in everything(app)
    app.at.button(key="round-close").click()
    app.run()
    assert "was noch kommt, zählt als nachgereicht. Ein Partner hat noch nicht gemeldet." in everything(app)
    app.at.button(key="round-close-do").click()
    at = app.run()
    assert not at.exception
    text = everything(app)
    assert "Die Runde ist seit dem 10.\u00a0November 2026 geschlossen." in text
    assert "Coordinator" in text
    assert "reminders-prepare" not in {button.key for button in at.button}
    seen = shown(network)
    assert chasing.prepare_reminders(network, seen, OFFICE, "after", now=NOW, by="x") == ("not_due", 0)
    with network.reading() as connection:
        assert is_closed(connection, "Herbst 2026")
    told = round_timeline(network, seen, OFFICE)
    assert told is not None
    assert [(event.what, event.n) for event in told.events] == [
        ("reports", 1),
        ("reports", 1),
        ("deadline", 0),
        ("closed", 0),
        ("meeting", 0),
    ]
    assert timeline_pdf(told, "Netz", "Befund.", "de").startswith(b"%PDF")

    at.button(key="round-reopen").click()
    app.run()
    assert "Die Runde ist wieder offen." in everything(app)
    assert view_of(network).due == "after"
    assert chasing.close_round(network, OFFICE, "Winter", now=NOW, by="x") == "no_round"
    assert chasing.reopen_round(network, OFFICE, "Herbst 2026", now=NOW, by="x") == "open_already"


def test_a_letter_prepared_before_is_not_sent_once_the_round_is_closed(network: Store) -> None:
    chasing.prepare_reminders(network, shown(network), OFFICE, "after", now=NOW, by="x")
    assert chasing.close_round(network, OFFICE, "Herbst 2026", now=NOW, by="x") == "closed"
    assert chasing.close_round(network, OFFICE, "Herbst 2026", now=NOW, by="y") == "closed_already"
    with pytest.raises(ReminderRefused, match="closed"):
        send(network, 1, MailServer("localhost", 9, "none", "", "", "a@example.org"), person="x", now=NOW)
    with network.reading() as connection:
        assert reminders_of(connection, "Herbst 2026")[0].sent_at is None


def test_the_office_sees_whom_to_call_and_nobody_else_does(network: Store) -> None:
    luehning = next(c.key for c in shown(network).facts.contacts if c.name == "Marietta Lühning")
    now = shown(network)
    chasing.contact_reached(network, now, OFFICE, luehning, reason="ruft <b>nie</b> zurück", now=NOW, by="x")
    app = opened(network, ansicht="anrufe")
    assert not app.at.exception
    text = everything(app)
    assert "Ein Partner hat noch nicht gemeldet." in text
    assert "Marietta Lühning" in text
    assert "ruft &lt;b&gt;nie&lt;/b&gt; zurück" in text
    assert "Uta Grevenstein" not in text, "who has reported is not called"
    [row] = call_list(network, shown(network), OFFICE).rows  # type: ignore[union-attr]
    assert (row.partner, row.reached, row.unreachable) == ("VHS", dt.date(2026, 4, 20), "ruft <b>nie</b> zurück")
    assert "Lühning" not in everything(opened(network, "partner", ansicht="anrufe"))
    for role in ("partner", "member", "leadership", "observer"):
        other = Viewer(role, key_of(network, "VHS"))
        assert call_list(network, shown(network), other) is None
        assert round_timeline(network, shown(network), other) is None
        assert chasing.close_round(network, other, "Herbst 2026", now=NOW, by="x") == "not_yours"
        assert chasing.reopen_round(network, other, "Herbst 2026", now=NOW, by="x") == "not_yours"


def test_a_mail_link_carries_everything_and_nothing_more() -> None:
    link = mail_link("ada@example.org", "Runde & Frist?", "Guten Tag\n<b>100 %</b>&bcc=x@example.org", "Mail")
    href = link.unescape().split('"')[1]
    parts = urlsplit(href)
    assert (parts.scheme, parts.path) == ("mailto", "ada@example.org")
    assert parse_qs(parts.query) == {
        "subject": ["Runde & Frist?"],
        "body": ["Guten Tag\r\n<b>100 %</b>&bcc=x@example.org"],
    }
