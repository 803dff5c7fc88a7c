"""Confirmations, corrections for a partner, reminders and contacts that could not be reached."""

import sqlalchemy as sa
from alembic import op

from etl.model.base import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "confirmation",
        sa.Column("entry", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.Column("record", sa.String(length=40), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entry.number"], name=op.f("fk_confirmation_entry_entry")),
        sa.PrimaryKeyConstraint("entry", name=op.f("pk_confirmation")),
    )
    op.create_index(op.f("ix_confirmation_partner"), "confirmation", ["partner"], unique=False)
    op.create_table(
        "correction",
        sa.Column("entry", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record", sa.String(length=40), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_by", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["entry"], ["entry.number"], name=op.f("fk_correction_entry_entry")),
        sa.PrimaryKeyConstraint("entry", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_partner"), "correction", ["partner"], unique=False)
    op.create_index(op.f("ix_correction_record"), "correction", ["record"], unique=False)
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("partners", sa.JSON(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("prepared_by", sa.String(length=120), nullable=False),
        sa.Column("prepared_at", Instant(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("sent_by", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["round"], ["round.name"], name=op.f("fk_reminder_round_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("round", "code", "address", name=op.f("uq_reminder_round")),
    )
    op.create_table(
        "reminder_setting",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("code", "name", name=op.f("pk_reminder_setting")),
    )
    op.create_table(
        "unreachable_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.Column("known_from", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unreachable_contact")),
    )
    op.create_index(op.f("ix_unreachable_contact_contact"), "unreachable_contact", ["contact"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_unreachable_contact_contact"), table_name="unreachable_contact")
    op.drop_table("unreachable_contact")
    op.drop_table("reminder_setting")
    op.drop_table("reminder")
    op.drop_index(op.f("ix_correction_record"), table_name="correction")
    op.drop_index(op.f("ix_correction_partner"), table_name="correction")
    op.drop_table("correction")
    op.drop_index(op.f("ix_confirmation_partner"), table_name="confirmation")
    op.drop_table("confirmation")
