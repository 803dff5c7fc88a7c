"""A pair of similar offers is decided about on its page, and each view shows without an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.model.relations import relations
from etl.model.store import Store, open_store
from tests.demo import demo
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
