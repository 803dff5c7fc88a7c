"""What tests of every folder share: an empty store, and a browser where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.browser import FLAGS, chromium
from tests.stores import sqlite_store  # noqa: F401

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# a busy machine must not fail a property: nothing here is timed, benchmarks are in bench/. Every run tries the same
# examples, so that nobody's change fails by chance; ``pytest --hypothesis-profile=search`` looks for new ones.
settings.register_profile("project", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile("project")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests have to tell (``record_property("told", …)``), from whichever process they ran in."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            if name == "told":
                terminalreporter.write_line(str(value))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    path = chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()
