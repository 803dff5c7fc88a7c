"""A measure's fields in words."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.answers.measure_page import Value
from dashboard.parts.values import value_text
from etl.wording import has

Say = Callable[..., str]


def shown_value(value: Value, language: str) -> str:
    """The value in words; the text that stood there where it could not be read."""
    if value.value in (None, "", []):
        return value.unread or ""
    return value_text(value.value, value.type, value.domain, value.qualifier, language)


def field_name(name: str, say: Say, language: str) -> str:
    return say(f"measure.field.{name}") if has(language, f"measure.field.{name}") else name
