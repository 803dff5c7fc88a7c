"""Persons' names and addresses in texts: found in the ways people write them, and taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

#: What stands where somebody was named.
NOBODY = "N. N."

_TITLE = r"(?:Prof\.?|Dr\.?|Dipl\.-\w+\.?|Mag\.?|med\.?|phil\.?|jur\.?|h\.\s?c\.?|M\.\s?A\.?|B\.\s?A\.?)"
_TITLES = re.compile(rf"(?<!\w){_TITLE}(?!\w)", re.IGNORECASE)
_ADDRESSED = r"(?:Herrn?|Frau|Hr\.|Fr\.|Mrs?\.?|Ms\.?)"
_SALUTATION = re.compile(rf"^\s*{_ADDRESSED}\s+", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TWO_STOPS = re.compile(re.escape(NOBODY) + r"\.(?!\.)")
_WORD = re.compile(r"\w+")
_SOME_DIGITS = re.compile(r"(?:\d[^\w]*){5}")
#: In capitals and in addresses these letters are written out.
_PLAIN = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
_SPELT = {letter: f"(?:{letter}|{plain})" for letter, plain in _PLAIN.items()}
_WRITTEN_OUT = re.compile("[äöüß]", re.IGNORECASE)
#: What people put between digits.
_PARTED = r"[\s()/.–-]*"
#: Fewer digits than this are no number somebody could be called by.
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Person:
    """What identifies a person in a text; empty parts are not looked for."""

    name: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


class Persons:
    """Looks for many persons at once. ``names_of_houses`` are never taken for a person's."""

    def __init__(self, persons: Iterable[Person], names_of_houses: Iterable[str] = ()) -> None:
        houses = {_plain(name) for name in names_of_houses}
        patterns: dict[str, None] = {}
        self._last_words: set[str] = set()
        for person in persons:
            if _plain(person.name) not in houses:
                patterns |= dict.fromkeys(_of_name(person.name))
                self._last_words.update(_WORD.findall(folded(_first_and_last(person.name)[1]))[-1:])
            patterns |= dict.fromkeys(_exactly(mail) for mail in person.emails if mail.strip())
            patterns |= dict.fromkeys(filter(None, map(_of_phone, person.phones)))
        # A mail address holds a name: it goes first, as a whole.
        found = sorted(patterns, key=lambda pattern: ("@" not in pattern, -len(pattern), pattern))
        self._any = re.compile("|".join(found), re.IGNORECASE) if found else None

    def named_in(self, text: str) -> bool:
        return self._any is not None and self._may(text) and self._any.search(text) is not None

    def taken_out(self, text: str, stands: str = NOBODY) -> str:
        """``text`` with ``stands`` where one of them was named; everything else stays as it is."""
        if self._any is None or not self._may(text):
            return text
        left = self._any.sub(lambda _: stands, text)
        return _one_stop(left) if stands == NOBODY else left

    def _may(self, text: str) -> bool:
        """Whether it is worth looking: by far the most texts name nobody."""
        if "@" in text or _SOME_DIGITS.search(text):
            return True
        return not self._last_words.isdisjoint(_WORD.findall(folded(text)))


def without_addresses(text: str) -> str:
    """No mail address of anybody stays."""
    return _one_stop(_MAIL.sub(NOBODY, text)) if "@" in text else text


def _one_stop(text: str) -> str:
    """``NOBODY`` ends a sentence by itself."""
    return _TWO_STOPS.sub(NOBODY, text)


def _of_name(name: str) -> list[str]:
    """Full name in both orders, with the first name shortened, and the last name behind a form of address."""
    first, last = _first_and_last(name)
    if not last:
        return []
    titles = rf"(?:{_TITLE}\s*)*"
    before = rf"(?:{_words(first)}\s+)?" if first else ""
    found = [_bounded(rf"{_ADDRESSED}\s+{titles}{before}{_words(last)}")]
    if first:
        short = re.escape(first[0])
        found += [
            _bounded(rf"{titles}{_words(first)}\s+{_words(last)}"),
            _bounded(rf"{_words(last)}\s*,\s*{titles}{_words(first)}"),
            _bounded(rf"{titles}{short}\.\s*{_words(last)}"),
            _bounded(rf"{_words(last)}\s*,\s*{short}\."),
        ]
    return found


def last_name(name: str) -> str:
    """The last name, „“ where only one name is known."""
    first, last = _first_and_last(name)
    return last if first else ""


def _first_and_last(name: str) -> tuple[str, str]:
    plain = _TITLES.sub(" ", _SALUTATION.sub("", name))
    last, comma, first = (part.strip() for part in plain.partition(","))
    if comma and first:
        return first, last
    words = last.split()
    return " ".join(words[:-1]), words[-1] if words else ""


def _words(text: str) -> str:
    return r"\s+".join(
        _WRITTEN_OUT.sub(lambda found: _SPELT[found[0].lower()], re.escape(word)) for word in text.split()
    )


def folded(text: str) -> str:
    """One spelling for „Weiß“, „WEISS“, „Müller“ and „Mueller“."""
    return _WRITTEN_OUT.sub(lambda found: _PLAIN[found[0]], text.casefold())


def _exactly(text: str) -> str:
    return _bounded(re.escape(text.strip()))


def _of_phone(phone: str) -> str:
    """The same digits however they are parted, with or without the country's code."""
    digits = re.sub(r"\D", "", phone)
    national = re.sub(r"^(?:0049|49(?=\d{6})|0)0?", "", digits)
    if len(national) < _DIGITS:
        return ""
    return rf"(?<!\d)(?:(?:\+|00)\s*49{_PARTED})?\(?0?\)?{_PARTED}{_PARTED.join(national)}(?!\d)"


def _bounded(pattern: str) -> str:
    return rf"(?<!\w){pattern}(?!\w)"


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
