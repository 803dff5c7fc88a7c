"""Start and keeping: heavy imports before the first viewer, garbage collected on a timer instead of after every run."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from typing import Any

from dashboard.shell import clock
from dashboard.shell.menu import MENU

#: Seconds between two collections; Streamlit's own after every run is off (``runner.postScriptGC``).
COLLECT_EVERY = 60
_HEAVY = (
    "pandas",
    "altair",
    "pyarrow",
    "sqlalchemy",
    "babel.dates",
    "streamlit_authenticator",
    "dashboard.shell.frame",
)


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """Runs with the server: what it starts, it stops."""
    await asyncio.to_thread(_open)
    tasks = [asyncio.create_task(asyncio.to_thread(warm_up)), asyncio.create_task(_collect())]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


def _open() -> None:
    """Open the store and note the rules it is served with from now on."""
    from dashboard.shell.session import dashboard_store
    from etl.model.settings_rows import network
    from etl.pipeline.picture.rated import note_rules

    store = dashboard_store()
    with store.reading() as connection:
        moment = clock.moment_of(network(connection), clock.now())
    note_rules(store, moment)


def warm_up() -> None:
    """Import what the first page would have to wait for, and keep it out of later collections."""
    # the authenticator's components miss a page while they are imported, and say so four times
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    for name in (*_HEAVY, *(f"dashboard.pages.{entry.url_path}" for entry in MENU)):
        try:
            import_module(name)
        except ImportError:
            logging.getLogger("rundertisch").warning("%s cannot be imported", name, exc_info=True)
    gc.collect()
    gc.freeze()


async def _collect() -> None:
    while True:
        await asyncio.sleep(COLLECT_EVERY)
        await asyncio.to_thread(gc.collect)
