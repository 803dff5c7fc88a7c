"""What things mean: ratings, changes, gaps, overlaps, funding. Pure functions of facts, thresholds and a day."""

#: Raised whenever a rule would rate the same facts differently; part of every cache key.
RULES_VERSION = 1
