"""For the coordination office: files that wait for it, sending one back, and whose deliveries it wants to see first."""

from __future__ import annotations

import streamlit as st

from dashboard.answers.reviews import (
    AT_ONCE,
    OFFICE_FIRST,
    choose_policy,
    for_office,
    give_back,
    policy_of_partners,
)
from dashboard.answers.uploads import WaitingFile
from dashboard.parts.blocks import ListRow, list_rows, note, section
from dashboard.parts.context import Context
from dashboard.parts.deliveries import FILE, tell, viewer_of
from dashboard.parts.html import clickable, joined, plain_label, show
from dashboard.parts.no_clients import no_clients


def given_files(context: Context) -> list[WaitingFile]:
    """What partners have given to the office; nothing for anybody else."""
    return [given.file for given in for_office(context.store, viewer_of(context))]


def show_for_office(context: Context) -> None:
    """The files that wait, with their partner's name; a click opens one."""
    found = for_office(context.store, viewer_of(context))
    if not found:
        return
    say = context.say
    rows = [
        ListRow(
            given.file.file,
            say("deliveries.office.given", partner=given.partner, person=given.asked_by, when=given.asked_at),
            target=given.file.id,
        )
        for given in found
    ]
    head = section(say("deliveries.office.list"), say("deliveries.waiting_n", n=len(found)))
    opened = clickable(joined([head, list_rows(rows)]), key="deliveries-for-office")
    if opened:
        st.query_params.clear()
        st.query_params[FILE] = opened
        st.rerun()


def show_give_back(context: Context, file: WaitingFile) -> None:
    """Send a file back to its partner, with a sentence."""
    say = context.say
    with (
        st.popover(say("deliveries.office.give_back")),
        st.form(f"delivery-give-back-{file.id}", border=False),
    ):
        answer = st.text_area(say("deliveries.office.answer"), key=f"delivery-answer-{file.id}", max_chars=1000)
        show(no_clients(say))
        if st.form_submit_button(say("deliveries.office.give_back.do"), type="primary") and answer.strip():
            by, at = context.user.display_name, context.now
            came = give_back(context.store, file, answer, viewer_of(context), by=by, at=at)
            tell(f"deliveries.office.{came}", file=file.file)
            if came != "single_client":
                st.query_params.clear()
            st.rerun()


def show_policy(context: Context) -> None:
    """Whether a partner's deliveries hold at once, or after the office has looked; the office may change it."""
    if not context.is_office:
        return
    say, partners = context.say, policy_of_partners(context.store)
    first = [name for name, policy in partners.values() if policy == OFFICE_FIRST]
    show(section(say("deliveries.policy")), note(say("deliveries.policy.what")))
    show(note(say("deliveries.policy.first", n=len(first), names=first)))
    if not partners:
        return
    with st.popover(say("deliveries.policy.change"), type="tertiary"):
        partner = st.selectbox(
            say("deliveries.policy.partner"), list(partners), format_func=lambda key: partners[key][0], key="policy-of"
        )
        held = partners[partner][1]
        chosen = st.radio(
            plain_label(say("deliveries.policy.of", partner=partners[partner][0])),
            [AT_ONCE, OFFICE_FIRST],
            index=[AT_ONCE, OFFICE_FIRST].index(held),
            format_func=lambda policy: say(f"deliveries.policy.{policy}"),
            key=f"policy-{partner}",
        )
        if st.button(say("deliveries.policy.take"), key="policy-take") and chosen != held:
            by, at = context.user.display_name, context.now
            choose_policy(context.store, viewer_of(context), partner, chosen, by=by, at=at)
            tell(f"deliveries.policy.took.{chosen}", partner=partners[partner][0])
            st.rerun()
