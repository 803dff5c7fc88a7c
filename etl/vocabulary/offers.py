"""How lists say who can come to an offer, when, and that it is there for a whole district (``offers.csv``)."""

from __future__ import annotations

from functools import lru_cache

from etl.settings import data_folder
from etl.vocabulary.loader import rows_of
from etl.vocabulary.themes import Themes


@lru_cache(maxsize=1)
def load_offers() -> Themes:
    """Words of ``access.open``, ``access.registration``, ``access.referral``, ``place.everywhere``, ``setting``,
    ``house`` (where something happens) and ``venue`` (the same, only after a word like „in der“)."""
    return Themes([(row["what"], row["word"]) for row in rows_of(data_folder() / "vocabulary" / "offers.csv")])
