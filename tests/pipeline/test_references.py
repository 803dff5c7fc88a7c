"""Names in partners' workbooks: what is linked, what is proposed with a mark, what is asked."""

from __future__ import annotations

from typing import Any

from etl.issues import Issue
from etl.model.store import Store
from etl.pipeline import accept_delivery, preview_delivery
from etl.pipeline.export import export_state
from tests.pipeline.workbooks import NOW, book

PARTNERS = book(
    {
        "Partner": [
            ["Name der Organisation", "Kurzname", "Ort"],
            ["AWO Kreisverband Lindenmark e. V.", "AWO", "Lindenmark"],
            ["Caritas", None, "Lindenmark"],
            ["Volkshochschule Lindenmark e. V.", None, "Lindenmark"],
            ["Jobcenter Lindenmark", None, "Lindenmark"],
            ["Freundeskreis Asyl Hohenlohm", None, "Hohenlohm"],
            ["Sportverein Blau-Weiß Nord", None, "Lindenmark"],
            ["Sportverein Blau-Weiß Süd", None, "Lindenmark"],
        ]
    }
)


def deliver(store: Store, content: bytes, partner: str) -> list[Issue]:
    preview = preview_delivery(store, content, "liste.xlsx", partner=partner, now=NOW)
    accept_delivery(store, preview, now=NOW)
    return preview.issues


def led_by(*leads: str) -> bytes:
    rows = [[f"M-{n}", f"Maßnahme {name}", name] for n, name in enumerate(leads)]
    return book({"Maßnahmen": [["Nr.", "Maßnahme", "Träger"], *rows]})


def leads(store: Store) -> dict[str, str | None]:
    """What stood in the cell -> the partner it is linked to."""
    exported: dict[str, Any] = export_state(store, today=NOW.date())
    names = {record["key"]: record["name"] for record in exported["partner"]}
    linked = {}
    for record in exported["measure"]:
        keys = record.get("links", {}).get("lead_org", [])
        linked[record["lead_org"]] = names[keys[0]] if keys else None
    return linked


def test_each_name_is_linked_proposed_asked_or_left(store: Store) -> None:
    deliver(store, PARTNERS, "Koordinierungsstelle")
    issues = deliver(
        store,
        led_by("Caritasverband e. V.", "AWO Kreisverband", "VHS", "Jobcenter", "Freundeskreis", "Sportverein", "THW"),
        "AWO",
    )
    assert leads(store) == {
        "Caritasverband e. V.": "Caritas",
        "AWO Kreisverband": "AWO Kreisverband Lindenmark e. V.",
        "VHS": "Volkshochschule Lindenmark e. V.",
        "Jobcenter": "Jobcenter Lindenmark",
        "Freundeskreis": "Freundeskreis Asyl Hohenlohm",
        "Sportverein": None,
        "THW": None,
    }
    found = {i.code: (i.found, i.cells, i.proposal) for i in issues if i.code.startswith("reference_")}
    assert found == {
        "reference_similar": ("Freundeskreis", ("C6",), "Freundeskreis Asyl Hohenlohm"),
        "reference_ambiguous": ("Sportverein", ("C7",), None),
        "reference_unknown": ("THW", ("C8",), None),
    }


def test_a_proposed_name_is_marked_where_it_is_shown(sqlite_store: Store) -> None:
    deliver(sqlite_store, PARTNERS, "Koordinierungsstelle")
    preview = preview_delivery(sqlite_store, led_by("Freundeskreis", "AWO"), "l.xlsx", partner="AWO", now=NOW)
    marks = [draft.marks.get("lead_org") for draft in preview.understood.drafts]
    assert marks == ["reference_similar", None]


def test_a_second_partner_of_the_kind_makes_a_sure_name_a_question(store: Store) -> None:
    deliver(store, PARTNERS, "Koordinierungsstelle")
    deliver(store, led_by("Jobcenter"), "AWO")
    assert leads(store) == {"Jobcenter": "Jobcenter Lindenmark"}
    deliver(store, led_by("Jobcenter Wolmtal"), "Jobcenter Wolmtal")
    assert leads(store)["Jobcenter"] is None


def test_a_sender_is_the_same_with_its_abbreviations_written_out_and_never_a_mere_resemblance(store: Store) -> None:
    deliver(store, PARTNERS, "Koordinierungsstelle")
    for name, known in (
        ("VHS Lindenmark", "Volkshochschule Lindenmark e. V."),
        ("Caritasverband e. V.", "Caritas"),
        ("Freundeskreis", "Freundeskreis"),
        ("Sportverein", "Sportverein"),
        ("AWO Ortsverein Lindenmark", "AWO Ortsverein Lindenmark"),
    ):
        preview = preview_delivery(store, led_by("AWO"), "l.xlsx", partner=name, now=NOW)
        assert (preview.sender.name, preview.sender.key is None) == (known, name == known)
