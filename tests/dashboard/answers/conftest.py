"""Stores of both engines, for what is written."""

from tests.demo import demo  # noqa: F401
