"""``python -m tests.evaluation.pairs``: precision and recall of proposed pairs; misses where one may look."""

from __future__ import annotations

from tests.evaluation.pairs.scoring import DEMO, HALVES, score

for half in (*HALVES, DEMO):
    found = score(half)
    print(
        f"{half:<10}{found.pairs:>3} pairs, {found.alike} alike, {found.proposed} proposed, {found.right} right: "
        f"precision {found.precision:.2f}, recall {found.recall:.2f}"
    )
    for line in found.told if half != "held_out" else ():
        print(f"  {line}")
