"""The numbers the rules turn on are data."""

from __future__ import annotations

from dataclasses import asdict, fields
from decimal import Decimal

import pytest

from etl.rules.thresholds import Thresholds, read_thresholds, thresholds_from
from etl.settings import PROJECT
from tests.rules.network import THRESHOLDS

TEXT = (PROJECT / "data" / "vocabulary" / "thresholds.csv").read_text(encoding="utf-8")


def test_every_threshold_has_a_unit_and_a_reason() -> None:
    lines = [line.split(";") for line in TEXT.splitlines()]
    assert lines[0] == ["name", "value", "unit", "reason"]
    assert [line[0] for line in lines[1:]] == [f.name for f in fields(Thresholds)]
    assert all(len(line) == 4 and all(line) for line in lines)


def test_the_projects_thresholds_are_those_the_domain_report_proposes() -> None:
    assert (THRESHOLDS.path_margin, THRESHOLDS.miss_at_risk) == (Decimal("0.05"), Decimal("0.20"))
    assert (THRESHOLDS.goal_value_age_months, THRESHOLDS.deadline_late_days) == (18, 90)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("path_margin;0.05", "path_margin;wenig", "path_margin"),
        ("deadline_late_days;90", "deadline_late_days;90.5", "deadline_late_days"),
        ("deadline_late_days;90", "deadline_late_days;-1", "deadline_late_days"),
        ("path_margin;0.05", "path_margin;NaN", "path_margin"),
        ("path_margin;", "pfad;", "pfad"),
    ],
)
def test_a_wrong_row_is_named(old: str, new: str, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        read_thresholds(TEXT.replace(old, new))


def test_a_german_comma_and_a_mark_of_excel_do_no_harm() -> None:
    assert read_thresholds("\ufeff" + TEXT.replace("0.05", "0,05")) == THRESHOLDS
    assert thresholds_from({name: str(value) for name, value in asdict(THRESHOLDS).items()}) == THRESHOLDS
