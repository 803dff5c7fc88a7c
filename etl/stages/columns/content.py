"""What the cells of a column look like: a profile of a sample, never of every cell."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from etl.stages.shapes import CellValue, Sheet
from etl.vocabulary import Vocabulary, normalise

SAMPLE = 16
LONG_TEXT = 80

_MONTH = (
    r"jan(?:uar|uary)?|feb(?:ruar|ruary)?|mär(?:z)?|maerz|mrz|mar(?:ch)?|apr(?:il)?|mai|may|jun[ie]?|jul[iy]?|"
    r"aug(?:ust)?|sept?(?:ember)?|okt(?:ober)?|oct(?:ober)?|nov(?:ember)?|de[zc](?:ember)?"
)
_SPAN = (
    r"quartal|halbjahr|hj|schuljahr|frühjahr|frühling|sommer|herbst|winter|ende|mitte|anfang|seit|ab|bis|kw|q[1-4]|"
    r"laufend|unbefristet|dauerhaft|fortlaufend|sofort"
)
_DAY = (
    r"\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?|\d{4}-\d\d-\d\d(?:[ t]\d\d:\d\d.*)?|"
    r"\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}[./]\d{4}"
)
_TEXT_KINDS = re.compile(
    rf"""
    (?P<email>[^\s@]+\s?(?:@|\[at\]|\(at\))\s?[^\s@]+\.[a-z]{{2,}})$
    |(?P<url>(?:https?://|www\.)\S+)$
    |(?P<bool>(?:ja|nein|yes|no|x|true|false|wahr|falsch|j|n|✓|✗|✔)\.?)$
    |(?P<postcode>\d{{5}})$
    |(?P<year>(?:19|20)\d\d)$
    |(?P<percent>[\d.,]+\s?%.{{0,10}})$
    |(?P<period>(?:{_DAY}|(?:19|20)\d\d)\s?(?:-|–|—|‒|bis|to)\s?(?:{_DAY}|(?:19|20)?\d\d))$
    |(?P<date>(?:{_DAY}|(?:\d{{1,2}}\.?\s)?(?:(?:{_MONTH}|{_SPAN})\b\.?\s?[\d/.]*\s?)+|i{{1,3}}v?/\d{{2,4}}))$
    |(?P<phone>(?:tel\.?:?\s*)?(?:\+\d\d|0)[\d\s/()–-]{{5,}}\d)$
    |(?P<money>(?:ca\.\s?|max\.\s?|rund\s|~\s?)?(?:€|eur|teur)?\s?[\d.,]+(?:,-+|,–)?\s?(?:t?€|t?eur|euro|tsd\.?\s?(?:€|eur|euro)|mio\.?\s?(?:€|eur|euro)|k).*)$
    |(?P<number>(?:ca\.?\s|rund\s|max\.?\s|>\s?|<\s?|~\s?)?-?[\d.,]+)$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_DIGITS = ("with digits",)
_ID = re.compile(r"[A-Za-zÄÖÜäöü]{0,6}[-./ ]?\d{1,5}(?:[-./]\d{1,4})*[a-z]?$")
_ORGANISATION = re.compile(
    r"\be\. ?v\b|\bg?gmbh\b|\bggmbh\b|\b(?:jobcenter|vhs|volkshochschule|caritas\w*|diakonie\w*|awo|drk|ihk|hwk|"
    r"stadt|landkreis|kreis|gemeinde|kita|team|ak|ag|\w*(?:amt|verein|verband|werk|stiftung|kammer|agentur|schule|"
    r"zentrum|büro|behörde|ministerium|dienst|schaft|innung|bücherei|bibliothek|klinik|klinikum|pfarrei|gemeinde|"
    r"akademie|universität|hochschule|verwaltung|abteilung))\b|\bfachbereich\b|"
    r"\b(?:office|council|school|library|college|charity|centre|association|society|trust|church|department|services?|"
    r"agency|foundation|university|hospital|clinic|company|ltd|authority)\b",
    re.IGNORECASE,
)
#: Words that name groups and houses as well as what they do: no person is called so, but a measure may be.
_GROUP = re.compile(
    r"\b(?:\w*(?:kreis|gruppe|haus|stelle|rat|club|klub|treff|netzwerk|initiative|praxis|mission|hilfe|bund|wache|"
    r"polizei|feuerwehr|theater|museum|kolleg|kasse|bank|werke|redaktion|union|forum|bündnis|center|bereich|land))\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b\w*(?:haus|halle|platz|raum|saal|schule|zentrum|heim|straße|strasse|park|bad|kita|treff|bücherei|café|kirche|"
    r"hof|studio|werkstatt|büro|garten|turm|markt|mühle|schloss|campus|stadion|bibliothek|unterkunft|mitte|nord|süd)\b|"
    r"\bstr\.|\bonline\b|\bdigital\b|\bverschiedene orte\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?:(?:(?:Dr|Prof|Frau|Herr|Fr|Hr|Dipl)\b[-.\w]*\s)*)?"
    r"(?:[A-ZÄÖÜ]\.\s?){0,2}[A-ZÄÖÜ][\w'’-]+(?: (?:von|van|de|da|al|el|zu|der|den|[A-Z]\.))*"
    r"(?:,? [A-ZÄÖÜ][\w'’-]+){1,2}(?: \(.*\))?",
)
_INITIAL = re.compile(
    r"(?:(?:Frau|Herr|Fr\.|Hr\.)\s)?(?:[A-ZÄÖÜ]\.\s?){1,2}[A-ZÄÖÜ][\w'’-]+|"
    r"(?:Frau|Herr|Fr\.|Hr\.)\s[A-ZÄÖÜ][\w'’-]+"
)
_OF_A_HOUSE = re.compile(
    r"((?:Frau|Herr|Fr\.|Hr\.)\s[A-ZÄÖÜ][\w'’-]+) (?:vom|von der|von|aus dem|aus der) \S.*", re.DOTALL
)
_BEHIND_NAME = re.compile(r"[,;\n(/|]|\s[-–—]\s|\s(?:tel|fon|mobil|telefon)\b|\s[+0]\d|\s\S+@", re.IGNORECASE)
_REACH = re.compile(r"\S@\S+\.[a-z]{2,}|(?:\+\d\d|\b0\d)[\d\s/()–-]{4,}\d", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:[a-zäöüß]{3}|\))[.!](?:\s+[A-ZÄÖÜ]|\s*$)")
_LONGEST_NAME, _SHORTEST_SENTENCE = 28, 15
_NOTHING = frozenset(("-", "–", "—", "./.", "/", "?", "k.a.", "k. a.", "n.n.", "n. n.", "s.o.", "dito", '"'))
_SERIAL_DAYS = (20_000, 80_000)


@lru_cache(maxsize=50_000)
def text_kind(text: str) -> str:
    """One of email, url, bool, postcode, year, percent, period, date, phone, money, number, nothing, text, long."""
    text = text.strip()
    if len(text) > LONG_TEXT:
        return "long"
    if text.casefold() in _NOTHING:
        return "nothing"
    found = _TEXT_KINDS.match(text)
    return (found.lastgroup or "text") if found else "text"


def cell_kind(value: CellValue) -> str:
    """As ``text_kind``, for any stored value; typed dates are ``date``, numbers ``number`` or ``year``."""
    if isinstance(value, str):
        return text_kind(value)
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, (int, float)):
        return "year" if 1990 <= value <= 2100 and value == int(value) else "number"
    return "date" if isinstance(value, (dt.date, dt.time)) else "number"


