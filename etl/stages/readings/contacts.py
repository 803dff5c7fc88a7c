"""Contact data out of one cell: name, phone, e-mail, address. Only what has a clear form is taken apart."""

from __future__ import annotations

import re

from etl.stages.readings.reading import BLANKS, Reading
from etl.stages.shapes import FieldValue

_LONGEST = 600
_LONGEST_FUNCTION = 60
_AT = re.compile(r"\s*[\[({]\s*(?:at|ät)\s*[\])}]\s*", re.IGNORECASE)
_DOT = re.compile(r"\s*[\[({]\s*(?:dot|punkt)\s*[\])}]\s*", re.IGNORECASE)
_EMAIL = re.compile(r"(?:mailto:)?([\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})", re.IGNORECASE)
_PHONE_DIGITS = r"(?:\+|00|0|\(0)[\d ()/.\-\u2010-\u2015]{4,24}\d"
_PHONE = re.compile(
    rf"(?:\b(?P<label>telefon|tel|fon|phone|mobil|mobile|handy|fax|t|f|m)\b[.:]*\s*)?(?P<number>{_PHONE_DIGITS})"
    r"(?:\s*(?:oder|und|or|/)\s*(?P<second>-\s?\d[\d ]*|(?:\+|0)[\d ()/.\-]{5,24}\d))?",
    re.IGNORECASE,
)
_STREET = re.compile(r"[^\W\d_][^\d,;\n]{2,60}\s\d{1,4}\s?[a-z]?(?:\s?-\s?\d{1,4})?", re.IGNORECASE)
_TOWN = re.compile(r"(?:D-)?(\d{5})\s+([^\W\d_][^\d,;:@\n]{1,60})")
_LABEL = re.compile(
    r"\b(?:e-?mail|telefon|tel|fon|phone|mobil|mobile|handy|fax|adresse|anschrift|web)\b\s*[.:]+\s*", re.IGNORECASE
)
_ONLY_LABEL = re.compile(r"e?-?mail|telefon|tel|fon|phone|mobil|mobile|handy|fax|adresse|anschrift|web", re.IGNORECASE)
_SALUTATION = re.compile(r"^(herrn?|frau|fr\.|hr\.|hrn\.|mr|mrs|ms)\.?\s+", re.IGNORECASE)
_TITLE = re.compile(r"^((?:(?:prof|dr|dipl|mag|med|phil|ing|habil|h|c|b|m|a|sc)\b[.\-]*\s?)+)(?=\S)", re.IGNORECASE)
_NAME_WORD = re.compile(r"(?:[^\W\d_][^\W\d_]*['’.-]?)+")
_PARTICLES = frozenset(
    [
        "von",
        "van",
        "de",
        "der",
        "den",
        "zu",
        "zur",
        "del",
        "della",
        "el",
        "al",
        "bin",
        "ibn",
        "dos",
        "da",
        "di",
        "le",
        "la",
    ]
)
_ORGANISATIONAL = re.compile(
    r"\b(?:amt|abteilung|fachbereich|fachdienst|referat|verein|e\. ?v\.|ggmbh|gmbh|center|centrum|zentrum|verband|"
    r"stiftung|schule|agentur|behörde|stadt|kreis|gemeinde|büro|stelle|werk|team|office|department|\w+amt|\w+stelle|"
    r"\w+center|\w+zentrum|\w+verband|\w+verein|\w+schule|\w+werk|\w+rat|\w+haus|\w+büro|\w+dienst|"
    r"\w+kreis|\w+gruppe)\b",
    re.IGNORECASE,
)
_FUNCTION = re.compile(
    r"(?:wart\b|rektor|pfarrer|kantor|inhaber|obmann|obfrau|sprecher|trainer|hebamme|präsident|vorstand|sozialdienst|"
    r"dozent|mitarbeit|kassier|meister|pädagog|arbeiter|lehrer|ehrenamt|büro\b|empfang|diakon|imam|schatz|schrift|"
    r"leit|koordinat|coordinat|beauftragt|referent|sachbearbeit|geschäftsführ|vorsitz|berat(?:er|ung)|manag|"
    r"sekretariat|assisten|director|head of|officer)",
    re.IGNORECASE,
)


def clean_email(text: str) -> str | None:
    """``mueller [at] example [dot] org -> mueller@example.org``; None where there is no address in the text."""
    match = _EMAIL.search(_DOT.sub(".", _AT.sub("@", text[:_LONGEST])))
    return match[1].strip(".-") if match else None


