"""What can be said with one click about an issue: take the proposal over, confirm a column, choose a name."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from dashboard.answers.put_right import Word, position_in
from dashboard.answers.sheet_view import cells_of, single
from dashboard.answers.uploads import Preview
from etl.issues import Issue
from etl.stages.corrections import replaced_name
from etl.stages.shapes import address, shortest_decimal
from etl.vocabulary import load_vocabulary, normalise

_VALUES = frozenset(("date_unreadable", "amount_unreadable", "amount_two", "count_unreadable", "number_unreadable"))
_COLUMNS = frozenset(("heading_similar", "heading_from_content", "heading_ambiguous", "heading_kept", "heading_taken"))
_NAMES = frozenset(("reference_similar", "reference_ambiguous", "reference_unknown"))
_CELLS = _VALUES | {"cell_error_value", "cell_formula_without_value", "record_without_title", "word_unknown"}
#: A word that says "goes on" where an end is asked, and how it is written so that it is read as one.
_GOES_ON, _NO_END = frozenset(("running", "permanent")), "dauerhaft"
_MOST_CELLS = 200
_NOTHING = Word()
#: Kinds of offers that say all the sentence's own proposal says.
PROPOSED = frozenset(("value", "date", "amount", "code", "no_end", "confirm"))


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to click. ``kind``: value, date, amount, code, no_end, confirm, field, name, all; or what is opened:
    open_cell, open_column, open_name. ``shown`` is what it is about (a value, a code with ``domain``, a field, a name,
    a number). ``word`` is said by the click; what is opened says it later, about ``cells`` of ``sheet``."""

    kind: str
    shown: str = ""
    word: Word = _NOTHING
    domain: str = ""
    sheet: str = ""
    cells: tuple[str, ...] = ()
    found: str = ""

    @property
    def key(self) -> str:
        """Names the offer in a click, as long as it is the very same."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


def offers(issue: Issue, preview: Preview) -> tuple[Offer, ...]:
    """What is offered for an issue; for a group, to take all proposals of its parts at once."""
    if issue.parts:
        return tuple(_all_at_once(issue, preview))
    if issue.sheet is None and issue.code not in _COLUMNS | _CELLS:
        return ()
    sheet = issue.sheet or ""
    if issue.code in _COLUMNS:
        return tuple(_of_column(issue, sheet))
    cells = tuple(_cells(issue, preview, sheet))
    if issue.code in _NAMES:
        return tuple(_of_name(issue, preview, sheet, cells))
    if issue.code in _CELLS and cells:
        return tuple(_of_cells(issue, sheet, cells))
    return ()


def every_offer(preview: Preview) -> dict[str, Offer]:
    """Key -> offer, of all issues and their parts."""
    issues = [*preview.issues, *single(preview.issues)]
    return {offer.key: offer for issue in issues for offer in offers(issue, preview)}


def _all_at_once(issue: Issue, preview: Preview) -> Iterator[Offer]:
    first = [found[0] for part in issue.parts if (found := _sure(offers(part, preview)))]
    if len(first) > 1:
        columns = tuple(dict.fromkeys(c for offer in first for c in offer.word.columns))
        cells = _once(c for offer in first for c in offer.word.cells)
        yield Offer("all", str(len(first)), Word(columns, cells))


def _sure(found: Sequence[Offer]) -> list[Offer]:
    """The only proposal of an issue; of several candidates none is taken unseen."""
    proposals = [offer for offer in found if offer.word != _NOTHING]
    return proposals if len(proposals) == 1 else []


def _once(cells: Iterable[tuple[str, str, str | None]]) -> tuple[tuple[str, str, str | None], ...]:
    """One word a cell: of two names in one cell the later would undo the earlier, so it waits for the next click."""
    found: dict[tuple[str, str], tuple[str, str, str | None]] = {}
    for cell in cells:
        found.setdefault(cell[:2], cell)
    return tuple(found.values())


def _cells(issue: Issue, preview: Preview, sheet: str) -> Iterator[str]:
    """The single cells of an issue that its sheet has."""
    understood = next((s for s in preview.understood.sheets if s.sheet.name == sheet), None)
    if understood is None:
        return
    count = 0
    for text in issue.cells:
        for position in cells_of(text):
            if count < _MOST_CELLS and position_in(understood, cell := address(*position)):
                count += 1
                yield cell


def _of_column(issue: Issue, sheet: str) -> Iterator[Offer]:
    heading = str(issue.values.get("heading", ""))
    cell = issue.cells[0] if issue.cells else ""
    if not heading or not cell:
        return
    if issue.code in ("heading_similar", "heading_from_content") and issue.proposal:
        yield Offer("confirm", issue.proposal, Word(columns=((sheet, heading, issue.proposal),)))
    for field in str(issue.values.get("fields", "")).split()[:3] if issue.code == "heading_ambiguous" else ():
        yield Offer("field", field, Word(columns=((sheet, heading, field),)))
    yield Offer("open_column", sheet=sheet, cells=(cell,))


def _of_cells(issue: Issue, sheet: str, cells: tuple[str, ...]) -> Iterator[Offer]:
    kind, shown, text, domain = _proposal(issue)
    if kind:
        yield Offer(kind, shown, _in_all(sheet, cells, text), domain)
    if issue.code == "record_without_title":
        return  # its cells are all those of a row without a name: there is no one text for them
    yield Offer("open_cell", sheet=sheet, cells=cells)


def _in_all(sheet: str, cells: Iterable[str], text: str) -> Word:
    return Word(cells=tuple((sheet, cell, text) for cell in cells))


def _proposal(issue: Issue) -> tuple[str, str, str, str]:
    """Kind, what is shown, the text that is written, the domain of a code; nothing where nothing is proposed."""
    field = load_vocabulary().fields.get(str(issue.values.get("field", "")))
    proposal = issue.proposal or ""
    if issue.code == "word_unknown":
        return _code(proposal, field.values) if proposal and field else ("", "", "", "")
    if issue.code == "date_unreadable" and not proposal:
        word = load_vocabulary().words["measure.status"].get(normalise(issue.found or ""))
        ends = field is not None and field.short == "end" and word in _GOES_ON
        return ("no_end", "", _NO_END, "") if ends else ("", "", "", "")
    if issue.code not in _VALUES or not proposal:
        return "", "", "", ""
    if issue.code == "date_unreadable":
        return _date(proposal)
    if issue.code.startswith("amount_"):
        return _amount(proposal)
    return "value", proposal, proposal, ""


def _date(text: str) -> tuple[str, str, str, str]:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return "value", text, text, ""
    return "date", text, f"{day:%d.%m.%Y}", ""


def _amount(text: str) -> tuple[str, str, str, str]:
    """Written with its unit: the column's own („TEUR“) must not count once more."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return "value", text, text, ""
    return "amount", text, shortest_decimal(float(amount)).replace(".", ",") + " €", ""


