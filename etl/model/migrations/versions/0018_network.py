"""The network itself: relations, who belongs at the table, programmes, idea workshops, focus topics, process steps,
comments on fragile spots.
"""

import sqlalchemy as sa
from alembic import op

from etl.model.base import Instant

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "line_confirmed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(length=40), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_confirmed")),
    )
    op.create_index(op.f("ix_line_confirmed_record"), "line_confirmed", ["record"], unique=False)
    op.create_table(
        "process_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.String(length=120), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_step")),
        sa.UniqueConstraint("code", name=op.f("uq_process_step_code")),
    )
    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("funder", sa.String(length=400), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=True),
        sa.Column("applicants", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("own_share", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("most_per_year", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("least_per_year", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("longest_months", sa.Integer(), nullable=True),
        sa.Column("lead_months", sa.Integer(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("yearly", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.String(length=120), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
    )
    op.create_table(
        "reference_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("types", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("body_kinds", sa.JSON(), nullable=False),
        sa.Column("weight", sa.String(length=20), nullable=False),
        sa.Column("decides", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.String(length=120), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_seat")),
    )
    op.create_table(
        "relation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("one", sa.String(length=40), nullable=False),
        sa.Column("other", sa.String(length=40), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
    )
    op.create_index(op.f("ix_relation_one"), "relation", ["one"], unique=False)
    op.create_index(op.f("ix_relation_other"), "relation", ["other"], unique=False)
    op.create_table(
        "spot_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("spot", sa.String(length=200), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_comment")),
    )
    op.create_index(op.f("ix_spot_comment_spot"), "spot_comment", ["spot"], unique=False)
    op.create_table(
        "watch_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=True),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("withdrawn_by", sa.String(length=120), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_note")),
    )
    op.create_index(op.f("ix_watch_note_about"), "watch_note", ["about"], unique=False)
    op.create_table(
        "focus_topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("body", sa.Integer(), nullable=True),
        sa.Column("meeting", sa.String(length=40), nullable=True),
        sa.Column("watched_by", sa.String(length=40), nullable=True),
        sa.Column("sites", sa.JSON(), nullable=False),
        sa.Column("goals", sa.JSON(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("changed_by", sa.String(length=120), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["body"], ["body.id"], name=op.f("fk_focus_topic_body_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_focus_topic")),
    )
    op.create_table(
        "idea_workshop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("body", sa.Integer(), nullable=True),
        sa.Column("meeting", sa.String(length=40), nullable=True),
        sa.Column("ideas", sa.JSON(), nullable=False),
        sa.Column("opened_by", sa.String(length=120), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("closed_by", sa.String(length=120), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["body"], ["body.id"], name=op.f("fk_idea_workshop_body_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_workshop")),
    )
    op.create_table(
        "focus_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("responsible", sa.String(length=40), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("changed_by", sa.String(length=120), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["topic"], ["focus_topic.id"], name=op.f("fk_focus_step_topic_focus_topic")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_focus_step")),
    )
    op.create_index(op.f("ix_focus_step_topic"), "focus_step", ["topic"], unique=False)
    op.create_table(
        "idea_dots",
        sa.Column("workshop", sa.Integer(), nullable=False),
        sa.Column("idea", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["workshop"], ["idea_workshop.id"], name=op.f("fk_idea_dots_workshop_idea_workshop")),
        sa.PrimaryKeyConstraint("workshop", "idea", name=op.f("pk_idea_dots")),
    )
    op.create_table(
        "idea_voice",
        sa.Column("workshop", sa.Integer(), nullable=False),
        sa.Column("idea", sa.String(length=40), nullable=False),
        sa.Column("username", sa.String(length=120), nullable=False),
        sa.Column("feasibility", sa.Integer(), nullable=True),
        sa.Column("impact", sa.Integer(), nullable=True),
        sa.Column("innovation", sa.Integer(), nullable=True),
        sa.Column("noted_by", sa.String(length=120), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["workshop"], ["idea_workshop.id"], name=op.f("fk_idea_voice_workshop_idea_workshop")),
        sa.PrimaryKeyConstraint("workshop", "idea", "username", name=op.f("pk_idea_voice")),
    )
    op.create_table(
        "invited_guest",
        sa.Column("meeting", sa.String(length=40), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.Column("came", sa.Boolean(), nullable=True),
        sa.Column("noted_by", sa.String(length=120), nullable=False),
        sa.Column("noted_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["meeting"], ["meeting_plan.key"], name=op.f("fk_invited_guest_meeting_meeting_plan")),
        sa.PrimaryKeyConstraint("meeting", "partner", name=op.f("pk_invited_guest")),
    )


def downgrade() -> None:
    op.drop_table("invited_guest")
    op.drop_table("idea_voice")
    op.drop_table("idea_dots")
    op.drop_table("focus_step")
    op.drop_table("idea_workshop")
    op.drop_table("focus_topic")
    op.drop_table("watch_note")
    op.drop_table("spot_comment")
    op.drop_table("relation")
    op.drop_table("reference_seat")
    op.drop_table("programme")
    op.drop_table("process_step")
    op.drop_table("line_confirmed")
