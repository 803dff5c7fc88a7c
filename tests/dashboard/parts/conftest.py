from tests.demo import demo  # noqa: F401
from tests.stores import postgresql_server, postgresql_tables, sqlite_store, store  # noqa: F401
