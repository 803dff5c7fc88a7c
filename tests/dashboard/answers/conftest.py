"""Stores of both engines, for what is written."""

from tests.demo import demo  # noqa: F401
from tests.stores import postgresql_server, postgresql_tables, store  # noqa: F401
