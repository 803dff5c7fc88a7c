"""Proposals to talk against the labelled pairs: pinned, so that no change makes them worse unnoticed."""

from __future__ import annotations

import pytest

from tests.evaluation.pairs.scoring import DEMO, HALVES, labelled, measures, score


@pytest.mark.parametrize("half", HALVES)
def test_what_is_proposed_is_right_and_most_of_what_is_alike_is_proposed(
    half: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = score(half)
    with capsys.disabled():
        print(f"\n{half}: precision {found.precision:.2f}, recall {found.recall:.2f}")
    assert (found.pairs, found.alike) == (15, 7)
    assert found.precision >= 0.9
    assert found.recall >= 0.7


def test_what_fresh_eyes_met_in_the_demo_is_not_proposed_again(capsys: pytest.CaptureFixture[str]) -> None:
    found = score(DEMO)
    with capsys.disabled():
        print(f"\n{DEMO}: precision {found.precision:.2f}, recall {found.recall:.2f}")
    assert (found.pairs, found.alike, found.precision) == (6, 2, 1.0)
    assert found.recall >= 0.5
    assert {m.key for m in measures(DEMO)} == {
        row["pair"].rjust(2, "0") + side for row in labelled(DEMO) for side in "ab"
    }


def test_every_pair_has_its_two_measures_and_a_reason() -> None:
    pairs = labelled()
    assert len(pairs) == 30
    assert all(row["why"] for row in pairs)
    assert {m.key for m in measures()} == {row["pair"].rjust(2, "0") + side for row in pairs for side in "ab"}
