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
#: Letters of a plural or case after a word's end.
_ENDING = 2
#: Beginnings that are another word: „Schulden“ have nothing to do with „Schule“.
_ALIKE = {"schul": "schuld", "schule": "schuld"}


@dataclass(frozen=True, slots=True)
class Found:
    """A step that the question means, ``by`` which of its words; ``parts``: the responsible ones first, then those
    whose offer or legal basis fits. ``asked``: the question's words that led here. ``named``: they name the step
    itself; ``saying``: the parts whose own line says one of them."""

    row: Row
    by: tuple[str, ...]
    parts: tuple[Part, ...]
    asked: tuple[str, ...] = ()
    named: bool = True
    saying: tuple[Part, ...] = ()


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
    return tuple(_found(row, fits, asked, titles.get(row.code, row.title)) for _, _, row, fits in near)


def _found(row: Row, fits: Mapping[str, tuple[int, str]], asked: Mapping[str, str], title: str) -> Found:
    of_title = _roots(title)
    return Found(
        row,
        by=tuple(dict.fromkeys(by for _, by in fits.values())),
        parts=_ordered(row, asked),
        asked=tuple(asked[stem] for stem in fits),
        named=any(stem == wanted or _within(stem, wanted) for stem in of_title for wanted in asked),
        saying=tuple(part for part in row.parts if _offers(part, asked)),
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
    """„wohnung“ in „wohnungssuche“: what a compound begins with. Its end names another thing („Fahrschule“ is no
    „Schule“)."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _PART and long.startswith(short) and not long.startswith(_ALIKE.get(short, " "))


def _ordered(row: Row, asked: Mapping[str, str]) -> tuple[Part, ...]:
    """Responsible ones first, of the others who offers what was asked for, then who mentions it; else as in the
    paper."""
    return tuple(sorted(row.parts, key=lambda part: (part.role != "responsible", -_offers(part, asked))))


def _offers(part: Part, asked: Iterable[str]) -> int:
    """2: an item of the offer is what was asked for; 1: the offer or the legal basis mentions it. Here also a kind of
    it counts („Integrationskurse“ where a „Kurs“ was asked for)."""
    if part.beside:
        return 0
    items = [_roots(item) for item in (part.line.offer or "").split(",")]
    met = [
        item for item in items if any(_kind_of(stem, word, wanted) for stem, word in item.items() for wanted in asked)
    ]
    if any(len(item) == 1 for item in met):
        return 2
    basis = _roots(part.line.legal_basis or "")
    return int(bool(met) or any(stem == wanted for stem in basis for wanted in asked))


def _kind_of(stem: str, written: str, wanted: str) -> bool:
    """The end is compared as written, but for an ending: the root of „Integrationskurse“ has lost the „s“ of „Kurs“."""
    word = normalise(written)
    at = word.rfind(wanted) if len(wanted) >= _PART else -1
    return stem == wanted or _within(stem, wanted) or (at > 0 and len(word) - at - len(wanted) <= _ENDING)


def _roots(text: str) -> dict[str, str]:
    """Root -> the word as written, without the words every question has."""
    found: dict[str, str] = {}
    for written in text.replace("/", " ").replace("-", " ").split():
        for word in words_of(normalise(written)):
            stem = root(word)
            if len(stem) >= _SHORTEST and stem not in _ASKING:
                found.setdefault(stem, written.strip(".,;:!?()[]„“”\"'»«–"))
    return found
