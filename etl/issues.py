"""The issue catalogue: everything that can be said about a delivery, each with a code and a severity.

Wording lives in the language files under the key ``issue.<code>`` (the sentence) and
``issue.<code>.proposal`` (what to do); here stand only codes and facts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning", "note"]

#: Code -> severity. An ``error`` means that something the sender meant was not taken over.
CATALOGUE: dict[str, Severity] = {
    # the file as a whole (with these nothing is written)
    "file_not_a_spreadsheet": "error",
    "file_empty": "error",
    "file_password_protected": "error",
    "file_damaged": "error",
    "file_unsafe": "error",
    "file_too_large": "error",
    "file_took_too_long": "error",
    "file_no_table": "error",
    "file_single_clients": "error",
    "file_single_clients_unlabelled": "error",
    "file_ledger_broken": "error",
    "withhold_unclear": "error",
    "withhold_failed": "error",
    "file_not_found": "error",
    "file_repeated": "note",
    "file_known": "note",
    "mail_without_attachment": "error",
    "attachment_picture": "note",
    "attachment_signature": "note",
    "attachment_encrypted": "error",
    "attachment_winmail": "error",
    "attachment_too_deep": "error",
    "attachments_too_many": "error",
    "sender_unknown": "error",
    "delivery_failed": "error",
    # sheets and tables
    "copy_rewritten": "note",
    "cells_withheld": "note",
    "sheet_not_understood": "warning",
    "sheet_hidden": "note",
    "rows_hidden": "note",
    "columns_hidden": "note",
    "table_not_understood": "warning",
    "total_differs": "warning",
    "status_from_colour": "warning",
    "colour_not_read": "note",
    "colour_by_rule": "note",
    "comment_not_read": "note",
    "cell_struck": "warning",
    "cell_struck_in_part": "warning",
    "merged_hides_values": "note",
    "value_from_elsewhere": "note",
    "text_garbled": "warning",
    "table_without_rows": "note",
    "format_differs": "note",
    "answer_not_read": "warning",
    # columns
    "heading_similar": "warning",
    "heading_from_content": "warning",
    "heading_ambiguous": "error",
    "heading_kept": "note",
    "heading_taken": "note",
    # cells
    "cell_corrected": "note",
    "cell_emptied": "note",
    "cell_error_value": "error",
    "cell_formula_without_value": "error",
    "date_unreadable": "error",
    "date_interpreted": "warning",
    "amount_unreadable": "error",
    "amount_interpreted": "warning",
    "amount_two": "error",
    "count_unreadable": "error",
    "count_interpreted": "warning",
    "number_unreadable": "error",
    "number_interpreted": "warning",
    "choice_twice": "error",
    "word_unknown": "warning",
    "word_interpreted": "note",
    "word_from_legend": "note",
    "value_provisional": "note",
    "stand_to_come": "warning",
    "record_without_title": "error",
    # records
    "record_repeated": "warning",
    "own_ids_changed": "warning",
    "record_retitled": "warning",
    "end_before_start": "warning",
    "reached_above_planned": "note",
    "spent_above_granted": "warning",
    "reference_ambiguous": "warning",
    "reference_similar": "warning",
    "reference_unknown": "note",
    "value_contested": "warning",
    "match_proposed": "warning",
    "same_elsewhere": "note",
    "partner_created": "note",
    # what is beyond the number of issues a person reads
    "more_errors": "error",
    "more_warnings": "warning",
    "more_notes": "note",
}


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to tell the sender.

    ``cells`` are addresses on ``sheet`` (``"D17"``, or ranges ``"A3:F9"``); ``found`` is the text that
    stood there, ``values`` fill the sentence, ``proposal`` is a machine-readable suggestion (a value)
    where there is one. ``parts`` are the single issues that a group stands for; cells of a group over several sheets
    carry their sheet's name (``"'Kurse 2026'!D17"``).
    """

    code: str
    sheet: str | None = None
    cells: tuple[str, ...] = ()
    found: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    proposal: str | None = None
    parts: tuple[Issue, ...] = ()

    def __post_init__(self) -> None:
        assert self.code in CATALOGUE, f"issue code {self.code!r} is not in the catalogue"

    def as_data(self) -> dict[str, Any]:
        """Plain data, as the store keeps it."""
        parts = {"parts": [part.as_data() for part in self.parts]} if self.parts else {}
        return parts | {
            "code": self.code,
            "sheet": self.sheet,
            "cells": list(self.cells),
            "found": self.found,
            "values": self.values,
            "proposal": self.proposal,
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Issue:
        """The issue that ``as_data`` gave."""
        parts = tuple(map(cls.from_data, data.get("parts", ())))
        return cls(**{**data, "cells": tuple(data["cells"]), "parts": parts})

    @property
    def severity(self) -> Severity:
        return CATALOGUE[self.code]


def places_to_clarify(issues: Iterable[Issue]) -> int:
    """How many places were not taken over: an issue without cells counts as one. Every page and mail counts so."""
    return sum(max(1, len(issue.cells)) for issue in issues if issue.severity == "error")


class DeliveryRefused(Exception):
    """A delivery that cannot be taken at all; nothing has been written."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.code)
        self.issue = issue
