"""The dashboard as an ASGI application: ``streamlit run dashboard/app.py``, or ``rundertisch serve``."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboard.shell import link, room, room_desk, room_voice
from dashboard.shell.documents import Documents
from dashboard.shell.doors import Doors
from dashboard.shell.routes import ROUTES
from dashboard.shell.trouble import on_script_error
from dashboard.shell.warm_up import lifespan


def wrapped(script: Path) -> st.App:
    """Streamlit around ``script``, with our routes, headers and warm-up."""
    return st.App(
        script,
        routes=[*ROUTES, *link.ROUTES, *room_desk.ROUTES, *room_voice.ROUTES, *room.ROUTES],
        middleware=[Middleware(Documents), Middleware(Doors)],
        lifespan=lifespan,
        on_script_error=on_script_error,
    )


app = wrapped(Path(__file__).resolve().parent / "shell" / "main.py")
