"""Personal links with which a partner reports without a file: the links, their uses, and wrong ones that were tried."""

import sqlalchemy as sa
from alembic import op

from etl.model.base import Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.Column("round", sa.String(length=120), nullable=True),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("one_device", sa.Boolean(), nullable=False),
        sa.Column("device_hash", sa.String(length=64), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("created_by", sa.String(length=120), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.Column("revoked_by", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["round"], ["round.name"], name=op.f("fk_report_link_round_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_link")),
    )
    op.create_index(op.f("ix_report_link_token_hash"), "report_link", ["token_hash"], unique=True)
    op.create_index(op.f("ix_report_link_partner"), "report_link", ["partner"], unique=False)
    op.create_table(
        "report_link_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("form", sa.String(length=64), nullable=True),
        sa.Column("source", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["link"], ["report_link.id"], name=op.f("fk_report_link_use_link_report_link")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_link_use")),
        sa.UniqueConstraint("link", "form", name="uq_report_link_use_form"),
    )
    op.create_index(op.f("ix_report_link_use_link"), "report_link_use", ["link"], unique=False)
    op.create_table(
        "report_link_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=True),
        sa.Column("tried_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_link_failure")),
    )
    op.create_index(op.f("ix_report_link_failure_tried_at"), "report_link_failure", ["tried_at"], unique=False)


def downgrade() -> None:
    op.drop_table("report_link_failure")
    op.drop_table("report_link_use")
    op.drop_table("report_link")
