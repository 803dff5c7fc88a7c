"""Which persons the values of a contact name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from etl.rules.persons import Person

#: The fields of a contact by which somebody is recognised; what is left says what post it is, and of which house.
IDENTIFYING = frozenset(
    {
        "contact_name",
        "contact_last_name",
        "contact_first_name",
        "contact_combined",
        "salutation",
        "phone",
        "mobile",
        "fax",
        "email",
    }
)
_NUMBERS = ("phone", "mobile", "fax")


def persons_in(values: Mapping[str, Any]) -> list[Person]:
    """The contact itself, and who stands in for it."""
    name = str(values.get("contact_name") or "")
    if not name:
        name = " ".join(str(values[part]) for part in ("contact_first_name", "contact_last_name") if values.get(part))
    emails = tuple(filter(None, _texts(values.get("email"))))
    phones = tuple(text for part in _NUMBERS for text in _texts(values.get(part)))
    found = [Person(name, emails, phones)]
    return [*found, *(Person(deputy) for deputy in _texts(values.get("deputy")))]


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
