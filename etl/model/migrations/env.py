"""Alembic's environment: always on the connection that ``etl.model.migrate`` hands over."""

from alembic import context

from etl.model import (  # noqa: F401  (fills the metadata)
    accounts,
    bodies,
    following,
    judgements,
    meeting_results,
    meetings,
    presenting,
    report_links,
    round_tables,
    tables,
)
from etl.model.base import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
