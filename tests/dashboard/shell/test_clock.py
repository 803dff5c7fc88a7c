"""Which day pages speak about, and when what is done is recorded."""

from __future__ import annotations

import datetime as dt

from dashboard.answers.contacts import Viewer
from dashboard.answers.deliveries import delivery_rows
from dashboard.answers.picture import picture
from dashboard.shell import clock
from etl.model.settings_rows import Network
from etl.model.store import Store
from tests.dashboard.networks import DAY, a_network
from tests.signed_in import a_user, app_as, text_of

NOW = dt.datetime(2027, 3, 2, 22, 45, tzinfo=dt.UTC)


def test_everything_happens_on_the_networks_own_day_and_elsewhere_today() -> None:
    own, todays = Network("Demo", None, DAY, True), Network("N", None, None, False)
    assert clock.moment_of(todays, NOW) == NOW
    assert clock.day_of(todays, NOW) == dt.date(2027, 3, 2)
    shown = clock.moment_of(own, NOW)
    assert (shown.date(), shown.time()) == (DAY, dt.time(23, 45)), "at this time of day in Berlin"
    assert clock.moment_of(own, dt.datetime(2028, 2, 29, 12, tzinfo=dt.UTC)).date() == DAY


def test_what_is_done_in_a_network_with_its_own_day_is_recorded_on_that_day(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    a_user(sqlite_store, "coordinator", "coordinator")
    number = max(row.number for row in delivery_rows(sqlite_store, picture(sqlite_store, DAY), Viewer("coordinator")))
    app = app_as(sqlite_store, "coordinator", "rueckmeldungen", zurueck=str(number))
    assert "(hier ist immer dieser Tag)" in text_of(app.at)
    app.at.button(key="deliveries-undo").click()
    assert not app.run().exception
    row = delivery_rows(sqlite_store, picture(sqlite_store, DAY), Viewer("coordinator"))[0]
    assert row.undone_at is not None
    assert row.undone_at.astimezone(clock.BERLIN).date() == DAY
