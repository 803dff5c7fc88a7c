"""What tells a list about single clients from other lists: its labels, what stands beside them, its free text."""
