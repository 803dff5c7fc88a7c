"""``python -m tests.evaluation.goals``: precision and recall of proposed goals; misses of the half one may look at."""

from __future__ import annotations

from tests.evaluation.goals.scoring import HALVES, score

for half in HALVES:
    found = score(half)
    print(
        f"{half:<10}{found.measures:>4} measures, {found.proposed} proposed, {found.right} right: precision "
        f"{found.precision:.2f}, recall {found.recall:.2f}; safe {found.safe}, right {found.safe_right}"
    )
    for line in found.told if half == "tuning" else ():
        print(f"  {line}")
