"""Records that may be one: both side by side, what speaks for it, merge or keep apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.answers.clarifications import Clarifications, Pair
from dashboard.answers.same_twice import Line
from dashboard.parts.blocks import Column, ListRow, note, section, table
from dashboard.parts.clarifications import case_list, decision_form, only_the_office, take_back_button
from dashboard.parts.context import Context
from dashboard.parts.html import Content, Markup, clickable, joined, show, tag, visually_hidden
from dashboard.parts.targets import follow
from dashboard.parts.traced import traced, value_target
from dashboard.parts.value_words import value_words
from etl.rules.days import in_berlin
from etl.wording import formatted, has

Say = Callable[..., str]

_SIGNS = {"same": "=", "different": "≠", "once": "1×"}


def show_pairs(context: Context, found: Clarifications) -> None:
    """The list at the left, the pair that is shown at the right."""
    say, language = context.say, context.language
    left, right = st.columns([1, 2.1], gap="large")
    with left:
        rows = [[(p.key, _row(p, say)) for p in some] for some in (found.pairs, found.judged)]
        chosen = case_list(context, rows[0], rows[1], "doppelt")
    pair = next((p for p in (*found.pairs, *found.judged) if p.key == chosen), None)
    if pair is not None:
        with right:
            show(question_markup(pair, say, language))
            _decide(context, pair)
            follow(context, clickable(side_by_side(pair, say, language), key="pair-sides"))


def _row(pair: Pair, say: Say) -> ListRow:
    if pair.judged is not None:
        told = say(f"clarify.pair.{'one' if pair.judged.kept else 'two'}")
    else:
        told = say(f"clarify.pair.kind.{pair.kind}")
    below = joined([told, " · ", " / ".join(dict.fromkeys(pair.partners))]) if pair.kind != "partner" else told
    return ListRow(" / ".join(dict.fromkeys(pair.titles)), below, target=pair.key, strong=pair.judged is None)


def question_markup(pair: Pair, say: Say, language: str) -> Markup:
    """The question and what speaks for it; once it is answered, the answer and who gave it."""
    answer = "question" if pair.judged is None else "answer.one" if pair.judged.kept else "answer.two"
    title = say(f"clarify.pair.{answer}.{pair.kind}")
    evidence = formatted(language, [say(f"clarify.evidence.{code}") for code in pair.evidence], "list")
    told = tag("p", say("clarify.evidence", evidence=evidence), class_="rt-lead-in") if pair.evidence else None
    return joined([section(title), _verdict(pair, say) or told])


def _verdict(pair: Pair, say: Say) -> Markup | None:
    if pair.judged is None:
        return None
    day = in_berlin(pair.judged.known)
    told = {"person": pair.judged.person, "reason": pair.judged.reason, "day": day}
    kept = pair.keys.index(pair.judged.kept) if pair.judged.kept in pair.keys else None
    if kept is None:
        return tag("p", say("clarify.pair.decided.two", **told), class_="rt-told")
    return tag("p", say("clarify.pair.decided.one", title=pair.titles[kept], **told), class_="rt-told")


def side_by_side(pair: Pair, say: Say, language: str) -> Markup:
    """Both records field by field; what speaks for one and the same is bold."""
    names = pair.partners if pair.partners[0] != pair.partners[1] else pair.titles
    columns = [
        Column(say("clarify.field")),
        Column(names[0]),
        Column(visually_hidden(say("clarify.sign")), narrow=True),
    ]
    rows = [_line(line, pair.keys, say, language) for line in pair.lines]
    body = table([*columns, Column(names[1])], rows, label=say("clarify.side_by_side"), stack=False)
    key = tag("p", (tag("span", f"{_SIGNS[how]} ", say(f"clarify.how.{how}")) for how in _SIGNS), class_="rt-key")
    return tag("div", body, key, class_="rt-pair")


def _line(line: Line, keys: Sequence[str], say: Say, language: str) -> Sequence[Content]:
    name = say(f"field.{line.term}") if has(language, f"field.{line.term}") else line.term
    values = [
        traced(value_words(value, meaning, say, language), value_target(key, line.term.split(".")[-1]))
        if value is not None
        else "–"
        for key, value, meaning in zip(keys, line.values, line.meanings, strict=True)
    ]
    shown = [tag("b", value) if line.how == "different" else value for value in values]
    sign = joined([tag("span", _SIGNS[line.how], aria_hidden="true"), visually_hidden(say(f"clarify.how.{line.how}"))])
    return [tag("b", name) if line.spoke else name, shown[0], sign, shown[1]]


def _decide(context: Context, pair: Pair) -> None:
    say = context.say
    if not context.is_office:
        only_the_office(context)
    elif pair.judged is not None:
        take_back_button(context, "pair", pair.judged.number)
    else:
        label = "clarify.choose.merge" if pair.kind == "measure" else f"clarify.choose.merge_{pair.kind}"
        choices = {
            key: say(label, partner=pair.partners[number], title=pair.titles[number])
            for number, key in enumerate(pair.keys)
        }
        choices["apart"] = say(f"clarify.choose.apart.{pair.kind}")
        decision_form(context, "pair", pair, choices, say(f"clarify.pair.question.{pair.kind}"))
        show(note(say("clarify.pair.what")))
