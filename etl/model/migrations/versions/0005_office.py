"""A partner's acceptance may wait for the office; its own words stand beside ratings that became worse."""

import sqlalchemy as sa
from alembic import op

from etl.model.base import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "acceptance_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.Column("policy", sa.String(length=20), nullable=False),
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.Column("known_from", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance_policy")),
    )
    op.create_index(op.f("ix_acceptance_policy_partner"), "acceptance_policy", ["partner"], unique=False)
    op.create_table(
        "office_review",
        sa.Column("draft", sa.String(length=40), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.String(length=120), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.String(length=120), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft"], ["draft_delivery.id"], name=op.f("fk_office_review_draft_draft_delivery"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("draft", name=op.f("pk_office_review")),
    )
    op.create_table(
        "partner_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(length=40), nullable=False),
        sa.Column("rating", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["delivery"], ["delivery.number"], name=op.f("fk_partner_word_delivery_delivery")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_word")),
    )
    op.create_index(op.f("ix_partner_word_delivery"), "partner_word", ["delivery"], unique=False)
    op.create_index(op.f("ix_partner_word_record"), "partner_word", ["record"], unique=False)
    op.add_column("delivery", sa.Column("accepted_by", sa.String(length=120), nullable=True))


def downgrade() -> None:
    op.drop_column("delivery", "accepted_by")
    op.drop_table("partner_word")
    op.drop_table("office_review")
    op.drop_table("acceptance_policy")
