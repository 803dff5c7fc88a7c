"""Alembic, run from inside: every opening brings the tables up to date."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from sqlalchemy import Engine, inspect

#: The newest migration; a test compares it with the folder.
HEAD = "0018"


def migrate(engine: Engine) -> None:
    """Bring the store's tables to ``HEAD``; does nothing (and loads nothing) when they are there already."""
    if _revision(engine) == HEAD:
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.connect().execution_options(rt_writing=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def read_every_table() -> None:
    """Fill the metadata: a table is known once its module was read."""
    for module in iter_modules([str(Path(__file__).parent)]):
        if module.name != "migrations":
            import_module(f"etl.model.{module.name}")


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
