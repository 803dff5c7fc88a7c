import datetime as dt
from functools import partial

from dashboard.answers.board import board_of
from dashboard.answers.goal_page import goal_page
from dashboard.answers.goals import goal_tree, goals_by_provider
from dashboard.answers.measures import measure_choices, measure_list, measures_headline
from dashboard.answers.selection import Selection
from dashboard.parts.board import board_markup
from dashboard.parts.findings import sentence
from dashboard.parts.goal_work import measures_markup
from dashboard.parts.goals import providers_markup, tree_markup
from dashboard.parts.measures import measure_table
from etl.rules.facts import FieldOfAction, Partner, SaidBeside
from etl.wording import say
from tests.dashboard.pictures import DAY, a_goal, a_measure, a_picture

PARTNERS = (
    Partner(key="partner-1", name="Caritasverband Lindenmark e. V.", short_name="Caritas"),
    Partner(key="partner-2", name="Volkshochschule", short_name="VHS"),
)


def titles(selection: Selection = Selection(), **facts: object) -> list[str]:  # noqa: B008
    return [row.title for row in measure_list(a_picture(partners=PARTNERS, **facts), selection).rows]


def test_measures_stand_in_alphabetical_order_as_people_know_it() -> None:
    measures = [
        a_measure(str(i), t) for i, t in enumerate(["Zirkus", "Übergang", "„Ankommen“", "Umzug", "Ämterlotsen"])
    ]
    assert titles(measures=tuple(measures)) == ["Ämterlotsen", "„Ankommen“", "Übergang", "Umzug", "Zirkus"]


def test_a_search_finds_title_and_organisation_whatever_the_case_or_umlaut() -> None:
    measures = (a_measure("1", "Möbelkammer"), a_measure("2", "Lotsen", lead_partner="partner-2"))
    assert titles(Selection(search="MOBEL"), measures=measures) == ["Möbelkammer"]
    assert titles(Selection(search="vhs lotsen"), measures=measures) == ["Lotsen"]


def test_a_measure_belongs_to_the_field_of_its_goal() -> None:
    facts = {
        "fields_of_action": (FieldOfAction(key="f1", title="Wohnen"),),
        "goals": (a_goal("g1", "W1", "Wohnen"),),
        "measures": (a_measure("1", "Mietlotsen", goals=("g1",), field_of_action="Soziales"), a_measure("2", "Chor")),
    }
    assert titles(Selection(field="Wohnen"), **facts) == ["Mietlotsen"]
    assert measure_choices(a_picture(**facts)).fields == ("Wohnen",)


def test_a_partner_finds_every_measure_it_takes_part_in() -> None:
    measures = (
        a_measure("1", "Eigene"),
        a_measure("2", "Mit anderen", partner="partner-2", partner_keys=("partner-1",)),
        a_measure("3", "Fremde", partner="partner-2"),
    )
    assert titles(Selection(partner="partner-1"), measures=measures) == ["Eigene", "Mit anderen"]


def test_only_one_page_of_rows_is_made() -> None:
    many = tuple(a_measure(f"m{i:03}", f"Maßnahme {i:03}") for i in range(120))
    shown = measure_list(a_picture(measures=many), Selection(page=3))
    assert (len(shown.rows), shown.page, shown.pages, shown.found) == (20, 3, 3, 120)
    assert measure_list(a_picture(measures=many), Selection(page=99)).page == 3


def test_a_report_older_than_half_a_year_is_outdated_unless_the_measure_has_ended() -> None:
    old = DAY - dt.timedelta(days=181)
    rows = measure_list(
        a_picture(
            measures=(
                a_measure("1", "A", reported_on=old),
                a_measure("2", "B", reported_on=old, status="completed"),
                a_measure("3", "C", reported_on=DAY - dt.timedelta(days=180)),
            )
        ),
        Selection(),
    ).rows
    assert [row.outdated for row in rows] == [True, False, False]


def test_a_completed_measure_has_no_rating() -> None:
    (row,) = measure_list(a_picture(measures=(a_measure("1", "A", status="completed"),)), Selection()).rows
    assert row.rating is None


def test_the_headline_is_about_the_measures_that_are_shown() -> None:
    measures = (
        a_measure("1", "Lotsen Wohnen", status="running"),
        a_measure("2", "Lotsen Schule", status="completed"),
        a_measure("3", "Chor", status="running"),
    )
    shown = a_picture(partners=PARTNERS, measures=measures)

    def said(**chosen: str) -> str:
        return sentence(measures_headline(shown, Selection(**chosen)), partial(say, "de"))  # type: ignore[arg-type]

    assert said().startswith("Zwei Maßnahmen laufen.")
    assert said(search="lotsen").startswith("Zwei Maßnahmen passen zur Auswahl. Eine davon läuft. Sie ist ")
    assert said(search="chor").startswith("Eine Maßnahme passt zur Auswahl. Sie läuft. Sie ist ")
    assert said(search="schule") == "Eine Maßnahme passt zur Auswahl. Sie läuft zurzeit nicht."
    assert said(search="zirkus") == "Keine Maßnahme passt zur Auswahl."


def test_a_partners_sentence_stands_beside_the_rating_in_the_lists_too() -> None:
    word = {"partner": "partner-2", "text": "Der <Kurs> läuft seit Montag.", "day": DAY, "delivery": 1}
    shown = a_picture(
        partners=PARTNERS,
        goals=(a_goal("goal-1", "W1", "Wohnen"),),
        measures=(
            a_measure("measure-1", "Lotsen", end=dt.date(2026, 9, 1), goals=("goal-1",), lead_partner="partner-1"),
            a_measure("measure-2", "Chor"),
        ),
        said_beside=(
            SaidBeside(record="measure-1", rating="at_risk", **word),  # type: ignore[arg-type]
            SaidBeside(record="goal-1", rating="cannot_be_rated", **word),  # type: ignore[arg-type]
        ),
    )
    german = partial(say, "de")
    words = "VHS dazu: „Der &lt;Kurs&gt; läuft seit Montag.“ (10.\u00a0November 2026)"
    assert str(measure_table(measure_list(shown, Selection()), german, "de")).count(words) == 1
    assert str(tree_markup(goal_tree(shown), german, "de")).count(words) == 1
    assert str(board_markup(board_of(goal_tree(shown)), german)).count(f">{words}</span>") == 1, "on the Überblick"
    one = goal_page(shown, "goal-1")
    assert one is not None
    assert str(measures_markup(one, german, "de")).count(words) == 1, "beside the measure on its goal's page"
    assert str(providers_markup(goals_by_provider(shown), german, "de")).count(words) == 1
