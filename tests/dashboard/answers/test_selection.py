from dashboard.answers.selection import Selection, query_of, selection_from


def test_a_link_opens_the_view_it_was_copied_from() -> None:
    chosen = Selection(
        search="Lotsen",
        field="Wohnen",
        status="running",
        ratings=("at_risk", "off_track"),
        level="eu",
        year=2027,
        page=3,
    )
    assert selection_from(query_of(chosen)) == chosen


def test_what_nobody_can_choose_is_ignored() -> None:
    odd = {
        "status": ["rot"],
        "bewertung": ["schlecht"],
        "seite": ["-1"],
        "jahr": ["²"],
        "ansicht": ["alles"],
        "ebene": ["Mars"],
    }
    assert selection_from(odd) == Selection()


def test_an_address_without_choices_stays_short() -> None:
    assert query_of(Selection()) == {}


def test_a_new_choice_begins_on_the_first_page_of_rows() -> None:
    assert Selection(page=4).changed(field="Sprache") == Selection(field="Sprache")


def test_a_page_beyond_all_numbers_does_not_break_the_address() -> None:
    assert selection_from({"seite": ["9" * 400]}).page == 1
