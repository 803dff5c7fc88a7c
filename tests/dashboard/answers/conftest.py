"""Stores of both engines, for what is written."""

from tests.stores import postgresql_server, store  # noqa: F401
