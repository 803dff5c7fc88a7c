"""Bodies and their meetings: members, agenda, what is on the wall, what was written down, what is kept."""

import sqlalchemy as sa
from alembic import op

from etl.model.base import Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("run_by", sa.String(length=40), nullable=True),
        sa.Column("may_decide", sa.Boolean(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("differs", sa.Text(), nullable=False),
        sa.Column("rhythm_months", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("changed_by", sa.String(length=120), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("name", name=op.f("uq_body_name")),
    )
    op.create_index(op.f("ix_body_run_by"), "body", ["run_by"], unique=False)
    op.create_table(
        "noting",
        sa.Column("record", sa.String(length=40), nullable=False),
        sa.Column("meeting", sa.String(length=40), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("record", "meeting", name=op.f("pk_noting")),
    )
    op.create_table(
        "body_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=True),
        sa.Column("function", sa.String(length=200), nullable=False),
        sa.Column("decides", sa.Boolean(), nullable=False),
        sa.Column("deputy_for", sa.Integer(), nullable=True),
        sa.Column("attends", sa.String(length=20), nullable=False),
        sa.Column("username", sa.String(length=120), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("erased_at", Instant(), nullable=True),
        sa.Column("changed_by", sa.String(length=120), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["body"], ["body.id"], name=op.f("fk_body_member_body_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_member")),
    )
    op.create_index(op.f("ix_body_member_body"), "body_member", ["body"], unique=False)
    op.create_index(op.f("ix_body_member_username"), "body_member", ["username"], unique=False)
    op.create_table(
        "meeting_plan",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("starts_at", Instant(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=400), nullable=False),
        sa.Column("editorial_deadline", sa.Date(), nullable=True),
        sa.Column("shown_to_leadership", Instant(), nullable=True),
        sa.Column("invited_at", Instant(), nullable=True),
        sa.Column("invited_by", sa.String(length=120), nullable=True),
        sa.Column("guests", sa.Integer(), nullable=True),
        sa.Column("own_words", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.String(length=120), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["body"], ["body.id"], name=op.f("fk_meeting_plan_body_body")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meeting_plan")),
    )
    op.create_index(op.f("ix_meeting_plan_body"), "meeting_plan", ["body"], unique=False)
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("records", sa.JSON(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("consequence", sa.Text(), nullable=False),
        sa.Column("reports", sa.JSON(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("temperature", sa.Boolean(), nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("began_at", Instant(), nullable=True),
        sa.Column("changed_by", sa.String(length=120), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["meeting"], ["meeting_plan.key"], name=op.f("fk_agenda_item_meeting_meeting_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    op.create_index(op.f("ix_agenda_item_meeting"), "agenda_item", ["meeting"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("meeting", sa.String(length=40), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("noted_by", sa.String(length=120), nullable=False),
        sa.Column("noted_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["meeting"], ["meeting_plan.key"], name=op.f("fk_attendance_meeting_meeting_plan")),
        sa.ForeignKeyConstraint(["member"], ["body_member.id"], name=op.f("fk_attendance_member_body_member")),
        sa.PrimaryKeyConstraint("meeting", "member", name=op.f("pk_attendance")),
    )
    op.create_table(
        "meeting_closing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=40), nullable=False),
        sa.Column("closed_at", Instant(), nullable=False),
        sa.Column("closed_by", sa.String(length=120), nullable=False),
        sa.Column("supplement", sa.Boolean(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("reopened_at", Instant(), nullable=True),
        sa.Column("reopened_by", sa.String(length=120), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting"], ["meeting_plan.key"], name=op.f("fk_meeting_closing_meeting_meeting_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_closing")),
    )
    op.create_index(op.f("ix_meeting_closing_meeting"), "meeting_closing", ["meeting"], unique=False)
    op.create_table(
        "meeting_role",
        sa.Column("meeting", sa.String(length=40), nullable=False),
        sa.Column("username", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["meeting"], ["meeting_plan.key"], name=op.f("fk_meeting_role_meeting_meeting_plan")),
        sa.PrimaryKeyConstraint("meeting", "username", "role", name=op.f("pk_meeting_role")),
    )
    op.create_table(
        "kept_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("closing", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["closing"], ["meeting_closing.id"], name=op.f("fk_kept_paper_closing_meeting_closing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_paper")),
    )
    op.create_index(op.f("ix_kept_paper_closing"), "kept_paper", ["closing"], unique=False)
    op.create_table(
        "meeting_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=40), nullable=False),
        sa.Column("item", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("record", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("supplement", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.String(length=120), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["item"], ["agenda_item.id"], name=op.f("fk_meeting_result_item_agenda_item")),
        sa.ForeignKeyConstraint(["meeting"], ["meeting_plan.key"], name=op.f("fk_meeting_result_meeting_meeting_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_result")),
        sa.UniqueConstraint("meeting", "name", name="uq_meeting_result_name"),
    )
    op.create_index(op.f("ix_meeting_result_meeting"), "meeting_result", ["meeting"], unique=False)
    op.create_index(op.f("ix_meeting_result_record"), "meeting_result", ["record"], unique=False)
    op.create_table(
        "presentation",
        sa.Column("meeting", sa.String(length=40), nullable=False),
        sa.Column("item", sa.Integer(), nullable=True),
        sa.Column("target", sa.String(length=80), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("code_until", Instant(), nullable=False),
        sa.Column("moderator_hash", sa.String(length=64), nullable=True),
        sa.Column("moderator_name", sa.String(length=200), nullable=False),
        sa.Column("presented_by", sa.String(length=120), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["item"], ["agenda_item.id"], name=op.f("fk_presentation_item_agenda_item")),
        sa.ForeignKeyConstraint(["meeting"], ["meeting_plan.key"], name=op.f("fk_presentation_meeting_meeting_plan")),
        sa.PrimaryKeyConstraint("meeting", name=op.f("pk_presentation")),
    )
    op.create_index(op.f("ix_presentation_code"), "presentation", ["code"], unique=False)
    op.create_index(op.f("ix_presentation_moderator_hash"), "presentation", ["moderator_hash"], unique=False)
    op.create_table(
        "temperature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=40), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(length=40), nullable=True),
        sa.Column("computed", sa.String(length=40), nullable=True),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("on_track", sa.Integer(), nullable=False),
        sa.Column("at_risk", sa.Integer(), nullable=False),
        sa.Column("off_track", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.String(length=120), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["item"], ["agenda_item.id"], name=op.f("fk_temperature_item_agenda_item")),
        sa.ForeignKeyConstraint(["meeting"], ["meeting_plan.key"], name=op.f("fk_temperature_meeting_meeting_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_temperature")),
    )
    op.create_index(op.f("ix_temperature_meeting"), "temperature", ["meeting"], unique=False)
    op.create_index(op.f("ix_temperature_record"), "temperature", ["record"], unique=False)
    op.create_table(
        "meeting_result_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("result", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("beside", sa.Boolean(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["result"], ["meeting_result.id"], name=op.f("fk_meeting_result_version_result_meeting_result")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_result_version")),
        sa.UniqueConstraint("result", "number", name="uq_meeting_result_version_number"),
    )
    op.create_index(op.f("ix_meeting_result_version_result"), "meeting_result_version", ["result"], unique=False)
    op.create_table(
        "temperature_voice",
        sa.Column("temperature", sa.Integer(), nullable=False),
        sa.Column("device_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["temperature"], ["temperature.id"], name=op.f("fk_temperature_voice_temperature_temperature")
        ),
        sa.PrimaryKeyConstraint("temperature", "device_hash", name=op.f("pk_temperature_voice")),
    )


def downgrade() -> None:
    op.drop_table("temperature_voice")
    op.drop_table("meeting_result_version")
    op.drop_table("temperature")
    op.drop_table("presentation")
    op.drop_table("meeting_result")
    op.drop_table("kept_paper")
    op.drop_table("meeting_role")
    op.drop_table("meeting_closing")
    op.drop_table("attendance")
    op.drop_table("agenda_item")
    op.drop_table("meeting_plan")
    op.drop_table("body_member")
    op.drop_table("noting")
    op.drop_table("body")
