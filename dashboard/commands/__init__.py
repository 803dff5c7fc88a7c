"""The subcommands of ``rundertisch``: each a function that does its work and returns what to print."""
