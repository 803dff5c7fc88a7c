"""The sample cells collected from real lists, each with the reading a person expects."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from etl.stages.readings.cells import Context, read_cell
from etl.stages.readings.contacts import read_contact
from etl.stages.readings.dates import read_period
from etl.stages.readings.reading import Reading
from tests.corpora import SHARED
from tests.stages.readings.tables import DAY, VOCABULARY

_FILE = SHARED / "vocabulary.json"
_SAMPLES: dict[str, list[dict[str, Any]]] = json.loads(_FILE.read_text("utf-8"))["samples"] if _FILE.is_file() else {}
pytestmark = pytest.mark.skipif(not _SAMPLES, reason=f"the collected sample cells are not here: no {_FILE}")


def samples(kind: str) -> list[Any]:
    return [pytest.param(sample, id=sample["raw"]) for sample in _SAMPLES.get(kind, [])]


def cell(text: str, field: str) -> Reading:
    return read_cell(text, Context(VOCABULARY.fields[field], VOCABULARY, DAY))


@pytest.mark.parametrize("sample", samples("dates"))
def test_a_date_is_read_as_a_person_would(sample: dict[str, Any]) -> None:
    reading = read_period(sample["raw"], DAY)
    start = DAY.isoformat() if sample["start"] == "@report_date" else sample["start"]
    assert (reading.fields.get("start"), reading.fields.get("end")) == (start, sample["end"])
    told = {name: value for parts in reading.qualifier.values() for name, value in parts.items()}
    if start or sample["end"]:
        assert sample["precision"] in (reading.fields.get("start_precision"), reading.fields.get("end_precision"))
    for name in ("approx", "open_end", "recurrence", "duration_months", "horizon"):
        assert told.get(name) == sample.get(name)
    if sample.get("approx"):
        assert reading.mark == "date_interpreted"
    if "null_reason" in sample:
        assert sample["null_reason"] in (reading.reason, told.get("null_reason"))


@pytest.mark.parametrize("sample", samples("amounts"))
def test_an_amount_is_read_as_a_person_would(sample: dict[str, Any]) -> None:
    reading = cell(sample["raw"], "measure.cost_total")
    told = reading.qualifier.get("value", {})
    expected = sample.get("value", sample.get("max", sample.get("min")))
    assert reading.value == (None if expected is None else f"{expected:.2f}")
    assert told.get("approx") == sample.get("approx")
    assert told.get("per") == sample.get("per")
    assert ("max" in told, "min" in told) == ("max" in sample, "min" in sample)
    if "parts" in sample:
        assert told["parts"] == [[name, f"{amount:.2f}"] for name, amount in sample["parts"]]
    if sample.get("flag") in ("ask", "parenthesised"):
        assert reading.mark == "amount_interpreted"
    if sample.get("flag") == "percent_in_amount" or sample.get("null_reason") == "text_only":
        assert reading.problem == "amount_unreadable"
    elif "null_reason" in sample:
        assert sample["null_reason"] in (reading.reason, told.get("null_reason"))
    assert reading.fields.get("staff_fte") == sample.get("fte")
    assert told.get("so_far", False) == (sample.get("qualifier") == "so_far")


@pytest.mark.parametrize("sample", samples("counts"))
def test_a_count_is_read_as_a_person_would(sample: dict[str, Any]) -> None:
    reading = cell(sample["raw"], "measure.participants_actual")
    bounds = {name: sample[name] for name in ("min", "max") if name in sample}
    assert reading.value == (bounds or sample.get("value"))
    assert {k: v for k, v in reading.fields.items() if k != "value"} == {
        name: sample[name] for name in ("actual", "planned") if name in sample
    }
    told = reading.qualifier.get("value", {})
    assert told.get("approx") == sample.get("approx")
    if "female" in sample:
        assert told["parts"] == [[name, sample[name]] for name in ("female", "male", "diverse")]
    if reading.gives_nothing:
        assert reading.problem == "count_unreadable"
    if sample.get("flag") == "ask":
        assert reading.mark == "count_interpreted"


@pytest.mark.parametrize("sample", samples("contacts"))
def test_a_contact_is_taken_apart_as_a_person_would(sample: dict[str, Any]) -> None:
    if "null_reason" in sample:
        vacant = cell(sample["raw"], "partner.contact_combined")
        assert vacant.fields == {"vacant": True}
        return
    fields = read_contact(sample["raw"]).fields
    expected = {name: value for name, value in sample.items() if name not in ("raw", "note")}
    assert {name: fields.get(name) for name in expected} == expected


def test_the_samples_know_no_other_day_than_the_report() -> None:
    later = read_period("ab sofort", dt.date(2027, 3, 1))
    assert later.fields["start"] == "2027-03-01"
