"""The goal chart's specification: what it draws, in which colour, and what it says to those who don't see it."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from functools import partial
from typing import Any

from dashboard.answers.goal_page import IndicatorView, goal_page
from dashboard.parts.charts import DARK, LIGHT
from dashboard.parts.goal_chart import alternative, goal_chart
from etl.rules.facts import Goal, Indicator, Observation
from etl.wording import say
from tests.dashboard.pictures import a_picture

GERMAN = partial(say, "de")


def view(*values: str, **more: Any) -> IndicatorView:
    corners: dict[str, Any] = {
        "unit": "%",
        "baseline": Decimal(48),
        "baseline_day": dt.date(2023, 9, 30),
        "target": Decimal(65),
        "target_day": dt.date(2027, 9, 30),
    }
    days = [dt.date(2025, 3, 31), dt.date(2025, 12, 31), dt.date(2026, 9, 30)][-len(values) :] if values else []
    picture = a_picture(
        goals=(Goal(key="S2", title="B1"),),
        indicators=(Indicator(key="i", goal="S2", title="B1 beim ersten Versuch", **(corners | more)),),
        observations=tuple(
            Observation(key=f"o{day}", indicator="i", day=day, value=Decimal(number), provisional=day.month == 9)
            for number, day in zip(values, days, strict=True)
        ),
    )
    page = goal_page(picture, "S2")
    assert page is not None
    return page.indicators[0]


def spec(shown: IndicatorView, *, gap_counts: bool = True, language: str = "de") -> str:
    chart = goal_chart(shown, language, LIGHT, partial(say, language), gap_counts=gap_counts)
    return json.dumps(chart.to_dict(), ensure_ascii=False).replace("\u00a0", " ")


def test_what_is_missing_is_red_and_says_how_much() -> None:
    drawn = spec(view("53.4", "56.3", "51.2"))
    assert LIGHT.loss in drawn
    assert "9,6 Punkte unter dem Soll" in drawn
    assert "jetzt 51,2 % (vorläufig)" in drawn
    assert "Zielwert 65 %" in drawn
    assert "Ausgangswert 48 %" in drawn


def test_a_value_ahead_of_its_path_draws_no_red() -> None:
    assert LIGHT.loss not in spec(view("64"))


def test_a_goal_on_track_draws_no_red_though_it_lies_a_little_behind() -> None:
    assert LIGHT.loss not in spec(view("60.5"), gap_counts=False)


def test_numbers_in_the_spec_are_german_or_english() -> None:
    assert '"decimal": ","' in spec(view("51.2"))
    assert "now 51.2% (provisional)" in spec(view("51.2"), language="en")


def test_an_indicator_without_a_value_shows_its_path_and_target() -> None:
    drawn = spec(view())
    assert "Zielwert 65 %" in drawn
    assert "jetzt" not in drawn


def test_a_lone_value_without_corners_is_drawn() -> None:
    drawn = spec(view("78", unit="Betriebe", baseline=None, baseline_day=None, target=None, target_day=None))
    assert "jetzt 78 Betriebe" in drawn


def test_dark_charts_use_dark_colours() -> None:
    chart = goal_chart(view("51.2"), "de", DARK, GERMAN, gap_counts=True)
    assert DARK.accent in json.dumps(chart.to_dict())


def test_the_alternative_text_says_the_message_with_its_numbers() -> None:
    assert alternative(view("51.2"), "de", GERMAN).replace("\u00a0", " ") == (
        "B1 beim ersten Versuch. Ausgangswert 48 % am 30. September 2023, Zielwert 65 % am 30. September 2027. "
        "Zuletzt 51,2 % (vorläufig) am 30. September 2026. Im Soll-Verlauf wären es an diesem Tag 60,8 %."
    )
