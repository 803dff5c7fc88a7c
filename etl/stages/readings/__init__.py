"""How a cell of each type is read. Nothing here knows of tables, rows or columns but ``columns`` and ``families``."""
