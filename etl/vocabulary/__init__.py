"""The words partners use: headings, values and names as data in ``data/vocabulary``, read once."""

from etl.vocabulary.loader import Field, Vocabulary, load_vocabulary
from etl.vocabulary.normalise import normalise

__all__ = ["Field", "Vocabulary", "load_vocabulary", "normalise"]
