"""The same measure reported by two partners, in a preview: told with what speaks for it.

Both stand until a person merges them.

Looked for when a person looks at a preview, not on every import: it needs the measures of the whole network.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from etl.issues import Issue
from etl.model.state import Known, State, state_on
from etl.model.store import Store
from etl.pipeline.issue_groups import grouped
from etl.pipeline.picture.links import Links
from etl.pipeline.preview import Preview
from etl.stages.matching.identity import Identity, identity_of
from etl.stages.matching.likeness import likeness
from etl.stages.shapes import Draft, address

#: Fields that name other partners.
_NAMING = ("lead_org", "partners")
#: Facts two measures may share by chance; a title of few words needs more than these.
_SHARED = frozenset(("start", "end", "location", "cost_total"))
_LONG_WORD, _TELLING_WORDS = 4, 3


def tell_same_elsewhere(store: Store, preview: Preview) -> None:
    """Adds to the preview's issues the measures that another partner seems to report too."""
    drafts = {n: d for n, d in enumerate(preview.understood.drafts) if d.kind == "measure"}
    if not drafts:
        return
    with store.reading() as connection:
        state = state_on(connection, kinds=("measure", "partner", "goal", "funding"))
    others = [k for k in state.kind("measure").values() if k.partner not in (None, preview.sender.key)]
    found = list(_found(preview, drafts, others, state))
    if found:
        preview.issues = grouped([*preview.issues, *found])


def _found(preview: Preview, drafts: dict[int, Draft], others: Iterable[Known], state: State) -> Iterator[Issue]:
    links, by_word = Links(state), defaultdict(list)
    for known in others:
        identity = identity_of("measure", known.values)
        for word in telling_words(identity):
            by_word[word].append((known, identity))
    for number, draft in drafts.items():
        own = preview.matches[number].key
        identity = identity_of("measure", draft.values)
        near = {known.key: (known, other) for word in telling_words(identity) for known, other in by_word.get(word, ())}
        for known, other in near.values():
            if own is not None and _judged(own, known.key, state):
                continue
            evidence = evidence_of(identity, other, known, preview.sender.key, links)
            if evidence:
                yield _issue(preview, number, draft, known, evidence, state)


def _judged(own: str, other: str, state: State) -> bool:
    """Whether a person said before that the two are one, or that they are not."""
    own, other = state.counts_as(own), state.counts_as(other)
    return own == other or frozenset((own, other)) in state.apart


def evidence_of(new: Identity, other: Identity, known: Known, sender: str | None, links: Links) -> tuple[str, ...]:
    """What speaks for one and the same, empty where it is not enough: common titles ("Sprachkurs") are many things.

    Codes: title, words, start, end, location, cost_total (agree), named (one names the other's partner).
    """
    if _exclude(new, other):
        return ()
    alike = likeness(new, other, known.key)
    if alike is None:
        return ()
    named = _names(new, known.partner, links) or _names(other, sender, links)
    evidence = tuple(e for e in alike.evidence if e not in ("id", "section", "lead_org"))
    shared = len(_SHARED & set(evidence))
    telling = len(telling_words(new) & telling_words(other)) >= _TELLING_WORDS
    enough = named or shared >= 2 or (telling and "title" in evidence)
    return (*evidence, *(("named",) if named else ())) if enough else ()


def _exclude(one: Identity, other: Identity) -> bool:
    return any(
        one.values.get(name) and other.values.get(name) and one.values[name] != other.values[name]
        for name in ("location", "start")
    )


def _names(identity: Identity, partner: str | None, links: Links) -> bool:
    """Whether a measure names this partner among those who do it."""
    said = [identity.values.get(name) for name in _NAMING]
    texts = [t for value in said if value for t in (value if isinstance(value, list) else [str(value)])]
    return partner is not None and partner in links.keys("partner", texts)


def telling_words(identity: Identity) -> frozenset[str]:
    """The longer words of a title."""
    return frozenset(word for word in identity.name.split(" ") if len(word) >= _LONG_WORD)


def _issue(preview: Preview, number: int, draft: Draft, known: Known, evidence: tuple[str, ...], state: State) -> Issue:
    partner = state.kind("partner").get(known.partner or "")
    values = {
        "kind": "measure",
        "draft": number,
        "key": known.key,
        "known": str(known.value("title")),
        "partner": str(partner.value("name")) if partner else "",
        "evidence": list(evidence),
    }
    sheet = preview.understood.tables[preview.understood.table_of[number]][0]
    title = str(draft.values.get("title", ""))
    return Issue("same_elsewhere", sheet, (address(draft.row, 1),), title, values)
