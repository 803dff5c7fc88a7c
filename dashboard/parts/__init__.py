"""Building blocks of pages: markup, style, charts, filters."""
