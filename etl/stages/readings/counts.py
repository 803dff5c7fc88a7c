"""Numbers of people, hours, points: whole numbers, ranges, planned and reached in one cell."""

from __future__ import annotations

import re

from etl.stages.readings.numbers import Bounds, bounds_of, decimal_of, is_number, meant_number
from etl.stages.readings.reading import LONGEST_VALUE, Reading, failed, tidy, value_of
from etl.stages.shapes import CellValue
from etl.vocabulary import Vocabulary, load_vocabulary, normalise

UNREADABLE = "count_unreadable"
INTERPRETED = "count_interpreted"
_LARGEST = 10**8

_WHOLE = r"\d{1,3}(?:[. ']\d{3})+|\d{1,9}"
_RANGE = re.compile(rf"({_WHOLE}) ?(?:-|bis|to|und) ?({_WHOLE})")
_OF = re.compile(rf"({_WHOLE}) ?(/|von|of|out of|\() ?({_WHOLE})(\))?")
_LABEL = {"w": "female", "f": "female", "m": "male", "d": "diverse"}
_LABELS_BEHIND = re.compile(r"(\d{1,7}(?: ?/ ?\d{1,7}){1,2}) ?\(? ?([wfmd](?: ?/ ?[wfmd]){1,2}) ?\)?", re.IGNORECASE)
_LABELS_BETWEEN = re.compile(r"(?:\d{1,7} ?[wfmd]\b[ ,;/+]*){2,3}", re.IGNORECASE)
_LABELLED = re.compile(r"(\d{1,7}) ?([wfmd])", re.IGNORECASE)
_SUM = re.compile(rf"({_WHOLE})(?: ?\+ ?({_WHOLE}))+")
_EITHER = re.compile(rf"({_WHOLE}) ?(?:oder|or) ?({_WHOLE})")
_HELPERS = ("helpers", "persons")
#: "37 (davon 22 Frauen)", "18 (1 abgesprungen)": what stands in brackets is said about the number, it is not another.
_REMARKED = re.compile(r"([^()]*\d[^()]*?) ?\(([^()]*[^\W\d_]{3}[^()]*)\)")
_OF_THESE = re.compile(
    r"(?:davon|darunter|of whom|including) (\d{1,7}) (frauen|weiblich|women|female|männer|männlich|men|male)"
)
_SEX = {"frauen": "female", "weiblich": "female", "women": "female", "female": "female"}
#: Words for people that no list has to know: "60 Sprachmittelnde", "12 Lotsinnen", "8 Ehrenamtliche".
_PEOPLE = re.compile(
    r"(\d[\d. ]*) (?!\w*(?:abend|wochenend|spende|legende|gegend))"
    r"\w*(?:ende[nr]?|elnde[nr]?|innen|leute|linge|personen|kinder|frauen|männer|eltern|schüler|liche[nr]?)",
    re.IGNORECASE,
)
_TIMES = re.compile(r"(\d{1,4}) ?[x×*] ?(\d{1,6})")
_PER_YEAR = re.compile(r" ?(?:pro jahr|im jahr|p\. ?a\.?|/ ?jahr|jährlich|per year|a year)$", re.IGNORECASE)
#: "meist so 15 pro Abend": words around a number of people that leave it what it is, roughly.
_FILLING = re.compile(
    r"^(?:(?:so|nur|noch|vielleicht|wohl|meist(?:ens)?|zuletzt|letztes mal(?: waren es)?|im schnitt|durchschnittlich|"
    r"jede[sn]? (?:mal|woche|monat|jahr|tag)|davon|schon|da|dabei|"
    r"every (?:time|week|month)|there|immer|jeweils|um die|an die|"
    r"bis jetzt|bisher|bislang|aktuell|derzeit|zurzeit|heute|usually|currently|"
    r"on average|so far):?\s+)+|"
    r"\s*(?:pro|im|je|in der|am|an jedem|jede[nrs]?|beim|per|a|each)\s+"
    r"(?:monat|woche|tag|jahr|abend|termin|treffen|mal|kurs|\w*(?:samstag|sonntag|montag|dienstag|mittwoch|donnerstag|freitag)|month|week|day|session|evening|meeting|time)$",
    re.IGNORECASE,
)
_UNIT_BEHIND = re.compile(r"(.*?\d\+?) ?\(?([^\W\d_][^\d()]*)\)?")


