"""What only a script in the browser can do: name the page's language, post a form, translate Streamlit's own words."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import streamlit as st

from etl.wording import say

#: Streamlit's own English texts, and the keys under which ours stand ("limit": the beginning of "25MB per file …").
STREAMLIT_WORDS = {
    "limit": "streamlit.limit",
    "Upload": "streamlit.upload",
    "Browse files": "streamlit.upload",
    "Drag and drop file here": "streamlit.drop_file",
    "Drag and drop files here": "streamlit.drop_files",
    "Press Enter to submit form": "streamlit.enter_submits",
    "Press Enter to apply": "streamlit.enter_applies",
    "No results": "streamlit.no_results",
    "Choose options": "streamlit.choose",
    "Choose an option": "streamlit.choose",
    "Select all": "streamlit.select_all",
    "Show password text": "streamlit.show_password",
    "Hide password text": "streamlit.hide_password",
    "Running...": "streamlit.running",
    "Page not found": "streamlit.page_not_found",
    "Skip to main content": "streamlit.skip",
    "App pages": "streamlit.pages",
    "Sidebar": "streamlit.menu",
    "Expand sidebar": "streamlit.menu_open",
    "Collapse sidebar": "streamlit.menu_close",
    "Navigate to home page": "streamlit.home",
    "Open": "streamlit.open",
    "file upload": "streamlit.file",
    "Fullscreen": "streamlit.fullscreen",
    "Show data": "streamlit.show_data",
    "Download as PNG": "streamlit.picture",
    "Copy Vega-Lite spec": "streamlit.specification",
    "Help for": "streamlit.help",
}

_BROWSER = st.components.v2.component(
    "rundertisch_browser",
    html='<div class="rt-browser"></div>',
    js="""
const translate = (node, words) => {
  if (node.nodeType === Node.TEXT_NODE) {
    const text = node.nodeValue.trim()
    const word = words[text] || (words.limit && text.replace(/^(?:Limit )?(\\d+)MB per file/, words.limit))
    if (word && word !== text) node.nodeValue = word
    return
  }
  if (node.nodeType !== Node.ELEMENT_NODE) return
  for (const name of ["aria-label", "title", "placeholder"]) {
    const text = node.getAttribute(name) || ""
    const [, start, rest] = text.match(/^(Help for|[A-Z][\\w -]*(?=: ))(.+)$/s) || []
    const word = words[text] || (words[start] && words[start] + rest)
    if (word) node.setAttribute(name, word)
  }
  node.childNodes.forEach((child) => translate(child, words))
}

const post = ({ action, fields }) => {
  const form = document.createElement("form")
  form.method = "post"
  form.action = action
  for (const [name, value] of Object.entries({ ...fields, next: location.pathname + location.search })) {
    const input = document.createElement("input")
    input.type = "hidden"
    input.name = name
    input.value = value
    form.append(input)
  }
  document.body.append(form)
  form.submit()
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".rt-browser")
  const [language, words, letter] = data
  document.documentElement.lang = language
  window.rundertischWords = words
  translate(document.body, words)
  if (!window.rundertischObserver) {
    window.rundertischObserver = new MutationObserver((changes) => {
      for (const change of changes) {
        change.addedNodes.forEach((node) => translate(node, window.rundertischWords))
        if (change.type !== "childList") translate(change.target, window.rundertischWords)
      }
    })
    window.rundertischObserver.observe(document.body, { childList: true, subtree: true, characterData: true })
  }
  if (letter && root.posted !== letter.id) {
    root.posted = letter.id
    post(letter)
  }
}
""",
    isolate_styles=False,
)


@dataclass(frozen=True)
class Post:
    """A form the browser sends to one of our routes (with ``next``, the page it is on), leaving the page."""

    action: str
    id: str
    fields: dict[str, str] = field(default_factory=dict)


def instruct(language: str, post: Post | None = None) -> None:
    """Tell the browser the page's language and, where there is one, what to post. Takes no space."""
    data = [language, _words(language), vars(post) if post else None]  # of a dict Streamlit would inspect each value
    with st.container(key="rt-browser"):
        _BROWSER(key="rt-browser-script", data=data)


@lru_cache(maxsize=4)
def _words(language: str) -> dict[str, str]:
    return {} if language == "en" else {english: say(language, key) for english, key in STREAMLIT_WORDS.items()}
