"""Headings compared by what they are made of, so that ``"Name des Projekts"`` finds ``"Name der Maßnahme"``.

German glues words together and bends them; a word key is the set of a heading's word stems, with the words for
"measure" (Projekt, Vorhaben, Angebot ...) made equal and compounds like ``Projektname`` cut after them.
"""

from __future__ import annotations

import re
from functools import lru_cache

WordKey = frozenset[str]

#: The one stem for everything that means "the measure itself".
MEASURE = "@"

_ARTICLES = frozenset(
    (
        *("der", "die", "das", "des", "dem", "den", "ein", "eine", "einer", "eines", "the", "of", "a", "an"),
        *("bitte", "angeben", "eintragen", "ihr", "ihre", "unser", "unsere"),
    )
)
#: Words for "measure" with the letters German puts between them and the next part of a compound.
_MEASURE_WORDS = {
    "massnahme": "n",
    "projekt": "e",
    "vorhaben": "s",
    "angebot": "s",
    "aktivitaet": "s",
    "project": "",
    "measure": "",
    "activity": "",
}
#: Words of spoken headings that only say when or where it is asked: "Status jetzt", "Wer ist bei euch zuständig?".
_SPOKEN = re.compile(
    r"\b(?:(?:bei (?:euch|uns|ihnen|dir)|vor ort|zur zeit|im moment|jetzt|derzeit|momentan|gerade|heute|"
    r"eigentlich|denn|"
    r"mal|noch mal|damit|dabei|dort|right now|at the moment|now|currently)\b|^und (?=\w))"
)
_SHORTENED = {"u": "und", "d": "der", "f": "fuer", "m": "mit", "v": "von"}
_DATE_WORDS = ("datum", "zeitpunkt", "date")
_ENDINGS = ("ern", "en", "er", "es", "em", "e", "s", "n")


@lru_cache(maxsize=20_000)
def unspoken(normalised: str) -> str:
    """Without filling words, shortened ones written out: ``"stand d dinge" -> "stand der dinge"``."""
    words = [_SHORTENED.get(word, word) if place else word for place, word in enumerate(normalised.split())]
    return " ".join(_SPOKEN.sub(" ", " ".join(words)).split()) or normalised


@lru_cache(maxsize=20_000)
def word_key(normalised: str) -> WordKey:
    """``"name des projekts" -> {"name", "@"}``."""
    found: set[str] = set()
    for word in normalised.split():
        if word not in _ARTICLES:
            found.update(_stems(word))
    return frozenset(found)


def without_measure(key: WordKey) -> WordKey:
    return key - {MEASURE}


def without_date(key: WordKey) -> WordKey:
    return key - set(_DATE_WORDS)


def _stems(word: str) -> tuple[str, ...]:
    for start, link in _MEASURE_WORDS.items():
        if word.startswith(start):
            rest = word[len(start) :]
            if rest in ("", "s", "n", "e", "es", "en", "er"):
                return (MEASURE,)
            rest = rest.removeprefix(link)
            return (MEASURE, *_stems(rest)) if len(rest) > 2 else (stem(word),)
    for end in _DATE_WORDS:
        if word.endswith(end) and len(word) > len(end) + 2:
            return (stem(word[: -len(end)].removesuffix("s")), end)
    return (stem(word),)


def stem(word: str) -> str:
    """A crude stem, good enough to make inflected forms equal: never shorter than four letters."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


#: Words after which only a description follows: genitive articles and prepositions.
_DESCRIBES = frozenset(
    (
        *("des", "der", "vom", "von", "zum", "zur", "fuer", "im", "in", "am", "an", "lt", "laut"),
        *("durch", "mit", "bei", "beim", "aus", "of", "for"),
    )
)
_ADJECTIVE_ENDINGS = ("e", "er", "es", "en", "em")
#: Heads that mean what their description says: never read alone.
_EMPTY_HEADS = frozenset(
    ("name", "bezeichnung", "titel", "nummer", "datum", "anzahl", "summe", "betrag", "hoehe", "jahr")
)


def head_word(normalised: str) -> str | None:
    """The noun that the other words describe: ``"sonstige bemerkungen des traegers" -> "bemerkungen"``."""
    words = normalised.split()
    end = next((place for place, word in enumerate(words) if place and word in _DESCRIBES), len(words))
    *adjectives, head = words[:end] or [""]
    described = end < len(words) or bool(adjectives)
    if not described or len(head) < 5 or head in _EMPTY_HEADS:
        return None
    return head if all(len(word) > 4 and word.endswith(_ADJECTIVE_ENDINGS) for word in adjectives) else None
