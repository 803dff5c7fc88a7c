"""What the office judged about its sources: contradictions settled, records that are one."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from etl.model.base import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "settlement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(length=40), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("heard", sa.JSON(), nullable=False),
        sa.Column("holds", sa.Integer(), nullable=True),
        *_told(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
    )
    op.create_index(op.f("ix_settlement_record"), "settlement", ["record"], unique=False)
    op.create_table(
        "sameness",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("kept", sa.String(length=40), nullable=False),
        sa.Column("other", sa.String(length=40), nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        *_told(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sameness")),
    )
    op.create_index(op.f("ix_sameness_kept"), "sameness", ["kept"], unique=False)
    op.create_index(op.f("ix_sameness_other"), "sameness", ["other"], unique=False)


def _told() -> list[sa.Column[Any]]:
    """Who judged, why, since when it is known, who took it back when."""
    return [
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("known_from", Instant(), nullable=False),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.Column("undone_by", sa.String(length=120), nullable=True),
    ]


def downgrade() -> None:
    op.drop_table("sameness")
    op.drop_table("settlement")
