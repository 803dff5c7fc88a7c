"""One measure two partners report, one partner under two names: merged or kept apart by a person, and taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from etl.model.accounts import add_user
from etl.model.sign_ins import open_session, session_user
from etl.model.state import Known, State, state_on
from etl.model.store import Store
from etl.pipeline import accept_delivery, preview_delivery, undo_delivery
from etl.pipeline.candidates import candidates
from etl.pipeline.contradictions import open_contradictions, settle_contradiction
from etl.pipeline.export import as_json, export_state
from etl.pipeline.judging import JudgementRefused
from etl.pipeline.merging import keep_apart, merge, undo_judgement
from etl.pipeline.rebuild import rebuild_into
from etl.pipeline.same_thing import tell_same_elsewhere
from tests.pipeline.workbooks import NOW, xlsx

HEADINGS = ("Maßnahme", "Träger", "Kooperationspartner", "Beginn", "Ende", "Ort", "TN Ist", "Hausinterne Notiz")
START, END, LATER = dt.date(2026, 1, 1), dt.date(2027, 6, 30), dt.date(2027, 12, 31)
SPRING, AUTUMN = dt.date(2026, 4, 1), dt.date(2026, 10, 1)
OURS = ("Sprachcafé am Markt", "VHS", "Caritas", START, END, "Lindenmark", 40, "Raum 2")
THEIRS = ("Sprachcafé am Markt (mit VHS)", "VHS", None, START, LATER, "Lindenmark", None, "Frau K. fragen")


def deliver(store: Store, partner: str, *rows: Sequence[object], day: dt.date = AUTUMN) -> int | None:
    preview = preview_delivery(store, xlsx([HEADINGS, *rows]), "liste.xlsx", partner=partner, day=day, now=NOW)
    return accept_delivery(store, preview, now=NOW).number


def now(store: Store, known_on: dt.datetime | None = None) -> State:
    with store.reading() as connection:
        return state_on(connection, known_on=known_on)


def measures(store: Store) -> dict[str, Known]:
    return now(store).kind("measure")


def partners(store: Store) -> dict[str, Known]:
    return now(store).kind("partner")


def merged(store: Store, kept: str, other: str) -> int:
    return merge(store, kept, other, person="Anna Weber", reason="Telefonat", now=NOW)


def exported(store: Store) -> bytes:
    return as_json(export_state(store, today=NOW.date()))


@pytest.fixture
def twice(store: Store) -> Store:
    """VHS and Caritas report the same Sprachcafé, until different days."""
    deliver(store, "VHS", OURS)
    deliver(store, "Caritas", THEIRS, day=AUTUMN + dt.timedelta(days=9))
    return store


def the_pair(store: Store) -> tuple[str, str]:
    [candidate] = candidates(now(store))
    return candidate.one.key, candidate.other.key


def test_a_measure_two_partners_report_is_proposed_with_what_speaks_for_it(twice: Store) -> None:
    [candidate] = candidates(now(twice))
    assert (candidate.kind, candidate.evidence) == ("measure", ("words", "start", "location", "named"))
    assert len(measures(twice)) == 2


def test_merged_they_are_one_with_both_histories_and_the_kept_ones_words(twice: Store) -> None:
    kept, other = the_pair(twice)
    merged(twice, kept, other)
    [known] = measures(twice).values()
    assert (known.key, known.value("title"), known.value("participants_actual")) == (kept, OURS[0], 40)
    assert {s.partner for s in known.said} == {"partner-00001", "partner-00002"}
    assert [part.value("title") for part in known.merged] == [OURS[0], THEIRS[0]]
    found = now(twice).find(other)
    assert found is not None
    assert found.key == kept
    assert candidates(now(twice)) == []


def test_what_they_state_differently_is_a_contradiction_whatever_the_days(twice: Store) -> None:
    merged(twice, *the_pair(twice))
    [found] = open_contradictions(now(twice))
    assert (found.field, [s.body.values["end"] for s in found.statements]) == (
        "end",
        [END.isoformat(), LATER.isoformat()],
    )
    about = {"person": "Anna Weber", "reason": "Bescheid liegt vor", "now": NOW}
    settle_contradiction(twice, found.known.key, "end", seen=found.seen, holds=0, **about)  # type: ignore[arg-type]
    [known] = measures(twice).values()
    assert (known.value("end"), open_contradictions(now(twice))) == (END.isoformat(), [])


def test_each_partner_goes_on_with_its_own_list(twice: Store) -> None:
    kept, other = the_pair(twice)
    merged(twice, kept, other)
    rows = ((*OURS[:6], 44, OURS[7]), (*THEIRS[:6], None, "Herrn B. fragen"))
    for partner, row in zip(("VHS", "Caritas"), rows, strict=True):
        preview = preview_delivery(twice, xlsx([HEADINGS, row]), "neu.xlsx", partner=partner, now=NOW)
        counts = preview.comparison.counts()["measure"]
        assert (counts["new"], counts["missing"]) == (0, 0)
        accept_delivery(twice, preview, now=NOW)
    [known] = measures(twice).values()
    assert (known.value("participants_actual"), known.value("title")) == (44, OURS[0])


def test_undoing_a_merge_gives_the_two_back_and_the_days_between_still_know_it(twice: Store) -> None:
    before = exported(twice)
    number = merged(twice, *the_pair(twice))
    during = exported(twice)
    undo_judgement(twice, number, now=NOW + dt.timedelta(hours=1), by="Anna Weber")
    assert exported(twice) == before != during
    assert len(now(twice, NOW + dt.timedelta(minutes=30)).kind("measure")) == 1
    assert len(candidates(now(twice))) == 1


def test_an_undone_delivery_leaves_what_the_other_said(twice: Store) -> None:
    kept, other = the_pair(twice)
    merged(twice, kept, other)
    undo_delivery(twice, 1, now=NOW)
    [known] = measures(twice).values()
    assert (known.key, known.value("title")) == (kept, THEIRS[0])


def test_kept_apart_is_remembered_on_the_page_and_in_the_preview(twice: Store) -> None:
    one, other = the_pair(twice)
    number = keep_apart(twice, one, other, person="Anna Weber", reason="Zwei Orte", now=NOW)
    assert (candidates(now(twice)), len(measures(twice))) == ([], 2)
    preview = preview_delivery(twice, xlsx([HEADINGS, THEIRS]), "neu.xlsx", partner="Caritas", now=NOW)
    tell_same_elsewhere(twice, preview)
    assert "same_elsewhere" not in {issue.code for issue in preview.issues}
    undo_judgement(twice, number, now=NOW, by="Anna Weber")
    assert len(candidates(now(twice))) == 1


def test_a_pair_is_judged_once_with_a_reason_and_only_within_a_kind(twice: Store) -> None:
    one, other = the_pair(twice)
    version = twice.version()
    for pair, reason, code in (
        ((one, other), "", "without_reason"),
        ((one, one), "x", "judged_before"),
        ((one, "partner-00001"), "x", "other_kind"),
        ((one, "measure-99999"), "x", "unknown_record"),
    ):
        with pytest.raises(JudgementRefused) as refused:
            merge(twice, *pair, person="Anna Weber", reason=reason, now=NOW)
        assert refused.value.code == code
    assert twice.version() == version
    merged(twice, one, other)
    with pytest.raises(JudgementRefused) as refused:
        keep_apart(twice, one, other, person="Anna Weber", reason="doch nicht", now=NOW)
    assert refused.value.code == "judged_before"


@pytest.fixture
def two_names(store: Store) -> Store:
    """The AWO sent one list as Kreisverband and one without saying so."""
    deliver(store, "AWO Kreisverband Lindenmark e. V.", OURS)
    deliver(store, "VHS", ("Lernpaten", "VHS", None, START, END, "Wessenfurt", 3, None))
    deliver(store, "AWO Lindenmark", ("Umzugshilfe", None, None, START, END, "Hohenlohm", 5, None))
    return store


def test_a_partner_under_two_names_is_proposed(two_names: Store) -> None:
    [candidate] = [c for c in candidates(now(two_names)) if c.kind == "partner"]
    assert {candidate.one.value("name"), candidate.other.value("name")} == {
        "AWO Kreisverband Lindenmark e. V.",
        "AWO Lindenmark",
    }
    assert candidate.evidence == ("name",)


def test_merged_partners_are_one_by_both_names_and_own_both_lists(two_names: Store) -> None:
    number = merged(two_names, "partner-00001", "partner-00003")
    assert list(partners(two_names)) == ["partner-00001", "partner-00002"]
    assert {m.partner for m in measures(two_names).values()} == {"partner-00001", "partner-00002"}
    row = ("Umzugshilfe", None, None, START, END, "Hohenlohm", 6, None)
    for name in ("AWO Lindenmark", "AWO Kreisverband Lindenmark"):
        preview = preview_delivery(two_names, xlsx([HEADINGS, row]), "neu.xlsx", partner=name, now=NOW)
        assert (preview.sender.key, preview.comparison.counts()["measure"]["new"]) == ("partner-00001", 0)
    accept_delivery(two_names, preview, now=NOW)
    assert len(measures(two_names)) == 3
    undo_judgement(two_names, number, now=NOW, by="Anna Weber")
    assert list(partners(two_names)) == ["partner-00001", "partner-00002", "partner-00003"]
    assert len(measures(two_names)) == 3


def test_the_rebuild_replays_merges_and_their_undo(twice: Store, sqlite_store: Store) -> None:
    first = merged(twice, *the_pair(twice))
    undo_judgement(twice, first, now=NOW, by="Anna Weber")
    merged(twice, *reversed(the_pair(twice)))
    deliver(twice, "Caritas", (*THEIRS[:6], 12, None), day=AUTUMN + dt.timedelta(days=20))
    rebuild_into(twice, sqlite_store)
    assert exported(sqlite_store) == exported(twice)
    assert len(measures(sqlite_store)) == 1


def test_the_rebuild_gives_merged_partners_the_same_records(two_names: Store, sqlite_store: Store) -> None:
    merged(two_names, "partner-00001", "partner-00003")
    deliver(two_names, "AWO Lindenmark", ("Umzugshilfe", None, None, START, END, "Hohenlohm", 6, None), day=NOW.date())
    rebuild_into(two_names, sqlite_store)
    assert exported(sqlite_store) == exported(two_names)


def test_who_signs_in_for_a_merged_partner_speaks_for_the_one_that_was_kept(two_names: Store) -> None:
    when = NOW + dt.timedelta(minutes=1)
    with two_names.writing() as connection:
        about = {"display_name": "Otto", "role": "partner", "language": "de", "now": NOW}
        add_user(connection, "awo", "ein langes Passwort", partner="partner-00003", **about)  # type: ignore[arg-type]
        session = open_session(connection, "awo", NOW)
    number = merged(two_names, "partner-00001", "partner-00003")
    assert session is not None
    with two_names.reading() as connection:
        user = session_user(connection, session, when)
    assert user is not None
    assert user.partner == "partner-00001"
    undo_judgement(two_names, number, now=NOW, by="Anna Weber")
    with two_names.reading() as connection:
        user = session_user(connection, session, when)
    assert user is not None
    assert user.partner == "partner-00003"


def test_a_chain_of_merges_ends_at_one_record_and_can_be_undone_in_any_order(two_names: Store) -> None:
    first = merged(two_names, "partner-00003", "partner-00001")
    second = merged(two_names, "partner-00002", "partner-00003")
    assert list(partners(two_names)) == ["partner-00002"]
    undo_judgement(two_names, first, now=NOW, by="Anna Weber")
    assert list(partners(two_names)) == ["partner-00001", "partner-00002"]
    undo_judgement(two_names, second, now=NOW, by="Anna Weber")
    assert list(partners(two_names)) == ["partner-00001", "partner-00002", "partner-00003"]
