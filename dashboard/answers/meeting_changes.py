"""What can be changed about bodies, meetings and agendas: the way from the page to the transactions."""

from __future__ import annotations

from etl.pipeline.composition import store_seat
from etl.pipeline.meeting.agenda import drop_item, move_item, store_item, take_on
from etl.pipeline.meeting.bodies import adopt_body, end_membership, erase_person, store_body, store_member
from etl.pipeline.meeting.inviting import invite_house, take_back_invitation
from etl.pipeline.meeting.planning import Wish, call_off, give_role, invite, plan_meeting, show_to_leadership

__all__ = [
    "Wish",
    "adopt_body",
    "call_off",
    "drop_item",
    "end_membership",
    "erase_person",
    "give_role",
    "invite",
    "invite_house",
    "move_item",
    "plan_meeting",
    "show_to_leadership",
    "store_body",
    "store_item",
    "store_member",
    "store_seat",
    "take_back_invitation",
    "take_on",
]
