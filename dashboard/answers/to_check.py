"""Values whose reading was not exact and that nobody has looked at yet, in one list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.answers.contacts import Viewer
from dashboard.answers.corrections import Correctable, correctable, partner_name, title_of
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.provenance import Eyes, Origin, origin_of
from etl.model.state import Known
from etl.pipeline.correct import may_be_checked, stated_by
from etl.pipeline.picture.links import Links

#: How many values stand on one page of the list.
PER_PAGE = 50
#: Words a sheet explains itself: they come last, as they are hardly ever wrong.
_EXPLAINED = "word_from_legend"
#: A name like a known one was taken for it; the fields that name records, and of which kind.
_SIMILAR = "reference_similar"
_NAMED = {"goal_ref": "goal", "measure_ref": "measure", "lead_org": "partner", "partners": "partner"}


@dataclass(frozen=True, slots=True)
class ToCheck:
    """A value to be looked at: what it is (``of``), how it was read and from where, whose it is (a name).

    ``assigned``: what the records are called that a similar name was taken for.
    """

    of: Correctable
    origin: Origin
    partner: str
    assigned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckList:
    """One page of the values; ``n`` are all of them."""

    rows: tuple[ToCheck, ...]
    n: int
    page: int
    pages: int


def check_list(picture: Picture, viewer: Viewer, page: int = 1) -> CheckList:
    """All for the office, a partner's own for the partner, none for anybody else; a page beyond the last is the last.

    What a person interpreted least surely comes first, then by partner and title.
    """
    found = sorted(_found(picture, viewer), key=lambda one: _order(*one, picture))
    pages = max(1, -(-len(found) // PER_PAGE))
    page = max(1, min(page, pages))
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    eyes = Eyes(viewer.role == "coordinator", viewer.partner, viewer.role)
    links = Links(picture.state)
    rows = (_row(known, name, picture, viewer, eyes, links) for known, name in shown)
    return CheckList(tuple(row for row in rows if row is not None), len(found), page, pages)


def values_to_check(picture: Picture, viewer: Viewer) -> int:
    """How many there are for this viewer."""
    return sum(1 for _ in _found(picture, viewer))


def _found(picture: Picture, viewer: Viewer) -> Iterator[tuple[Known, str]]:
    if viewer.role not in ("coordinator", "partner"):
        return
    for records in picture.state.records.values():
        for known in records.values():
            if viewer.sees_received(known.partner):
                yield from ((known, name) for name in known.holds if _waits(known, name, viewer))


def _waits(known: Known, name: str, viewer: Viewer) -> bool:
    if not may_be_checked(known, name):
        return False
    own = stated_by(known, name)
    return viewer.role == "coordinator" or (own is not None and own.partner == viewer.partner)


def _order(known: Known, name: str, picture: Picture) -> tuple[bool, object, object, str]:
    partner, title = partner_name(picture, known.partner), title_of(known, picture)
    return known.mark(name) == _EXPLAINED, alphabetical(partner), alphabetical(title), name


def _row(known: Known, name: str, picture: Picture, viewer: Viewer, eyes: Eyes, links: Links) -> ToCheck | None:
    wanted = correctable(picture, viewer, known.key, name)
    if wanted is None:
        return None
    origin = origin_of(picture, known, name, known.holds[name], eyes, whole=False)
    return ToCheck(wanted, origin, wanted.partner, _assigned(known, name, picture, links))


def _assigned(known: Known, name: str, picture: Picture, links: Links) -> tuple[str, ...]:
    """The names of the records a value that is a name was taken for."""
    kind = _NAMED.get(name)
    if kind is None or known.mark(name) != _SIMILAR:
        return ()
    value = known.value(name)
    texts = [str(text) for text in (value if isinstance(value, list) else [value])]
    found = (picture.state.find(key) for key in links.keys(kind, texts))
    return tuple(title_of(one, picture) for one in found if one is not None)
