"""Parts of the stage that finds tables: the grid, heading rows, body rows, notes and sections."""