def read_count(value: CellValue, accepts: str = "persons", vocabulary: Vocabulary | None = None) -> Reading:
    """A whole number or ``{"min", "max"}``; ``actual`` and ``planned`` where one cell holds both (``18 von 20``).

    ``accepts``: the kind of unit that may stand behind the number (persons, hours, points); any other is refused.
    """
    if is_number(value):
        assert isinstance(value, (int, float))
        whole = value == int(value) and 0 <= value < _LARGEST
        return value_of(int(value)) if whole else failed(UNREADABLE)
    if not isinstance(value, str) or len(value) > LONGEST_VALUE:
        return failed(UNREADABLE)
    text = tidy(value)
    labelled = _by_sex(text)
    if labelled:
        return labelled
    vocabulary = vocabulary or load_vocabulary()
    reading = _counted(text, accepts, vocabulary) or _added(text) or _remarked(text, accepts, vocabulary)
    people = _PEOPLE.fullmatch(text) if reading is None and accepts == "persons" else None
    if people and (number := _whole(people[1].strip())) is not None:
        return Reading({"value": number}, {}, INTERPRETED)
    if reading is None and (plain := _FILLING.sub("", text)) != text:
        reading = _counted(plain, accepts, vocabulary)
        if reading is not None:
            qualifier = {"value": {**reading.qualifier.get("value", {}), "approx": True}}
            reading = Reading(reading.fields, qualifier, INTERPRETED)
    if reading is not None and _counts_helpers(text, accepts, vocabulary):
        reading = Reading(reading.fields, reading.qualifier, INTERPRETED)
    return reading or failed(UNREADABLE, _proposal(text))


def _counted(text: str, accepts: str, vocabulary: Vocabulary) -> Reading | None:
    yearly = _PER_YEAR.sub("", text)
    bounds = bounds_of(yearly)
    bare = _without_unit(bounds.text, accepts, vocabulary)
    if bare is None:
        return None
    outer = bounds
    bounds = bounds_of(bare)
    approx = outer.approx or bounds.approx
    bound = outer.bound or bounds.bound
    merged = Bounds(bounds.text, approx, bound, outer.provisional or bounds.provisional, outer.so_far)
    return _both_numbers(merged.text) or _one_or_range(merged, yearly != text)


def _without_unit(text: str, accepts: str, vocabulary: Vocabulary) -> str | None:
    """The text without ``TN``, ``Personen``, …; None where another unit is counted (``3 Gruppen``)."""
    match = _UNIT_BEHIND.fullmatch(text)
    if not match:
        return text
    unit = normalise(match[2])
    if unit in ("bis", "von", "und", "to", "of"):
        return text
    counted = vocabulary.words["count_units"].get(unit)
    return match[1].strip() if counted == accepts or (counted, accepts) == _HELPERS else None


def _counts_helpers(text: str, accepts: str, vocabulary: Vocabulary) -> bool:
    """ "4 Helfer" among numbers of participants: perhaps those who help, not those who come."""
    match = _UNIT_BEHIND.fullmatch(bounds_of(text).text)
    return bool(match) and (vocabulary.words["count_units"].get(normalise(match[2])), accepts) == _HELPERS  # type: ignore[index]


