"""What is missing and what there is for whom, as each role sees it."""

from __future__ import annotations

from dashboard.answers.contacts import Viewer
from dashboard.answers.offer_gaps import KINDS, gap_page, gaps_finding
from dashboard.answers.offer_matrix import counted_offers, matrix_finding, matrix_page
from dashboard.answers.overlaps import SIGHTS
from dashboard.answers.picture import picture
from etl.model.store import Store
from etl.pipeline import accept_delivery, preview_delivery
from etl.wording import say
from tests.demo import DEMO_DAY
from tests.pipeline.workbooks import NOW, book

MEASURES = ("Maßnahme", "Status", "Zielgruppe", "Ort", "Ziel")
NEEDS = ("Bedarf", "Zielgruppe", "Festgestellt durch", "führt zu Ziel", "führt zu Maßnahme")
GOALS = ("Ziel-Nr.", "Ziel", "Ebene", "Handlungsfeld")


def deliver(store: Store, partner: str, **sheets: list[tuple[object, ...]]) -> None:
    preview = preview_delivery(store, book(sheets), f"{partner}.xlsx", partner=partner, day=DEMO_DAY, now=NOW)
    accept_delivery(store, preview, now=NOW)


def test_what_only_one_house_can_mend_is_seen_by_it_and_the_office_first(store: Store) -> None:
    deliver(store, "Koordinierungsstelle", Ziele=[GOALS, ("S1", "Alle finden einen Kurs", "Wirkungsziel", "Sprache")])
    deliver(store, "Caritas", Maßnahmen=[MEASURES, ("Nähcafé", "laufend", "Frauen", "Torfzell", None)])
    seen = picture(store, DEMO_DAY)
    own = next(p.key for p in seen.facts.partners if p.name == "Caritas")

    def kinds(role: str, partner: str | None = None) -> set[str]:
        return {gap.kind for gap in gap_page(seen, Viewer(role, partner), "wirkung", 1).every}

    assert {"goal_measure", "group", "measure_goal"} <= kinds("coordinator")
    assert "measure_goal" in kinds("partner", own)
    assert "measure_goal" not in kinds("member")
    assert "measure_goal" not in kinds("partner", "partner-99999")
    others = gap_page(seen, Viewer("member"), "anbieter", 99)
    assert (others.hidden, others.page) == (1, 1)
    assert [one.code for one in gaps_finding(others).sentences] == ["gap.found", "gap.hidden"]
    deliver(store, "Caritas", Maßnahmen=[MEASURES, ("Nähcafé", "laufend", "Frauen", "Torfzell", "S1")])
    seen = picture(store, DEMO_DAY)
    assert not {"goal_measure", "measure_goal"} & kinds("coordinator")


def test_a_need_waits_for_an_answer_until_a_list_names_a_goal_it_leads_to(store: Store) -> None:
    goals = [GOALS, ("S1", "Alle finden einen Kurs", "Wirkungsziel", "Sprache")]

    def waiting(goal: str | None) -> list[tuple[str, str]]:
        needs: list[tuple[object, ...]] = [NEEDS, ("Busse nach dem Abendkurs", "Berufstätige", "Beirat", goal, None)]
        deliver(store, "Koordinierungsstelle", Ziele=goals, Bedarfe=needs)
        every = gap_page(picture(store, DEMO_DAY), Viewer("member"), "wirkung", 1).every
        return [(gap.title, gap.house) for gap in every if gap.kind == "need"]

    assert waiting(None) == [("Busse nach dem Abendkurs", "Beirat")]
    assert waiting("S1") == []


def test_the_demo_has_a_goal_without_measure_a_need_nobody_answers_and_a_measure_without_goal(demo: Store) -> None:
    every = gap_page(picture(demo, DEMO_DAY), Viewer("coordinator"), "wirkung", 1).every
    told = {(gap.kind, gap.title, gap.house) for gap in every if gap.kind in ("need", "measure_goal", "goal_measure")}
    assert told == {
        ("goal_measure", "Ausbildung im Handwerk", "Handwerkskammer"),
        ("need", "Treffpunkt für ältere Zugewanderte mit Fahrdienst", "Caritas"),
        ("measure_goal", "Schwimmkurse für Frauen und Mädchen", "DRK"),
    }


def test_the_demo_has_empty_cells_a_group_and_a_place_without_offer(demo: Store) -> None:
    seen = picture(demo, DEMO_DAY)
    shown = matrix_page(seen, "wirkung", None, 1)
    assert 0 < shown.empty < shown.cells
    assert [one.code for one in matrix_finding(seen, shown).sentences] == ["offers.matrix.found", "gap.groups_all"]
    told = {(gap.kind, gap.title) for gap in gap_page(seen, Viewer("coordinator"), "wirkung", 1).every}
    assert {("group", "seniors"), ("place", "Altenbrinken")} <= told
    at = matrix_page(seen, "wirkung", "Altenbrinken", 1)
    assert at.place == "Altenbrinken"
    assert at.empty > shown.empty
    assert matrix_page(seen, "anbieter", "Nirgendwo", 1).place is None


def test_each_number_of_the_matrix_leads_to_its_measures(demo: Store) -> None:
    seen = picture(demo, DEMO_DAY)
    for sight in SIGHTS:
        for place in (None, "Wessenfurt"):
            for _, cells in matrix_page(seen, sight, place, 1).rows:
                for cell in cells:
                    assert len(list(counted_offers(seen, cell.asked[1:]))) == cell.offers
    for odd in ([], ["", "1"], ["wirkung", "-1", "women"], ["wirkung", "999", "women"], ["x", "0", "women", "x"]):
        assert list(counted_offers(seen, odd)) == []


def test_findings_read_well_at_none_one_and_many() -> None:
    for language in ("de", "en"):
        for key in ("gap.found", "gap.hidden", "offers.matrix.found"):
            told = [say(language, key, n=n, total=88) for n in (0, 1, 2, 40) if n or key != "gap.hidden"]
            assert len(set(told)) == len(told)
            assert all(text.endswith(".") for text in told)
        assert all(say(language, f"gap.kind.{kind}") for kind in KINDS)
