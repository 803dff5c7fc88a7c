"""The network on a day as the screens and reports take it: typed facts, and where each value comes from."""