def _added(text: str) -> Reading | None:
    """``19 + 6``: two groups counted apart, together 25; marked, since nobody wrote 25."""
    if not _SUM.fullmatch(text):
        return None
    pieces = [_whole(piece.strip()) for piece in text.split("+")]
    known = [piece for piece in pieces if piece is not None]
    return Reading({"value": sum(known)}, {"value": {"parts": [["", piece] for piece in known]}}, INTERPRETED)


def _remarked(text: str, accepts: str, vocabulary: Vocabulary) -> Reading | None:
    """``37 (davon 22 Frauen)``: 37, marked; the share of a sex is kept as a part where it is said."""
    match = _REMARKED.fullmatch(text)
    reading = match and _counted(match[1].strip(), accepts, vocabulary)
    if not match or not reading or "value" not in reading.fields:
        return None
    qualifier = dict(reading.qualifier.get("value", {}))
    of_these = _OF_THESE.fullmatch(match[2].strip().casefold())
    if of_these:
        qualifier["parts"] = [[_SEX.get(of_these[2], "male"), int(of_these[1])]]
    return Reading(reading.fields, {"value": qualifier} if qualifier else {}, INTERPRETED)


def _whole(text: str) -> int | None:
    found = decimal_of(text)
    if found is None or found[0] != int(found[0]) or not 0 <= found[0] < _LARGEST:
        return None
    return int(found[0])


def _both_numbers(text: str) -> Reading | None:
    """``18/20``, ``18 von 20``, ``18 (20)``: reached and planned; only the second form says so itself."""
    match = _OF.fullmatch(text)
    if not match or (match[2] == "(") != bool(match[4]):
        return None
    actual, planned = _whole(match[1]), _whole(match[3])
    if actual is None or planned is None:
        return None
    said = match[2] not in ("/", "(")
    return Reading({"actual": actual, "planned": planned}, {}, None if said else INTERPRETED)


def _one_or_range(bounds: Bounds, yearly: bool) -> Reading | None:
    qualifier: dict[str, object] = {"per": "year"} if yearly else {}
    if bounds.approx:
        qualifier["approx"] = True
    if bounds.provisional:
        qualifier["provisional"] = True
    told = {"value": qualifier} if qualifier else {}
    mark = INTERPRETED if bounds.approx or bounds.provisional else None
    text = bounds.text
    between = _RANGE.fullmatch(text) or _EITHER.fullmatch(text)
    if between and not bounds.bound:
        low, high = _whole(between[1]), _whole(between[2])
        if low is None or high is None or low > high:
            return None
        return Reading({"value": {"min": low, "max": high}}, told, mark)
    bound = bounds.bound or ("min" if text.endswith("+") else None)
    number = _whole(text.removesuffix("+").strip())
    if number is None:
        return None
    return Reading({"value": {bound: number} if bound else number}, told, mark)


def _by_sex(text: str) -> Reading | None:
    """``12/13/1 (w/m/d)`` and ``12 w, 13 m``: the sum, with its parts."""
    behind = _LABELS_BEHIND.fullmatch(text)
    if behind:
        numbers, labels = re.split(r" ?/ ?", behind[1]), re.split(r" ?/ ?", behind[2])
    elif _LABELS_BETWEEN.fullmatch(text):
        pairs = _LABELLED.findall(text)
        numbers, labels = [number for number, _ in pairs], [label for _, label in pairs]
    else:
        return None
    names = [_LABEL[label.strip().casefold()] for label in labels]
    if len(names) != len(numbers) or len(set(names)) != len(names):
        return None
    parts = [[name, int(number)] for name, number in zip(names, numbers, strict=True)]
    return Reading({"value": sum(int(number) for number in numbers)}, {"value": {"parts": parts}})


def _proposal(text: str) -> str | None:
    """``2O -> 20``, ``2 x 15 -> 30``: what may be meant, for a person to confirm."""
    meant = meant_number(text)
    if meant is not None and meant == int(meant):
        return str(int(meant))
    times = _TIMES.fullmatch(text)
    return str(int(times[1]) * int(times[2])) if times else None
