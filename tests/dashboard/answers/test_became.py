"""What became of a report on the page of its partner, and its own figures as a sheet."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from dashboard.answers.became import Became, became, figures
from dashboard.answers.picture import picture
from dashboard.reports.own_figures import own_figures_workbook
from etl.model.accounts import User
from etl.model.bodies import save_body
from etl.model.meetings import save_item, save_plan
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline.enter import enter
from etl.rules.meeting import Body, Item, Plan
from tests.pipeline.test_authority import deliver
from tests.pipeline.workbooks import NOW, book

TODAY = NOW.date()
LIST = [
    ("Maßnahme", "Ziel", "Status", "Teilnehmende geplant", "Teilnehmende erreicht", "Kosten in €"),
    ("Lotsen", "S2", "läuft", 40, 3, 12500),
]


def user(role: str, partner: str | None = None) -> User:
    return User(role, role, role, partner, "de", False, NOW)  # type: ignore[arg-type]


@pytest.fixture
def keys(sqlite_store: Store) -> dict[str, str]:
    """Of the goal, the measure and its partner; a meeting of next week speaks about the measure."""
    named = {"id": "S2", "title": "Kurs mit B1 abschließen"}
    enter(sqlite_store, "goal", named, day=dt.date(2026, 1, 1), person="L", reason="Katalog", now=NOW)
    deliver(sqlite_store, book({"Maßnahmen": LIST}), "VHS", day=dt.date(2026, 10, 1))
    with sqlite_store.reading() as connection:
        state = state_on(connection)
    [goal], [measure] = state.kind("goal"), state.kind("measure")
    vhs = next(k.key for k in state.kind("partner").values() if k.value("name") == "VHS")
    odd = {"title": "=1+1 Lotsen"}
    enter(sqlite_store, "measure", odd, day=TODAY, person="L", reason="x", now=NOW, key=measure)
    coming = TODAY + dt.timedelta(days=7)
    meeting = {"title": "7. Sitzung", "date": coming.isoformat(), "body": "Steuerungsgruppe"}
    key = enter(sqlite_store, "meeting", meeting, day=TODAY, person="L", reason="x", now=NOW).key
    with sqlite_store.writing() as connection:
        save_body(connection, Body(0, "Steuerungsgruppe", "steering_group"), by="L", now=NOW)
        save_plan(connection, Plan(key, 1, coming), by="L", now=NOW)
        save_item(connection, Item(0, key, 0, "goal", "Lotsen finanzieren", (measure,)), by="L", now=NOW)
    return {"goal": goal, "measure": measure, "vhs": vhs, "meeting": key}


def told(sqlite_store: Store, who: User, keys: dict[str, str]) -> Became | None:
    return became(sqlite_store, picture(sqlite_store, TODAY), who, keys["vhs"], NOW)


def test_only_the_partner_and_the_office_are_told_and_only_of_papers_they_may_see(
    sqlite_store: Store, keys: dict[str, str]
) -> None:
    assert told(sqlite_store, user("member"), keys) is None
    assert told(sqlite_store, user("partner", "partner-99999"), keys) is None
    own = told(sqlite_store, user("partner", keys["vhs"]), keys)
    assert own is not None
    assert [(g.key, [m.key for m in g.measures]) for g in own.goals] == [(keys["goal"], [keys["measure"]])]
    assert own.meetings == (), "nobody is invited yet"
    office = told(sqlite_store, user("coordinator"), keys)
    assert office is not None
    assert [(m.title, m.lines[0].text) for m in office.meetings] == [("7. Sitzung", "Lotsen finanzieren")]
    with sqlite_store.writing() as connection:
        plan = Plan(keys["meeting"], 1, TODAY + dt.timedelta(days=7), "invited", invited_at=NOW)
        save_plan(connection, plan, by="L", now=NOW)
    own = told(sqlite_store, user("partner", keys["vhs"]), keys)
    assert own is not None
    assert len(own.meetings) == 1


def test_the_sheet_has_each_figure_with_its_cell_and_runs_no_formula(sqlite_store: Store, keys: dict[str, str]) -> None:
    office = told(sqlite_store, user("coordinator"), keys)
    assert office is not None
    rows = figures(picture(sqlite_store, TODAY), keys["vhs"], office)
    made = openpyxl.load_workbook(io.BytesIO(own_figures_workbook(rows, "VHS", TODAY, "de")))
    sheet = made.worksheets[0]
    found = {r[1].value: [c.value for c in r] for r in sheet.iter_rows(min_row=5)}
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert found["Personen erreicht"][2] == "weniger als fünf", "few people are not counted out"
    assert found["Personen geplant"][2] == 40
    cost = found["Kosten"]
    assert (cost[0], cost[2], cost[3]) == ("=1+1 Lotsen", 12500, "€")
    assert cost[4] == dt.datetime(2026, 10, 1)
    assert cost[7].endswith(", Maßnahmen, F2")
    assert cost[8] == "7. Sitzung, 17.\u00a0November 2026: Auf der Tagesordnung: Lotsen finanzieren"
