"""What is derived from a picture is made once, however many look at the same time."""

from __future__ import annotations

import gc
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from dashboard.answers.once import Once


class _Picture:
    """Something to derive from."""


def test_twenty_five_viewers_who_come_at_once_wait_for_one_page() -> None:
    made: list[str] = []

    def make(picture: _Picture, language: str) -> str:
        time.sleep(0.01)
        made.append(language)
        return f"page {language}"

    once, picture, gate = Once(make), _Picture(), threading.Barrier(25)

    def look(number: int) -> str:
        gate.wait()
        return once(picture, "en" if number % 5 == 0 else "de")

    with ThreadPoolExecutor(25) as viewers:
        seen = list(viewers.map(look, range(25)))
    assert sorted(made) == ["de", "en"]
    assert seen.count("page en") == 5


def test_a_new_picture_gets_a_new_page_and_the_old_page_goes_with_its_picture() -> None:
    made: list[int] = []

    def make(picture: _Picture) -> int:
        made.append(1)
        return len(made)

    once, first, second = Once(make), _Picture(), _Picture()
    assert (once(first), once(second), once(first)) == (1, 2, 1)
    del first, second
    gc.collect()
    assert once._kept == {}


def test_choices_without_end_do_not_fill_the_memory() -> None:
    once, picture = Once(lambda picture, number: number), _Picture()
    assert [once(picture, number) for number in range(1000)] == list(range(1000))
    assert len(once._kept[id(picture)]) <= 200
    assert once(picture, 0) == 0
