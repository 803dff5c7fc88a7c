"""A folder of mail attachments: what is in it, when its mails came, what the office took in for partners."""

import sqlalchemy as sa
from alembic import op

from etl.model.base import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "folder_file",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("folder", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(length=400), nullable=False),
        sa.Column("came_in", sa.JSON(), nullable=True),
        sa.Column("draft", sa.String(length=40), nullable=True),
        sa.Column("issue", sa.JSON(), nullable=True),
        sa.Column("proposal", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("delivery", sa.Integer(), nullable=True),
        sa.Column("uploaded_by", sa.String(length=120), nullable=False),
        sa.Column("uploaded_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_folder_file")),
    )
    for column in ("folder", "draft", "uploaded_by"):
        op.create_index(op.f(f"ix_folder_file_{column}"), "folder_file", [column], unique=False)
    op.add_column("draft_delivery", sa.Column("given_day", sa.Date(), nullable=True))
    op.add_column("draft_delivery", sa.Column("received_at", Instant(), nullable=True))
    op.add_column("draft_delivery", sa.Column("withheld", sa.JSON(), nullable=True))
    op.add_column("draft_delivery", sa.Column("mail", sa.String(length=400), nullable=True))
    op.add_column("delivery", sa.Column("on_behalf", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("delivery", sa.Column("mail", sa.String(length=400), nullable=True))


def downgrade() -> None:
    op.drop_column("delivery", "mail")
    op.drop_column("delivery", "on_behalf")
    for column in ("mail", "withheld", "received_at", "given_day"):
        op.drop_column("draft_delivery", column)
    op.drop_table("folder_file")
