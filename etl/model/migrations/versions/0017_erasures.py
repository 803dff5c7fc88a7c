"""Who was erased when and why, and the hashes of files that were replaced by redacted copies."""

import sqlalchemy as sa
from alembic import op

from etl.model.base import Instant

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("erased_by", sa.String(120), nullable=False),
        sa.Column("erased_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_table(
        "erased_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("erasure", sa.Integer(), nullable=False),
        sa.Column("delivery", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("cells", sa.Integer(), nullable=False),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["erasure"], ["erasure.id"], name=op.f("fk_erased_file_erasure_erasure")),
        sa.ForeignKeyConstraint(["delivery"], ["delivery.number"], name=op.f("fk_erased_file_delivery_delivery")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erased_file")),
    )
    op.create_index(op.f("ix_erased_file_delivery"), "erased_file", ["delivery"])
    op.create_index(op.f("ix_erased_file_sha256"), "erased_file", ["sha256"])


def downgrade() -> None:
    op.drop_table("erased_file")
    op.drop_table("erasure")