def _code(code: str, domain: str) -> tuple[str, str, str, str]:
    word = word_for(code, domain)
    return ("code", code, word, domain) if word else ("", "", "", "")


def word_for(code: str, domain: str) -> str:
    """A word that is read as this code, whatever the list's language."""
    words = load_vocabulary().raw_words.get(domain, {})
    exact = load_vocabulary().words.get(domain, {})
    return next((word for word, of in words.items() if of == code and exact.get(normalise(word)) == code), "")


def _of_name(issue: Issue, preview: Preview, sheet: str, cells: tuple[str, ...]) -> Iterator[Offer]:
    found = issue.found or ""
    told = issue.values.get("candidates")
    candidates = [str(c) for c in told] if isinstance(told, list | tuple) else []
    candidates = candidates or ([issue.proposal] if issue.proposal else [])
    for name in dict.fromkeys(candidates[:4]):
        word = renamed(preview, sheet, cells, found, name)
        if word != _NOTHING:
            yield Offer("name", name, word)
    kind = str(issue.values.get("kind", ""))
    if cells and kind:
        yield Offer("open_name", domain=kind, sheet=sheet, cells=cells, found=found)


def renamed(preview: Preview, sheet: str, cells: Iterable[str], old: str, new: str) -> Word:
    """``new`` for the name ``old`` in these cells, the other names in them as they stand."""
    understood = next((s for s in preview.understood.sheets if s.sheet.name == sheet), None)
    if understood is None:
        return _NOTHING
    said = []
    for cell in cells:
        position = position_in(understood, cell)
        stood = understood.sheet.value(*position) if position else None
        text = preview.corrections.cells.get((sheet, cell), str(stood) if stood is not None else "")
        better = replaced_name(text, old, new)
        if better == text and normalise(text) == normalise(old):
            better = new
        if better != text:
            said.append((sheet, cell, better))
    return Word(cells=tuple(said))
