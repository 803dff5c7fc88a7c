from tests.stores import postgresql_server, sqlite_store, store  # noqa: F401
