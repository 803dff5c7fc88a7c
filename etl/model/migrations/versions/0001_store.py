"""The store: statements on two clocks, deliveries with their bytes, series, rounds, accounts."""

import sqlalchemy as sa
from alembic import op

from etl.model.base import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("username", sa.String(length=120), nullable=False),
        sa.Column("display_name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("username", name=op.f("pk_account")),
    )
    op.create_table(
        "confirmed_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("heading", sa.String(length=400), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.Column("known_from", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmed_mapping")),
    )
    op.create_index(op.f("ix_confirmed_mapping_partner"), "confirmed_mapping", ["partner"], unique=False)
    op.create_table(
        "draft_delivery",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("partner", sa.String(length=200), nullable=False),
        sa.Column("file", sa.String(length=400), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("corrections", sa.JSON(), nullable=False),
        sa.Column("uploaded_by", sa.String(length=120), nullable=False),
        sa.Column("uploaded_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_delivery")),
    )
    op.create_index(op.f("ix_draft_delivery_uploaded_by"), "draft_delivery", ["uploaded_by"], unique=False)
    op.create_table(
        "entry",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("known_from", Instant(), nullable=False),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_entry")),
    )
    op.create_table(
        "key_counter",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_key_counter")),
    )
    op.create_table(
        "round",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_round")),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
    )
    op.create_index(op.f("ix_series_partner"), "series", ["partner"], unique=False)
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=True),
        sa.Column("tried_at", Instant(), nullable=False),
        sa.Column("success", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    op.create_index(op.f("ix_sign_in_attempt_address"), "sign_in_attempt", ["address"], unique=False)
    op.create_index(op.f("ix_sign_in_attempt_username"), "sign_in_attempt", ["username"], unique=False)
    op.create_table(
        "store_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("undone", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_version")),
    )
    op.create_table(
        "delivery",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.Column("sender", sa.String(length=400), nullable=False),
        sa.Column("series", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(length=400), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("given_day", sa.Date(), nullable=True),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("known_from", Instant(), nullable=False),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.Column("sent_by", sa.String(length=120), nullable=True),
        sa.Column("undone_by", sa.String(length=120), nullable=True),
        sa.Column("importer", sa.String(length=60), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("sheets", sa.JSON(), nullable=False),
        sa.Column("issues", sa.JSON(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("corrections", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["series"], ["series.id"], name=op.f("fk_delivery_series_series")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_delivery")),
    )
    op.create_index(op.f("ix_delivery_known_from"), "delivery", ["known_from"], unique=False)
    op.create_index(op.f("ix_delivery_partner"), "delivery", ["partner"], unique=False)
    op.create_index(op.f("ix_delivery_sha256"), "delivery", ["sha256"], unique=False)
    op.create_index(op.f("ix_delivery_undone_at"), "delivery", ["undone_at"], unique=False)
    op.create_table(
        "human_rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=False),
        sa.Column("known_from", Instant(), nullable=False),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_human_rating")),
    )
    op.create_index(op.f("ix_human_rating_record"), "human_rating", ["record"], unique=False)
    op.create_table(
        "sign_in_session",
        sa.Column("session_hash", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(length=120), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["username"], ["account.username"], name=op.f("fk_sign_in_session_username_account")),
        sa.PrimaryKeyConstraint("session_hash", name=op.f("pk_sign_in_session")),
    )
    op.create_index(op.f("ix_sign_in_session_username"), "sign_in_session", ["username"], unique=False)
    op.create_table(
        "sign_in_ticket",
        sa.Column("ticket_hash", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(length=120), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["username"], ["account.username"], name=op.f("fk_sign_in_ticket_username_account")),
        sa.PrimaryKeyConstraint("ticket_hash", name=op.f("pk_sign_in_ticket")),
    )
    op.create_index(op.f("ix_sign_in_ticket_username"), "sign_in_ticket", ["username"], unique=False)
    op.create_table(
        "received_file",
        sa.Column("delivery", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["delivery"], ["delivery.number"], name=op.f("fk_received_file_delivery_delivery")),
        sa.PrimaryKeyConstraint("delivery", name=op.f("pk_received_file")),
    )
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery", sa.Integer(), nullable=True),
        sa.Column("entry", sa.Integer(), nullable=True),
        sa.Column("table_no", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("records", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["delivery"], ["delivery.number"], name=op.f("fk_statement_delivery_delivery")),
        sa.ForeignKeyConstraint(["entry"], ["entry.number"], name=op.f("fk_statement_entry_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    op.create_index(op.f("ix_statement_delivery"), "statement", ["delivery"], unique=False)
    op.create_index(op.f("ix_statement_kind"), "statement", ["kind"], unique=False)
    op.create_index(op.f("ix_statement_owner"), "statement", ["owner"], unique=False)
    op.execute("INSERT INTO store_version (id, version, undone) VALUES (1, 0, 0)")


def downgrade() -> None:
    op.drop_index(op.f("ix_statement_owner"), table_name="statement")
    op.drop_index(op.f("ix_statement_kind"), table_name="statement")
    op.drop_index(op.f("ix_statement_delivery"), table_name="statement")
    op.drop_table("statement")
    op.drop_table("received_file")
    op.drop_index(op.f("ix_sign_in_ticket_username"), table_name="sign_in_ticket")
    op.drop_table("sign_in_ticket")
    op.drop_index(op.f("ix_sign_in_session_username"), table_name="sign_in_session")
    op.drop_table("sign_in_session")
    op.drop_index(op.f("ix_human_rating_record"), table_name="human_rating")
    op.drop_table("human_rating")
    op.drop_index(op.f("ix_delivery_undone_at"), table_name="delivery")
    op.drop_index(op.f("ix_delivery_sha256"), table_name="delivery")
    op.drop_index(op.f("ix_delivery_partner"), table_name="delivery")
    op.drop_index(op.f("ix_delivery_known_from"), table_name="delivery")
    op.drop_table("delivery")
    op.drop_table("store_version")
    op.drop_index(op.f("ix_sign_in_attempt_username"), table_name="sign_in_attempt")
    op.drop_index(op.f("ix_sign_in_attempt_address"), table_name="sign_in_attempt")
    op.drop_table("sign_in_attempt")
    op.drop_table("setting")
    op.drop_index(op.f("ix_series_partner"), table_name="series")
    op.drop_table("series")
    op.drop_table("round")
    op.drop_table("key_counter")
    op.drop_table("entry")
    op.drop_index(op.f("ix_draft_delivery_uploaded_by"), table_name="draft_delivery")
    op.drop_table("draft_delivery")
    op.drop_index(op.f("ix_confirmed_mapping_partner"), table_name="confirmed_mapping")
    op.drop_table("confirmed_mapping")
    op.drop_table("account")
