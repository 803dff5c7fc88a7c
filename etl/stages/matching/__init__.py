"""How the records of a file are recognised among those known."""
