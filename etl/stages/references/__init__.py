"""How names in cells are compared: organisations by their parts, titles and own numbers by their words."""
