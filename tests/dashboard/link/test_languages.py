"""Another language is one more file in the catalogue: nothing else."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from etl.wording import catalogues
from tests.dashboard.link.conftest import Network


def test_a_third_language_is_one_file_dropped_into_the_catalogue(
    network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(catalogues.SUBJECTS, folder)
    begun = (folder / "link.en.po").read_text(encoding="utf-8").replace("Language: en", "Language: ar")
    begun = begun.replace("Nothing has changed", "لم يتغير شيء").replace('"English"', '"العربية"')
    begun = re.sub(r'msgid "link\.review"\nmsgstr "[^"]*"\n', "", begun)  # not translated yet
    (folder / "link.ar.po").write_text(begun, encoding="utf-8")
    monkeypatch.setattr(catalogues, "SUBJECTS", folder)
    catalogues._catalogue.cache_clear()
    try:
        caller, path = network.caller(), network.link()
        page = caller.get(path, accept_language="ar-SY,ar;q=0.9,de;q=0.5")
        assert '<html lang="ar" dir="rtl">' in page.text
        assert "لم يتغير شيء" in page.text
        assert ">Next</button>" in page.text, "what is not translated yet is said in English"
        assert "العربية" in caller.get(f"{path}?lang=de").text
        first = network.measures()[0]
        typed = {f"m.{first.key}.participants_actual": "ca. 25", "n.title": "Nähtreff", "step": "review"}
        review = caller.post(path, page.hidden | typed)
        assert '<html lang="ar" dir="rtl">' in review.text
        assert "Thank you" in caller.post(path, review.hidden | {"step": "send"}).text
    finally:
        catalogues._catalogue.cache_clear()
    assert network.measures()[0].value("participants_actual") == 25
