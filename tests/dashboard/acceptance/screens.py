"""The dashboard's screens, the sizes they are shown at, and what is known and accepted about them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.shell.browser import STREAMLIT_WORDS
from tests.dashboard.acceptance.network import PHONE, ROOM, Network, Window

_MAIN = '[data-testid="stMain"]'
_SCRIPT = Path(__file__).with_name("in_page.js").read_text(encoding="utf-8")
_AXE = (Path(__file__).resolve().parents[2] / "vendored" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Screen:
    """A page with what was chosen on it. ``record`` (kind, field, value) is a record whose key the address needs.

    ``one_window``: all of it stands in 1920×1080, the footer with class and day included.
    """

    name: str
    path: str
    one_window: bool = False
    record: tuple[str, str, str] | None = None

    def address(self, network: Network) -> str:
        return self.path.format(key=network.key(*self.record)) if self.record else self.path


SCREENS = (
    Screen("overview", "", one_window=True),
    Screen("goals", "ziele"),
    Screen("goals-by-organisation", "ziele?sicht=organisation"),
    Screen("catalogue", "ziele?sicht=katalog"),
    Screen("catalogue-entry", "ziele?sicht=katalog&eintrag={key}", record=("goal", "id", "S2")),
    Screen("goal", "ziele?ziel={key}", record=("goal", "id", "S2")),
    Screen("measures", "massnahmen"),
    Screen("similar-offers", "massnahmen?ansicht=aehnlich"),
    Screen("missing-offers", "massnahmen?ansicht=luecken"),
    Screen("offer-matrix", "massnahmen?ansicht=angebote"),
    Screen("measure", "massnahmen?massnahme={key}", record=("measure", "title", "Erstorientierungskurs Wessenfurt")),
    Screen("round-table", "kooperationen", one_window=True),
    Screen("matrix", "kooperationen?ansicht=felder", one_window=True),
    Screen("matrix-by-goal", "kooperationen?ansicht=ziele"),
    Screen(
        "fragile-spots", "kooperationen?ansicht=fragil&stelle=bridge:{key}", record=("partner", "short_name", "DRK")
    ),
    Screen("agreements", "kooperationen?ansicht=vereinbarungen"),
    Screen("missing", "kooperationen?ansicht=fehlt"),
    Screen("contacts", "kooperationen?ansicht=kontakte"),
    Screen("responsible", "zustaendigkeiten?frage=Wohnungssuche"),
    Screen("interface-matrix", "zustaendigkeiten?ansicht=matrix"),
    Screen("interface-paper", "zustaendigkeiten?ansicht=papier"),
    Screen("interface-open", "zustaendigkeiten?ansicht=offen"),
    Screen("interface-own", "zustaendigkeiten?ansicht=zeilen"),
    Screen("interface-steps", "zustaendigkeiten?ansicht=schritte"),
    Screen("funding", "foerdermittel", one_window=True),
    Screen("funding-sources", "foerdermittel?ansicht=quellen"),
    Screen("funding-dates", "foerdermittel?ansicht=termine"),
    Screen("funding-runs-out", "foerdermittel?ansicht=auslauf"),
    Screen("funding-programmes", "foerdermittel?ansicht=programme"),
    Screen("funding-checks", "foerdermittel?ansicht=pruefen"),
    Screen("ideas", "ideen"),
    Screen("ideas-rating", "ideen?ansicht=bewertung"),
    Screen("ideas-result", "ideen?ansicht=ergebnis"),
    Screen("meetings", "sitzung"),
    Screen("meeting", "sitzung?sitzung={key}", record=("meeting", "title", "7. Sitzung der Steuerungsgruppe")),
    Screen("missing-at-one-table", "sitzung?gremium=6&ansicht=besetzung"),
    Screen("focus-topics", "ideen?ansicht=schwerpunkte"),
    Screen("focus-topic", "ideen?ansicht=schwerpunkte&schwerpunkt=1"),
    Screen("deliveries", "rueckmeldungen"),
    Screen("contradictions", "klaerungen"),
    Screen("reported-twice", "klaerungen?ansicht=doppelt"),
    Screen("round", "rueckmeldungen?ansicht=runde"),
    Screen("calls", "rueckmeldungen?ansicht=anrufe"),
    Screen("organisation", "organisation"),
)

#: All texts of the page and what a screen reader says instead of them.
_TEXTS = """() => [...document.querySelectorAll('[data-testid="stApp"] *')].flatMap((e) => [
  ...["aria-label", "title", "placeholder"].map((name) => e.getAttribute(name)),
  ...[...e.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE).map((n) => n.nodeValue),
]).map((text) => (text || "").trim()).filter(Boolean)"""

SIZES = {"1920": ROOM, "390": PHONE}
#: Looked at in every way in every run; the others on the phone and in the dark only by ``make test-all``.
MAIN = frozenset(
    ("overview", "goal", "measures", "measure", "round-table", "funding", "deliveries", "contradictions", "round")
)

#: Text that is meant to be cut, by selector, with the reason.
CUT_ON_PURPOSE = {
    '[data-testid="stSkipToContent"]': "Streamlit's skip link shows itself when it has the focus",
    '[data-testid="stSidebar"]:not([aria-expanded="true"])': "the phone's menu while it is shut",
    ".rt-clamp": "a partner's cell is held to three lines; its whole text stands in the title",
    ".st-key-rt-account": "a long name ends in …; the whole one stands in the menu below it",
    '[data-testid="stSelectbox"]': "Streamlit shows as much of a long choice as fits",
}

#: Text that may lie on other text, by selector, with the reason.
OVERLAID_ON_PURPOSE: dict[str, str] = {
    ".st-key-delivery-decide": "accepting stays in sight at the foot of its column, over what is scrolled beneath it",
    ".rt-assign-bar": "assigning stays in sight at the foot of the list, over what is scrolled beneath it",
    ".rt-cards-bar": "saving marks stays in sight at the foot of the cards, over what is scrolled beneath it",
    '[data-testid="stSidebar"]:not([aria-expanded="true"])': "the phone's menu while it is shut",
    '[data-testid="stSkipToContent"]': "Streamlit's skip link shows itself when it has the focus",
}

#: What Streamlit causes and an application cannot change: axe's rule and the element, with the reason.
STREAMLITS_OWN_FINDINGS = {
    ("presentation-role-conflict", "stFileUploader"): "the drop zone is focusable and has role=presentation",
}


def arm(window: Window) -> None:
    """Put the checks into the page."""
    window.page.evaluate(_SCRIPT)


def clipped(window: Window) -> list[str]:
    return list(window.page.evaluate(f"rundertischTest.clipped('body', {_selectors(CUT_ON_PURPOSE)})"))


def overlapping(window: Window) -> list[str]:
    return list(window.page.evaluate(f"rundertischTest.overlapping('body', {_selectors(OVERLAID_ON_PURPOSE)})"))


def sideways(window: Window) -> list[str]:
    return list(window.page.evaluate(f"rundertischTest.sideways({json.dumps(_MAIN)})"))


def height(window: Window) -> int:
    """How high everything is: Streamlit scrolls an element of its own, not the document."""
    heights = f"[document.documentElement, document.querySelector({json.dumps(_MAIN)})].map((e) => e.scrollHeight)"
    return int(max(window.page.evaluate(heights)))


def misfits(window: Window, *sizes: dict[str, int], only_axe: bool = False) -> list[str]:
    """What is wrong with the page as it stands, in a window of each of these sizes."""
    found = []
    for size in sizes:
        window.page.set_viewport_size(size)  # type: ignore[arg-type]
        window.ready()
        arm(window)
        if not only_axe:
            found += [*sideways(window), *clipped(window), *overlapping(window)]
        found += axe_findings(window)
    return found


def axe_findings(window: Window) -> list[str]:
    """Every violation axe reports, Streamlit's own known ones left out: rule, element, what to do."""
    window.page.evaluate(_AXE)
    result: dict[str, Any] = window.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {node['html'][:160]} – {node['failureSummary'][:200]}"
        for violation in result["violations"]
        for node in violation["nodes"]
        if not _is_streamlits(violation["id"], f"{node['target']} {node['html']}")
    ]


def streamlits_words(window: Window) -> list[str]:
    """Words that Streamlit says in English, on a screen that should be German."""
    read = window.page.evaluate(_TEXTS)
    return [text for text in read if text in STREAMLIT_WORDS or text.split(": ")[0] in STREAMLIT_WORDS]


def _is_streamlits(rule: str, element: str) -> bool:
    return any(rule == known and part in element for known, part in STREAMLITS_OWN_FINDINGS)


def _selectors(allowed: dict[str, str]) -> str:
    return json.dumps(list(allowed))
