"""What may be told of people outside the group: no number below five, neither as a figure nor in a sentence."""

from __future__ import annotations

import re

from etl.rules.records import Count

#: Fewer people than this are not told.
FEW = 5
_SMALL = "eine[rnms]?|ein|zwei|drei|vier|one|two|three|four|[1-4]"
_PEOPLE = (
    r"person(?:en)?|mensch(?:en)?|teilnehm(?:er|ende)\w*|frau(?:en)?|m[aä]nn(?:er)?|mann|kind(?:er)?|jugendliche[rn]?"
    r"|famili(?:e|en)|m[aä]dchen|junge[n]?|geflüchtete[rn]?|klient\w*|sch[uü]ler\w*"
    "|people|women|woman|men|man|children|child|famil(?:y|ies)|participants?|refugees?|clients?|pupils?"
)
#: A share („zwei von drei“) and a ratio („je vier Kinder“) number nobody.
_NO_SHARE = "(?<!von )(?<!of )(?<!je )(?<!pro )(?<!per )"
_FEW_PEOPLE = re.compile(rf"(?<![\w.,]){_NO_SHARE}(?:{_SMALL})\s+((?:\w+\s+)?(?:{_PEOPLE}))(?!\w)", re.IGNORECASE)
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
    """``text`` with ``fewer`` („weniger als fünf“) wherever it numbers one to four people; „zwei von drei Frauen“ is a
    share."""
    return _FEW_PEOPLE.sub(lambda found: f"{fewer} {found[1]}", text)
