"""A list to tick and assign in one go, by keyboard: nothing leaves the browser until the button is pressed.

Space ticks, the arrows go from row to row, Tab leads to the choice beside it. Ticking all safe proposals assigns none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.parts.html import Content, Markup, joined, tag, visually_hidden

#: As much as a browser may send at once.
_LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class Line:
    """A row: ``key`` of the record, ``proposals`` are (token, label, why), the best first; ``safe``: the first one."""

    key: str
    title: str
    note: Content
    proposals: Sequence[tuple[str, str, str]]
    safe: bool


@dataclass(frozen=True, slots=True)
class Words:
    """All that is said in the list. ``options``: (group or None, [(token, label)])."""

    safe: str
    nothing: str
    chosen: str
    reason: str
    usual_reason: str
    assign: str
    choose: str
    target: str
    by_hand: str
    safe_mark: str
    missing: str
    options: Sequence[tuple[str | None, Sequence[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was ticked: record -> token, "" where none was chosen; and the reason."""

    choices: dict[str, str]
    reason: str


_ASSIGN = st.components.v2.component(
    "rundertisch_assign",
    html='<div class="rt rt-assign-root"></div>',
    js="""
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".rt-assign-root")
  if (root.shown === data.html) return
  const held = root.contains(document.activeElement) || data.focus
  root.innerHTML = data.html
  root.shown = data.html
  const all = root.querySelector("template")
  const rows = [...root.querySelectorAll("li[data-record]")]
  const box = (row) => row.querySelector("input[type=checkbox]")
  const to = (row) => row.querySelector("select")
  const ticked = () => rows.filter((row) => box(row).checked)
  const count = () => {
    root.querySelector("output").textContent = ticked().length
    for (const row of rows) row.classList.toggle("rt-ticked", box(row).checked)
  }
  const why = (row) => {
    const option = to(row).selectedOptions[0]
    row.querySelector(".rt-why").textContent = option && option.value ? option.dataset.why || data.byHand : ""
  }
  for (const row of rows) {
    to(row).append(all.content.cloneNode(true))
    to(row).onchange = () => { box(row).checked = Boolean(to(row).value); why(row); count() }
    box(row).onchange = count
    why(row)
  }
  const send = () => {
    const chosen = ticked()
    const lacking = chosen.find((row) => !to(row).value)
    const note = root.querySelector(".rt-lacking")
    note.textContent = lacking ? data.missing : ""
    if (lacking) { to(lacking).focus(); return }
    const choices = Object.fromEntries(chosen.map((row) => [row.dataset.record, to(row).value]))
    setTriggerValue("assign", JSON.stringify({ choices, reason: root.querySelector("input[type=text]").value }))
  }
  root.onclick = (event) => {
    const found = event.target.closest("button[data-do]")
    if (!found) return
    if (found.dataset.do === "assign") return send()
    for (const row of rows) {
      box(row).checked = found.dataset.do === "safe" && row.dataset.safe === "true"
      if (box(row).checked) { to(row).selectedIndex = 0; why(row) }
    }
    count()
  }
  root.onkeydown = (event) => {
    if (event.key === "Enter" && event.target.matches("input[type=text]")) { event.preventDefault(); return send() }
    if (!event.target.matches("input[type=checkbox]")) return
    const at = rows.findIndex((row) => box(row) === event.target)
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
    if (next === undefined || !rows[next]) return
    event.preventDefault()
    box(rows[next]).focus()
    rows[next].scrollIntoView({ block: "center" })
  }
  count()
  if (held && rows.length) box(rows[0]).focus({ preventScroll: true })
}
""",
    isolate_styles=False,
)


def assign_list(lines: Sequence[Line], words: Words, key: str, *, focus: bool = False) -> Chosen | None:
    """Show the list; what was chosen, in the run after the button was pressed. ``focus``: after an assignment the
    keyboard goes on in the list."""
    data = {
        "html": str(list_markup(lines, words, key)),
        "byHand": words.by_hand,
        "missing": words.missing,
        "focus": focus,
    }
    result = _ASSIGN(key=key, data=data, on_assign_change=_nothing)
    return chosen_in(result.assign)


def _nothing() -> None:
    """Streamlit fills ``result.assign`` only where a callback is named."""


def chosen_in(sent: Any) -> Chosen | None:
    """What the browser sent, if it is what the list sends."""
    if not isinstance(sent, str) or len(sent) > _LONGEST:
        return None
    try:
        found = json.loads(sent)
        choices, reason = found["choices"], found["reason"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not isinstance(choices, dict) or not isinstance(reason, str):
        return None
    return Chosen({str(key): str(token) for key, token in choices.items()}, reason[:500])


def list_markup(lines: Sequence[Line], words: Words, key: str) -> Markup:
    """The list with its buttons; texts are escaped."""
    safe = sum(line.safe for line in lines)
    buttons = [_button(words.safe, "safe", disabled=not safe), _button(words.nothing, "nothing")]
    rows = tag("ul", (_row(line, words, f"{key}-{n}") for n, line in enumerate(lines)), class_="rt-list rt-assign")
    return joined([tag("p", joined(buttons, " "), class_="rt-offers"), rows, _bar(words, key), _all_options(words)])


def _button(words: str, do: str, *, disabled: bool = False) -> Markup:
    return tag("button", words, type="button", class_="rt-button", data_do=do, disabled=disabled)


def _row(line: Line, words: Words, name: str) -> Markup:
    first = [tag("option", label, value=token, data_why=why) for token, label, why in line.proposals]
    empty = tag("option", words.choose, value="")
    options = first or [empty]
    about = [tag("label", tag("b", line.title), for_=name), tag("small", line.note)]
    mark = tag("span", words.safe_mark, class_="rt-tag") if line.safe else None
    chosen = [
        tag("label", visually_hidden(f"{words.target}: {line.title}"), tag("select", options)),
        tag("small", mark, " ", tag("span", class_="rt-why")),
    ]
    return tag(
        "li",
        tag("input", type="checkbox", id=name),
        tag("div", about, class_="rt-assign-what"),
        tag("div", chosen, class_="rt-assign-to"),
        data_record=line.key,
        data_safe="true" if line.safe else None,
    )


def _bar(words: Words, key: str) -> Markup:
    reason = tag("input", type="text", id=f"{key}-reason", value=words.usual_reason, maxlength=500)
    return tag(
        "div",
        tag("span", f"{words.chosen} ", tag("output", "0", aria_live="polite"), class_="rt-assign-n"),
        tag("label", f"{words.reason} ", reason),
        tag("button", words.assign, type="button", class_="rt-button rt-main", data_do="assign"),
        tag("span", class_="rt-lacking", role="alert"),
        class_="rt-assign-bar",
    )


def _all_options(words: Words) -> Markup:
    """What every row's choice offers beneath its own proposals, sent once."""
    return tag("template", (_group(name, options) for name, options in words.options))


def _group(name: str | None, options: Iterable[tuple[str, str]]) -> Markup:
    inner = [tag("option", label, value=token) for token, label in options]
    return tag("optgroup", inner, label=name) if name else joined(inner)
