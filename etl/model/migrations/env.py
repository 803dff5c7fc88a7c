"""Alembic's environment: always on the connection that ``etl.model.migrate`` hands over."""

from alembic import context

from etl.model.base import Base
from etl.model.migrate import read_every_table

read_every_table()

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
