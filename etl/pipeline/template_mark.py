"""How a template of ours is known again when it comes back."""

from __future__ import annotations

from collections.abc import Iterable

from etl.stages.shapes import Sheet
from etl.wording import LANGUAGES, say


def partner_of_template(sheets: Iterable[Sheet]) -> str | None:
    """The partner it was made for: it stands in the title of its sheets. None for any other workbook."""
    for sheet in sheets:
        title = sheet.rows[0][0] if sheet.rows else None
        parts = title.split(" | ", 2) if isinstance(title, str) else ()
        if len(parts) == 3 and any(parts[0] == say(language, "template.mark") for language in LANGUAGES):
            return parts[2].strip()
    return None
