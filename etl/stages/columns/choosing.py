"""Which field each column of a table of a known kind gets: all columns decided together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from etl.stages.columns.affinity import affinity
from etl.stages.columns.anchors import ANCHOR_FIELDS, kind_of
from etl.stages.columns.assignment import Slot, best_assignment
from etl.stages.columns.content import ContentProfile
from etl.stages.columns.contents_alone import SCORE, TITLED, fields_by_content, may_be_title
from etl.stages.columns.evidence import ColumnEvidence
from etl.stages.columns.heading_index import Meaning
from etl.stages.columns.left_over import Leftover, name_left_over
from etl.stages.columns.neighbours import spans_instead_of_starts, tell_by_neighbours
from etl.stages.columns.persons import tell_persons_from_organisations
from etl.stages.columns.wish import CERTAIN, FEWEST_TYPICAL, NEAR, Wish
from etl.vocabulary import Vocabulary

_CLEARLY, _SPEAKS_AGAINST = 0.3, -0.4
_TYPICAL_WEIGHT = 0.1
#: Scores count from here on, and the more the higher.
_SAYS_NOTHING = 0.55
#: Name, phone and mail of the contact may each have a column: together they are the contact.
_JOINED = frozenset(("measure.contact", "funding.contact", "cooperation.contact", "interface.contact"))
_REACH = frozenset(("partner.phone", "partner.mobile", "partner.email"))
#: What contents say beside a heading that is only like a known one.
_OTHER_VALUES, _OTHER_FROM = frozenset(("goal.target_value", "goal.baseline_value")), 0.7
_PROSE = 0.5
_VALUE_OF_YEAR, _CODED = 0.8, 0.78
_REMEMBERED_SCORE = 3.0
_NOTHING: Mapping[int, str] = {}
_DAYS = frozenset(("date", "date_end", "period"))
_QUANTITIES = frozenset(("amount", "count", "number", "percent"))
#: What running text never is; a status it may well tell.
_NO_PROSE = _DAYS | _QUANTITIES | {"codes", "references", "reference"}


def choose_fields(
    kind: str, evidence: Sequence[ColumnEvidence], vocabulary: Vocabulary, taken: Mapping[int, str] = _NOTHING
) -> tuple[list[str | None], list[Wish]]:
    """For each column its field or None, and the wishes behind it (for how it was named and what to ask).

    ``taken`` gives columns that are spoken for (place -> field): crosses under the values of a field.
    """
    wishes = [
        Wish() if place in taken else _wish(item, kind, vocabulary, place == 0) for place, item in enumerate(evidence)
    ]
    for wish in wishes:
        wish.drop(set(taken.values()))
    if kind == "goal":
        _tell_target_from_values(evidence, wishes)
    _offer_title(kind, evidence, wishes)
    tell_persons_from_organisations(kind, evidence, wishes)
    _offer_days(kind, evidence, wishes, vocabulary)
    tell_by_neighbours(kind, evidence, wishes)
    certain = _certain_fields(wishes)
    for item, wish in zip(evidence, wishes, strict=True):
        _settle_tie(wish, item.content, certain, vocabulary)
        _ask_which_money(wish, item, vocabulary)
    slots = [_slots(wish, item, vocabulary) for wish, item in zip(wishes, evidence, strict=True)]
    chosen = [slot[0] if slot else None for slot in best_assignment(slots)]
    for place, name in taken.items():
        chosen[place] = name
    if f"{kind}.period" in vocabulary.fields:
        spans_instead_of_starts(kind, evidence, wishes, chosen)
    left = Leftover(kind, evidence, chosen, lambda place: _spoken_for(evidence[place], wishes[place], kind), vocabulary)
    for place in name_left_over(left):
        wishes[place].add(chosen[place] or "", SCORE, "content")
    return chosen, wishes


def _spoken_for(item: ColumnEvidence, wish: Wish, kind: str) -> bool:
    """A person's word, a question, or a heading that surely means something else is not overruled by contents."""
    supported = [m for of in (kind, "partner") for m in item.supported.get(of, {}).values()]
    sure = any(meaning.how == "known" for meaning in supported) or item.private
    return item.remembered is not None or bool(wish.undecided) or sure or not item.column.heading_cells


