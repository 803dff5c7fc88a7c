"""How a process that imports deliveries uses memory. Called by whoever starts one: command line, dashboard, bench."""

from __future__ import annotations

import gc

#: A delivery of 200 x 20 cells makes some ten thousand objects, none of which refer to one another in circles: they are
#: freed as soon as nobody looks at them. Python's default, a search every 700 objects, took half of an import's time.
OBJECTS_BETWEEN_SEARCHES = 100_000


def spare_the_collector() -> None:
    """Search for circular garbage rarely, and never again among the modules and vocabulary that are loaded by now."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_SEARCHES, 10, 10)
