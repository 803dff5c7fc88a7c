"""Serving the dashboard from the command line, with the project's own configuration wherever one stands."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import make_url

from dashboard.shell.session import use_database
from etl.pipeline.memory import spare_the_collector
from etl.settings import PROJECT


def serve_dashboard(database: str, host: str, port: int) -> None:
    """Serve the store at ``database`` until stopped. Streamlit reads ``.streamlit/`` in the working folder, so this
    goes to the project's; a relative path of the database still means the folder one came from."""
    use_database(_absolute(database))
    os.chdir(PROJECT)
    from dashboard.app import app

    spare_the_collector()
    with suppress(KeyboardInterrupt):  # Ctrl+C is how a server is meant to end
        app.run(config={"server.address": host, "server.port": port})


def _absolute(database: str) -> str:
    parsed = make_url(database)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        return database
    return parsed.set(database=str(Path(parsed.database).resolve())).render_as_string(hide_password=False)
