"""A pair of similar offers is decided about on its page, and each view shows without an error."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from dashboard.answers.contacts import Viewer
from dashboard.answers.overlaps import pairs
from dashboard.answers.picture import picture
from dashboard.parts.html import escape, plain_label
from dashboard.parts.overlaps import list_markup, pair_markup
from etl.model.relations import relations
from etl.model.store import Store, open_store
from etl.wording import say
from tests.demo import DEMO_DAY, demo
from tests.signed_in import app_as

__all__ = ["demo"]


@pytest.fixture
def own_demo(demo: Store, tmp_path: Path) -> Store:
    """A copy of the demo that may be written into."""
    path = tmp_path / "demo.db"
    path.write_bytes(Path(str(demo.engine.url.database)).read_bytes())
    return open_store(f"sqlite:///{path}")


def test_the_office_decides_about_a_pair_and_about_a_goal_of_a_house(own_demo: Store) -> None:
    app = app_as(own_demo, "koordination", "massnahmen", ansicht="aehnlich")
    assert not app.at.exception
    [choice] = [radio for radio in app.at.radio if str(radio.key).startswith("overlap-verdict-")]
    choice.set_value("refer")
    app.at.button(key="overlap-do").click()
    assert not app.run().exception
    with own_demo.reading() as connection:
        assert [one.verdict for one in relations(connection, "measure")] == ["complementary", "refer"]
    app = app_as(own_demo, "koordination", "massnahmen", ansicht="luecken")
    [choice] = [radio for radio in app.at.radio if str(radio.key).startswith("house_goal-verdict-")]
    choice.set_value("supports")
    app.at.button(key="house_goal-do").click()
    assert not app.run().exception
    with own_demo.reading() as connection:
        assert [one.verdict for one in relations(connection, "goal")] == ["supports"]
    for view in ("luecken", "angebote"):
        assert not app_as(own_demo, "koordination", "massnahmen", ansicht=view, sicht="anbieter").at.exception


def test_the_question_names_the_two_that_were_chosen(demo: Store) -> None:
    found = pairs(demo, picture(demo, DEMO_DAY), Viewer("coordinator"))
    for pair in (found.opened[0], found.opened[-1]):
        app = app_as(demo, "koordination", "massnahmen", ansicht="aehnlich", paar=pair.key)
        [choice] = [radio for radio in app.at.radio if str(radio.key).startswith("overlap-verdict-")]
        one, other = (plain_label(side.measure.title) for side in (pair.one, pair.other))
        assert choice.label == f"Wie stehen „{one}“ und „{other}“ zueinander?"


def test_the_names_of_a_pair_are_what_is_clicked_and_the_chosen_one_comes_into_sight(demo: Store) -> None:
    found = pairs(demo, picture(demo, DEMO_DAY), Viewer("coordinator"))
    pair, words = found.opened[0], partial(say, "de")
    names = f"{pair.one.measure.title} / {pair.other.measure.title}"
    rows = list_markup(found, found.opened, pair, (1, 1), words)
    assert f'data-go="{pair.key}">{escape(names)}</button>' in str(rows)
    for chosen in (True, False):
        shown = pair_markup(pair, words, "de", chosen=chosen)
        assert (f'data-here="{pair.key}"' in str(shown)) is chosen
        assert f"<h2>„{escape(pair.one.measure.title)}“ und „{escape(pair.other.measure.title)}“</h2>" in str(shown)


def test_choices_name_meetings_places_and_goals_as_they_are_written(demo: Store) -> None:
    """Streamlit reads no Markdown in the options of a selectbox: an escape would be seen."""
    asked = (("aehnlich", "overlap-put-meeting"), ("luecken", "house-goal-own"), ("angebote", "offers-place"))
    found = {
        view: app_as(demo, "koordination", "massnahmen", ansicht=view).at.selectbox(key=key) for view, key in asked
    }
    assert any(option.startswith("7. Sitzung") for option in found["aehnlich"].options)
    assert not [option for box in found.values() for option in box.options if "\\" in option]
