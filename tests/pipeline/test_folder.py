"""What is proposed for a file that came by mail: from whom, about which day, and the one question that is open."""

from __future__ import annotations

import datetime as dt
import email
import email.policy

import pytest

from etl.issues import Issue, places_to_clarify
from etl.model.deliveries import all_deliveries
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline import accept_delivery, preview_delivery
from etl.pipeline.folder import (
    Answers,
    FoundFile,
    Proposal,
    Proposed,
    correspondents_in,
    found_in,
    propose,
    repeated,
)
from etl.pipeline.folder.days import named_day
from etl.pipeline.folder.mails import replies, reply_mail
from etl.pipeline.picture.facts import facts_of
from etl.pipeline.picture.rated import load_thresholds
from etl.wording import say
from tests.pipeline.mails import PDF, eml
from tests.pipeline.workbooks import HEADINGS, LERNPATEN, NOW, SPRACHCAFE, WOHNLOTSEN, measures, xlsx

PARTNERS = (
    "Organisation;Ansprechperson;E-Mail\n"
    "Diakonie;Mara Sandvoß;sandvoss@diakonie.example.org\n"
    "Freundeskreis;Ole Brandt;brandt@freunde.example.org\n"
)
OTHER = xlsx([("Angebot", "Stand der Dinge"), ("Chor", "laufend"), ("Nähcafé", "geplant")], "Tabelle1")
OCTOBER = dt.datetime(2026, 10, 20, 9, tzinfo=dt.UTC)


@pytest.fixture
def network(sqlite_store: Store) -> Store:
    deliver(sqlite_store, "Netzwerk.csv", PARTNERS.encode(), "Netzwerk", OCTOBER)
    return sqlite_store


def deliver(store: Store, file: str, content: bytes, partner: str, when: dt.datetime) -> int:
    preview = preview_delivery(store, content, file, partner=partner, now=when)
    number = accept_delivery(store, preview, now=when).number
    assert number is not None
    return number


def proposed(store: Store, file: FoundFile, answers: Answers | None = None, now: dt.datetime = NOW) -> Proposed:
    with store.reading() as connection:
        known = correspondents_in(connection)
    answers = answers or Answers()
    return propose(store, file, answers, now=now, thresholds=load_thresholds(), correspondents=known)


def by_mail(content: bytes, sender: str, file: str = "Mappe1.xlsx", date: dt.datetime | None = None) -> FoundFile:
    [found] = found_in("Mail.eml", eml([(file, content)], sender=sender, date=date))
    return found


def test_the_address_of_a_contact_says_who_sent_it_and_the_mails_date_when(network: Store) -> None:
    sent = dt.datetime(2026, 11, 3, 22, 59, tzinfo=dt.UTC)
    found = proposed(network, by_mail(OTHER, "Sandvoss@Diakonie.example.org", date=sent))
    assert found.preview is not None
    told = found.proposal
    assert (told.sender, told.sender_how, told.day, told.day_how) == ("Diakonie", "mail", "2026-11-03", "mail")
    assert (told.question, found.preview.received_at) == ("", sent)


def test_a_mail_from_the_future_or_without_date_came_now(network: Store) -> None:
    for date in (dt.datetime(2031, 1, 1, tzinfo=dt.UTC), None):
        found = proposed(network, by_mail(OTHER, "brandt@freunde.example.org", date=date))
        assert found.proposal.day == "2026-11-10"


def test_a_colleague_at_the_same_house_is_no_more_than_a_proposal(network: Store) -> None:
    found = proposed(network, by_mail(OTHER, "praktikum@diakonie.example.org"))
    assert (found.preview, found.proposal.question) == (None, "sender")
    assert found.proposal.candidates[0] == "Diakonie"
    settled = proposed(network, by_mail(OTHER, "praktikum@diakonie.example.org"), Answers(sender="Diakonie"))
    assert (settled.proposal.question, settled.proposal.sender_how) == ("", "given")


def test_where_file_and_mail_point_to_two_partners_a_person_decides(network: Store) -> None:
    deliver(network, "Liste.xlsx", measures(WOHNLOTSEN), "Diakonie", OCTOBER)
    found = proposed(network, by_mail(measures(WOHNLOTSEN, LERNPATEN), "brandt@freunde.example.org"))
    assert found.proposal.question == "sender"
    assert found.proposal.candidates == ("Diakonie", "Freundeskreis")
    agreed = proposed(network, by_mail(measures(WOHNLOTSEN, LERNPATEN), "sandvoss@diakonie.example.org"))
    assert (agreed.proposal.question, agreed.proposal.sender_how) == ("", "series")


def test_a_name_like_that_of_an_earlier_file_proposes_its_sender(network: Store) -> None:
    deliver(network, "Projektliste_2025.xlsx", measures(WOHNLOTSEN), "Diakonie", OCTOBER)
    found = proposed(network, FoundFile("Projektliste 2026-11.xlsx", "x", OTHER))
    assert (found.proposal.question, found.proposal.candidates) == ("sender", ("Diakonie",))


