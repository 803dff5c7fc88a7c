"""A round is opened and closed by somebody, and may be opened again; a partner puts its own values right."""

import sqlalchemy as sa
from alembic import op

from etl.model.base import Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("round", sa.Column("opened_at", Instant(), nullable=True))
    op.add_column("round", sa.Column("opened_by", sa.String(length=120), nullable=True))
    op.add_column("correction", sa.Column("own", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "round_closing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round", sa.String(length=120), nullable=False),
        sa.Column("closed_at", Instant(), nullable=False),
        sa.Column("closed_by", sa.String(length=120), nullable=False),
        sa.Column("reopened_at", Instant(), nullable=True),
        sa.Column("reopened_by", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["round"], ["round.name"], name=op.f("fk_round_closing_round_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_closing")),
    )
    op.create_index(op.f("ix_round_closing_round"), "round_closing", ["round"], unique=False)


def downgrade() -> None:
    op.drop_table("round_closing")
    op.drop_column("correction", "own")
    op.drop_column("round", "opened_by")
    op.drop_column("round", "opened_at")
