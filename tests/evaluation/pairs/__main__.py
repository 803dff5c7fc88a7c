"""``python -m tests.evaluation.pairs``: precision and recall of proposed pairs; misses of the half one may look at."""

from __future__ import annotations

from tests.evaluation.pairs.scoring import HALVES, score

for half in HALVES:
    found = score(half)
    print(
        f"{half:<10}{found.pairs:>3} pairs, {found.alike} alike, {found.proposed} proposed, {found.right} right: "
        f"precision {found.precision:.2f}, recall {found.recall:.2f}"
    )
    for line in found.told if half == "tuning" else ():
        print(f"  {line}")