def test_a_name_that_speaks_of_another_day_is_asked_about(network: Store) -> None:
    file = FoundFile("Diakonie 2026-09.xlsx", "x", measures(SPRACHCAFE))
    found = proposed(network, file)
    assert (found.proposal.question, found.proposal.other_day) == ("day", "2026-09-30")
    settled = proposed(network, file, Answers(day=dt.date(2026, 9, 30)))
    assert (settled.proposal.question, settled.proposal.day) == ("", "2026-09-30")
    assert settled.preview is not None
    assert settled.preview.given_day == dt.date(2026, 9, 30)


def test_a_list_with_a_day_of_its_own_is_not_asked_about_it(network: Store) -> None:
    rows = [("Stand: 02.11.2026",), (), HEADINGS, SPRACHCAFE]
    found = proposed(network, FoundFile("Diakonie 2026-09.xlsx", "x", xlsx(rows)))
    assert (found.proposal.question, found.proposal.day, found.proposal.day_how) == ("", "2026-11-02", "stated")


@pytest.mark.parametrize(
    ("file", "day"),
    [
        ("export_kurse_20261007.csv", "2026-10-07"),
        ("Liste 7.10.2026.xlsx", "2026-10-07"),
        ("Liste_07.10.26.xlsx", "2026-10-07"),
        ("statistik_aa_2026-09.csv", "2026-09-30"),
        ("Kurse Sept26.xlsx", "2026-09-30"),
        ("Kurse_März 2026.xlsx", "2026-03-31"),
        ("AA_Angebote_Q3-2026.xlsx", "2026-09-30"),
        ("Maßnahmen 2025.xlsx", "2025-12-31"),
        ("Liste 2026-11-09.xlsx", None),
        ("Liste Nov26.xlsx", None),
        ("Liste Okt26.xlsx", "2026-10-31"),
        ("Zielkatalog_2025-2028.xlsx", None),
        ("Marburg 26.xlsx", None),
        ("Liste final(2).xlsx", None),
        ("Plan 2027.xlsx", None),
        ("31.02.2026.xlsx", "2026-02-28"),
    ],
)
def test_the_day_in_a_name(file: str, day: str | None) -> None:
    found = named_day(file, dt.date(2026, 11, 10))
    assert (found.day.isoformat() if found else None) == day


def test_the_very_file_again_is_told_and_later_asked_about(network: Store) -> None:
    content = measures(WOHNLOTSEN)
    number = deliver(network, "Diakonie.xlsx", content, "Diakonie", OCTOBER)
    file = FoundFile("Kopie.xlsx", "x", content)
    soon = proposed(network, file)
    assert soon.issue is not None
    assert (soon.issue.code, soon.issue.values["number"]) == ("file_known", number)
    later = proposed(network, file, now=NOW + dt.timedelta(days=90))
    assert (later.proposal.question, later.proposal.sender) == ("again", "Diakonie")
    assert later.proposal.before == (number, "2026-10-20")
    yes = proposed(network, file, Answers(yes=frozenset({"again"})), NOW + dt.timedelta(days=90))
    assert yes.proposal.question == ""


def test_last_years_list_is_asked_about(network: Store) -> None:
    number = deliver(network, "Diakonie.xlsx", measures(WOHNLOTSEN), "Diakonie", OCTOBER)
    rows = [("Stand: 12.10.2025",), (), HEADINGS, SPRACHCAFE]
    file = FoundFile("Diakonie alt.xlsx", "x", xlsx(rows))
    found = proposed(network, file, Answers(sender="Diakonie"))
    assert (found.proposal.question, found.proposal.before) == ("older", (number, "2026-10-20"))


def test_last_years_list_dropped_again_is_older_than_the_newer_one(network: Store) -> None:
    old, new = measures(WOHNLOTSEN), measures((*WOHNLOTSEN[:6], 50, 62000))
    deliver(network, "Liste 2025.xlsx", old, "Diakonie", dt.datetime(2025, 4, 23, 9, tzinfo=dt.UTC))
    newer = deliver(network, "Liste 2026.xlsx", new, "Diakonie", dt.datetime(2026, 1, 22, 9, tzinfo=dt.UTC))
    file = FoundFile("Liste 2025.xlsx", "x", old)
    found = proposed(network, file).proposal
    assert (found.question, found.before, found.day) == ("older", (newer, "2026-01-22"), "2025-04-23")
    own_day = proposed(network, file, Answers(day=dt.date(2025, 4, 23), yes=frozenset({"older"}))).proposal
    assert (own_day.question, own_day.day) == ("", "2025-04-23")
    today = proposed(network, file, Answers(day=NOW.date(), yes=frozenset({"older"})))
    assert (today.proposal.question, today.proposal.day) == ("", "2026-11-10")
    assert today.preview is not None
    assert today.preview.given_day == NOW.date()


