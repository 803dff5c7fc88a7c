"""Issues as people read them: where, what stood there, why, and what was probably meant."""

from __future__ import annotations

import pytest

from etl.issues import CATALOGUE, Issue
from etl.wording.issues import issue_wording

VALUES = {
    "count": 3, "reference": "ab12", "read": "431", "first": "1", "second": "2", "row": 3, "earlier": 2,
    "partner": "VHS", "kind": "measure", "withhold": "TN!A:C",
}  # fmt: skip


@pytest.mark.parametrize("code", CATALOGUE)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_issue_has_a_sentence(code: str, language: str) -> None:
    sentence, _ = issue_wording(language)(Issue(code, "Blatt1", ("D6",), "läuft", dict(VALUES), "x"))
    assert sentence.endswith((".", "ab12"))
    assert "{" not in sentence


@pytest.mark.parametrize(
    ("issue", "proposal"),
    [
        (Issue("count_unreadable", "A", ("H9",), "2O", {}, "20"), "Vorschlag: 20"),
        (Issue("date_unreadable", "A", ("F14",), "31.04.2027", {}, "2027-04-30"), "Vorschlag: 30. April 2027"),
        (Issue("date_unreadable", "A", ("F5",), "bald"), "Zum Beispiel 30.06.2027, 06/2027 oder 2. Quartal 2027."),
        (
            Issue("amount_two", "A", ("I11",), "4.200 + 1.100", {}, "5300.00"),
            "Vorschlag: 5.300 € als Summe, oder getrennt führen.",
        ),
    ],
)
def test_a_proposed_value_is_written_as_people_write_it(issue: Issue, proposal: str) -> None:
    _, told = issue_wording("de")(issue)
    assert told is not None
    assert told.replace("\u00a0", " ") == proposal
