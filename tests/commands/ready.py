"""Read once by the process that commands are forked from: what each of them would read anew."""

from __future__ import annotations

from etl.vocabulary import load_vocabulary
from etl.wording import LANGUAGES, say

load_vocabulary()
for language in LANGUAGES:
    say(language, "product.name")