def test_far_fewer_records_are_asked_about(network: Store) -> None:
    many = [(f"M-{n}", f"Angebot {n} im Haus {n}", *WOHNLOTSEN[2:]) for n in range(10)]
    deliver(network, "Diakonie.xlsx", measures(*many), "Diakonie", OCTOBER)
    found = proposed(network, FoundFile("Diakonie.xlsx", "x", measures(*many[:4])))
    assert (found.proposal.question, found.proposal.fewer) == ("fewer", (("measure", 10, 4),))
    yes = proposed(network, FoundFile("Diakonie.xlsx", "x", measures(*many[:4])), Answers(yes=frozenset({"fewer"})))
    assert yes.proposal.question == ""


def test_list_page_and_mail_tell_the_same_day_and_count_the_same_places(network: Store) -> None:
    rows = [("Stand: 02.11.2026",), (), HEADINGS, (*WOHNLOTSEN[:6], "zwölf bis", "viel"), (*SPRACHCAFE[:6], "??", 9)]
    told = proposed(network, FoundFile("Diakonie.xlsx", "x", xlsx(rows)), Answers(sender="Diakonie"))
    assert told.preview is not None
    number = accept_delivery(network, told.preview, now=NOW).number
    assert number is not None
    with network.reading() as connection:
        facts = facts_of(connection, state_on(connection), NOW.date())
    [reply] = replies(network, [number], facts)
    mail = email.message_from_bytes(reply_mail(network, reply, person="x"), policy=email.policy.default)
    body = mail.get_body(("plain",)).get_content()
    assert (told.proposal.day, "Stand 2. November 2026" in body) == ("2026-11-02", True)
    places = places_to_clarify(told.preview.issues)
    assert places > 1
    assert told.proposal.to_clarify == places
    assert f"{say('de', 'understood.places', n=places)}" in body


def test_data_about_clients_are_left_out_before_anything_is_kept(network: Store) -> None:
    rows = [(*HEADINGS, "TN Name", "Geburtsdatum"), (*WOHNLOTSEN, "Amira Haddad", dt.date(1990, 2, 3))]
    found = proposed(network, FoundFile("Diakonie.xlsx", "x", xlsx(rows)), Answers(sender="Diakonie"))
    assert (found.issue, found.proposal.question) == (None, "clients")
    assert found.copy is not None
    assert found.preview is not None
    assert found.preview.content == found.copy.content
    assert found.preview.understood.sheets[0].ledger.withheld == 4
    again = FoundFile("Diakonie.xlsx", "x", found.copy.content)
    assert proposed(network, again, Answers(sender="Diakonie")).proposal.question == ""


def test_a_proposal_comes_back_from_the_store_as_it_was() -> None:
    told = Proposal(
        "older", "VHS", None, "mail", ("VHS",), "2026-01-01", before=(3, "2026-02-01"), fewer=(("goal", 3, 1),)
    )
    assert Proposal.from_data(told.as_data()) == told


def test_the_same_bytes_twice_count_once() -> None:
    found = repeated([FoundFile("a.xlsx", "a", b"1"), FoundFile("b.xlsx", "b", b"1"), FoundFile("c.xlsx", "c", b"2")])
    assert [one.issue.code if one.issue else "" for one in found] == ["", "file_repeated", ""]
    assert found[1].content == b""


def test_what_is_no_list_says_why(network: Store) -> None:
    found = proposed(network, FoundFile("Flyer.pdf", "x", PDF))
    assert isinstance(found.issue, Issue)
    assert found.issue.values["kind"] == "pdf"


def test_the_mail_back_goes_to_the_contact_and_not_to_who_wrote(network: Store) -> None:
    unsure = measures((*WOHNLOTSEN[:6], "zwölf bis", 62000))
    number = deliver(network, "Liste.xlsx", unsure, "Diakonie", NOW)
    second = deliver(network, "Zwei.xlsx", OTHER, "Diakonie", NOW)
    third = deliver(network, "Drei.xlsx", measures(SPRACHCAFE), "Unbekannt", NOW)
    with network.reading() as connection:
        facts = facts_of(connection, state_on(connection), NOW.date())
        assert len(all_deliveries(connection)) == 4
    first, other = replies(network, [number, second, third], facts)
    assert (first.name, first.address, first.deliveries) == (
        "Diakonie", "sandvoss@diakonie.example.org", (number, second),
    )  # fmt: skip
    assert other.address == ""
    mail = email.message_from_bytes(reply_mail(network, first, person="Henrike Aulbach"), policy=email.policy.default)
    assert (mail["X-Unsent"], mail["To"]) == ("1", "sandvoss@diakonie.example.org")
    assert "das haben wir verstanden" in mail["Subject"]
    body = mail.get_body(("plain",)).get_content()
    assert "Guten Tag, Mara Sandvoß," in body
    assert "Liste.xlsx (Stand 10. November 2026)" in body
    assert "1 Maßnahme (1 neu)" in body
    assert "Eine Stelle ist zu klären; sie ist in der beigefügten Datei markiert." in body
    assert "Henrike Aulbach" in body
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert len(set(names)) == 2
    assert all(name.endswith(".xlsx") for name in names)
    without = email.message_from_bytes(reply_mail(network, other, person="x"), policy=email.policy.default)
    assert without["To"] is None
