"""A browser that sends what it likes: requests by hand, and Streamlit's own messages over a WebSocket."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

from dashboard.shell.session import COOKIE

_SECONDS = 60


@dataclass
class Attacker:
    """One open page. ``shown`` is all that the last run sent, ``streamlit_session`` names the page to the server."""

    line: ClientConnection
    shown: list[ForwardMsg] = field(default_factory=list)
    streamlit_session: str = ""

    @property
    def text(self) -> str:
        """Umlauts as they are read: markup within a component is sent with escapes."""
        sent = "\n".join(str(message) for message in self.shown)
        return re.sub(r"\\+u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), sent)

    def open(self, page: str, query: str = "", *, script: str = "", widgets: tuple[WidgetState, ...] = ()) -> str:
        """Ask for a page by its address (or, with ``script``, by its hash); everything that was sent."""
        asked = BackMsg()
        asked.rerun_script.page_name, asked.rerun_script.query_string = page, query
        asked.rerun_script.page_script_hash = script
        asked.rerun_script.widget_states.widgets.extend(widgets)
        self.send(asked)
        self.shown = []
        while not self.shown or self.shown[-1].WhichOneof("type") != "script_finished":
            self.shown.append(self._next())
            if self.shown[-1].HasField("new_session"):
                self.streamlit_session = self.shown[-1].new_session.initialize.session_id
        return self.text

    def click(self, component: str, target: str, page: str, query: str = "") -> str:
        """Report a click on ``target`` inside a component of the page, whether or not there is any such thing."""
        element = next(e.id for e in self._elements("bidi_component") if e.id.endswith(f"-{component}"))
        forged = WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{element}__events")
        forged.json_trigger_value = json.dumps([{"event": "go", "value": target}])
        return self.open(page, query, widgets=(forged,))

    def downloads(self) -> list[str]:
        return [button.deferred_file_id for button in self._elements("download_button")]

    def download(self, file: str) -> str:
        """The address of a file that is made when asked for; "" where it is refused."""
        asked = BackMsg()
        asked.backend_operation_request.request_id = "1"
        asked.backend_operation_request.session_id = self.streamlit_session
        asked.backend_operation_request.deferred_file.file_id = file
        self.send(asked)
        while (answer := self._next()).WhichOneof("type") != "backend_operation_response":
            pass
        return answer.backend_operation_response.deferred_file.url

    def send(self, message: BackMsg) -> None:
        self.line.send(message.SerializeToString())

    def _next(self) -> ForwardMsg:
        content = self.line.recv(timeout=_SECONDS)
        assert isinstance(content, bytes)
        return ForwardMsg.FromString(content)

    def _elements(self, kind: str) -> list:
        deltas = (m.delta.new_element for m in self.shown if m.HasField("delta") and m.delta.HasField("new_element"))
        return [getattr(element, kind) for element in deltas if element.WhichOneof("type") == kind]


@contextmanager
def page_of(address: str, session: str | None) -> Iterator[Attacker]:
    """A page of whoever holds ``session`` (None: a stranger)."""
    headers = {"Cookie": f"{COOKIE}={session}"} if session else {}
    with connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream", additional_headers=headers, max_size=None
    ) as line:
        yield Attacker(line)


def answer(
    address: str, path: str, session: str | None = None, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, bytes]:
    """Status and body of a request made by hand; ``headers`` with ``_`` for ``-``."""
    cookies = [headers.pop("Cookie", ""), f"{COOKIE}={session}" if session else ""]
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    line = http.client.HTTPConnection(address.removeprefix("http://"), timeout=_SECONDS)
    line.request(method, path, body, {"Cookie": "; ".join(filter(None, cookies)), **sent})
    found = line.getresponse()
    content = found.read()
    line.close()
    return found.status, content
