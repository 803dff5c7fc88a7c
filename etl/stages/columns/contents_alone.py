"""What a column is when its heading says nothing: only where the contents leave one sensible answer."""

from __future__ import annotations

from etl.stages.columns.anchors import TITLED as TITLED
from etl.stages.columns.anchors import kind_of
from etl.stages.columns.content import ContentProfile, domain_share
from etl.stages.columns.evidence import ColumnEvidence
from etl.stages.columns.heading_index import Meaning
from etl.vocabulary import Vocabulary

SCORE = 0.65
_CLEAR = 0.75
_LEAST = 3
_SHORTEST = 3

#: Content -> field (without its entity), tried for the entity's own fields only.
_DOMAINS = (
    ("traffic_light", "traffic_light"),
    ("field_of_action", "field_of_action"),
    ("target_group", "target_group"),
)
_KINDS = (
    ("email", "email"),
    ("url", "website"),
    ("url", "link"),
    ("postcode", "postcode"),
    ("phone", "phone"),
    ("period", "period"),
)


def fields_by_content(found: ContentProfile, entity: str, vocabulary: Vocabulary, first: bool) -> list[Meaning]:
    """Fields of ``entity`` the contents alone speak for. ``first`` says that the column is the table's first."""
    if found.size < _LEAST:
        return []
    names = [name for kind, name in _KINDS if found.share(kind) >= _CLEAR]
    if found.share("text") >= _CLEAR:
        names += [name for domain, name in _DOMAINS if domain_share(found, domain, vocabulary) >= _CLEAR]
        names += _coded(found, entity, vocabulary)
        if not names and found.share_of_organisations() >= _CLEAR:
            names.append({"measure": "lead_org", "partner": "name", "funding": "recipient"}.get(entity, ""))
    if first and found.looks_like_ids():
        names.append("id")
    fields = (f"{entity}.{name}" for name in names if name)
    return [Meaning(field, SCORE, "similar") for field in dict.fromkeys(fields) if field in vocabulary.fields]


def _coded(found: ContentProfile, entity: str, vocabulary: Vocabulary) -> list[str]:
    """The coded field of the entity whose words these are, where no other's are nearly as many."""
    shares = sorted(
        (
            (domain_share(found, field.values, vocabulary), field.short)
            for field in vocabulary.fields.values()
            if field.entity == entity and field.type in ("code", "codes") and found.mean_length() >= _SHORTEST
        ),
        reverse=True,
    )
    if not shares or shares[0][0] < _CLEAR:
        return []
    return [shares[0][1]] if len(shares) == 1 or shares[1][0] < shares[0][0] - 0.2 else []


def may_be_title(item: ColumnEvidence, kind: str) -> bool:
    """Whether records may be called by this column although its heading does not say so: "Worum geht es?" over short
    names is no description."""
    if item.remembered is None and _describes_in_names(item, kind):
        return True
    sure = any(meaning.how == "known" and kind_of(meaning.field) == kind for meaning in item.meanings)
    return item.remembered is None and not item.private and not sure and could_be_title(item.content)


def _describes_in_names(item: ColumnEvidence, kind: str) -> bool:
    known = {meaning.field for meaning in item.meanings if meaning.how == "known" and kind_of(meaning.field) == kind}
    return known == {f"{kind}.description"} and item.content.reads_like_names()


def could_be_title(found: ContentProfile) -> bool:
    """Nearly all different, mostly short texts: what a list's records are called by."""
    return (
        found.size >= _LEAST
        and found.share("text") >= 0.9
        and found.distinct() >= 0.9
        and 6 <= found.mean_length() <= LONGEST_TITLE
        and found.share_of_organisations() < 0.5
        and found.share_of_sentences() < 0.5
    )


LONGEST_TITLE = 70
