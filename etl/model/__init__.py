"""The store: tables, transactions, migrations and the only SQL."""
