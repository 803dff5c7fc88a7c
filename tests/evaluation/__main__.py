"""``make evaluate``: how well labelled workbooks are understood, per layout family, the unseen third apart."""

from __future__ import annotations

import argparse
from collections import defaultdict

from tests.evaluation.scoring import Score, score
from tests.evaluation.truth import AT_FIRST_SIGHT, SETS, truths

_HEAD = (
    f"{'':<22}{'files':>6}{'records':>9}{'found':>8}{'invented':>9}{'fields':>8}{'right':>8}"
    f"{'wrong':>8}{'doubtful':>9}{'lost':>6}{'kept':>6}{'aside':>6}{'reported':>9}"
)


def table_of(name: str, *, verbose: bool = False, only: str = "") -> tuple[str, Score]:
    """The table for a set of workbooks and its total."""
    families: dict[str, Score] = defaultdict(Score)
    total = Score()
    for truth in truths(name):
        if only in truth.file.name:
            found = score(truth)
            families[truth.family].add(found)
            total.add(found)
    lines = [f"\n{name}", _HEAD]
    lines += [_line(family, found) for family, found in sorted(families.items())]
    lines.append(_line("all", total))
    if name in AT_FIRST_SIGHT and not only:
        records, right, wrong = AT_FIRST_SIGHT[name]
        sight = f"{'at first sight':<22}{'':>15}{records:>8.1%}{'':>17}{right:>8.1%}{wrong:>8.2%}"
        lines.append(sight.replace("%", " %"))
    if verbose:
        lines += total.told
    return "\n".join(lines), total


def _line(name: str, s: Score) -> str:
    return (
        f"{name:<22}{s.workbooks:>6}{s.records:>9}{_share(s.records_found, s.records):>8}{s.invented:>9}{s.facts:>8}"
        f"{_share(s.right, s.facts):>8}{_share(s.wrong, s.values, 2):>8}{_share(s.doubtful, s.values, 2):>9}"
        f"{s.lost:>6}{s.kept:>6}{s.set_aside:>6}{s.reported:>9}"
    )


def _share(part: int, whole: int, places: int = 1) -> str:
    return f"{100 * part / whole:.{places}f} %" if whole else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", nargs="*", default=SETS, help="which sets (default: all)")
    parser.add_argument("--verbose", action="store_true", help="name every miss")
    parser.add_argument("--only", default="", help="only files whose name contains this")
    chosen = parser.parse_args()
    for name in chosen.set:
        print(table_of(name, verbose=chosen.verbose, only=chosen.only)[0], flush=True)


if __name__ == "__main__":
    main()
