"""The stories about money: planted in a real store and said, taken back and gone; all of them in the demo."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from dashboard.answers.contacts import Viewer
from dashboard.answers.funding import sources
from dashboard.answers.funding_dates import due_dates
from dashboard.answers.money_checks import counted_twice, doubts_finding, money_doubts, needed_twice
from dashboard.answers.money_parts import money_parts
from dashboard.answers.picture import Picture, picture
from dashboard.answers.programmes import programme_rows, programmes_finding, waiting_gaps
from dashboard.answers.runout import lapsing, loss_rows, own_due, runout, runout_finding
from dashboard.answers.selection import Selection
from dashboard.parts.findings import sentence
from dashboard.parts.money_checks import twice_told
from dashboard.parts.programmes import gaps_table, programmes_table
from etl.model.store import Store
from etl.pipeline import undo_delivery
from etl.pipeline.merging import keep_apart, merge, undo_judgement
from etl.pipeline.programmes import store_programme
from etl.rules.facts import Money
from etl.rules.programmes import Programme
from etl.wording import say
from tests.dashboard.networks import deliver, workbook
from tests.dashboard.pictures import DAY, a_funding, a_measure, a_picture
from tests.demo import demo  # noqa: F401
from tests.signed_in import a_user

OFFICE = Viewer("coordinator")
HEADINGS = (
    "Förderprogramm", "Fördergeber", "Förderebene", "Zuwendungsempfänger", "Maßnahme", "Status", "bewilligt (EUR)",
    "verausgabt (EUR)", "Eigenanteil (EUR)", "Beginn", "Ende", "Antragsfrist", "Zwischennachweis bis",
)  # fmt: skip
GERMAN = partial(say, "de")
START, END = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


def _money(*row: object) -> bytes:
    return workbook("Fördermittel", HEADINGS, (*row, *[None] * (len(HEADINGS) - len(row))))


@pytest.fixture
def network(store: Store) -> Store:
    heads = ("Maßnahme", "Status", "Beginn", "Ende", "Handlungsfeld")
    lots = ("Mietlotsen", "läuft", START, dt.date(2027, 12, 31), "Wohnen")
    deliver(store, "Massnahmen.xlsx", workbook("Maßnahmen", heads, lots), "Diakonie", dt.date(2026, 10, 12))
    return store


def _said(store: Store) -> Picture:
    return picture(store, DAY)


def test_what_runs_out_is_planted_with_everything_that_belongs_to_it_and_gone_again(network: Store) -> None:
    office = a_user(network, "amt", "coordinator")
    assert runout_finding(_said(network)).code == "runout.headline.nothing"
    row = ("Landesfonds", "Land", "Land", "Diakonie", "Mietlotsen", "läuft", 24000, 11000, 6000, START, END)
    number = deliver(network, "Geld.xlsx", _money(*row), "Diakonie", dt.date(2026, 10, 12))
    found = _said(network)
    [loss] = loss_rows(found)
    assert [(title, last) for _, title, last in loss.measures] == [("Mietlotsen", True)]
    assert loss.prevention is None, "nobody knows of a programme"
    assert sentence(runout_finding(found), GERMAN).endswith("Für eine Maßnahme ist es das letzte zugesagte Geld.")
    [lapse] = lapsing(found)
    assert (lapse.kind, lapse.left, lapse.expected) == ("lapses", 13000, 10800)
    assert [year.lapsing for year in runout(found).years] == [10800, 0, 0]

    now = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
    offered = Programme(0, "Stiftungsfonds", "Stiftung", deadline=dt.date(2026, 12, 1), own_share=Decimal(20))
    store_programme(network, office, offered, now=now)
    found = _said(network)
    assert programmes_finding(found).sentences[1].values == {"n": 0}, "nobody has looked it up"
    assert ">noch zu prüfen<" in str(gaps_table(waiting_gaps(found), 1, GERMAN, "de"))
    [entered] = found.programmes
    checked = replace(entered, seen_on=DAY, applicants=("welfare",))
    store_programme(network, office, checked, now=now, seen=entered)
    found = _said(network)
    [loss] = loss_rows(found)
    assert loss.prevention is not None
    assert (loss.prevention.deadline, loss.prevention.own) == (dt.date(2026, 12, 1), 6000)
    assert [len(row.gaps) for row in programme_rows(found)] == [1]
    assert next((d.kind, d.day) for d in due_dates(found)) == ("programme", dt.date(2026, 12, 1))
    assert programmes_finding(found).sentences[1].code == "programme.headline.all_helped"
    assert [year.own for year in runout(found).years] == [0, 6000, 6000], "from the day after the end on"
    assert "<details" not in str(programmes_table(programme_rows(found), None, GERMAN, "de", office=True))
    [entered] = found.programmes
    store_programme(network, office, replace(entered, ended=True), now=now, seen=entered)
    folded = str(programmes_table(programme_rows(_said(network)), None, GERMAN, "de", office=True))
    assert folded.index("Ein Programm, das nicht mehr angeboten wird") < folded.index("Stiftungsfonds")
    [ended] = _said(network).programmes
    store_programme(network, office, replace(ended, ended=False), now=now, seen=ended)

    undo_delivery(network, number, now=now)
    assert (loss_rows(_said(network)), lapsing(_said(network)), programme_rows(_said(network))[0].gaps) == ((), (), ())


def test_an_own_share_is_due_month_by_month_from_the_day_after_the_end_while_the_programme_pays() -> None:
    grant = {"start": dt.date(2026, 4, 1), "end": dt.date(2027, 3, 31), "granted": Money(Decimal(12000))}
    fund = Programme(
        1,
        "Fonds",
        "Land",
        applicants=("welfare",),
        own_share=Decimal(25),
        lead_months=1,
        longest_months=12,
        seen_on=DAY,
    )
    found = replace(a_picture(fundings=(a_funding("f", "F", **grant),)), programmes=(fund,))
    [row] = loss_rows(found)
    assert [own_due(row, year) for year in (2026, 2027, 2028, 2029)] == [0, 2250, 750, 0]
    assert [year.own for year in runout(found).years] == [0, 2250, 750]
    assert money_parts(found, "own_due", ("2028",))["f"].values == {"amount": 750}
    assert money_parts(found, "own_due", ("²028",)) == {}


def test_a_measure_of_two_partners_may_count_twice_in_the_need_until_somebody_judged(network: Store) -> None:
    heads = ("Maßnahme", "Status", "Beginn", "Ende", "Handlungsfeld", "Kosten (EUR)")
    lots = ("Mietlotsen", "läuft", START, dt.date(2027, 12, 31), "Wohnen", 24000)
    for partner in ("Diakonie", "Landkreis"):
        deliver(network, "Kosten.xlsx", workbook("Maßnahmen", heads, lots), partner, dt.date(2026, 10, 13))
    found = _said(network)
    keys = [measure.key for measure in found.facts.measures]
    assert (len(keys), needed_twice(found)) == (2, 1)
    told = twice_told(0, 1, GERMAN, decides=True)
    assert "Unter Klärungen entscheiden" in str(told[-1])
    assert len(twice_told(0, 1, GERMAN, decides=False)) == 1
    assert set(money_parts(found, "needed_twice", ())) == set(keys)
    keep_apart(network, *keys, person="Amt", reason="zwei Gruppen", now=dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC))
    assert needed_twice(_said(network)) == 0


def test_one_grant_of_two_partners_is_told_to_both_and_the_office_and_to_nobody_else(network: Store) -> None:
    row = (
        "AMIF Ankommen",
        "BAMF",
        "AMIF",
        "Diakonie",
        "Mietlotsen",
        "läuft",
        90000,
        1,
        0,
        START,
        dt.date(2027, 12, 31),
    )
    deliver(network, "Geld.xlsx", _money(*row), "Diakonie", dt.date(2026, 10, 12))
    assert money_doubts(_said(network), OFFICE).twice == ()
    number = deliver(network, "Uebersicht.xlsx", _money(*row), "Landkreis", dt.date(2026, 10, 13))
    found = _said(network)
    keys = {partner.name: partner.key for partner in found.facts.partners}
    [pair] = money_doubts(found, OFFICE).twice
    assert {"name", "amount", "period", "funder", "measure", "recipient"} == set(pair.evidence)
    assert counted_twice(found) == 1
    for viewer in (Viewer("partner", keys["Diakonie"]), Viewer("partner", keys["Landkreis"])):
        assert money_doubts(found, viewer).twice == (pair,)
    for viewer in (Viewer("partner", "another"), Viewer("member"), Viewer("leadership"), Viewer("observer")):
        assert money_doubts(found, viewer).twice == ()
    now, keys_of_both = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC), (pair.one.key, pair.other.key)
    apart = keep_apart(network, *keys_of_both, person="Amt", reason="zwei Bescheide", now=now)
    assert money_doubts(_said(network), OFFICE).twice == (), "somebody said that they are two"
    undo_judgement(network, apart, now=now, by="Amt")
    one = merge(network, *keys_of_both, person="Amt", reason="ein Bescheid", now=now)
    merged = _said(network)
    assert money_doubts(merged, OFFICE).twice == ()
    assert [entry.granted.total for entry in sources(merged, Selection()).sums] == [90000], "counted once now"
    undo_judgement(network, one, now=now, by="Amt")
    undo_delivery(network, number, now=now)
    assert (money_doubts(_said(network), OFFICE).twice, counted_twice(_said(network))) == ((), 0)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (("A", "Land", "Land", "", "A (9.000 €); B (8.000 €)", "läuft", 12000, 0, 0, START, END), "over_allocated"),
        (("A", "Land", "Land", "", "Mietlotsen", "läuft", -12000, 0, 0, START, END), "negative"),
        (("A", "Land", "Land", "", "Mietlotsen", "läuft", 12000, 0, 0, END, START), "backwards"),
        (("A", "Land", "Land", "", "Mietlotsen", "läuft", None, None, None, START, END), "no_amount"),
    ],
)  # fmt: skip
def test_bad_input_comes_in_is_asked_about_and_stops_no_view(
    sqlite_store: Store, row: tuple[object, ...], kind: str
) -> None:
    number = deliver(sqlite_store, "Geld.xlsx", _money(*row), "Diakonie", dt.date(2026, 10, 12))
    found = _said(sqlite_store)
    assert kind in [check.kind for check in money_doubts(found, OFFICE).checks]
    assert runout(found).years
    assert due_dates(found) is not None
    undo_delivery(sqlite_store, number, now=dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC))
    assert money_doubts(_said(sqlite_store), OFFICE).checks == ()


def test_an_interim_report_that_was_entered_counts_before_the_computed_one(sqlite_store: Store) -> None:
    row = ("A", "Land", "Land", "", "", "läuft", 12000, 0, 0, START, dt.date(2028, 6, 30), None)
    deliver(sqlite_store, "Geld.xlsx", _money(*row), "Diakonie", dt.date(2026, 10, 12))
    assert [(d.kind, d.day, d.computed) for d in due_dates(_said(sqlite_store))] == [
        ("interim", dt.date(2027, 4, 30), True),
        ("report", dt.date(2028, 12, 30), True),
    ]
    stated = (*row, dt.date(2027, 2, 28))
    deliver(sqlite_store, "Geld.xlsx", _money(*stated), "Diakonie", dt.date(2026, 10, 20))
    first, *_ = due_dates(_said(sqlite_store))
    assert (first.kind, first.day, first.computed) == ("interim", dt.date(2027, 2, 28), False)


def test_the_demo_tells_every_story_about_money(demo: Store) -> None:  # noqa: F811
    found = _said(demo)
    by_name = {row.loss.funding.name: row for row in loss_rows(found)}
    housing, counselling = (
        by_name["Landesprogramm Wohnen und Ankommen"],
        by_name["Landesrichtlinie Integration – Beratung"],
    )
    assert [last for _, _, last in housing.measures] == [True, True, True]
    assert housing.cooperations
    assert counselling.prevention is not None
    assert any(goal.all_of_it for row in by_name.values() for goal in row.goals)
    stated = by_name["Diözesanfonds Ankommen"].prevention
    assert stated is not None
    assert (stated.source, stated.deadline) == ("stated", dt.date(2027, 2, 15))
    assert {one.kind for one in lapsing(found)} >= {"lapses", "carry_over", "give_back"}
    assert {check.kind for check in money_doubts(found, OFFICE).checks} >= {"over_allocated", "no_amount"}
    assert len(money_doubts(found, OFFICE).twice) == 1
    assert {due.kind for due in due_dates(found)} == {"application", "programme", "report", "interim"}
    donations = {f.name for f in found.facts.fundings if f.level == "donation"}
    assert donations >= {"Möbelkammer", "Förderverein Ankommen Lindenmark e. V.", "Crowdfunding „Erstausstattung“"}
    assert any(row.gaps for row in programme_rows(found))
    assert needed_twice(found) >= 2, "courses that the funder's list and a provider's report"
    assert any(row.programme.seen_on is None for row in programme_rows(found)), "one that has to be checked"


@pytest.mark.parametrize(
    ("ends", "german", "english"),
    [
        (0, "Bis Oktober 2028 läuft keine Förderung aus.", "No grant runs out until October 2028."),
        (
            1,
            "endet eine Förderung, ohne dass feststeht, wie es weitergeht.",
            "one grant ends and what comes after is open.",
        ),
        (2, "enden 2 Förderungen, bei 2 davon ist offen", "2 grants end; for 2 of them"),
    ],
)
def test_the_headline_is_right_at_none_one_and_two(ends: int, german: str, english: str) -> None:
    fundings = tuple(a_funding(str(n), f"F{n}", start=START, end=END) for n in range(ends))
    found = a_picture(fundings=fundings, measures=(a_measure("m", "M"),))
    for language, words in (("de", german), ("en", english)):
        assert words in sentence(runout_finding(found), partial(say, language)).replace("\u00a0", " ")


def test_nothing_to_settle_is_said_in_one_sentence() -> None:
    assert doubts_finding(money_doubts(a_picture(), OFFICE)).code == "money.headline.nothing"
