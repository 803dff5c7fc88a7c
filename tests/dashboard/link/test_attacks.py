"""Links under attack: guessed, replayed, turned against other partners, fed with what no form of ours sends."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard.answers.chasing import close_round, reopen_round
from dashboard.answers.contacts import Viewer
from etl.model.deliveries import all_deliveries, received_content
from etl.model.report_links import FAILURES_PER_ADDRESS, ReportLink, failures, open_link, revoke_links
from etl.model.settings_rows import set_setting
from etl.pipeline import preview_delivery
from etl.pipeline.export import as_csv, export_state
from etl.pipeline.form.workbook import Answered, Row, form_file
from tests.asgi import Answer
from tests.dashboard.link.conftest import ROUND, Network
from tests.dashboard.link.sheets import texts

_SCRIPT = "<script>alert(1)</script>"


def _said(answer: Answer) -> str:
    """What a reader gets, without the words that hold for every page."""
    return answer.text.split('tabindex="-1"', 1)[1]


def _revoke_all(network: Network) -> None:
    with network.store.writing() as connection:
        assert revoke_links(connection, list(range(1, 100)), network.now, "amt")


def _deliveries(network: Network) -> int:
    with network.store.reading() as connection:
        return len(all_deliveries(connection))


def test_guessed_expired_revoked_and_cut_links_all_read_the_same(network: Network) -> None:
    caller, expired, revoked = network.caller(), network.link(last_day=dt.date(2026, 11, 9)), network.link()
    _revoke_all(network)
    good = network.link()
    bound = network.link(one_device=True)
    opened = network.caller()
    opened.post(bound, {"step": "open"})
    wrong = ["/melden/x", "/melden/" + "A" * 32, "/melden/" + "ä" * 400, good[:-1], good + "a", expired, revoked, bound]
    answers = [caller.get(path) for path in wrong] + [caller.post(path, {"step": "send"}) for path in wrong]
    assert {answer.status for answer in answers} == {404}
    assert len({_said(answer) for answer in answers}) == 1, "an answer tells whether a link ever was"
    assert "Einen neuen bekommen Sie von der Koordinierungsstelle (Netz &amp; Werk)" in answers[0].text
    assert caller.get(good).status == 200


@pytest.mark.parametrize("ended", ["revoked", "over"])
def test_a_page_left_open_takes_nothing_after_the_link_has_ended(network: Network, ended: str) -> None:
    path, caller = network.link(), network.caller()
    first = network.measures()[0]
    page = caller.get(path).hidden | {f"m.{first.key}.obstacle": "Geld"}
    review = caller.post(path, page | {"step": "review"})
    if ended == "revoked":
        _revoke_all(network)
    else:
        network.day += dt.timedelta(days=1)
        with network.store.writing() as connection:
            set_setting(connection, "day", network.day.isoformat())
    for fields in (page | {"step": "review"}, review.hidden | {"step": "send"}, page | {"step": "unchanged"}):
        assert caller.post(path, fields).status == 404
    assert _deliveries(network) == 2
    assert network.measures()[0].said[-1].delivery is not None


def test_closing_the_round_ends_its_links_and_a_form_left_open(network: Network) -> None:
    path, caller = network.link(), network.caller()
    first = network.measures()[0]
    page = caller.get(path).hidden | {f"m.{first.key}.obstacle": "Geld"}
    review = caller.post(path, page | {"step": "review"})
    office = Viewer("coordinator")
    assert close_round(network.store, office, ROUND, now=network.now, by="amt") == "closed"
    assert caller.get(path).status == 404
    for fields in (page | {"step": "review"}, review.hidden | {"step": "send"}, page | {"step": "unchanged"}):
        assert caller.post(path, fields).status == 404
    assert _deliveries(network) == 2
    network.now += dt.timedelta(minutes=1)
    late = network.link()
    assert caller.get(late).status == 200, "the office makes a new one for a late report"
    assert reopen_round(network.store, office, ROUND, now=network.now, by="amt") == "reopened"
    assert caller.get(path).status == 200


def test_guessing_is_held_back_and_legitimate_links_still_open(network: Network) -> None:
    path, guesser, member = network.link(), network.caller("198.51.100.9"), network.caller("198.51.100.9")
    assert member.get(path).status == 200
    for number in range(FAILURES_PER_ADDRESS):
        assert guesser.get(f"/melden/{number:032d}").status == 404
    assert network.held == []
    assert guesser.get(f"/melden/{'B' * 32}").status == 404
    assert len(network.held) == 1
    assert member.get(path).status == 200
    assert len(network.held) == 1, "whoever opened a link before waits for nobody's guessing"
    guesser.cookies["rundertisch_link", "/melden"] = "1." + "0" * 64
    assert guesser.get(path).status == 200
    assert len(network.held) == 2, "a made-up cookie opens the fast lane"
    assert network.caller("203.0.113.1").get(path).status == 200
    assert len(network.held) == 2, "another address pays for it"
    with network.store.reading() as connection:
        before = failures(connection, network.now, "198.51.100.9")
    network.caller("198.51.100.9").get(f"/melden/{'C' * 32}")
    with network.store.reading() as connection:
        assert failures(connection, network.now, "198.51.100.9") == before, "a flood fills the store"
    assert len(network.held) == 3
    network.now += dt.timedelta(minutes=6)
    network.caller("198.51.100.9").get(path)
    assert len(network.held) == 3, "it is never forgotten"


def test_behind_one_proxy_guessing_from_everywhere_is_held_back_too(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.model.report_links.FAILURES_OF_ALL", 5)
    for number in range(5):
        network.caller(f"203.0.113.{number}").get(f"/melden/{number:032d}")
    assert network.held == []
    network.caller("198.51.100.7").get(f"/melden/{'D' * 32}")
    assert len(network.held) == 1


def test_a_link_for_one_device_is_no_use_to_whom_it_is_forwarded(network: Network) -> None:
    path, own, other = network.link(one_device=True), network.caller(), network.caller("192.0.2.9")
    preview = other.get(path)  # a mail programme looks what is behind it
    assert preview.status == 200
    assert "nur für ein Gerät" in preview.text
    assert "Mietlotsen" not in preview.text
    assert "Mietlotsen" in own.post(path, {"step": "open"}).text
    assert "Mietlotsen" in own.get(path).text
    for answer in (other.get(path), other.post(path, {"step": "open"}), other.post(path, {"step": "unchanged"})):
        assert answer.status == 404


def test_forged_keys_reach_no_other_partners_records(network: Network) -> None:
    path, caller = network.link(), network.caller()
    [foreign] = network.measures("Caritas")
    forged = {f"m.{foreign.key}.obstacle": "gehackt", f"m.{foreign.key}.status": "cancelled", "n.title": "Eigene"}
    forged |= {f"w.{foreign.key}": "gehackt", "was": f'{{"{foreign.key}": {{"obstacle": "x"}}}}'}
    review = caller.post(path, caller.get(path).hidden | forged | {"step": "review"})
    assert "gehackt" not in review.text.split("<dl>", 1)[1]
    assert caller.post(path, review.hidden | {"step": "send"}).status == 200
    assert [known.value("title") for known in network.measures("Caritas")] == ["Rechtsberatung"]
    assert network.measures("Caritas")[0].value("obstacle") is None
    assert "Eigene" in [known.value("title") for known in network.measures()]


def test_pinning_a_row_to_another_partners_record_changes_nothing_of_it(network: Network) -> None:
    """Below the page too: the importer takes no pin that leads out of the sender's own records."""
    [foreign] = network.measures("Caritas")
    row = Row({"title": "Rechtsberatung", "status": "cancelled"}, foreign.key)
    made = form_file(Answered("Diakonie", "link", "", network.day, (row,)))
    preview = preview_delivery(
        network.store, made.content, made.file, partner="Diakonie", now=network.now, corrections=made.corrections
    )
    assert [match.key for match in preview.matches] == [None]


