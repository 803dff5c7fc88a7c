"""The same file again costs next to nothing, and says what reading it would say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from etl.model.store import Store
from etl.pipeline import accept_delivery, preview_delivery, undo_delivery
from etl.pipeline import again as again_module
from etl.pipeline.again import kept_of, same_again
from etl.pipeline.enter import enter
from etl.pipeline.report import again_as_json, delivery_as_json
from etl.wording.issues import issue_wording
from tests.pipeline.workbooks import LERNPATEN, NOW, SPRACHCAFE, WOHNLOTSEN, measures

LIST = measures(SPRACHCAFE, WOHNLOTSEN)


def deliver(store: Store, content: bytes, partner: str = "VHS", day: dt.date | None = None) -> int | None:
    preview = preview_delivery(store, content, "liste.xlsx", partner=partner, day=day, now=NOW)
    return accept_delivery(store, preview, now=NOW).number


def told_by_reading(store: Store, content: bytes, partner: str) -> dict[str, Any]:
    preview = preview_delivery(store, content, "liste.xlsx", partner=partner, now=NOW)
    assert preview.outcome == "unchanged"
    return delivery_as_json(preview, None, "unchanged", issue_wording("de"))


@pytest.mark.parametrize("partner", ["VHS", None])
def test_what_is_told_of_it_is_what_reading_it_tells(store: Store, partner: str | None) -> None:
    number = deliver(store, LIST)
    again = same_again(store, LIST, partner=partner, now=NOW)
    assert again is not None
    assert again.number == number
    told = again_as_json(again, kept_of(store, again), "liste.xlsx", issue_wording("de"))
    assert told == told_by_reading(store, LIST, "VHS")


def test_a_name_that_has_become_known_since_is_not_told_as_unknown(store: Store) -> None:
    deliver(store, LIST)
    again = same_again(store, LIST, partner="VHS", now=NOW)
    assert again is not None
    unknown = {issue.found for issue in kept_of(store, again).issues if issue.code == "reference_unknown"}
    assert unknown, "the list names somebody the network does not know"
    for name in unknown:
        enter(store, "partner", {"name": name}, day=NOW.date(), person="amt", reason="bekannt", now=NOW)
    again = same_again(store, LIST, partner="VHS", now=NOW)
    assert again is not None
    assert [issue for issue in kept_of(store, again).issues if issue.code == "reference_unknown"] == []


def test_a_file_about_another_day_is_read(store: Store) -> None:
    deliver(store, LIST)
    assert same_again(store, LIST, partner="VHS", day=dt.date(2026, 4, 1), now=NOW) is None


def test_the_file_of_another_partner_is_read(store: Store) -> None:
    deliver(store, LIST)
    assert same_again(store, LIST, partner="AWO", now=NOW) is None


def test_a_file_of_two_partners_needs_a_name(store: Store) -> None:
    deliver(store, LIST)
    deliver(store, LIST, "AWO")
    assert same_again(store, LIST, now=NOW) is None
    assert same_again(store, LIST, partner="AWO", now=NOW) is not None


def test_a_file_that_is_no_longer_the_newest_of_its_series_is_read(store: Store) -> None:
    deliver(store, LIST)
    newer = deliver(store, measures(SPRACHCAFE, LERNPATEN))
    assert same_again(store, LIST, partner="VHS", now=NOW) is None
    assert newer is not None
    undo_delivery(store, newer, now=NOW)
    assert same_again(store, LIST, partner="VHS", now=NOW) is not None


def test_an_undone_file_is_read(store: Store) -> None:
    number = deliver(store, LIST)
    assert number is not None
    undo_delivery(store, number, now=NOW)
    assert same_again(store, LIST, partner="VHS", now=NOW) is None


def test_a_file_read_by_another_importer_is_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(store, LIST)
    monkeypatch.setattr(again_module, "importer_of", lambda connection, partner, vocabulary: "2.another.0")
    assert same_again(store, LIST, partner="VHS", now=NOW) is None


def test_a_file_in_which_a_name_has_become_ambiguous_since_is_read(store: Store) -> None:
    enter(store, "partner", {"name": "Jobcenter Lindenmark"}, day=NOW.date(), person="amt", reason="neu", now=NOW)
    content = measures(("M-1", "Kurs", "Jobcenter", "01.03.2026", None, "läuft", 1, 1))
    deliver(store, content)
    assert same_again(store, content, partner="VHS", now=NOW) is not None
    enter(store, "partner", {"name": "Jobcenter Lindenau"}, day=NOW.date(), person="amt", reason="neu", now=NOW)
    assert same_again(store, content, partner="VHS", now=NOW) is None
    assert "reference_ambiguous" in {issue["code"] for issue in told_by_reading(store, content, "VHS")["issues"]}


def test_a_file_of_which_parts_were_left_out_is_read(store: Store) -> None:
    preview = preview_delivery(store, LIST, "liste.xlsx", partner="VHS", now=NOW, withhold=["Maßnahmen!H:H"])
    accept_delivery(store, preview, now=NOW)
    assert same_again(store, LIST, partner="VHS", now=NOW) is None
    assert same_again(store, preview.content, partner="VHS", now=NOW) is None


def test_a_file_that_retitled_a_record_is_read_and_no_longer_says_so(store: Store) -> None:
    deliver(store, measures(SPRACHCAFE))
    renamed = measures((SPRACHCAFE[0], "Rechtsberatung", *SPRACHCAFE[2:]))
    deliver(store, renamed)
    assert same_again(store, renamed, partner="VHS", now=NOW) is None
    assert "record_retitled" not in {issue["code"] for issue in told_by_reading(store, renamed, "VHS")["issues"]}
