"""What tests of every folder share: an empty store, and a browser where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING
from unittest.mock import patch

import bcrypt
import pytest
from hypothesis import settings

from tests.browser import FLAGS, chromium
from tests.stores import postgresql_server, postgresql_tables, sqlite_store, sqlite_tables, store  # noqa: F401

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_SALT = bcrypt.gensalt

# a busy machine must not fail a property: nothing here is timed, benchmarks are in bench/. Every run tries the same
# examples, so that nobody's change fails by chance; ``pytest --hypothesis-profile=search`` looks for new ones.
settings.register_profile("project", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile("project")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Modules that drive a browser, and wait for it, stand between those that compute, so that workers which share two
    cores do both at once; of either kind the largest modules come first (run with ``--no-loadscope-reorder``)."""
    modules: dict[str, list[pytest.Item]] = {}
    for item in items:
        modules.setdefault(item.nodeid.partition("::")[0], []).append(item)
    kinds: tuple[list[list[pytest.Item]], list[list[pytest.Item]]] = ([], [])
    for module in sorted(modules.values(), key=lambda module: -len(module)):
        kinds[any(item.get_closest_marker("browser") for item in module)].append(module)
    placed = [((place + 0.5) / len(kind), module) for kind in kinds for place, module in enumerate(kind)]
    items[:] = [item for _, module in sorted(placed, key=lambda one: one[0]) for item in module]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests have to tell (``record_property("told", …)``), from whichever process they ran in."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            if name == "told":
                terminalreporter.write_line(str(value))


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """bcrypt is slow on purpose, a quarter of a second a password; nothing but that depends on it."""
    with patch("bcrypt.gensalt", partial(_SALT, rounds=4)):
        yield


@pytest.fixture
def real_passwords() -> Iterator[None]:
    """For tests of how slow it is."""
    with patch("bcrypt.gensalt", _SALT):
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    path = chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()
