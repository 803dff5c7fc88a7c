"""The gettext catalogues: one per subject and language, merged when loaded.

``python -m etl.wording.build`` writes the merged catalogue as ``.mo``. Where it is missing or was made from other
``.po`` files than those beside it, the ``.po`` files are read instead, so a read-only or fresh checkout works too.
"""

from __future__ import annotations

import hashlib
import io
from functools import lru_cache
from gettext import GNUTranslations
from pathlib import Path

LANGUAGES = ("de", "en")
SUBJECTS = Path(__file__).parent / "catalogue"
BUILT = Path(__file__).parent / "locale"

#: What stands for a no-break space in the ``.po`` files, where the real one could not be seen.
TIE = "~"
NO_BREAK_SPACE = "\u00a0"


class KeyMissing(LookupError):
    """No catalogue has this key: a mistake of ours, found by a test over all keys used in the code."""


def languages_of(subject: str) -> tuple[str, ...]:
    """The languages that have a catalogue of this subject: the product's own first, then others by their code. One
    that was only begun to be translated says the rest in the last of the product's own."""
    found = {path.name.split(".")[1] for path in SUBJECTS.glob(f"{subject}.*.po")}
    return (*(code for code in LANGUAGES if code in found), *sorted(found - set(LANGUAGES)))


def message(language: str, key: str, n: object) -> str:
    """The pattern of ``key``; ``n`` (a number, or None) chooses between its forms."""
    try:
        return _message(language, key, n)
    except KeyMissing:
        if language in LANGUAGES:
            raise
        return _message(LANGUAGES[-1], key, n)


def _message(language: str, key: str, n: object) -> str:
    catalogue = _catalogue(language)
    if n == 0:
        zero = catalogue.gettext(f"{key}.zero")
        if zero != f"{key}.zero":
            return zero
    count = 1 if n is None else 0 if not isinstance(n, int) else n
    plural = f"{key}.plural"
    found = catalogue.ngettext(key, plural, count)
    if found in (key, plural):
        found = catalogue.gettext(key)
    if found == key:
        raise KeyMissing(f"no wording for {key!r} in {language!r}")
    return found


def sources(language: str) -> list[Path]:
    """The ``.po`` files of a language, in the order in which they are merged."""
    return sorted(SUBJECTS.glob(f"*.{language}.po"))


def fingerprint(language: str) -> str:
    """Changes with every change of a ``.po`` file of this language."""
    digest = hashlib.sha256()
    for path in sources(language):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def compiled(language: str) -> bytes:
    """The merged catalogue of a language in gettext's binary form, made from the ``.po`` files."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    merged = Catalog(locale=language, project="rundertisch")
    for path in sources(language):
        with path.open("rb") as stream:
            for entry in read_po(stream, locale=language, abort_invalid=True):
                if entry.id:
                    assert entry.id not in merged, f"{path.name}: {entry.id!r} stands in another catalogue already"
                    merged.add(entry.id, _untied(entry.string))
    merged.mime_headers = [*merged.mime_headers, ("X-Sources", fingerprint(language))]
    target = io.BytesIO()
    write_mo(target, merged)
    return target.getvalue()


def built_path(language: str) -> Path:
    return BUILT / language / "LC_MESSAGES" / "rundertisch.mo"


@lru_cache(maxsize=16)
def _catalogue(language: str) -> GNUTranslations:
    assert language in LANGUAGES or sources(language), f"the product does not speak {language!r}"
    path = built_path(language)
    if path.exists():
        with path.open("rb") as stream:
            built = GNUTranslations(stream)
        if built.info().get("x-sources") == fingerprint(language):
            return built
    return GNUTranslations(io.BytesIO(compiled(language)))


def _untied(string: str | tuple[str, ...] | list[str] | None) -> str | tuple[str, ...]:
    assert string, "an entry without wording"
    if isinstance(string, str):
        return string.replace(TIE, NO_BREAK_SPACE)
    return tuple(form.replace(TIE, NO_BREAK_SPACE) for form in string)
