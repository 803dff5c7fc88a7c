"""The office makes links, sees what became of them and takes them back; nobody else does."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard.answers.contacts import Viewer
from dashboard.answers.picture import Picture, picture
from dashboard.answers.report_links import links_shown, make_links, partners_to_ask, revoke, usual_last_day
from dashboard.answers.rounds import round_view
from dashboard.reports.link_letter import Letter, link_letters
from etl.model.deliveries import add_round
from etl.pipeline import accept_delivery, preview_delivery
from etl.pipeline.form.workbook import Answered, Row, form_file
from etl.rules.facts import Round
from tests.dashboard.link.conftest import ROUND, Network
from tests.dashboard.networks import DAY

_OFFICE = Viewer("coordinator")
_THIS = Round(ROUND, dt.date(2026, 11, 10), dt.date(2026, 11, 20))


def _seen(network: Network) -> Picture:
    return picture(network.store, network.day)


def _states(network: Network) -> list[tuple[str, str]]:
    return [(link.partner, link.state) for link in links_shown(network.store, _seen(network), _OFFICE, _THIS)]


def _make(network: Network, *partners: str, viewer: Viewer = _OFFICE, last_day: dt.date = _THIS.deadline) -> list[str]:
    keys = [network.partner(name) for name in partners]
    given = {"person": "Frau Kaya", "last_day": last_day, "one_device": False, "now": network.now, "by": "amt"}
    outcome, made = make_links(network.store, _seen(network), viewer, _THIS, keys, **given)  # type: ignore[arg-type]
    return [f"/melden/{link.token}" for link in made] or [outcome]


def test_the_office_sees_what_became_of_each_link_and_takes_them_back(network: Network) -> None:
    names, missing = partners_to_ask(_seen(network), _THIS)
    assert list(names.values()) == ["Caritas", "Diakonie"]
    assert missing == []
    path, other = _make(network, "Diakonie", "Caritas")
    assert _states(network) == [("Caritas", "made"), ("Diakonie", "made")]
    caller = network.caller()
    hidden = caller.get(path).hidden
    assert _states(network)[1] == ("Diakonie", "opened")
    caller.post(path, hidden | {"step": "unchanged"})
    assert _states(network)[1] == ("Diakonie", "confirmed")
    shown = links_shown(network.store, _seen(network), _OFFICE, _THIS)
    outcome = revoke(network.store, _OFFICE, [link.number for link in shown], now=network.now, by="amt")
    assert outcome == ("revoked", 2)
    assert {state for _, state in _states(network)} == {"revoked"}
    assert {network.caller().get(each).status for each in (path, other)} == {404}


def test_who_has_an_open_link_is_not_given_a_second_one_with_all_the_others(network: Network) -> None:
    later = Round("Frühjahr 2027", dt.date(2027, 3, 10), dt.date(2027, 3, 20))
    network.day, network.now = dt.date(2027, 3, 1), dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
    with network.store.writing() as connection:
        add_round(connection, later.name, later.day, later.deadline)
    diakonie, caritas = network.partner("Diakonie"), network.partner("Caritas")
    given = {"person": "", "last_day": later.deadline, "one_device": False, "now": network.now, "by": "amt"}

    def missing() -> set[str]:
        shown = links_shown(network.store, _seen(network), _OFFICE, later)
        return set(partners_to_ask(_seen(network), later, shown)[1])

    everybody = missing()
    assert {diakonie, caritas} <= everybody
    make_links(network.store, _seen(network), _OFFICE, later, [diakonie], **given)  # type: ignore[arg-type]
    make_links(network.store, _seen(network), _OFFICE, later, [caritas], way="phone", **given)  # type: ignore[arg-type]
    assert missing() == everybody - {diakonie}, "the form of a phone call is no link"
    shown = links_shown(network.store, _seen(network), _OFFICE, later)
    assert [link.partner for link in shown if link.is_open_link] == ["Diakonie"]
    revoke(network.store, _OFFICE, [link.number for link in shown], now=network.now, by="amt")
    assert missing() == everybody


@pytest.mark.parametrize("role", ["partner", "member", "leadership", "observer"])
def test_nobody_but_the_office_makes_sees_or_revokes_links(network: Network, role: str) -> None:
    [path] = _make(network, "Diakonie")
    viewer = Viewer(role, network.partner("Diakonie"))
    assert _make(network, "Diakonie", viewer=viewer) == ["not_yours"]
    assert links_shown(network.store, _seen(network), viewer, _THIS) == ()
    assert revoke(network.store, viewer, [1], now=network.now, by="x") == ("not_yours", 0)
    assert network.caller().get(path).status == 200


def test_a_link_ends_with_its_round_and_a_late_one_some_days_later(network: Network) -> None:
    assert usual_last_day(_THIS, dt.date(2026, 11, 20)) == _THIS.deadline
    assert usual_last_day(_THIS, dt.date(2026, 11, 21)) == dt.date(2026, 12, 5)
    assert _make(network, "Diakonie", last_day=dt.date(2026, 11, 9)) == ["over"]


def test_letters_take_any_words_as_words() -> None:
    bad = '#panic("x") *fett* `code` $x$ <label> @ref \\ "'
    letters = [Letter(bad, bad, f"https://netz.example/melden/{'x' * 32}", dt.date(2026, 11, 20), True)] * 2
    for language in ("de", "en"):
        content = link_letters(letters, bad, bad, language)
        assert content.startswith(b"%PDF")
        assert content.count(b"/Type /Page\n") + content.count(b"/Type/Page/") >= 2 or b"/Count 2" in content


def test_the_round_counts_who_reported_by_link_and_who_by_phone(network: Network) -> None:
    for partner, way in (("Diakonie", "link"), ("Caritas", "phone")):
        first = network.measures(partner)[0]
        made = form_file(Answered(partner, way, "Frau Kaya", DAY, (Row({"status": "delayed"}, first.key),)))
        read = {"partner": partner, "day": DAY, "now": network.now, "corrections": made.corrections}
        accept_delivery(
            network.store, preview_delivery(network.store, made.content, made.file, **read), now=network.now
        )
    view = round_view(network.store, picture(network.store, DAY), _OFFICE)
    assert view is not None
    assert view.ways == {"file": 0, "link": 1, "phone": 1, "confirmed": 0, "open": 0}
