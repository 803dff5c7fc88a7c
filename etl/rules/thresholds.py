"""The numbers the rules turn on: data (``data/vocabulary/thresholds.csv``), no rule has a number of its own."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Units stand in the file. Shares of the way are fractions of the distance from baseline to target."""

    goal_value_age_months: int
    measure_report_age_months: int
    path_margin: Decimal
    miss_at_risk: Decimal
    wrong_way_share: Decimal
    standing_still_share: Decimal
    standing_still_days: int
    deadline_late_days: int
    deadline_late_rounds: int
    people_margin: Decimal
    interface_confirmed_months: int
    funding_warning_months: int
    report_due_months: int
    interim_report_months: int
    carry_over_share: Decimal
    overlap_title_similarity: int
    overlap_purpose: int
    fewer_records_share: Decimal
    contact_age_months: int
    agreement_warning_months: int


def read_thresholds(text: str) -> Thresholds:
    """Thresholds from the text of a CSV file with the columns name, value, unit, reason (``;`` between them).

    Raises ValueError, naming the row, where a name is missing or unknown or a value is no number.
    """
    rows = csv.DictReader(text.lstrip("\ufeff").splitlines(), delimiter=";")
    return thresholds_from({row["name"]: row["value"] for row in rows})


def thresholds_from(values: Mapping[str, str]) -> Thresholds:
    """Thresholds from name -> text; exactly the names of ``Thresholds``. Raises ValueError as ``read_thresholds``."""
    kinds = {f.name: f.type for f in fields(Thresholds)}
    if values.keys() != kinds.keys():
        raise ValueError(f"thresholds missing or unknown: {sorted(values.keys() ^ kinds.keys())}")
    read = {name: _number(name, text, kinds[name] == "int") for name, text in values.items()}
    return Thresholds(**read)  # type: ignore[arg-type]


def _number(name: str, text: str, whole: bool) -> int | Decimal:
    """A whole number or a decimal one, a German comma allowed; never negative."""
    try:
        number: int | Decimal = int(text) if whole else Decimal(text.replace(",", "."))
    except (ValueError, ArithmeticError):
        raise ValueError(f"threshold {name}: {text!r} is no {'whole ' if whole else ''}number") from None
    if not Decimal(number).is_finite() or not 0 <= number < 1_000_000:
        raise ValueError(f"threshold {name}: {text!r} is out of range")
    return number