@lru_cache(maxsize=20_000)
def _names_a_person(text: str) -> bool:
    """ "Irmgard Sailer, Tel. 0962": what stands before the first comma or number is a person's name."""
    name = _BEHIND_NAME.split(text.strip(), maxsplit=1)[0].strip()
    if of_a_house := _OF_A_HOUSE.match(name):
        return not _ORGANISATION.search(of_a_house[1])
    return (
        bool(_PERSON.fullmatch(name) or _INITIAL.fullmatch(name))
        and not _ORGANISATION.search(name)
        and not _GROUP.search(name)
    )


@dataclass(slots=True)
class ContentProfile:
    """A sample of a column: ``size`` values, how many of each kind, and the values themselves. Each heading that may
    be meant asks the same again: shares are counted once."""

    values: list[CellValue]
    kinds: Counter[str]
    size: int
    _shares: dict[tuple[str, ...], float] = field(default_factory=dict)

    def share(self, *kinds: str) -> float:
        found = self._shares.get(kinds)
        if found is None:
            count = self.kinds.get
            found = sum([count(kind, 0) for kind in kinds]) / self.size if self.size else 0.0
            self._shares[kinds] = found
        return found

    def share_with_digits(self) -> float:
        found = self._shares.get(_DIGITS)
        if found is None:
            with_digits = sum([not isinstance(v, str) or bool(_DIGIT.search(v)) for v in self.values])
            found = self._shares[_DIGITS] = with_digits / self.size if self.size else 0.0
        return found

    def share_of_serial_days(self) -> float:
        low, high = _SERIAL_DAYS
        serial = sum(type(v) in (int, float) and low < v < high for v in self.values)  # type: ignore[operator]
        return serial / self.size if self.size else 0.0

    def texts(self) -> list[str]:
        return [value for value in self.values if isinstance(value, str)]

    def share_in(self, words: Iterable[str] | dict[str, str]) -> float:
        """Share of values that are, word for word, among normalised ``words``."""
        known = words if isinstance(words, (dict, frozenset)) else frozenset(words)
        hits = sum(isinstance(v, str) and len(v) <= LONG_TEXT and normalise(v) in known for v in self.values)
        return hits / self.size if self.size else 0.0

    def share_of_organisations(self) -> float:
        hits = sum(bool(_ORGANISATION.search(text)) for text in self.texts() if len(text) <= LONG_TEXT)
        return hits / self.size if self.size else 0.0

    def share_of_groups(self) -> float:
        """As ``share_of_organisations``, words for groups and houses included."""
        texts = [text for text in self.texts() if len(text) <= LONG_TEXT]
        return sum(bool(_ORGANISATION.search(t) or _GROUP.search(t)) for t in texts) / self.size if self.size else 0.0

    def share_of_places(self) -> float:
        hits = sum(bool(_PLACE.search(text)) for text in self.texts() if len(text) <= LONG_TEXT)
        return hits / self.size if self.size else 0.0

    def share_of_persons(self) -> float:
        """Share of texts that read like a person's name and not like an organisation's."""
        return sum(map(_names_a_person, self.texts())) / self.size if self.size else 0.0

    def share_of_sentences(self) -> float:
        """Share of texts that are written out, with a full stop at their end or between them."""
        written = sum(len(text) >= _SHORTEST_SENTENCE and bool(_SENTENCE.search(text)) for text in self.texts())
        return written / self.size if self.size else 0.0

    def reads_like_names(self) -> bool:
        """Short texts, each another: what something is called rather than what is said about it."""
        short = self.size >= 3 and self.share("text") >= 0.9 and 4 <= self.mean_length() <= _LONGEST_NAME
        return short and self.distinct() >= 0.9 and not self.share_of_sentences()

    def share_reachable(self) -> float:
        """Share of texts with a telephone number or a mail address in them."""
        return sum(bool(_REACH.search(text)) for text in self.texts()) / self.size if self.size else 0.0

    def looks_like_ids(self) -> bool:
        """Every sampled value short, numbered and different from the others."""
        seen = [str(int(v)) if isinstance(v, float) and v == int(v) else str(v).strip() for v in self.values]
        dated = self.share("date", "period") >= 0.5
        return not dated and self.size >= 2 and len(set(seen)) == len(seen) and all(_ID.match(text) for text in seen)

    def middle_day(self) -> str | None:
        """The middle one of the sampled dates as ISO text, where nearly all values are typed dates."""
        days = sorted(value.isoformat() for value in self.values if isinstance(value, dt.date))
        return days[len(days) // 2] if len(days) >= 3 and len(days) >= 0.8 * self.size else None

    def distinct(self) -> float:
        return len(set(self.values)) / self.size if self.size else 0.0

    def mean_length(self) -> float:
        texts = self.texts()
        return sum(map(len, texts)) / len(texts) if texts else 0.0


def profile(values: Sequence[CellValue]) -> ContentProfile:
    """The profile of already sampled, filled ``values``; cells that only say "nothing" do not count."""
    kinds = [cell_kind(value) for value in values]
    counted = [value for value, kind in zip(values, kinds, strict=True) if kind != "nothing"]
    return ContentProfile(counted, Counter(kind for kind in kinds if kind != "nothing"), len(counted))


def sampled_profiles(sheet: Sheet, rows: Sequence[int], columns: Sequence[int]) -> list[ContentProfile]:
    """A profile for each of ``columns`` from evenly spread ``rows``; sparse columns are searched further."""
    step = max(1, len(rows) // SAMPLE)
    spread = [sheet.rows[row - 1] for row in rows[::step][: SAMPLE + 4]]
    profiles = []
    for column in columns:
        values: list[CellValue] = [cells[column - 1] for cells in spread if cells[column - 1] not in (None, "")]
        if len(values) < 3 and step > 1:
            values = []
            for row in rows:
                value = sheet.rows[row - 1][column - 1]
                if value not in (None, "") and len(values) < SAMPLE:
                    values.append(value)
        profiles.append(profile(values))
    return profiles


def domain_share(found: ContentProfile, domain: str, vocabulary: Vocabulary) -> float:
    words = vocabulary.words.get(domain)
    return found.share_in(words) if words and found.size else 0.0
