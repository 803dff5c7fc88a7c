"""Which thresholds were in force since when."""

import sqlalchemy as sa
from alembic import op

from etl.model.base import Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "thresholds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("known_from", Instant(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thresholds")),
    )


def downgrade() -> None:
    op.drop_table("thresholds")
