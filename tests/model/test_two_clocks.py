"""The store is what was said: statements on two clocks."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from etl.model.deliveries import add_delivery, add_series, close_delivery, later_than_all, next_delivery_number
from etl.model.packing import Passage
from etl.model.records import give_keys
from etl.model.state import State, state_on
from etl.model.statements import store_statements
from etl.model.store import Store, raise_version
from etl.model.tables import NETWORK_KINDS

SPRING, AUTUMN = dt.date(2026, 4, 1), dt.date(2026, 10, 1)


def at(hour: int, day: int = 1) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, tzinfo=dt.UTC)


def new_record(store: Store, kind: str = "measure") -> str:
    with store.writing() as connection:
        return give_keys(connection, [kind])[0]


def passage(key: str, day: dt.date, values: dict[str, object], partner: str = "partner-00001") -> Passage:
    kind = key.rpartition("-")[0]
    owner = None if kind in NETWORK_KINDS else partner
    return Passage(kind, owner, 0, day, [key], [2], [None], {"values": [values]})


def deliver(
    store: Store,
    key: str,
    values: dict[str, object],
    day: dt.date,
    known: dt.datetime,
    partner: str = "partner-00001",
    series: str = "a",
) -> int:
    with store.writing() as connection:
        number = next_delivery_number(connection)
        add_delivery(
            connection,
            b"bytes",
            number=number,
            partner=partner,
            sender=partner,
            series=add_series(connection, partner, series),
            file="liste.xlsx",
            sha256="0" * 64,
            format="xlsx",
            day=day,
            received_at=known,
            known_from=known,
            importer="1",
            outcome="accepted",
            sheets=[],
            issues=[],
            changes={},
            corrections={},
        )
        store_statements(connection, [passage(key, day, values, partner)], delivery=number)
        raise_version(connection)
    return number


def state(store: Store, day: dt.date | None = None, known_on: dt.datetime | None = None) -> State:
    with store.reading() as connection:
        return state_on(connection, day, known_on)


def test_a_spring_file_that_arrives_late_fills_spring_and_leaves_autumn_alone(store: Store) -> None:
    key = new_record(store)
    deliver(store, key, {"status": "running", "participants_actual": 40}, AUTUMN, at(8))
    deliver(store, key, {"status": "planned", "participants_planned": 50}, SPRING, at(9))
    autumn, spring = state(store).kind("measure")[key], state(store, SPRING).kind("measure")[key]
    assert autumn.values == {"status": "running", "participants_actual": 40, "participants_planned": 50}
    assert spring.values == {"status": "planned", "participants_planned": 50}


def test_a_later_statement_about_the_same_day_is_a_correction(store: Store) -> None:
    key = new_record(store)
    deliver(store, key, {"participants_actual": 248}, SPRING, at(8))
    deliver(store, key, {"participants_actual": 212}, SPRING, at(9))
    assert state(store).kind("measure")[key].values == {"participants_actual": 212}
    assert state(store, known_on=at(8)).kind("measure")[key].values == {"participants_actual": 248}


def test_undo_closes_on_the_known_clock_and_deletes_nothing(store: Store) -> None:
    key = new_record(store)
    deliver(store, key, {"status": "planned"}, SPRING, at(8))
    second = deliver(store, key, {"status": "running"}, SPRING, at(9))
    with store.writing() as connection:
        close_delivery(connection, second, at(10), "coordinator")
    assert state(store).kind("measure")[key].values == {"status": "planned"}
    assert state(store, known_on=at(9)).kind("measure")[key].values == {"status": "running"}
    with store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM statement")).scalar() == 2


def test_a_record_only_an_undone_delivery_spoke_of_is_gone(store: Store) -> None:
    key = new_record(store)
    number = deliver(store, key, {"status": "planned"}, SPRING, at(8))
    with store.writing() as connection:
        close_delivery(connection, number, at(9), None)
    assert state(store).kind("measure") == {}


def test_two_partners_who_differ_about_the_same_day_are_both_kept(store: Store) -> None:
    key = new_record(store, "observation")
    deliver(store, key, {"current_value": 412}, SPRING, at(8), "partner-00001")
    deliver(store, key, {"current_value": 389}, SPRING, at(9), "partner-00002")
    known = state(store).kind("observation")[key]
    assert known.values["current_value"] == 389
    assert [s.body.values["current_value"] for s in known.contested["current_value"]] == [412, 389]


def test_two_partners_who_agree_are_not_contested(store: Store) -> None:
    key = new_record(store, "observation")
    deliver(store, key, {"current_value": 412}, SPRING, at(8), "partner-00001")
    deliver(store, key, {"current_value": 412}, SPRING, at(9), "partner-00002")
    assert state(store).kind("observation")[key].contested == {}


def test_a_partner_who_corrects_itself_does_not_contradict_itself(store: Store) -> None:
    key = new_record(store)
    deliver(store, key, {"status": "planned"}, SPRING, at(8))
    deliver(store, key, {"status": "running"}, SPRING, at(9))
    assert state(store).kind("measure")[key].contested == {}


def test_keys_are_never_used_twice(store: Store) -> None:
    first = new_record(store)
    second = new_record(store)
    assert (first, second) == ("measure-00001", "measure-00002")
    with pytest.raises(RuntimeError), store.writing() as connection:  # noqa: PT012
        give_keys(connection, ["measure"])
        raise RuntimeError("the transaction fails after a key was given")
    assert new_record(store) == "measure-00003"


def test_the_known_clock_never_runs_backwards(store: Store) -> None:
    deliver(store, new_record(store), {"status": "planned"}, SPRING, at(8, day=10))
    with store.writing() as connection:
        assert later_than_all(connection, at(8, day=2)) > at(8, day=10)
        assert later_than_all(connection, at(8, day=12)) == at(8, day=12)


def test_a_crash_in_the_middle_of_writing_leaves_the_state_before(store: Store) -> None:
    key = new_record(store)
    deliver(store, key, {"status": "planned"}, SPRING, at(8))
    before = store.version()
    with pytest.raises(RuntimeError), store.writing() as connection:  # noqa: PT012
        store_statements(connection, [passage(key, AUTUMN, {"status": "running"})], delivery=1)
        raise_version(connection)
        raise RuntimeError("power cut")
    assert store.version() == before
    assert state(store).kind("measure")[key].values == {"status": "planned"}


def test_only_one_writer_at_a_time(sqlite_store: Store) -> None:
    with sqlite_store.writing(), sqlite_store.engine.connect() as other:
        other.exec_driver_sql("PRAGMA busy_timeout=50")
        other.rollback()
        with pytest.raises(OperationalError), other.execution_options(rt_writing=True).begin():
            pass


def test_the_migrations_give_the_tables_the_models_describe(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from etl.model.base import Base
    from etl.model.migrate import read_every_table

    read_every_table()

    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_newest_migration_is_the_one_the_store_opens_with() -> None:
    from pathlib import Path

    from etl.model import migrate

    versions = sorted(p.name[:4] for p in (Path(migrate.__file__).parent / "migrations" / "versions").glob("[0-9]*.py"))
    assert versions[-1] == migrate.HEAD
