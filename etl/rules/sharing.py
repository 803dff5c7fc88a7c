"""What may be told of people outside the group: no number below five, neither as a figure nor in a sentence."""

from __future__ import annotations

import re

from etl.rules.records import Count

#: Fewer people than this are not told.
FEW = 5
_ONE = "eine[rnm]?|ein|one|1"
_SMALL = "zwei(?:er)?|drei(?:er)?|vier(?:er)?|two|three|four|[2-4]"
_PEOPLE = (
    r"person(?:en)?|mensch(?:en)?|teilnehm(?:er|ende)\w*|tn(?:[*:]?innen)?|frau(?:en)?|m[aä]nn(?:ern?)?|kind(?:ern?)?"
    r"|jugendliche[rn]?|erwachsene[rn]?|famili(?:e|en)|m[aä]dchen|junge[n]?|geflüchtete[rn]?|klient\w*|sch[uü]ler\w*"
    "|m[uü]ttern?|v[aä]tern?|alleinerziehende[rn]?"
    "|people|women|woman|men|man|children|child|famil(?:y|ies)|participants?|refugees?|clients?|pupils?"
)
#: „3“, „3-4“, „eine bis zwei“.
_NUMBER = rf"(?:{_ONE}|{_SMALL}|0)(?:\s*(?:[-–—/]|bis|oder|to|or)\s*(?:{_ONE}|{_SMALL}))?"
#: „drei syrische Frauen“, „drei junge syrische Frauen“.
_DESCRIBED = r"(?:\w+\s+|(?:[a-zäöüß]+e[nrsm]?\s+){2})?"
_FEW_PEOPLE = re.compile(rf"(?<![\w.,])({_NUMBER})\s+({_DESCRIBED})({_PEOPLE})(?!\w)", re.IGNORECASE)
#: A share („zwei von drei“) and a ratio („pro vier Kinder“) number nobody.
_A_SHARE = re.compile(
    rf"(?:(?<!\w)(?:\d+|{_ONE}|{_SMALL}|jede[rsn]?|keine[rs]?|fünf|sechs|every)\s+(?:von|of)|pro|per)\s+$",
    re.IGNORECASE,
)
#: „Eine Familie“ is told in the plural: nobody sees that it is one.
_PLURAL = {
    "person": "Personen", "mensch": "Menschen", "frau": "Frauen", "mann": "Männer", "kind": "Kinder",
    "familie": "Familien", "mutter": "Mütter", "vater": "Väter", "junge": "Jungen", "teilnehmer": "Teilnehmende",
    "woman": "women", "man": "men", "child": "children", "family": "families", "participant": "participants",
    "refugee": "refugees", "client": "clients", "pupil": "pupils", "teilnehmerin": "Teilnehmende",
    "klient": "Personen", "klientin": "Personen", "schüler": "Schülerinnen und Schüler",
    "schülerin": "Schülerinnen und Schüler",
}  # fmt: skip
#: Units that count no people.
_NO_PEOPLE = re.compile(
    "%|prozent|€|euro|tag|woche|monat|jahr|stunde|minute|quadratmeter|m²|day|week|month|year|hour|point|punkt",
    re.IGNORECASE,
)


def protected(count: Count) -> Count | None:
    """The count as it may be told: None for fewer than five, and a range that begins below begins at nothing."""
    return None if count.max < FEW else count


def tells_few(value: float, unit: str | None) -> bool:
    """Whether an indicator's value counts fewer than five people; a share, money or a time counts none."""
    return 0 < value < FEW and not _NO_PEOPLE.search(unit or "")


def without_few(text: str, fewer: str) -> str:
    """``text`` with ``fewer`` („weniger als fünf“) wherever it numbers two to four people, with „einzelne Frauen“ for
    „eine Frau“; „zwei von drei Frauen“ is a share."""

    def told(found: re.Match[str]) -> str:
        if _A_SHARE.search(text[: found.start()]):
            return found[0]
        number, described, people = found.groups()
        one = re.fullmatch(_ONE, number, re.IGNORECASE)
        left = _several(number.lower(), described, people) if one else f"{fewer} {described}{people}"
        return left[0].upper() + left[1:] if number[0].isupper() else left

    return _FEW_PEOPLE.sub(told, text)


def _several(number: str, described: str, people: str) -> str:
    """„einer jungen Frau“ as „einzelnen jungen Frauen“."""
    plural = _PLURAL.get(people.lower(), people)
    if plural[0].islower() and people.lower() in _PLURAL:
        return f"individual {described}{plural}"
    if number in ("einer", "einem"):
        plural += "n" if plural.endswith("er") else ""
        return f"einzelnen {described}{plural}"
    return f"einzelne {re.sub(r'(?<=e)[nrs](?= )', '', described)}{plural}"