def read_contact(text: str) -> Reading:
    """Fields named after ``partner.`` (``contact_name``, ``phone``, ``email``, ``street``, …), beside them ``title``,
    ``first_name``, ``last_name``, ``phone2`` and ``organisation``. ``unread`` is what was left over."""
    rest = text.strip(BLANKS)
    if len(rest) > _LONGEST:
        return Reading(unread=rest)
    fields: dict[str, FieldValue] = {}
    email = clean_email(rest)
    if email:
        fields["email"] = email
        rest = _EMAIL.sub(" ", _DOT.sub(".", _AT.sub("@", rest)), count=1)
    rest = _take_phones(rest, fields)
    rest = _take_address(rest, fields)
    pieces = [p.strip(" -–·:.") for p in re.split(r"[,;\n|()]+|\s[–—-]\s|:\s", _LABEL.sub(" ", rest))]
    left = _take_name([p for p in pieces if p and not _ONLY_LABEL.fullmatch(p)], fields)
    return Reading(fields, unread="; ".join(left) or None)


def read_address(text: str) -> dict[str, str] | None:
    """Street, postcode and city where one cell holds all three and nothing else."""
    fields: dict[str, FieldValue] = {}
    rest = _take_address(text, fields)
    whole = {name: str(value) for name, value in fields.items()}
    return whole if whole.keys() == {"street", "postcode", "city"} and not rest.strip(BLANKS + ",;-") else None


def _take_phones(text: str, fields: dict[str, FieldValue]) -> str:
    def take(match: re.Match[str]) -> str:
        number = match["number"].strip(" -")
        if sum(c.isdigit() for c in number) < 5:
            return match[0]
        label = (match["label"] or "").casefold()
        name = "fax" if label in ("fax", "f") else "mobile" if label in ("mobil", "mobile", "handy", "m") else "phone"
        if name in fields:
            name = "phone2"
        fields.setdefault(name, number)
        if match["second"]:
            fields["phone2"] = _full_number(number, match["second"].strip())
        return " "

    return _PHONE.sub(take, text)


def _full_number(first: str, second: str) -> str:
    """``03491 000-0000`` and ``-0001``: the second borrows what stands before the last hyphen of the first."""
    if not second.startswith("-"):
        return second
    return first.rpartition("-")[0] + second.replace(" ", "") if "-" in first else first + " " + second


def _take_address(text: str, fields: dict[str, FieldValue]) -> str:
    town = _TOWN.search(text)
    if not town:
        return text
    fields["postcode"], fields["city"] = town[1], town[2].strip(" .")
    before, after = text[: town.start()], text[town.end() :]
    pieces = re.split(r"[,;\n]", before)
    for index in range(len(pieces) - 1, -1, -1):
        if _STREET.fullmatch(pieces[index].strip()):
            fields["street"] = pieces.pop(index).strip()
            break
    return "\n".join(pieces) + "\n" + after


def _take_name(pieces: list[str], fields: dict[str, FieldValue]) -> list[str]:
    """The first piece that looks like a person's name; a piece that names an organisation; what is left."""
    left: list[str] = []
    for piece in pieces:
        if "contact_name" not in fields and _looks_like_name(piece):
            first, _, rest = piece.partition(" ")
            if "function" not in fields and _FUNCTION.search(first) and _looks_like_name(rest):
                fields["function"], piece = first, rest
            _put_name(piece, fields)
        elif "function" not in fields and _FUNCTION.search(piece):
            fields["function"] = piece
        elif "organisation" not in fields and _ORGANISATIONAL.search(piece):
            fields["organisation"] = piece
        elif "function" not in fields and "contact_name" in fields and len(piece) <= _LONGEST_FUNCTION:
            fields["function"] = piece
        else:
            left.append(piece)
    return left


def _looks_like_name(piece: str) -> bool:
    bare = _TITLE.sub("", _SALUTATION.sub("", piece))
    words = bare.split()
    marked = bare != piece
    if not words or len(words) > 5 or _ORGANISATIONAL.search(bare) or not (marked or len(words) >= 2):
        return False
    return all(_NAME_WORD.fullmatch(w) and (w[0].isupper() or w.casefold() in _PARTICLES) for w in words)


def _put_name(piece: str, fields: dict[str, FieldValue]) -> None:
    salutation = _SALUTATION.match(piece)
    if salutation:
        fields["salutation"] = salutation[1]
        piece = piece[salutation.end() :].strip()
    fields["contact_name"] = piece
    title = _TITLE.match(piece)
    if title:
        fields["title"] = title[1].strip()
        piece = piece[title.end() :].strip()
    first, _, last = piece.rpartition(" ")
    words = first.split()
    while words and words[-1].casefold() in _PARTICLES:
        last = f"{words.pop()} {last}"
    fields["last_name"] = last
    if words:
        fields["first_name"] = " ".join(words)
