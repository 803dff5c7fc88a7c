"""Texts for outside: what names a person, entered or not, or says how to reach one is left out as a whole.

Rather too much than too little: a sentence is left out of a text, a part between commas, brackets or dashes out of a
title, a name or a place.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_CAPITAL = r"[A-ZÄÖÜÀ-ÝŠŽĆČŁŚ]"
_TITLES = r"(?:(?:Prof|Dr|Dipl|Mag|med|phil)[\w-]*\.?\s*)*"
_DASH = r"\-\u2010-\u2015\u2212"
#: What people put between the digits of a number that is called.
_PARTED = rf"[\s./()·_{_DASH}]*"

#: Days, months and hours are no telephone numbers.
_TIMES = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d-\d\d(?:-\d\d)?|\d{1,2}\.\s?\d{1,2}\.(?:\s?(?:19|20)?\d\d)?"
    r"|(?:0?[1-9]|1[0-2])[./-](?:19|20)\d\d|[0-2]?\d[:.][0-5]\d(?=\s*(?:Uhr|h\b|[–-]\s*[0-2]?\d[:.][0-5]\d)))(?!\d)"
)
_CALLED = re.compile(
    rf"(?<![\w,.])(?:\+|00){_PARTED}[1-9](?:{_PARTED}\d){{5,}}"
    rf"|(?<![\w,.])\(?0\)?{_PARTED}[1-9](?:{_PARTED}\d){{5,}}"
    r"|(?<!\w)(?:tel|telefon\w*|mobil\w*|handy\w*|fon|fax|phone|durchwahl|rufnummer|nummer|whats?app|signal|unter)"
    rf"(?!\w)[\s.:]*(?:nummer|nr)?[\s.:]*\(?[\d+]{_PARTED}\d(?:{_PARTED}\d)+"
    r"|\d{7,}",
    re.IGNORECASE,
)
_WRITTEN_TO = re.compile(
    r"[@＠]|[(\[{<]\s*(?:at|ät|a)\s*[)\]}>]|[(\[{<]\s*(?:dot|punkt|pkt)\s*[)\]}>]"
    r"|\w\s+(?:at|ät)\s+[\w-]+\s*(?:\.|\s(?:dot|punkt|pkt)\s)\s*[a-z]{2,}"
    r"|\b(?:gmx|web|gmail|googlemail|t-online|outlook|hotmail|yahoo|icloud|posteo|freenet|aol|live|mailbox)"
    r"\.(?:de|net|com|org|eu|at|ch)\b|\b(?:wa|t)\.me/|\b(?:facebook|instagram|linkedin)\.com",
    re.IGNORECASE,
)
_MONEY = re.compile(rf"\bIBAN\b|\b[A-Z]{{2}}\d\d(?:{_PARTED}[\dA-Z]{{4}}){{3}}", re.IGNORECASE)
#: A form of address or a title, and a name; „Frau“ before a small letter numbers or describes.
_ADDRESSED = re.compile(
    r"(?<!\w)(?:(?i:Frau|Fam(?:ilie|\.)|Herrn?|Mrs?|Ms)\s+|(?i:Fr|Hr|Hrn|Mrs?|Ms|Dr|Prof)\.\s*)"
    rf"{_TITLES}{_CAPITAL}[\w'’.-]+"
    r"|(?<!\w)(?i:bei|an|von|durch|mit|über)\s+(?i:frau|herrn?)\s+"
    r"(?!(?:und|oder|mit|die|der|das|aus|im|ohne|sowie)\b)\w{3,}"
)
#: Who is asked: two words with capitals behind it, or one behind a colon.
_ASKED = re.compile(
    r"(?<!\w)(?i:Ansprech\w+|Kontakt\w*|\w*leitung|\w*leiter(?:in)?|Referent(?:in)?|Koordinator(?:in)?|Anmeldung(?:en)?"
    r"|Infos?|Information(?:en)?|Rückfragen|contact)(?!\w)"
    rf"(?:\s*[:–-]\s*|\s+)(?:(?i:ist|bei|an|über|durch|by|is)\s+)?{_TITLES}(?:{_CAPITAL}[\w'’-]+|{_CAPITAL}\.)\s+{_CAPITAL}[\w'’-]+"
)
_SHORTENED = re.compile(rf"(?<![\w.])(?<!z\. )(?<!d\. )(?<!e\. )(?<!N\. )[A-ZÄÖÜ]\.\s?{_CAPITAL}[a-zäöüß]{{2,}}(?!\w)")
_STREET = re.compile(
    r"(?<!\w)[\w-]*(?:straße|strasse|str\.|weg|gasse|platz|allee|ring|ufer|damm|chaussee|hof|markt|wall|graben|kamp"
    r"|stiege|pfad|street|road)\s*\d{1,4}(?:\s?[a-z])?(?!\w)"
    r"|(?<!\w)(?:am|an der|an den|in der|auf der|auf dem|im|zum|zur)\s+[^\W\d_][\w-]+\s+\d{1,3}\s?[a-z]?"
    r"(?=\s*(?:[,;.)]|$))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\n+|(?<=[.!?;])(?<!\b[A-Za-zÄÖÜäöü]\.)(?<!\b(?:Dr|Fr|Hr|Nr|ca|St)\.)(?<!\b(?:Tel|Str|str|bzw|Hrn|Fam|Mag|med|Fon)\.)"
    r"(?<!(?:Prof|Dipl|phil)\.)(?<!str\.)\s+(?=[A-ZÄÖÜ„\"(–-])"
)
_PART = re.compile(r"\s*[,;|()\[\]\n]+\s*|\s+[–—/-]\s+|\s*:\s+")
_ENDS = re.compile(r"^[\s,;:|/–—.-]+|[\s,;:|/–—-]+$")

#: Whether a piece of text names somebody.
Names = Callable[[str], bool]


def names_somebody(text: str) -> bool:
    """Whether a person is named or can be reached by what it says: called, written to, or paid."""
    timeless = _TIMES.sub(" ", text)
    return any(
        pattern.search(said)
        for pattern, said in (
            (_CALLED, timeless),
            (_WRITTEN_TO, text),
            (_MONEY, text),
            (_ADDRESSED, text),
            (_ASKED, text),
            (_SHORTENED, text),
        )
    )


def sentences_outside(text: str, names: Names = names_somebody) -> str:
    """``text`` without the sentences that name somebody or say a street and number."""
    kept = []
    for line in text.splitlines():
        sentences = [sentence for sentence in _SENTENCE.split(line) if sentence]
        left = [sentence for sentence in sentences if not (names(sentence) or _STREET.search(sentence))]
        if left or not sentences:
            kept.append(line if len(left) == len(sentences) else " ".join(left))
    told = "\n".join(kept).strip()
    # A number may run over the end of a line.
    return "" if names(told) else told


def name_outside(text: str, names: Names = names_somebody) -> str:
    """A title, an organisation's name or a place without the parts that name somebody; empty where nothing stays. The
    street of an offer may stay, unless it is somebody's."""
    parts = [part for part in _PART.split(text) if part]
    if not names(text) and not any(map(names, parts)):
        return text
    left = ", ".join(part for part in parts if not (names(part) or _STREET.search(part)))
    return "" if names(left) else _ENDS.sub("", left)
