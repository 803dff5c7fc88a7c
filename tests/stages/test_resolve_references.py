"""What a name in a cell means: sure, proposed, asked, or left as it stands. A wrong confident link is the worst."""

from __future__ import annotations

import pytest

from etl.stages.resolve_references import Names, Resolved, look_up, resolve_references

PARTNERS = {
    "awo": ("AWO Kreisverband Lindenmark e. V.", "AWO"),
    "vhs": ("Volkshochschule Lindenmark e. V.",),
    "caritas": ("Caritasverband Lindenmark e. V.",),
    "drk": ("DRK-Kreisverband Lindenmark e. V.",),
    "jobcenter": ("Jobcenter Lindenmark",),
    "klinikum": ("Klinikum Lindenmark gGmbH",),
    "jugendamt": ("Landkreis Lindenmark – Jugendamt",),
    "sozialamt": ("Landkreis Lindenmark – Fachdienst Soziale Hilfen und Asyl (Sozialamt)",),
    "freunde": ("Freundeskreis Asyl Hohenlohm",),
    "moschee": ("Islamische Gemeinde Torfzell e. V.",),
    "jugendwerk": ("Jugendwerk der AWO Wolmtal",),
    "schulamt": ("Staatliches Schulamt Lindenmark",),
}
GOALS = {
    "sprache": ("S2", "Zwei von drei Teilnehmenden schließen den Integrationskurs mit B1 ab", "Kurs mit B1"),
    "abend": ("S2.1", "Abendkurse mit Kinderbetreuung in allen Städten", None),
    "ankommen": ("E1", "Jede neu zugewanderte Person erhält eine Erstberatung", "Schnelle Erstberatung"),
    "wohnen": ("W12", "Eigene Wohnung binnen zwölf Monaten", None),
    "maenner": ("4", "Mehr Männer nehmen an Elternkursen teil", None),
    "frauen": ("5", "Mehr Frauen nehmen an Elternkursen teil", None),
}


def partners(*keys: str, **more: str) -> Names:
    names = Names(organisations=True)
    for key in keys or PARTNERS:
        names.add(key, *PARTNERS[key])
    for key, name in more.items():
        names.add(key, name)
    return names


def goals() -> Names:
    names = Names()
    for key, texts in GOALS.items():
        names.add(key, *texts)
    return names


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("AWO", "awo"),
        ("Caritasverband e. V.", "caritas"),
        ("Caritas", "caritas"),
        ("Caritasverband", "caritas"),
        ("Volkshochschule Lindenmark", "vhs"),
        ("VHS", "vhs"),
        ("VHS Lindenmark", "vhs"),
        ("vhs lindenmark e.V.", "vhs"),
        ("DRK KV", "drk"),
        ("DRK KV Lindenmark", "drk"),
        ("Deutsches Rotes Kreuz, Kreisverband Lindenmark", "drk"),
        ("Jobcenter", "jobcenter"),
        ("Job-Center Lindenmark", "jobcenter"),
        ("JC", "jobcenter"),
        ("Jugendamt", "jugendamt"),
        ("Jugendamt des Landkreises", "jugendamt"),
        ("Sozialamt", "sozialamt"),
        ("KLINIKUM LINDENMARK GGMBH", "klinikum"),
        ("Klinikum", "klinikum"),
        ("Schulamt", None),
        ("Islamische Gemeinde", None),
    ],
)
def test_a_partner_is_known_by_abbreviation_legal_form_and_kind(text: str, key: str | None) -> None:
    found = look_up(text, partners())
    assert found.key == key if key else found.how != "known"
    assert key is None or found.how == "known"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Freundeskreis", "freunde"),
        ("Freundeskreis Asyl", "freunde"),
        ("AWO (JMD)", "awo"),
        ("Caritsverband Lindenmark", "caritas"),
        ("Volkshochsschule Lindenmark", "vhs"),
        ("Jobcentre", "jobcenter"),
        ("Islamische Gemeinde", "moschee"),
    ],
)
def test_what_nearly_fits_one_partner_is_proposed(text: str, key: str) -> None:
    assert look_up(text, partners()) == Resolved(key, "similar")


@pytest.mark.parametrize(
    "text",
    [
        "AWO Ortsverein",
        "AWO Ortsverein Wessenfurt",
        "AWO Kreisverband Wolmtal",
        "Caritasverband Nachbarstadt",
        "Jugendamt der Stadt Lindenmark",
        "Stadt Lindenmark",
        "Lindenmark",
        "Landkreis",
        "Gemeinde Torfzell",
        "Gesundheitsamt",
        "Personalamt",
        "Möbelkammer der Caritas",
        "alle Partner",
        "Klinik",
        "e. V.",
        "–",
        "Verein",
        "Kreisverband",
    ],
)
def test_a_name_of_somebody_else_stays_the_text_it_was(text: str) -> None:
    assert look_up(text, partners()).key is None


