"""What is said about agreements after the meeting, and a body's own words for those who join late."""

import sqlalchemy as sa
from alembic import op

from etl.model.base import Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "follow_up_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=True),
        sa.Column("meeting", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("settled_by", sa.String(length=120), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_word")),
    )
    op.create_index(op.f("ix_follow_up_word_record"), "follow_up_word", ["record"], unique=False)
    op.create_table(
        "body_own_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["body"], ["body.id"], name=op.f("fk_body_own_words_body_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_own_words")),
    )
    op.create_index(op.f("ix_body_own_words_body"), "body_own_words", ["body"], unique=False)


def downgrade() -> None:
    op.drop_table("body_own_words")
    op.drop_table("follow_up_word")
