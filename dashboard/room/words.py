"""What stands on a screen of the room in words of one language: numbers with their marks, sources, sentences."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

from dashboard.answers.slide import Slide
from dashboard.answers.slide_facts import Fact, Lead, Source
from dashboard.answers.slide_lists import Line
from dashboard.parts.findings import sentence
from dashboard.parts.quantities import marked
from etl.rules.facts import Count, Money
from etl.rules.finding import Finding
from etl.wording import formatted, has, say
from etl.wording.quantity import Quantity

#: Signs from which on a headline is set smaller, so that it needs no fourth line.
_LONG, _LONGER = 70, 120


@dataclass(frozen=True)
class Words:
    """Everything a template asks for, in ``language``."""

    language: str

    def say(self, key: str, /, **values: object) -> str:
        return say(self.language, key, **values)

    def headline(self, slide: Slide) -> str:
        return self.told(slide.headline)

    def told(self, said: Finding | str) -> str:
        if isinstance(said, str):
            return said
        return sentence(said, partial(say, self.language))

    def size(self, headline: str) -> str:
        return "longer" if len(headline) > _LONGER else "long" if len(headline) > _LONG else ""

    def over(self, slide: Slide) -> str:
        """„TOP 4 von 9 · Ziel S2 · es berichtet: Volkshochschule“."""
        parts = [self.say("room.place", place=slide.place, total=slide.total)] if slide.place else []
        if not slide.place:
            parts.append(self.say("room.in_between"))
        if slide.subject is not None:
            parts.append(self.told(slide.subject))
        if slide.reports:
            parts.append(self.say("room.reports", n=len(slide.reports), names=list(slide.reports)))
        return " · ".join(parts)

    def lead(self, fact: Fact) -> str:
        return marked(partial(say, self.language), self.large(fact.lead), fact.marks) if fact.lead != "" else ""

    def large(self, lead: Lead) -> str:
        """A number or day as it stands before a line."""
        language = self.language
        if isinstance(lead, Quantity):
            return formatted(language, lead, "quantity")
        if isinstance(lead, Money):
            amount = formatted(language, lead.amount, "money")
            if lead.per is not None:
                amount = self.say(f"money.per_{lead.per}", amount=lead.amount)
            return self.say("value.approx", value=amount) if lead.approx else amount
        if isinstance(lead, Count):
            low, high = (formatted(language, n, "count") for n in (lead.min, lead.max))
            number = low if low == high else f"{low}–{high}"
            return self.say("value.approx", value=number) if lead.approx else number
        if isinstance(lead, dt.date):
            return formatted(language, lead, "short_date")
        return formatted(language, lead, "count") if isinstance(lead, int) else lead

    def source(self, source: Source) -> str:
        """„Volkshochschule, Ziele.xlsx, Zelle F14, vom 20. September 2026“."""
        parts = [source.partner] if source.partner else []
        if source.file:
            parts.append(source.file)
        elif not source.partner:
            parts.append(self.say("room.entered"))
        if source.cell:
            parts.append(self.say("room.cell", cell=source.cell))
        return ", ".join([*parts, self.say("room.of_day", day=source.day)])

    def note(self, line: Line) -> str:
        """What stands beneath a line; a field without words of its own is not named."""
        return " · ".join(self.told(note) for note in line.note if has(self.language, note.code))

    def rating(self, code: str) -> str:
        return self.say(f"rating.{code}")
