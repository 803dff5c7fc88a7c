"""How many voices a temperature had, and how often a device has spoken: a receipt counts once."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("temperature", sa.Column("voices", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("temperature_voice", sa.Column("turn", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    op.drop_column("temperature_voice", "turn")
    op.drop_column("temperature", "voices")
