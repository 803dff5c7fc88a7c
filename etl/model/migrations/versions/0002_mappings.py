"""A confirmed mapping remembers the headings it was confirmed among."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("confirmed_mapping", sa.Column("headings", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("confirmed_mapping", "headings")
