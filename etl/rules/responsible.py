"""„Wer ist zuständig für …?“ in plain words: which steps of the interface paper a question means.

No verdict about the person who asks and no guess: a step is found by its title, by the words the network keeps for it,
by what its lines say they offer; the words that led there are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from etl.rules.interface_paper import Paper, Part, Row
from etl.vocabulary import normalise
from etl.vocabulary.word_parts import root, words_of

#: Words of a question that say nothing about what it is about.
_ASKING = frozenset(
    root(word)
    for word in (
        *("wer", "ist", "zustaendig", "zustaendige", "zustaendigkeit", "fuer", "bei", "wen", "wem", "was", "wie", "wo"),
        *(
            "kuemmert",
            "hilft",
            "helfen",
            "hilfe",
            "frage",
            "fragen",
            "ich",
            "mich",
            "mir",
            "meine",
            "mein",
            "wir",
            "uns",
        ),
        *("brauche", "braucht", "brauchen", "suche", "sucht", "suchen", "bekomme", "bekommt", "bekommen", "moechte"),
        *(
            "kann",
            "muss",
            "soll",
            "will",
            "einen",
            "eine",
            "ein",
            "der",
            "die",
            "das",
            "den",
            "dem",
            "zu",
            "zum",
            "zur",
        ),
        *(
            "im",
            "in",
            "am",
            "an",
            "auf",
            "aus",
            "mit",
            "nach",
            "von",
            "vom",
            "neue",
            "neuen",
            "neuer",
            "jemand",
            "person",
        ),
        *(
            "familie",
            "menschen",
            "leute",
            "kind",
            "kinder",
            "frau",
            "mann",
            "gefluechtete",
            "landkreis",
            "stadt",
            "hier",
        ),
        *(
            "who",
            "responsible",
            "for",
            "is",
            "whom",
            "ask",
            "need",
            "needs",
            "want",
            "someone",
            "with",
            "help",
            "about",
        ),
    )
)
_SHORTEST, _LONGEST_QUESTION = 2, 300
_TITLE, _WORD, _OFFER = 4, 3, 1
#: A word within another one ("Wohnung" in "Wohnungssuche") from this length on.
_PART = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A step that the question means, ``by`` which of its words; ``parts`` in the order of the paper, those whose offer
    fits first within their role."""

    row: Row
    by: tuple[str, ...]
    parts: tuple[Part, ...]


def asked_for(question: str, paper: Paper, titles: Mapping[str, str], most: int = 3) -> tuple[Found, ...]:
    """The steps ``question`` means, the likeliest first; none where no word of it is known. ``titles``: code -> the
    title as it is shown."""
    asked = _roots(question[:_LONGEST_QUESTION])
    scored = []
    for place, row in enumerate(paper.rows):
        fits = _fits(asked, row, titles.get(row.code, row.title))
        if fits:
            scored.append((-sum(weight for weight, _ in fits.values()), place, row, fits))
    scored.sort(key=lambda one: one[:2])
    if not scored:
        return ()
    best = scored[0][0]
    near = [one for one in scored if one[0] * 2 < best][:most]
    return tuple(
        Found(row, tuple(dict.fromkeys(by for _, by in fits.values())), _ordered(row, asked))
        for _, _, row, fits in near
    )


def _fits(asked: Mapping[str, str], row: Row, title: str) -> dict[str, tuple[int, str]]:
    """Root of the question -> (weight, the step's word that it met)."""
    known = [(_TITLE, title), *((_WORD, word) for word in (row.step.words if row.step else ()))]
    known += [(_OFFER, part.line.offer) for part in row.parts if part.line.offer]
    found: dict[str, tuple[int, str]] = {}
    for weight, text in known:
        for stem, written in _roots(text).items():
            for wanted in asked:
                exact = stem == wanted
                if (exact or _within(stem, wanted)) and weight * (2 if exact else 1) > found.get(wanted, (0, ""))[0]:
                    found[wanted] = weight * (2 if exact else 1), written
    return found


def _within(one: str, other: str) -> bool:
    """„wohnung“ in „wohnungssuche“, „kurs“ in „deutschkurs“."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _PART and (long.startswith(short) or long.endswith(short))


def _ordered(row: Row, asked: Mapping[str, str]) -> tuple[Part, ...]:
    """As in the paper; of those with one role first who offers what was asked for."""
    roles = list(dict.fromkeys(part.role for part in row.parts))
    return tuple(sorted(row.parts, key=lambda part: (roles.index(part.role), not _offers(part, asked))))


def _offers(part: Part, asked: Iterable[str]) -> bool:
    stems = _roots(part.line.offer or "")
    return any(stem == wanted or _within(stem, wanted) for stem in stems for wanted in asked)


def _roots(text: str) -> dict[str, str]:
    """Root -> the word as written, without the words every question has."""
    found: dict[str, str] = {}
    for written in text.replace("/", " ").replace("-", " ").split():
        for word in words_of(normalise(written)):
            stem = root(word)
            if len(stem) >= _SHORTEST and stem not in _ASKING:
                found.setdefault(stem, written.strip(".,;:!?()[]„“”\"'»«–"))
    return found
