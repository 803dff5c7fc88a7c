"""Stores of both engines, for what is written."""

from tests.stores import postgresql_server, postgresql_tables, store  # noqa: F401
