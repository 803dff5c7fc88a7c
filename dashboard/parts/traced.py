"""Marks a value in markup as one that can be asked „woher?“; to be shown inside ``clickable``, read by ``follow``.

A value is asked with the mouse or a finger. Each row also has something for the keyboard: its title, which leads to the
record's page or to all values of the record.
"""

from __future__ import annotations

from collections.abc import Callable

from dashboard.parts.html import Content, Markup, go, joined, tag

Say = Callable[..., str]

VALUE, SUM = "woher", "summe"


def value_target(record: str, *fields: str) -> str:
    """A record's field; several where the value is made of them; all of the record's where none is named."""
    return f"{VALUE}:{record}:{','.join(fields)}"


def sum_target(name: str, *choices: str | None) -> str:
    """A sum of ``dashboard.answers.sums``."""
    return ":".join((SUM, name, *(choice or "" for choice in choices)))


def traced(content: Content, target: str) -> Markup:
    """A value as it is, that tells its source when clicked."""
    return tag("span", content, tabindex=-1, data_go=target, class_="rt-from")


def where_link(say: Say, target: str, about: str | None = None) -> Markup:
    """„woher?“ as a link; ``about`` says of what to those who listen."""
    return go(say("value.where_from"), target, label=f" {about}" if about else None, class_="rt-link")


def sourced(over: Content, say: Say, target: str) -> Markup:
    """The line above a headline, with the way to what the headline counts."""
    return joined([over, " · ", where_link(say, target)])


def asked(content: Content, target: str, *, label: str | None = None) -> Markup:
    """The same for the keyboard too: a button that looks like its text."""
    return go(content, target, label=label, class_="rt-go rt-from")
