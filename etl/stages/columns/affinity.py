"""How typical the contents of a column are for a field, beyond what its type allows: persons for a contact, sentences
for a description, organisations for a lead. Separates fields that a heading could mean equally well."""

from __future__ import annotations

from etl.stages.columns.content import ContentProfile, domain_share
from etl.vocabulary import Field, Vocabulary

_PERSONS = frozenset(("contact", "contact_name", "contact_last_name", "deputy"))
_ORGANISATION = frozenset(("lead_org", "recipient", "name", "partner_a", "funder", "noticed_by", "applicant"))
_ORGANISATIONS = frozenset(("partners", "partner_b", "responsible", "funding_source", "supporters"))
_SENTENCES = frozenset(
    ("description", "comment", "result", "obstacle", "next_steps", "purpose", "indicator_definition", "consequence")
)
_NAMES = frozenset(("title", "programme", "indicator", "short_title", "id", "field_of_action", "unit"))
_PLACES = frozenset(("city", "location", "site", "area", "street"))
_REFERRED = frozenset(("measure_ref", "goal_ref", "parent", "lead_goal"))
_DAYS = frozenset(("date", "date_end", "period"))
_QUANTITIES = frozenset(("amount", "count", "number", "percent"))
_LONG = 45
#: "50-12/1", "S24": signs made of digits are no places, persons or sentences.
_FEWEST_SIGNS, _SIGNS_ONLY = 3, -0.6


def affinity(found: ContentProfile, field: Field, vocabulary: Vocabulary) -> float:
    """Between -1 (another field's contents) and 1 (just what stands in such columns); 0 where contents say nothing."""
    if not found.size:
        return 0.0
    if field.type in ("code", "codes"):
        return min(1.0, 1.5 * domain_share(found, field.values, vocabulary))
    if field.type in _DAYS:
        spans = found.share("period")
        return found.share("date", "year", "period") * (1.0 if (spans >= 0.5) == (field.type == "period") else 0.5)
    if field.type in _QUANTITIES:
        return _of_quantity(found, field.type)
    return _of_words(found, field.short)


def _of_quantity(found: ContentProfile, kind: str) -> float:
    money, percent = found.share("money"), found.share("percent")
    plain = found.share("number", "year", "postcode")
    return {"amount": money + 0.5 * plain, "percent": percent + 0.4 * plain}.get(kind, plain - 0.5 * money)


def _of_words(found: ContentProfile, short: str) -> float:
    persons, organisations = found.share_of_persons(), found.share_of_organisations()
    reach = found.share("email", "phone")
    length = found.mean_length()
    if short not in _NAMES | _REFERRED and found.size >= _FEWEST_SIGNS and found.looks_like_ids():
        return _SIGNS_ONLY
    if short in _PERSONS:
        return persons + 0.5 * reach - organisations * (1 - persons)
    if short in _ORGANISATION or short in _ORGANISATIONS:
        lists = _share_of_lists(found)
        fits = lists if short in _ORGANISATIONS else 1 - lists
        return organisations * (0.6 + 0.4 * fits) - 0.5 * persons - (0.5 if length > 2 * _LONG else 0.0)
    if short in _SENTENCES:
        return min(1.0, length / _LONG - 0.5) - 0.5 * organisations
    if short in _PLACES:
        return (0.5 if 3 <= length <= 2 * _LONG else -0.3) - organisations
    if short in _REFERRED:
        return 0.3 if length <= _LONG else -0.5
    if short in _NAMES:
        return (0.5 if 3 <= length <= _LONG else -0.3) + (0.2 if short == "title" and found.distinct() >= 0.9 else 0.0)
    return 0.0


def _share_of_lists(found: ContentProfile) -> float:
    texts = found.texts()
    return (
        sum(any(sign in text for sign in (",", ";", "\n", " und ", "/")) for text in texts) / len(texts)
        if texts
        else 0.0
    )
