"""The mails „das haben wir verstanden“ about what was accepted: one a partner as a draft, and all of them together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.answers import folders
from dashboard.answers.folders import FolderView, Reply
from dashboard.parts.blocks import note, section
from dashboard.parts.context import Context
from dashboard.parts.deliveries import viewer_of
from dashboard.parts.html import show, tag


def show_mails(context: Context, view: FolderView) -> None:
    """A draft for each partner; made when it is asked for."""
    say = context.say
    found = folders.mails_of(context.store, context.picture(), view, viewer_of(context))
    if not found:
        return
    without = [reply.name for reply in found if not reply.address]
    show(section(say("folder.mails"), say("folder.mails_n", n=len(found))), note(say("folder.mails_what")))
    if without:
        show(note(say("folder.mails_without", n=len(without), names=without)))
    if len(found) > 1:
        label = say("folder.mails_all", n=len(found))
        _download(context, found, label, say("folder.mails_file"), "application/zip", "all")
    for reply in found:
        with st.container(horizontal=True, vertical_alignment="center", key=f"folder-mail-{reply.partner}"):
            to = reply.address or say("folder.mail_no_address")
            show(tag("p", tag("b", reply.name), " ", tag("small", to), class_="rt-mail-to"))
            _download(context, [reply], say("folder.mail_take"), reply.file, "message/rfc822", reply.partner)


def _download(context: Context, found: Sequence[Reply], label: str, file: str, kind: str, key: str) -> None:
    st.download_button(
        label,
        data=_making(context, found),
        file_name=file,
        mime=kind,
        on_click="ignore",
        type="primary" if len(found) > 1 else "tertiary",
        key=f"folder-mail-take-{key}",
    )


def _making(context: Context, found: Sequence[Reply]) -> Callable[[], bytes]:
    """Asks anew who may have it when the button is pressed."""
    viewer, person = viewer_of(context), context.user.display_name
    return lambda: folders.mail_file(context.admit(), found, viewer, person=person)
