"""Stage 5: which goal, partner, measure or funding a text names.

Exact first (own id, title, short name, without legal form), then a code at the beginning ("S2: Kurs mit B1") and, for
organisations, the parts of their names. What only nearly fits is told as similar; what fits several is none of them
until a person says which. Anything less stays the text it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz import fuzz, process

from etl.stages.references.organisations import Organisations
from etl.stages.references.spelling import bare, same_but_slips
from etl.vocabulary import normalise
from etl.vocabulary.names import load_names

__all__ = ["Names", "Resolved", "bare", "look_up", "resolve_references"]

_CODE = re.compile(r"^[A-ZÄÖÜa-zäöü]{1,4}[-. ]?\d{1,3}(?:[.\-]\d{1,3})*[a-z]?\b|^\d{1,2}(?:\.\d{1,2})+\b")
_CUT = re.compile(r"\s*(?:…|\.\.\.)\s*$")
#: "AWO (JMD)" names the AWO, with something of it in brackets.
_REMARK = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_AFTER_CODE = " \t\n:.,;–—-|/)"
SIMILAR = 85
_LONG_ENOUGH, _BEGINNING = 8, 10

How = Literal["known", "similar", "ambiguous", "unknown"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """``key`` where it is known or similar; ``candidates`` are those it may mean where it is not."""

    key: str | None
    how: How
    candidates: tuple[str, ...] = ()


UNKNOWN = Resolved(None, "unknown")


@dataclass
class Names:
    """The names by which records of one kind are known. A name that two records share names neither."""

    organisations: bool = False
    by_name: dict[str, str | None] = field(default_factory=dict)
    sharing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    by_code: dict[str, tuple[str, ...]] = field(default_factory=dict)
    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: Copies share it as long as nothing is added to them.
    _parts: Organisations | None = None
    _not_in_parts: dict[str, None] = field(default_factory=dict)

    def add(self, key: str, *texts: str | None) -> None:
        for text in texts:
            name = bare(text) if text else ""
            if not text or not name:
                continue
            self._not_in_parts[key] = None
            self.texts[key] = (*self.texts.get(key, ()), text)
            keys = tuple(dict.fromkeys((*self.sharing.get(name, ()), key)))
            self.sharing[name] = keys
            self.by_name[name] = key if len(keys) == 1 else None
            if code := _as_code(text):
                self.by_code[code] = tuple(dict.fromkeys((*self.by_code.get(code, ()), key)))

    def copy(self) -> Names:
        """The same names, to be added to."""
        parts = self.parts if self.organisations else None  # taken apart once for all copies
        return Names(
            self.organisations, dict(self.by_name), dict(self.sharing), dict(self.by_code), dict(self.texts), parts
        )

    def called(self, key: str) -> str:
        """The name to show for a record."""
        return max(self.texts[key][:2], key=len) if self.texts.get(key) else key

    @property
    def parts(self) -> Organisations:
        if self._parts is None:
            self._parts = Organisations(self.texts)
        elif self._not_in_parts:
            self._parts = self._parts.with_names({key: self.texts[key] for key in self._not_in_parts})
        self._not_in_parts.clear()
        return self._parts


def resolve_references(texts: Iterable[str], names: Names) -> dict[str, str]:
    """The key of what each text names, surely or nearly; texts that name nothing we know are left out."""
    found = {text: look_up(text, names).key for text in texts}
    return {text: key for text, key in found.items() if key is not None}


def look_up(text: str, names: Names) -> Resolved:
    """What a text names, and where it names nothing for certain, what it may mean."""
    name = bare(text)
    key = names.by_name.get(name)
    if key is not None:
        return Resolved(key, "known")
    if name in names.sharing:
        return Resolved(None, "ambiguous", names.sharing[name])
    if names.organisations:
        return _organisation(text, names)
    return _by_code(text, names) or _title(text, name, names)


def _organisation(text: str, names: Names) -> Resolved:
    sure, near = names.parts.fitting(text)
    if len(sure) + len(near) > 1:
        same = names.parts.same(text)
        return Resolved(same[0], "known") if len(same) == 1 else Resolved(None, "ambiguous", tuple(sure + near))
    if sure:
        return Resolved(sure[0], "known")
    if near:
        return Resolved(near[0], "similar")
    outside = _REMARK.sub(" ", text).strip()
    key = look_up(outside, names).key if outside not in ("", text.strip()) else None
    return Resolved(key, "similar") if key else UNKNOWN


def _as_code(text: str) -> str:
    """An own number as it is compared: ``"S 2" -> "s2"``, ``"M-04" -> "m4"``; "" where the text is more than that."""
    text = text.strip().rstrip(".")
    found = _CODE.match(text)
    if found is None or found.group() != text:
        return text if text.isdigit() and len(text) < 4 else ""
    return re.sub(r"(?<=\D)0+(?=\d)", "", re.sub(r"(?<=[a-zäöü])[-. ]+(?=\d)", "", text.casefold()))


def _by_code(text: str, names: Names) -> Resolved | None:
    """By an own number at the beginning. Where the words behind it name another record, a person is asked."""
    plain = _without_number_word(text)
    found = _CODE.match(plain)
    code = _as_code(found.group()) if found else _as_code(plain) if plain != text.strip() else ""
    keys = names.by_code.get(code, ()) if code else ()
    if not keys:
        return None
    rest = bare(plain[found.end() :].strip(_AFTER_CODE)) if found else ""
    also = names.by_name.get(rest) if rest else None
    keys = tuple(dict.fromkeys((*keys, also))) if also is not None else keys
    return Resolved(keys[0], "known") if len(keys) == 1 else Resolved(None, "ambiguous", keys)


def _without_number_word(text: str) -> str:
    """``"Ziel S2" -> "S2"``, ``"Maßnahme Nr. 4" -> "4"``."""
    text = text.strip()
    for _ in range(2):
        first, _, rest = text.partition(" ")
        if not rest or not load_names().numbers.match(normalise(first) + " x"):
            break
        text = rest.strip()
    return text


def _title(text: str, name: str, names: Names) -> Resolved:
    if len(name) < _LONG_ENOUGH:
        return UNKNOWN
    words = name.split(" ")
    alike = process.extract(name, names.by_name.keys(), scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=8)
    near = _keys([found for found, _, _ in alike if same_but_slips(words, found.split(" "))], names)
    if near:
        return Resolved(near[0], "similar") if len(near) == 1 else Resolved(None, "ambiguous", near)
    begun = _begun(text, name, names)
    if len(begun) == 1 and _CUT.search(text):
        return Resolved(begun[0], "similar")
    return Resolved(None, "unknown", begun if len(begun) == 1 else ())


def _begun(text: str, name: str, names: Names) -> tuple[str, ...]:
    """Records whose title begins like this and goes on."""
    if len(name) < _BEGINNING or " " not in name:
        return ()
    going_on = name if _CUT.search(text) else f"{name} "
    return _keys([known for known in names.by_name if known.startswith(going_on)], names)


def _keys(found: Sequence[str], names: Names) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for name in found for key in names.sharing[name]))
