"""One server with the demo network for all tests of a worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from etl.model.store import Store
from tests.dashboard.acceptance.network import Network, demo_network
from tests.demo import demo  # noqa: F401


@pytest.fixture(scope="session")
def network(demo: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:  # noqa: F811
    """The demo network, served. Tests may sign in and change languages; facts change in a network of their own."""
    with demo_network(demo, tmp_path_factory.mktemp("served-demo")) as served_network:
        yield served_network
