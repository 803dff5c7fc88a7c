"""Who is not signed in gets the sign-in page and nothing else, whatever is asked for and however."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from streamlit.navigation.page import calc_hash
from streamlit.proto.BackMsg_pb2 import BackMsg

from dashboard.shell.menu import MENU
from etl.model.sign_ins import issue_ticket, session_user
from tests.dashboard.security.attacker import answer, page_of
from tests.dashboard.security.conftest import Network
from tests.signed_in import a_session

_FILE = b'--B\r\nContent-Disposition: form-data; name="f"; filename="a.xlsx"\r\n\r\nx\r\n--B--\r\n'
_FORM = {"Content_Type": "multipart/form-data; boundary=B"}


@pytest.mark.parametrize("entry", MENU, ids=lambda entry: entry.url_path)
def test_a_stranger_reaches_no_page_by_its_address_or_its_hash(network: Network, entry: object) -> None:
    path = entry.url_path  # type: ignore[attr-defined]
    with page_of(network.address, None) as page:
        for shown in (page.open(path, f"massnahme={network.measure}"), page.open("", script=str(calc_hash(path)))):
            assert "Benutzername" in shown or "User name" in shown
            assert "Diakonie" not in shown
            assert "Mietlotsen" not in shown


def test_a_session_someone_made_up_reaches_nothing(network: Network) -> None:
    with page_of(network.address, "x" * 43) as page:
        assert "Mietlotsen" not in page.open("massnahmen")


def test_a_stranger_cannot_leave_files_in_the_servers_memory(network: Network) -> None:
    token = _xsrf(network)
    form = {**_FORM, "Cookie": f"_streamlit_xsrf={token}", "X_Xsrftoken": token}
    with page_of(network.address, None) as page:
        page.open("")
        path = f"/_stcore/upload_file/{page.streamlit_session}/1"
        assert answer(network.address, path, None, "PUT", _FILE, **form)[0] == 403
    session = a_session(network.store, "diakonie")
    with page_of(network.address, session) as page:
        page.open("rueckmeldungen")
        path = f"/_stcore/upload_file/{page.streamlit_session}/1"
        assert answer(network.address, path, session, "PUT", _FILE, **form)[0] == 204


def _xsrf(network: Network) -> str:
    """A token of the attacker's own, as the server gives to anyone."""
    import http.client

    line = http.client.HTTPConnection(network.address.removeprefix("http://"))
    line.request("GET", "/_stcore/health")
    found = re.search(r"_streamlit_xsrf=([^;]+)", line.getresponse().getheader("Set-Cookie") or "")
    line.close()
    assert found, "Streamlit no longer gives its token with the health check"
    return found.group(1)


def test_numbers_about_the_server_are_for_the_signed_in(network: Network) -> None:
    assert answer(network.address, "/_stcore/metrics")[0] == 403
    assert answer(network.address, "/_stcore/metrics", a_session(network.store, "amt"))[0] == 200


def test_the_address_of_a_made_file_opens_for_the_signed_in_only(network: Network) -> None:
    session = a_session(network.store, "amt")
    with page_of(network.address, session) as page:
        page.open("massnahmen")
        address = page.download(page.downloads()[0])
        status, content = answer(network.address, address, session)
        assert status == 200
        assert "Mietlotsen" in content.decode("utf-8-sig")
        assert answer(network.address, address) == (403, b"")


def test_a_stranger_cannot_empty_everybodys_caches(network: Network) -> None:
    session = a_session(network.store, "amt")
    with page_of(network.address, session) as page, page_of(network.address, None) as stranger:
        page.open("ziele")
        before = _made(network, session)
        stranger.send(BackMsg(clear_cache=True))
        stranger.open("")
        page.open("ziele")
        assert _made(network, session) == before


def _made(network: Network, session: str) -> list[str]:
    """How often a picture of the network had to be made."""
    told = answer(network.address, "/_stcore/metrics", session)[1].decode()
    return re.findall(r'cache_lookups_total\{cache="dashboard\.parts\.context\._picture".*result="miss"\} (\d+)', told)


def test_signing_in_anew_ends_the_session_the_browser_held(network: Network) -> None:
    before = a_session(network.store, "gremium")
    now = dt.datetime.now(dt.UTC)
    with network.store.writing() as connection:
        ticket = issue_ticket(connection, "gast", now)
    form = {"Sec_Fetch_Site": "same-origin", "Content_Type": "application/x-www-form-urlencoded"}
    assert (
        answer(network.address, "/konto/anmelden", before, "POST", f"ticket={ticket}&next=/".encode(), **form)[0] == 303
    )
    with network.store.reading() as connection:
        assert session_user(connection, before, now) is None
