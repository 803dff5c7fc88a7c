"""One module per menu entry, each with `render(context)`."""
