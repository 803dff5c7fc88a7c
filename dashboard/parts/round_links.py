"""Reporting without a file, for the office: links to hand out or print, the same form during a phone call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

import streamlit as st

from dashboard.answers import report_links as answers
from dashboard.answers.report_links import LinkShown, NewLink
from dashboard.answers.rounds import RoundView
from dashboard.parts.blocks import Column, note, section, table
from dashboard.parts.context import Context
from dashboard.parts.deliveries import tell, viewer_of
from dashboard.parts.html import Content, clickable, go, joined, plain_label, show, tag
from dashboard.parts.pressed import press, pressed

Say = Callable[..., str]
#: Makes the letters of new links: (links, the address they begin with) -> PDF.
Letters = Callable[[Sequence[NewLink], str], bytes]

_MAKE, _PHONE, _REVOKE = "links-make", "links-phone", "links-revoke"
#: Session keys: links made in this session (a token is told once and kept nowhere else), by their round.
_MADE, _CALL = "links-made", "links-call"
_MISSING, _SHOWN = "missing", 12


def carry_out(context: Context) -> None:
    found = pressed(_MAKE, _PHONE, _REVOKE)
    if found is None:
        return
    decision, subject = found
    if decision == _REVOKE:
        _revoke(context, *subject)
    else:
        _make(context, *subject, way="phone" if decision == _PHONE else "link")


def _make(context: Context, view: RoundView, way: str) -> None:
    typed = st.session_state
    chosen = typed.get("links-partner")
    if chosen is None or (way == "phone" and chosen == _MISSING):
        tell("link.office.nobody")
        return
    last_day = context.day if way == "phone" else typed.get("links-last-day")
    if last_day is None:
        tell("link.office.over")
        return
    wanted = [chosen]
    if chosen == _MISSING:
        shown = answers.links_shown(context.store, context.picture(), viewer_of(context), view.this)
        _, wanted = answers.partners_to_ask(context.picture(), view.this, shown)
        if not wanted:
            tell("link.office.all_have")
            return
    outcome, made = answers.make_links(
        context.store,
        context.picture(),
        viewer_of(context),
        view.this,
        wanted,
        person=typed.get("links-person", ""),
        last_day=last_day,
        one_device=bool(typed.get("links-one-device")) and way == "link",
        way=way,
        now=context.now,
        by=context.user.display_name,
    )
    if outcome != "made":
        tell(f"link.office.{outcome}")
    elif way == "phone":
        typed[_CALL] = made[0]
    else:
        typed[_MADE] = [*made, *typed.get(_MADE, [])]


def _revoke(context: Context, numbers: list[int], partner: str = "") -> None:
    """``partner``: whose link it is, where it is one."""
    outcome, n = answers.revoke(
        context.store, viewer_of(context), numbers, now=context.now, by=context.user.display_name
    )
    if partner and outcome == "revoked":
        tell("link.office.revoked_of", partner=partner)
    else:
        tell(f"link.office.{outcome}", n=n)
    st.session_state[_MADE] = [link for link in st.session_state.get(_MADE, []) if link.number not in numbers]


def show_links(context: Context, view: RoundView, letters: Letters) -> None:
    """Make links, print or copy those just made, see what became of all of them."""
    say = context.say
    shown = answers.links_shown(context.store, context.picture(), viewer_of(context), view.this)
    names, missing = answers.partners_to_ask(context.picture(), view.this, shown)
    show(section(say("link.office"), say("link.office.n", n=sum(link.is_open_link for link in shown))))
    show(note(say("link.office.what")))
    _form(context, view, names, missing)
    _call(context)
    _made(context, letters)
    _list(context, shown)


def _form(context: Context, view: RoundView, names: dict[str, str], missing: list[str]) -> None:
    say = context.say
    options = [*([_MISSING] if missing else []), *names]
    with st.form("links", border=False):
        with st.container(horizontal=True):
            st.selectbox(
                say("link.office.partner"),
                options,
                index=None,
                key="links-partner",
                format_func=lambda key: (
                    say("link.office.missing", n=len(missing)) if key == _MISSING else names.get(key, key)
                ),
                placeholder=say("link.office.partner_hint"),
                width=420,
            )
            st.text_input(say("link.office.person"), key="links-person", max_chars=120, width=260)
            st.date_input(
                say("link.office.last_day"),
                value=answers.usual_last_day(view.this, context.day),
                key="links-last-day",
                format="DD.MM.YYYY",
                width=200,
            )
        st.checkbox(say("link.office.one_device"), key="links-one-device", help=say("link.office.one_device_help"))
        with st.container(horizontal=True):
            st.form_submit_button(
                say("link.office.make"), type="primary", key="links-make", on_click=press, args=(_MAKE, view)
            )
            st.form_submit_button(say("link.office.phone"), key="links-phone", on_click=press, args=(_PHONE, view))


def _call(context: Context) -> None:
    """The form for the phone call that is on: it opens beside the dashboard."""
    link: NewLink | None = st.session_state.get(_CALL)
    if link is None:
        return
    say = context.say
    show(tag("p", say("link.office.call", partner=link.partner), class_="rt-told"))
    st.link_button(plain_label(say("link.office.call_open")), f"{_path(link)}?lang={context.language}", type="primary")


def _made(context: Context, letters: Letters) -> None:
    """Links just made, with their letters: nobody can show them again later."""
    made: list[NewLink] = st.session_state.get(_MADE, [])
    if not made:
        return
    say, origin = context.say, _origin()
    show(tag("p", tag("b", say("link.office.made", n=len(made))), " ", say("link.office.once"), class_="rt-told"))

    def data() -> bytes:
        context.admit()
        return letters(made, origin)

    st.download_button(
        say("link.office.letters", n=len(made)),
        data=data,
        file_name=f"links-{context.day.isoformat()}.pdf",
        mime="application/pdf",
        on_click="ignore",
        key="links-letters",
    )
    for link in made[:_SHOWN]:
        show(note(joined([link.partner, f" ({link.person})" if link.person else ""])))
        st.code(f"{origin}{_path(link)}", language=None, wrap_lines=True)
    if len(made) > _SHOWN:
        show(note(say("link.office.more", n=len(made) - _SHOWN)))


def _list(context: Context, shown: Sequence[LinkShown]) -> None:
    if not shown:
        return
    say = context.say
    columns = [
        Column(say("round.column.partner")),
        Column(say("link.office.column.state")),
        Column(say("link.office.column.until"), narrow=True),
        Column(say("deliveries.column.back")),
    ]
    rows = [_row(link, say) for link in shown]
    clicked = clickable(table(columns, rows, label=say("link.office")), key="links-list")
    holding = [link.number for link in shown if link.is_open_link]
    one = next((link for link in shown if str(link.number) == clicked), None)
    if one is not None:
        press(_REVOKE, [one.number], one.partner)
        st.rerun()
    if len(holding) > 1:
        label = say("link.office.revoke_all", n=len(holding))
        st.button(label, key="links-revoke-all", on_click=press, args=(_REVOKE, holding))


def _row(link: LinkShown, say: Say) -> list[Content]:
    about = [link.person, say("link.office.way.phone") if link.way == "phone" else ""]
    about.append(say("link.office.device") if link.one_device else "")
    state = say(f"link.office.state.{link.state}")
    earlier = say(f"link.office.state.{link.before}") + ", " if link.before else None
    return [
        joined([link.partner, tag("small", " · ".join(filter(None, about)))]),
        joined([earlier, state, tag("small", say("round.state.day", day=link.since.date())) if link.since else None]),
        say("link.office.until", day=link.last_day),
        go(say("link.office.revoke"), str(link.number), label=link.partner, class_="rt-link") if link.holds else None,
    ]


def _path(link: NewLink) -> str:
    return f"/melden/{link.token}"


def _origin() -> str:
    """How the office's own browser reaches the dashboard: partners reach it the same way."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
