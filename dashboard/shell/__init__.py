"""Sign-in, menu, language: everything around a page."""
