"""Reading with the office's judgements: records that are one are folded into one, settled contradictions are settled.

Nothing that was said is touched, so a judgement that is taken back leaves no trace in the state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import orjson

from etl.model.judgements import JudgementRow, roots_of
from etl.model.packing import Said
from etl.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from etl.model.state import Known

#: Types of field in which two partners' words for one thing contradict each other. Names, texts and whom they work
#: with are each partner's own: they differ and are both right.
STATED = frozenset({"code", "codes", "count", "number", "amount", "percent", "date", "date_end", "bool"})
_PRECISION = "_precision"

#: Who says something: a partner's key, "" for the office's entries.
Voice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgements in force at one instant. ``roots``: key -> key it counts as; ``apart``: pairs that are two;
    ``assignments``: key -> field -> what was assigned last."""

    roots: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[frozenset[str]] = frozenset()
    samenesses: Sequence[JudgementRow] = ()
    settlements: Mapping[tuple[str, str], Sequence[JudgementRow]] = field(default_factory=dict)
    assignments: Mapping[str, Mapping[str, JudgementRow]] = field(default_factory=dict)

    @property
    def nothing(self) -> bool:
        return not (self.roots or self.apart or self.settlements or self.assignments)

    def root(self, key: str | None) -> str | None:
        return self.roots.get(key, key) if key is not None else None


def judged_by(
    samenesses: Sequence[JudgementRow], settlements: Iterable[JudgementRow], assignments: Iterable[JudgementRow] = ()
) -> Judged:
    roots = roots_of(samenesses)
    of_fact: dict[tuple[str, str], list[JudgementRow]] = defaultdict(list)
    for row in settlements:
        of_fact[roots.get(row.record, row.record), row.field].insert(0, row)
    apart = frozenset(
        frozenset((roots.get(row.kept, row.kept), roots.get(row.other, row.other)))
        for row in samenesses
        if not row.same
    )
    assigned: dict[str, dict[str, JudgementRow]] = defaultdict(dict)
    for row in assignments:
        assigned[roots.get(row.record, row.record)][row.field] = row
    return Judged(roots, apart, samenesses, of_fact, assigned)


def voiced(said: Iterable[Said], judged: Judged) -> list[Said]:
    """Statements with partners that count as another one named as that one."""
    roots = judged.roots
    if not roots:
        return list(said)
    return [
        s._replace(owner=judged.root(s.owner), partner=judged.root(s.partner))
        if s.owner in roots or s.partner in roots
        else s
        for s in said
    ]


def united(records: dict[str, Known], judged: Judged) -> dict[str, Known]:
    """The records of one kind with those that were merged folded into one; parents follow."""
    parts: dict[str, list[Known]] = defaultdict(list)
    for key, known in records.items():
        known.parent = judged.root(known.parent)
        parts[judged.roots.get(key, key)].append(known)
    found = {}
    for key in sorted(parts):
        lead = next((known for known in parts[key] if known.key == key), parts[key][0])
        others = [known for known in parts[key] if known is not lead]
        found[key] = _one(key, lead, others) if others or lead.key != key else lead
    return found


def _one(key: str, lead: Known, others: Sequence[Known]) -> Known:
    """``lead`` with what ``others`` say too: its own names and texts first, of facts the latest word."""
    parts = [lead, *others]
    said = sorted((s for part in parts for s in part.said), key=_order)
    known = replace(lead, key=key, values={}, holds={}, contested={}, said=said, merged=parts)
    for name in dict.fromkeys(name for part in parts for name in part.holds if not name.endswith(_PRECISION)):
        standing = [s for part in parts for s in _standing(part, name)]
        stated = _type_of(known.kind, name) in STATED
        latest = standing[-1] if len(standing) == 1 else max(standing, key=_order)
        several = len({s.partner for s in standing}) > 1
        if stated and several and len({weighed(s.body.values[name]) for s in standing}) > 1:
            known.contested[name] = sorted(standing, key=_order)
        hold(known, name, latest if stated or not several else standing[0])
    return known


def _standing(part: Known, name: str) -> list[Said]:
    if name not in part.holds:
        return []
    return part.contested.get(name) or [part.holds[name]]


def _order(said: Said) -> Any:
    return said.day, said.known_from, said.id


def hold(known: Known, name: str, statement: Said) -> None:
    """Let ``statement`` be the one that holds for a field, and for how precisely it is meant."""
    for field_name in (name, name + _PRECISION):
        if field_name in statement.body.values:
            known.values[field_name] = statement.body.values[field_name]
            known.holds[field_name] = statement
        else:
            known.values.pop(field_name, None)
            known.holds.pop(field_name, None)


def _type_of(kind: str, name: str) -> str:
    found = load_vocabulary().fields.get(f"{kind}.{name}")
    return found.type if found else "text"


def settle(known: Known, judged: Judged) -> None:
    """Settle the contested fields of a record that a judgement covers; others may have been settled before."""
    for name in list(known.contested):
        rows = judged.settlements.get((known.key, name), ())
        standing = known.contested[name]
        row = next((row for row in rows if _covers(row, standing, judged)), None)
        if row is not None:
            known.settled[name] = (row, known.contested.pop(name))
            if row.holds is not None:
                hold(known, name, _holding(row, standing, judged))
        elif rows:
            known.reopened[name] = rows[0]


def _covers(row: JudgementRow, standing: Sequence[Said], judged: Judged) -> bool:
    """Whether nothing new was said since: every voice was heard, or agrees with what holds; and that is still said."""
    heard = {voice_of(one, judged) for one in row.heard}
    held = weighed(row.heard[row.holds]["value"]) if row.holds is not None else None
    voices = [(s.partner or "", weighed(s.body.values[row.field])) for s in standing]
    if held is not None and all(value != held for _, value in voices):
        return False
    return all(voice in heard or voice[1] == held for voice in voices)


def _holding(row: JudgementRow, standing: Sequence[Said], judged: Judged) -> Said:
    """The latest statement of the value that holds, of the source that was chosen if it still says so."""
    partner, value = voice_of(row.heard[row.holds], judged)
    alike = [s for s in standing if weighed(s.body.values[row.field]) == value]
    own = [s for s in alike if (s.partner or "") == partner]
    return (own or alike)[-1]


def voice_of(heard: Mapping[str, Any], judged: Judged) -> Voice:
    return judged.root(heard["partner"]) or "", weighed(heard["value"])


def weighed(value: Any) -> str:
    """A value as it is compared: the order of a list says nothing."""
    if isinstance(value, list):
        value = sorted(value, key=repr)
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
