"""The checks of the screens find what they look for: a page that has every fault, and one that has none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.dashboard.acceptance import screens
from tests.dashboard.acceptance.network import PHONE, Network, Watch, Window

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]

_FRAME = '<html lang="de"><title>Probe</title><main data-testid="stMain" style="overflow:auto">{body}</main></html>'
_FAULTS: dict[str, tuple[Callable[[Window], list[str]], str]] = {
    "cut at the right": (
        screens.clipped,
        '<div style="width:80px;overflow:hidden;white-space:nowrap">ein Satz, der länger ist</div>',
    ),
    "cut below": (screens.clipped, '<div style="height:24px;overflow:clip;width:60px">zwei Zeilen Text</div>'),
    "text on text": (
        screens.overlapping,
        '<p>eine Zeile</p><p style="position:absolute;top:12px;left:12px">darüber</p>',
    ),
    "two labels of a picture": (
        screens.overlapping,
        '<svg width="200" height="50"><text x="5" y="20">Januar</text><text x="20" y="20">Februar</text></svg>',
    ),
    "wider than the phone": (screens.sideways, '<div style="width:500px">breit</div>'),
    "an image without words": (
        screens.axe_findings,
        '<h1>Probe</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    ),
}
_ALL_WELL = """
<h1>Probe</h1><p>Ein Satz.</p>
<div style="overflow-x:auto;width:100px" tabindex="0" role="region" aria-label="Tabelle">
<div style="width:900px">breit</div></div>
<div style="display:grid;grid-template-columns:1fr 1fr"><span>links</span><span>rechts</span></div>
<svg width="200" height="50" role="img" aria-label="Monate">
<text x="5" y="20">Januar</text><text x="5" y="20">Januar</text></svg>
"""


@pytest.fixture
def showing(browser: Browser) -> Iterator[Callable[[str], Window]]:
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]

    def show(body: str) -> Window:
        page = context.new_page()
        page.set_content(_FRAME.format(body=body))
        opened = Window(Network("", None), page, Watch())  # type: ignore[arg-type]
        screens.arm(opened)
        return opened

    yield show
    context.close()


@pytest.mark.parametrize("fault", _FAULTS)
def test_a_fault_is_found(showing: Callable[[str], Window], fault: str) -> None:
    check, body = _FAULTS[fault]
    assert check(showing(body))


@pytest.mark.parametrize(
    "check", [screens.clipped, screens.overlapping, screens.sideways, screens.axe_findings], ids=lambda c: c.__name__
)
def test_where_all_is_well_nothing_is_found(
    showing: Callable[[str], Window], check: Callable[[Window], list[str]]
) -> None:
    assert check(showing(_ALL_WELL)) == []
