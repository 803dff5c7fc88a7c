"""Ideas to mark from 1 to 5, alone, on the phone and at the desk: a short while after a mark it is kept by itself.

What was marked since the page was opened is sent as a whole, so that nothing is lost where two sendings meet.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

import streamlit as st

from dashboard.answers.idea_workshops import CRITERIA, Marks, WorkshopView
from dashboard.parts.html import Markup, joined, tag
from etl.rules.facts import Idea
from etl.rules.idea_workshop import HIGHEST, LOWEST, Criterion, Voice

Say = Callable[..., str]

#: As much as a browser may send at once.
_LONGEST = 200_000

_CARDS = st.components.v2.component(
    "rundertisch_idea_cards",
    html='<div class="rt rt-cards-root"></div>',
    js="""
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".rt-cards-root")
  const state = (words) => { root.querySelector("output").textContent = words }
  if (root.shown === data.form) { state(data.state); return }
  root.shown = data.form
  root.innerHTML = data.html
  root.marked = {}
  state(data.state)
  const send = () => {
    clearTimeout(root.waits)
    root.waits = 0
    if (Object.keys(root.marked).length) setTriggerValue("rate", JSON.stringify(root.marked))
  }
  root.onchange = (event) => {
    const [idea, criterion] = event.target.name.split(":")
    root.marked[idea] = { ...(root.marked[idea] || {}), [criterion]: Number(event.target.value) }
    clearTimeout(root.waits)
    root.waits = setTimeout(send, 1500)
    state(data.waits)
  }
  document.addEventListener("visibilitychange", () => { if (document.hidden && root.waits) send() })
}
""",
    isolate_styles=False,
)


def idea_cards(shown: WorkshopView, say: Say, key: str, answered: int = 0) -> Marks | None:
    """Show the ideas with their marks; what was marked, in the run after it was sent. ``answered``: how often something
    sent was answered, for the browser is told only what changed."""
    data = {
        "form": f"{shown.workshop.id} {len(shown.ideas)} {say('idea.view.bewertung')}",
        "html": str(cards_markup(shown, say)),
        "state": say("workshop.done" if shown.mine else "workshop.nothing_yet", n=shown.done, total=len(shown.ideas)),
        "waits": say("workshop.waits"),
        "answered": answered,
    }
    return marks_in(_CARDS(key=key, data=data, on_rate_change=_nothing).rate)


def _nothing() -> None:
    """Streamlit fills ``result.rate`` only where a callback is named."""


def marks_in(sent: Any) -> Marks | None:
    """What the browser sent, if it is what the cards send; whose marks they are and how high is asked in the store."""
    if not isinstance(sent, str) or len(sent) > _LONGEST:
        return None
    try:
        found = json.loads(sent).items()
        return {str(idea): {name: _mark(said[name]) for name in CRITERIA if name in said} for idea, said in found}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _mark(value: Any) -> int:
    if type(value) is not int:
        raise ValueError(value)
    return value


def with_earlier(marks: Marks, mine: Mapping[str, Voice]) -> dict[str, dict[str, int | None]]:
    """Marks as a whole: what was not marked anew stays as it was."""
    return {idea: {c: said.get(c, getattr(mine.get(idea), c, None)) for c in CRITERIA} for idea, said in marks.items()}


def cards_markup(shown: WorkshopView, say: Say) -> Markup:
    """By challenge; texts are escaped."""
    key = tag("p", (tag("span", tag("b", say(f"idea.criterion.{c}")), " ", say(f"idea.scale.{c}")) for c in CRITERIA),
              class_="rt-scale")  # fmt: skip
    groups = groupby(shown.ideas, lambda idea: idea.cluster or "")
    return joined([key, (_group(title, tuple(ideas), shown, say) for title, ideas in groups), _bar()])


def _group(title: str, ideas: Sequence[Idea], shown: WorkshopView, say: Say) -> Markup:
    head = tag("h2", title or say("idea.no_cluster"))
    return tag("section", head, (_card(idea, shown.mine.get(idea.key), say) for idea in ideas), class_="rt-cards")


def _card(idea: Idea, mine: Voice | None, say: Say) -> Markup:
    rows = [_row(idea, criterion, getattr(mine, criterion, None), say) for criterion in CRITERIA]
    return tag("fieldset", tag("legend", idea.title), tag("div", rows, class_="rt-card-rows"), class_="rt-card")


def _row(idea: Idea, criterion: Criterion, mark: int | None, say: Say) -> Markup:
    word = say(f"idea.criterion.{criterion}")
    choices = [_choice(idea, criterion, n, n == mark) for n in range(LOWEST, HIGHEST + 1)]
    buttons = tag("span", choices, class_="rt-marks", role="radiogroup", aria_label=f"{idea.title}: {word}")
    return tag("div", tag("span", word, class_="rt-criterion"), buttons, class_="rt-card-row")


def _choice(idea: Idea, criterion: Criterion, n: int, chosen: bool) -> Markup:
    field = tag("input", type="radio", name_=f"{idea.key}:{criterion}", value=n, checked=chosen)
    return tag("label", field, tag("span", str(n)))


def _bar() -> Markup:
    return tag("div", tag("output", aria_live="polite"), class_="rt-cards-bar")
