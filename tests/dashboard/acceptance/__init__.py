"""The whole dashboard in a real browser, with the demo network's real content."""