def test_several_partners_that_fit_are_asked_about() -> None:
    two = partners(süd="Jobcenter Wolmtal", wessenfurt="Freundeskreis Asyl Wessenfurt")
    assert look_up("Jobcenter", two) == Resolved(None, "ambiguous", ("jobcenter", "süd"))
    assert look_up("Jobcenter Lindenmark", two) == Resolved("jobcenter", "known")
    assert look_up("JC Wolmtal", two) == Resolved("süd", "known")
    assert set(look_up("Freundeskreis Asyl", two).candidates) == {"freunde", "wessenfurt"}
    assert resolve_references(["Jobcenter", "Freundeskreis", "VHS"], two) == {"VHS": "vhs"}


def test_of_two_levels_of_a_federation_each_is_only_itself() -> None:
    names = Names(organisations=True)
    names.add("kv", "AWO Kreisverband Lindenmark e. V.")
    names.add("ov", "AWO Ortsverein Lindenmark e. V.")
    assert look_up("AWO Kreisverband", names).key == "kv"
    assert look_up("AWO OV Lindenmark", names).key is None
    assert look_up("AWO", names) == Resolved(None, "ambiguous", ("kv", "ov"))


def test_a_name_two_records_share_is_asked_about() -> None:
    names = goals()
    names.add("zweites", "S9", "Kurs mit B1")
    assert look_up("Kurs mit B1", names) == Resolved(None, "ambiguous", ("sprache", "zweites"))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("S2", "sprache"),
        ("s 2", "sprache"),
        ("S-2", "sprache"),
        ("S02", "sprache"),
        ("Ziel S2", "sprache"),
        ("Ziel Nr. 4", "maenner"),
        ("S2: Kurs mit B1", "sprache"),
        ("S2 – irgendwie anders gesagt", "sprache"),
        ("S2.1", "abend"),
        ("S 2.1 Abendkurse", "abend"),
        ("W12", "wohnen"),
        ("Schnelle Erstberatung", "ankommen"),
        ("SCHNELLE ERSTBERATUNG", "ankommen"),
    ],
)
def test_a_goal_is_known_by_its_number_title_or_short_title(text: str, key: str) -> None:
    assert look_up(text, goals()) == Resolved(key, "known")


@pytest.mark.parametrize("text", ["S3", "S2.2", "W1", "W 1.2", "12", "1.2", "B1", "Kurs", "Teilnehmende", "B2 im Kurs"])
def test_another_number_is_another_goal(text: str) -> None:
    assert look_up(text, goals()).key is None


def test_a_number_and_a_title_that_contradict_each_other_are_asked_about() -> None:
    assert look_up("S2 – Schnelle Erstberatung", goals()) == Resolved(None, "ambiguous", ("sprache", "ankommen"))


def test_slips_in_a_title_are_proposed_and_other_words_are_not() -> None:
    names = goals()
    assert look_up("Schnele Erstberatung", names) == Resolved("ankommen", "similar")
    assert look_up("Eigene Wohnnung binnen zwölf Monaten", names) == Resolved("wohnen", "similar")
    assert look_up("Eigene Wohnung binnen elf Monaten", names).key is None
    assert look_up("Mehr Frauen nehmen an Elternkursn teil", names) == Resolved("frauen", "similar")
    assert look_up("Mehr Mädchen nehmen an Elternkursen teil", names).key is None


def test_digits_in_a_title_are_never_slips() -> None:
    names = Names()
    names.add("a1", "Sprachkurs A1 mit Kinderbetreuung am Abend")
    names.add("2025", "Integrationsmittel des Landkreises 2025")
    assert look_up("Sprachkurs A2 mit Kinderbetreuung am Abend", names).key is None
    assert look_up("Integrationsmittel des Landkreises 2026", names).key is None


def test_a_title_cut_off_with_dots_is_proposed_and_a_mere_beginning_only_named() -> None:
    names = goals()
    assert look_up("Jede neu zugewanderte Person …", names) == Resolved("ankommen", "similar")
    assert look_up("Jede neu zugewanderte Person", names) == Resolved(None, "unknown", ("ankommen",))
    assert look_up("Mehr …", names).key is None


def test_a_working_group_keeps_its_name() -> None:
    names = Names()
    names.add("wohnen", "Wohnen")
    assert look_up("AG Wohnen", names).key is None