def _wish(item: ColumnEvidence, kind: str, vocabulary: Vocabulary, first: bool) -> Wish:
    wish = Wish()
    if item.remembered is not None:
        if item.remembered:
            wish.add(item.remembered, _REMEMBERED_SCORE, "remembered")
        return wish
    for meaning in item.supported.get(kind, {}).values():
        wish.add(meaning.field, meaning.score, meaning.how)
    if not wish.scores and f"{kind}.contact" in _JOINED:
        reach = [meaning for meaning in item.supported.get("partner", {}).values() if meaning.field in _REACH]
        if reach:
            wish.add(f"{kind}.contact", reach[0].score, reach[0].how)
    sure = any(how == "known" for how in wish.how.values())
    if not sure and item.content.size >= FEWEST_TYPICAL:
        fields = vocabulary.fields
        wish.drop([n for n in wish.scores if affinity(item.content, fields[n], vocabulary) <= _SPEAKS_AGAINST])
    if not sure and item.content.share_of_sentences() >= _PROSE:
        wish.drop([n for n in wish.scores if vocabulary.fields[n].type in _NO_PROSE])
    if kind == "goal" and not sure and _is_value_of_year(item):
        wish.scores.clear()
        wish.add("goal.current_value", _VALUE_OF_YEAR, "content")
    if first and not sure and f"{kind}.id" in vocabulary.fields and _numbered(item.content):
        wish.scores.clear()
        wish.add(f"{kind}.id", _CODED, "content")
    if not wish.scores:
        for meaning in _by_content(item, kind, vocabulary, first):
            wish.add(meaning.field, meaning.score, "content")
    elif not sure:
        for meaning in fields_by_content(item.content, kind, vocabulary, first=False):
            if vocabulary.fields[meaning.field].type in ("code", "codes"):
                wish.add(meaning.field, _CODED, wish.how.get(meaning.field, "content"))
    return wish


def _numbered(content: ContentProfile) -> bool:
    """Signs made of a letter or more and a number, in every row another: "M-001", "K10"."""
    texts = content.texts()
    lettered = len(texts) == content.size and sum(text[:1].isalpha() for text in texts) >= 0.9 * content.size
    return content.size >= FEWEST_TYPICAL and lettered and content.looks_like_ids()


def _is_value_of_year(item: ColumnEvidence) -> bool:
    other = any(m.field in _OTHER_VALUES and m.score >= _OTHER_FROM for m in item.meanings[:3])
    return item.parts.year is not None and not other and item.content.share("number", "percent") >= 0.6


def _tell_target_from_values(evidence: Sequence[ColumnEvidence], wishes: Sequence[Wish]) -> None:
    """Of columns with years the last one, headed in other words than the rest, is what is wanted, not what was."""
    years = [
        (item.parts.year, item.parts.base, wish)
        for item, wish in zip(evidence, wishes, strict=True)
        if item.parts.year and "goal.current_value" in wish.scores
    ]
    if len(years) < 3:
        return
    *rest, (last, base, wish) = sorted(years, key=lambda found: found[0])
    if (
        base
        and wish.how["goal.current_value"] == "content"
        and all(year < last and other != base for year, other, _ in rest)
    ):
        wish.drop(["goal.current_value"])
        wish.add("goal.target_value", SCORE, "content")


def _by_content(item: ColumnEvidence, kind: str, vocabulary: Vocabulary, first: bool) -> list[Meaning]:
    """Contents speak only where the heading's words do not already mean something else in this kind of table."""
    if item.meanings and any(meaning.field.startswith(kind) for meaning in item.meanings):
        return []
    return fields_by_content(item.content, kind, vocabulary, first)


def _offer_title(kind: str, evidence: Sequence[ColumnEvidence], wishes: Sequence[Wish]) -> None:
    """The first column that records may be called by, where no column is headed so."""
    title, anchors = TITLED.get(kind), {name for name in ANCHOR_FIELDS if kind_of(name) == kind}
    if title is None or any(anchors & set(wish.likeliest()) for wish in wishes):
        return
    for item, wish in zip(evidence, wishes, strict=True):
        if may_be_title(item, kind):
            wish.scores.clear()
            wish.add(title, _CODED, "content")
            return


def _offer_days(kind: str, evidence: Sequence[ColumnEvidence], wishes: Sequence[Wish], vocabulary: Vocabulary) -> None:
    """Unnamed columns of days: two side by side, the earlier left, are start and end."""
    fields = (f"{kind}.start", f"{kind}.end")
    if not set(fields) <= vocabulary.fields.keys():
        return
    days: dict[str, list[tuple[str, int, Wish]]] = {"named": [], "open": []}
    for item, wish in zip(evidence, wishes, strict=True):
        named = next((name for name in fields if name in wish.scores), None)
        day = item.content.middle_day()
        if day and (named or (not wish.scores and not item.meanings and item.remembered is None)):
            days["named" if named else "open"].append((day, item.column.column, wish))
    both = sorted(days["named"] + days["open"], key=lambda found: found[0])
    if len(both) == 2 and days["open"] and both[0][0] < both[1][0] and both[1][1] == both[0][1] + 1:
        for name, (_, _, wish) in zip(fields, both, strict=True):
            if not wish.scores:
                wish.add(name, SCORE, "content")


