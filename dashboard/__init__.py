"""What people see: it asks `etl` and shows the answers."""
