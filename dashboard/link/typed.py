"""What a browser sends from the page behind a link, as answers: only those that differ from what it was shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from dashboard.answers.link_lines import LONGEST_NOTE
from dashboard.answers.link_page import QUESTIONS, STATUSES, Asked, Row
from etl.pipeline.form.short_answers import says_yes

#: Bytes a form may have, and fields in it; characters an answer may have.
LONGEST_BODY, MOST_FIELDS = 262_144, 2_000
LONGEST = {
    "title": 200,
    "person": 120,
    "participants_actual": 60,
    "location": 200,
    "contact": 300,
    "note": LONGEST_NOTE,
}
LONGEST_TEXT = 1_000
NEED = ("title", "location", "comment")
#: What no cell of a workbook may hold.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_FORM = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it was sent. ``fields`` are texts by their names on the page: ``m.<record>.<question>`` for known
    measures, ``n.`` for a new one, ``b.`` for a need, ``w.<record>`` for a sentence beside a rating, ``l.<record>`` for
    a line of the interface paper."""

    fields: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, body: bytes) -> Typed:
        """Raises ``ValueError`` for what no form of ours sends."""
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="replace"
        )
        return cls({name: _clean(text) for name, text in reversed(pairs)})

    def text(self, name: str) -> str:
        return self.fields.get(name, "")

    @property
    def step(self) -> str:
        return self.text("step")

    @property
    def form(self) -> str:
        """What the browser calls this form, "" where it is none of our names."""
        found = self.text("form")
        return found if _FORM.fullmatch(found) else ""

    @property
    def person(self) -> str:
        return " ".join(self.text("person").split())

    @property
    def rest(self) -> bool:
        return bool(self.text("rest"))

    @property
    def words(self) -> dict[str, str]:
        """Record -> the sentence beside its rating."""
        return {name[2:]: text for name, text in self.fields.items() if name.startswith("w.") and text}

    @property
    def sentences(self) -> dict[str, str]:
        """The same by their names on the page: they travel with the form while it is changed once more."""
        return {f"w.{key}": text for key, text in self.words.items()}

    @property
    def was(self) -> Mapping[str, Mapping[str, str]]:
        """What the page was filled in with when it was made."""
        try:
            found = json.loads(self.text("was") or "{}")
        except (ValueError, RecursionError):
            return {}
        good = isinstance(found, dict) and all(isinstance(told, dict) for told in found.values())
        return found if good else {}

    def known(self, one: Asked, question: str) -> str:
        """What the field showed before anybody typed."""
        return str(self.was.get(one.key, one.known).get(question, one.known.get(question, "")))

    def shown(self, one: Asked, question: str) -> str:
        """What the field shows now."""
        return self.fields.get(f"m.{one.key}.{question}", self.known(one, question))

    def changes(self, one: Asked) -> bool:
        """Whether anything typed about a measure differs from what its fields showed."""
        return any(_clean(self.shown(one, question)) != _clean(self.known(one, question)) for question in QUESTIONS)

    def begins(self, prefix: str) -> bool:
        """Whether anything is typed in the fields of something new."""
        return any(name.startswith(prefix) and text for name, text in self.fields.items())

    def too_long(self) -> tuple[str, int] | None:
        """The answer that has too many characters by its name on the page, and how many it may have; None without."""
        for name, text in self.fields.items():
            if name != "was":
                most = LONGEST.get(name.rsplit(".", 1)[-1], LONGEST_TEXT)
                if len(text) > most:
                    return name, most
        return None


def rows_of(typed: Typed, asked: Sequence[Asked]) -> tuple[Row, ...]:
    """Known measures with what is said otherwise, and the new one. Fields about anything but ``asked`` say nothing."""
    rows = [Row({"title": one.title, **told}, one.key) for one in asked if (told := dict(_told(typed, one)))]
    new = {name: text for name in ("title", *QUESTIONS) if (text := typed.text(f"n.{name}"))}
    if new.get("status") not in (None, *STATUSES):
        del new["status"]
    return (*rows, Row(new)) if new else tuple(rows)


def needs_of(typed: Typed) -> tuple[Row, ...]:
    told = {name: text for name in NEED if (text := typed.text(f"b.{name}"))}
    return (Row(told),) if told else ()


def lines_of(typed: Typed) -> dict[str, str | None]:
    """Lines of the interface paper -> None where they hold, else what is otherwise; lines nothing is said of are left
    out."""
    said: dict[str, str | None] = {}
    for name, text in typed.fields.items():
        if name.startswith("l.") and name.count(".") == 1 and text in ("holds", "not"):
            said[name[2:]] = None if text == "holds" else typed.text(f"{name}.note")
    return said


def _told(typed: Typed, one: Asked) -> Iterator[tuple[str, str]]:
    was = typed.was.get(one.key, one.known)
    for question in QUESTIONS:
        text = typed.fields.get(f"m.{one.key}.{question}")
        if text is None or text == _clean(str(was.get(question, ""))):
            continue
        if question == "contact" and says_yes(text):
            continue
        if question != "status" or text in STATUSES:
            yield question, text


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