def _certain_fields(wishes: Sequence[Wish]) -> frozenset[str]:
    alone = (next(iter(wish.scores.items())) for wish in wishes if len(wish.scores) == 1)
    return frozenset(name for name, score in alone if score >= CERTAIN)


def _settle_tie(wish: Wish, content: ContentProfile, certain: frozenset[str], vocabulary: Vocabulary) -> None:
    """Leaves one of equally good fields, by contents or because the others are taken; else none.

    Money is never decided by what is left over: applied, granted and spent are different facts.
    """
    if len(wish.scores) < 2:
        return
    top = max(wish.scores.values())
    tied = [name for name, score in wish.scores.items() if score >= top - NEAR]
    if len(tied) < 2:
        return
    left = _separated(tied, content, vocabulary)
    if len(left) > 1 and (typical := _most_typical(left, content, vocabulary)):
        left = [typical]
    if len(left) > 1 and not all(vocabulary.fields[name].type in _QUANTITIES | _DAYS for name in left):
        left = [name for name in left if name not in certain] or left
    if len(left) == 1:
        wish.drop(name for name in tied if name not in left)
    elif all(wish.how[name] == "similar" for name in tied) and not _of_money(left, vocabulary):
        return  # a proposal either way: the other columns may tell them apart
    else:
        wish.undecided = tuple(left)
        wish.scores.clear()


def _most_typical(names: Sequence[str], content: ContentProfile, vocabulary: Vocabulary) -> str | None:
    """The one whose usual contents these clearly are."""
    if _of_money(names, vocabulary) or content.size < FEWEST_TYPICAL:
        return None
    ranked = sorted(((affinity(content, vocabulary.fields[name], vocabulary), name) for name in names), reverse=True)
    return ranked[0][1] if ranked[0][0] >= ranked[1][0] + _CLEARLY else None


def _of_money(names: Sequence[str], vocabulary: Vocabulary) -> bool:
    return all(vocabulary.fields[name].type in _QUANTITIES for name in names)


def _ask_which_money(wish: Wish, item: ColumnEvidence, vocabulary: Vocabulary) -> None:
    """A bare "Mittel" or "Betrag" may be money applied for, granted, spent or needed, whatever table it stands in."""
    top = max((meaning.score for meaning in item.meanings), default=0.0)
    best = [meaning.field for meaning in item.meanings if meaning.score >= top - NEAR]
    amounts = [name for name in best if vocabulary.fields[name].type == "amount"]
    entities = Counter(field.split(".")[0] for field in amounts)
    if not entities or max(entities.values()) < 2 or item.remembered is not None:
        return
    wanted = [name for name in wish.scores if name in amounts and name.split(".")[0] in ("measure", "funding")]
    if wanted:
        wish.undecided = tuple(wanted)
        wish.scores.clear()


def _separated(tied: list[str], content: ContentProfile, vocabulary: Vocabulary) -> list[str]:
    """Rule "stand": 60 % dates make a date, else words; likewise for numbers and for contact data in one cell."""
    types = {name: vocabulary.fields[name].type for name in tied}
    left = tied
    for group, share in (
        (_DAYS, content.share("date", "year", "period")),
        (_QUANTITIES, content.share("number", "money", "percent", "year")),
        (frozenset(("contact",)), content.share("email", "phone") + content.share_with_digits()),
    ):
        inside = [name for name in left if types[name] in group]
        outside = [name for name in left if types[name] not in group]
        if inside and outside and content.size:
            left = inside if share >= 0.6 else outside
    return left


def _slots(wish: Wish, item: ColumnEvidence, vocabulary: Vocabulary) -> dict[Slot, float]:
    """Quantities may have a column for each year; of other fields with years the latest is preferred."""
    year = item.parts.year
    slots: dict[Slot, float] = {}
    for name, score in wish.scores.items():
        per_year = vocabulary.fields[name].type in _QUANTITIES
        filled = 0.005 if item.content.size else 0.0
        if wish.how[name] == "similar":
            filled += _TYPICAL_WEIGHT * affinity(item.content, vocabulary.fields[name], vocabulary)
        newer = (year - 2000) * 1e-4 if year and not per_year else 0.0
        own = item.column.column if name in _JOINED else None
        filled -= item.kinds * 1e-4  # a heading that any list may have is the less telling one
        slots[(name, year if per_year else own)] = _weight(score + filled + newer - item.column.column * 1e-6)
    return slots


def _weight(score: float) -> float:
    """One heading that says clearly what it is outweighs two that are only a little like something."""
    return max(score - _SAYS_NOTHING, 0.01) ** 2
