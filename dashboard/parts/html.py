"""HTML in which every text is escaped, and the one component that makes HTML clickable without a reload."""

from __future__ import annotations

import re
from collections.abc import Iterable

import streamlit as st
from markupsafe import Markup, escape

__all__ = ["Markup", "clickable", "escape", "go", "joined", "plain_label", "show", "tag", "visually_hidden"]

Content = str | Markup | None

#: Elements without an end tag.
_VOID = frozenset({"br", "hr", "img", "input", "wbr", "col"})
_MARKDOWN = re.compile(r"([\\`*_\[\]{}()<>#+\-.!|~:$])")

_CLICKABLE = st.components.v2.component(
    "rundertisch_clickable",
    html='<div class="rt rt-clickable"></div>',
    js="""
const scrolled = new Map() // where each box of a waiting file stands, also when its component is built anew
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".rt-clickable")
  const send = (target) => {
    const found = target.closest("[data-go]")
    if (found && root.contains(found)) setTriggerValue("go", found.getAttribute("data-go"))
    return Boolean(found)
  }
  if (root.shown !== data.html) {
    const held = root.contains(document.activeElement) && document.activeElement.closest("[data-go]")
    const went = held && held.getAttribute("data-go")
    root.innerHTML = data.html
    root.shown = data.html
    // what had the keyboard's focus keeps it where it still stands: moving a line up takes several presses
    if (went) [...root.querySelectorAll("[data-go]")].find((e) => e.getAttribute("data-go") === went)?.focus()
    for (const box of root.querySelectorAll(".rt-scroll[aria-label]")) {
      const file = new URLSearchParams(location.search).get("datei")
      const name = location.pathname + " " + file + " " + box.getAttribute("aria-label")
      const [left, top] = (file && scrolled.get(name)) || [0, 0]
      requestAnimationFrame(() => {
        if (left) box.scrollLeft = left
        if (top) box.scrollTop = top
        box.addEventListener("scroll", () => scrolled.set(name, [box.scrollLeft, box.scrollTop]), { passive: true })
      })
    }
    requestAnimationFrame(() => root.querySelectorAll("[data-here=''], [data-here='true']").forEach((cell) => {
      const box = cell.closest(".rt-scroll")
      if (box) box.scrollLeft = cell.offsetLeft - (box.clientWidth - cell.offsetWidth) / 2
    }))
    const here = root.querySelector("[data-here]:not([data-here='']):not([data-here='true'])")
    const place = here ? here.getAttribute("data-here") : ""
    if (here && root.place !== place) here.scrollIntoView({ block: "nearest", inline: "nearest" })
    root.place = place
  }
  if (data.focus) {
    root.tabIndex = -1
    for (const wait of [0, 400]) setTimeout(() => {
      if (!document.activeElement || document.activeElement === document.body) root.focus()
    }, wait)
  }
  root.onclick = (event) => { send(event.target) } // a handler that returns false would keep a fold shut
  root.onkeydown = (event) => {
    const native = event.target.closest("button, a[href], input, select, textarea")
    if (!native && (event.key === "Enter" || event.key === " ") && send(event.target)) event.preventDefault()
  }
}
""",
    isolate_styles=False,
)


def tag(name: str, *content: Content | Iterable[Content], **attributes: str | int | bool | None) -> Markup:
    """One element. Texts are escaped, ``Markup`` is taken as it is, None is left out.

    ``class_`` and ``for_`` lose their underscore, others turn it into a hyphen (``data_go`` → ``data-go``).
    An attribute that is True stands without value; None and False leave it out.
    """
    written = "".join([_attribute(key, value) for key, value in attributes.items()])
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{''.join(_flat(content))}</{name}>")


def joined(parts: Iterable[Content | Iterable[Content]], between: str = "") -> Markup:
    """Parts in a row, escaped where they are not ``Markup``."""
    return Markup(str(escape(between)).join(_flat(parts)))


def _flat(parts: Iterable[Content | Iterable[Content]]) -> list[str]:
    """Each part as safe text; plain strings all through, as formatting ``Markup`` costs ten times as much."""
    flat: list[str] = []
    for part in parts:
        if isinstance(part, str):
            flat.append(part if isinstance(part, Markup) else str(escape(part)))
        elif part is not None:
            flat.append("".join(_flat(part)))
    return flat


def plain_label(text: str) -> str:
    """A text for a widget's label, where Streamlit reads Markdown: a partner's words could be a picture or a link."""
    return _MARKDOWN.sub(r"\\\1", text)


def visually_hidden(text: str) -> Markup:
    """Text for those who listen, where a symbol says it to those who see."""
    return tag("span", text, class_="rt-hidden")


def go(text: Content, target: str, *, label: str | None = None, class_: str = "rt-go") -> Markup:
    """Something to click inside ``clickable``: a button that looks like a link and reports ``target``.

    ``label`` continues the visible text for those who listen; it must not replace it.
    """
    return tag("button", text, visually_hidden(label) if label else None, type="button", class_=class_, data_go=target)


def show(*parts: Content, key: str | None = None) -> None:
    """Put markup on the page. ``key`` names the container (``.st-key-<key>`` in the style sheet)."""
    body = tag("div", parts, class_="rt")
    if key is None:
        st.html(body)
    else:
        with st.container(key=key, gap=None):
            st.html(body)


def clickable(html: Markup, key: str, *, focus: bool = False) -> str | None:
    """Show markup whose ``data-go`` elements can be clicked; the value of the one that was, in that run only.

    ``focus``: takes the keyboard's focus where what had it is gone (the next step in a dialog), so that Tab and Escape
    go on from here.
    Of a waiting file, what scrolls of itself stays where one was when its contents change.
    An element with ``data-here`` is scrolled into view when another than before carries it.

    SVG works here too (``st.html`` removes it): give its groups ``tabindex=0``, ``role=button`` and ``data_go``.
    """
    assert isinstance(html, Markup), "clickable takes Markup: build it with tag() so that every text is escaped"
    result = _CLICKABLE(key=key, data={"html": str(html), "focus": focus}, on_go_change=_nothing)
    target = result.go
    return str(target) if target is not None else None


def _nothing() -> None:
    """Streamlit fills ``result.go`` only where a callback is named."""


def _attribute(key: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
