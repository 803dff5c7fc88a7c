"""The headlines about the interface paper."""

from __future__ import annotations

from collections.abc import Sequence

from etl.rules.finding import Finding
from etl.rules.interface_paper import Paper
from etl.rules.responsible import Found

_CALLED_NOBODY = ("nobody", "none_responsible")


def paper_finding(paper: Paper) -> Finding:
    """For how many steps it is clear who is responsible; then those with nobody and those with several."""
    rows = paper.rows
    clear = sum(len(row.responsible) == 1 for row in rows)
    nobody = sum(any(flag.code in _CALLED_NOBODY for flag in row.flags) for row in rows)
    several = sum(len(row.responsible) > 1 for row in rows)
    also = Finding("finding.interface.several", {"n": several}) if several else None
    if nobody:
        also = Finding("finding.interface.nobody", {"n": nobody}, also)
    if rows and clear == len(rows):
        return Finding("finding.interface.all_clear", {"n": clear})
    if not clear and also is not None:
        return also
    return Finding("finding.interface.clear", {"n": clear, "total": len(rows)}, also)


def open_finding(n: int, unconfirmed: int) -> Finding:
    """How many places of the paper are open, as far as the viewer may know of them; how many lines nobody confirmed."""
    also = Finding("finding.interface.unconfirmed", {"n": unconfirmed}) if unconfirmed else None
    return Finding("finding.interface.open", {"n": n}, also)


def own_finding(lines: int, waiting: int, objected: int) -> Finding:
    """A house's own lines: how many wait for its word, and to how many it objects where none does."""
    if not lines:
        return Finding("finding.interface.no_own")
    if objected and not waiting:
        return Finding("finding.interface.own.objected", {"n": objected})
    return Finding("finding.interface.own", {"n": waiting})


def asked_finding(found: Sequence[Found], titles: Sequence[str]) -> Finding:
    """The answer in one sentence; ``titles`` are those of the steps found, as shown."""
    if not found:
        return Finding("finding.responsible.unknown")
    row, step = found[0].row, titles[0]
    said = {part.who.same for part in found[0].saying}
    if not found[0].named and not any(part.who.same in said for part in row.responsible):
        return _belongs(found[0], step)
    names = [part.who.name for part in row.responsible]
    if len(names) == 1:
        return Finding("finding.responsible.one", {"step": step, "name": names[0]})
    if names:
        return Finding("finding.responsible.several", {"step": step, "names": names})
    others = list(dict.fromkeys(part.who.name for part in row.parts if part.who.name))
    also = Finding("finding.responsible.beside", {"names": others}) if others else None
    return Finding("finding.responsible.nobody", {"step": step}, also)


def _belongs(found: Found, step: str) -> Finding:
    """A keyword of the step led there: who is responsible for the step need not be for what was asked."""
    responsible = [part.who.name for part in found.row.responsible]
    also = Finding("finding.responsible.of_step" if responsible else "finding.responsible.of_step.nobody",
                   {"names": responsible} if responsible else {})  # fmt: skip
    houses = list(dict.fromkeys(part.who.name for part in found.saying))
    values = {"step": step, "word": " ".join(found.asked)}
    if houses:
        return Finding("finding.responsible.says", {**values, "names": houses}, also)
    return Finding("finding.responsible.belongs", values, also)
