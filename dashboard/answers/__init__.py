"""The only door from the dashboard to ``etl``: plain functions, no screen, no clock."""
