"""Whether a column's contents can be what its heading says, and what contents say by themselves."""

from __future__ import annotations

from etl.stages.columns.content import ContentProfile, domain_share
from etl.vocabulary import Vocabulary

#: Factors a heading's score is multiplied with. ``AGAINST`` takes any heading below the threshold of use.
FITS, NEUTRAL, AGAINST = 1.02, 1.0, 0.2
_FEW = 2
_DAYS = ("date", "year", "period")
_QUANTITIES = ("number", "money", "percent", "year")


def fit(found: ContentProfile, field: str, vocabulary: Vocabulary) -> float:
    """How well contents go with ``field``: FITS, NEUTRAL or AGAINST. Few or no values never speak against."""
    if not found.size:
        return NEUTRAL
    known = vocabulary.fields[field]
    kind = known.type
    if kind in ("date", "date_end", "period"):
        return _fit_days(found)
    if kind in ("amount", "count", "number", "percent"):
        return _fit_quantity(found)
    if kind in ("code", "codes"):
        return _fit_code(found, known.values, vocabulary)
    if kind == "bool":
        return _judge(found, found.share("bool", "text"), found.share("bool"))
    if field.endswith(".email"):
        return _judge(found, found.share("email"), found.share("email"))
    return _fit_text(found, field, kind)


def could_be(found: ContentProfile, kind: str) -> bool:
    """Whether a field of this type can be meant at all by a heading that is only like one of its own: stricter than
    ``fit``, a single value speaks."""
    if not found.size:
        return True
    if kind in ("amount", "count", "number", "percent"):
        return found.share_with_digits() > 0
    if kind in ("date", "date_end", "period"):
        return found.share(*_DAYS) > 0 or found.share_with_digits() > 0
    if kind in ("text", "reference", "references", "contact", "code", "codes", "milestone"):
        return found.share("number", "money", "percent") < 0.8
    return True


def _judge(found: ContentProfile, possible: float, typical: float) -> float:
    if found.size > _FEW and possible < 0.2:
        return AGAINST
    return FITS if typical >= 0.6 else NEUTRAL


def _fit_days(found: ContentProfile) -> float:
    days = found.share(*_DAYS)
    impossible = found.share("bool", "email", "url", "money", "percent", "phone")
    numbers = found.share("number")
    if numbers and found.share_of_serial_days() >= 0.6:
        return FITS
    if found.size > _FEW and (impossible >= 0.6 or numbers + impossible >= 0.8):
        return AGAINST
    if found.size > _FEW and found.share("long") >= 0.8:
        return AGAINST
    return FITS if days >= 0.6 else NEUTRAL


def _fit_quantity(found: ContentProfile) -> float:
    if found.size > _FEW and found.share("date", "period") >= 0.6:
        return AGAINST
    return _judge(found, found.share_with_digits() - found.share("long"), found.share(*_QUANTITIES, "postcode"))


def _fit_code(found: ContentProfile, domain: str, vocabulary: Vocabulary) -> float:
    known = domain_share(found, domain, vocabulary)
    if known >= 0.5:  # "laufend" is an open end as well: the domain's own words come first
        return FITS
    if found.size > _FEW and found.share("date", "email", "url", "phone", "money") >= 0.8:
        return AGAINST
    return AGAINST if found.size > _FEW and not known and domain == "traffic_light" else NEUTRAL


def _fit_text(found: ContentProfile, field: str, kind: str) -> float:
    name = field.split(".")[1]
    if kind == "id":
        broken = sum(isinstance(v, float) and v != int(v) for v in found.values) > 0.2 * found.size
        repeated = found.size >= 5 and found.distinct() <= 0.5 and field not in _MAY_REPEAT
        return AGAINST if found.size > _FEW and (broken or repeated or found.share("long", "date") >= 0.5) else NEUTRAL
    if name in ("phone", "mobile", "fax"):
        if found.share("date", "period") >= 0.6:  # "letzter Anruf"
            return AGAINST
        return _judge(found, found.share_with_digits(), found.share("phone"))
    if found.size > _FEW and kind in ("text", "reference", "references", "contact"):
        if found.share("bool") >= 0.6 and name not in _MAY_BE_YES_OR_NO:
            return AGAINST
        if found.share("date", "period", "bool") >= 0.8 and name not in _MAY_BE_YES_OR_NO:
            return AGAINST
        if found.share("number", "money", "percent", "year") >= 0.8 and name not in _MAY_BE_NUMBERS:
            return AGAINST
    return NEUTRAL


#: A list of indicators' values repeats the goal's own number in every row.
_MAY_REPEAT = frozenset(("goal.id",))
#: Text fields in which partners also just tick or date.
_MAY_BE_YES_OR_NO = frozenset(
    ("agreement", "report_status", "follow_up", "comment", "body_membership", "result", "milestone")
)
#: Text fields and references that may be plain numbers ("Ziel 3" written as 3).
_MAY_BE_NUMBERS = frozenset(("goal_ref", "measure_ref", "parent", "lead_goal", "comment", "body", "function"))
