"""The entry script. It stands outside ``dashboard/`` so that Streamlit does not take ``dashboard/pages/`` for pages
that may be opened without it; ``dashboard/app.py`` wraps it."""

from dashboard.shell.frame import run

run()