def test_scripts_paths_and_formulas_are_text_everywhere(network: Network) -> None:
    path, caller = network.link(), network.caller()
    first = network.measures()[0]
    typed = {
        f"m.{first.key}.obstacle": _SCRIPT,
        f"m.{first.key}.next_steps": '=HYPERLINK("http://boese.example","x")',
        f"m.{first.key}.participants_actual": '"><img src=x onerror=alert(1)>',
        "n.title": "../../etc/passwd\x00\x0b",
        "person": f"</title>{_SCRIPT}",
        "lang": '"><script>',
    }
    review = caller.post(path, caller.get(path).hidden | typed | {"step": "review"})
    back = caller.post(path, review.hidden | {"step": "change"})
    done = caller.post(path, review.hidden | {"step": "send"})
    for answer in (review, back, done, caller.get(path)):
        assert answer.status == 200
        assert _SCRIPT not in answer.text
        assert "<img" not in answer.text
        assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert network.measures()[0].value("obstacle") == _SCRIPT
    with network.store.reading() as connection:
        content = received_content(connection, all_deliveries(connection)[-1].number)
    assert '=HYPERLINK("http://boese.example","x")' in texts(content)
    exported = as_csv(export_state(network.store, today=network.day))
    assert any(b"'=HYPERLINK" in content for content in exported.values())
    assert not any(b"\n=HYPERLINK" in content or b",=HYPERLINK" in content for content in exported.values())


def test_other_sites_methods_and_sizes_are_turned_away(network: Network) -> None:
    path, caller = network.link(), network.caller()
    page = caller.get(path).hidden | {"step": "unchanged"}
    for told in ({"sec_fetch_site": "cross-site"}, {"sec_fetch_site": "same-site"}):
        assert caller.post(path, page, **told).status == 403
    assert caller.post(path, page, sec_fetch_site="", origin="https://boese.example").status == 403
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        assert caller.call(method, path).status == 405
    for query in ("?step=unchanged", "?step=send&n.title=Neu"):
        assert caller.get(path + query).status == 200
    assert caller.call("POST", path, b"a=" + b"x" * 300_000).status == 413
    assert caller.call("POST", path, b"&".join(b"a%d=1" % n for n in range(5_000))).status == 413
    for junk in (b"", b"\xff\xfe%00", b"step=send", b"step=review&was=[[[", b"step=nonsense&form=%0d%0aSet-Cookie:x"):
        answer = caller.call("POST", path, junk)
        assert answer.status == 200
        assert "x" not in answer.headers.get("set-cookie", "")
    assert _deliveries(network) == 2
    assert not any(known.said[-1].body.confirms for known in network.measures())


def test_the_store_and_the_page_give_no_link_away(network: Network) -> None:
    path, caller = network.link(), network.caller()
    answer = caller.get(path)
    token = path.rsplit("/", 1)[1]
    with network.store.reading() as connection:
        row = open_link(connection, token, network.day)
    assert token not in repr(row)
    assert len(token) >= 32
    assert ReportLink.token_hash.type.length == 64
    headers = answer.headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert "http" not in answer.text.replace('http-equiv="', ""), "the page asks another host"
    assert "httponly" in headers["set-cookie"].lower()
    assert "secure" in headers["set-cookie"].lower()
