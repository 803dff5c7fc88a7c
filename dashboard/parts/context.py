"""What a page is given: who looks, at which day, in which language, and the store if they may still look."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Never

from etl.model.accounts import Role, User
from etl.model.settings_rows import Network
from etl.model.store import Store
from etl.wording import say

if TYPE_CHECKING:
    from dashboard.answers.picture import Picture


@dataclass(frozen=True)
class Context:
    """Made by the shell for one run.

    ``day`` is the day the page speaks about, ``known_on`` the known clock (None: everything known now), ``now`` the
    moment of this run for what is stored (on ``day`` too). ``admit`` is the shell's guard (to be asked wherever
    something is made after the run), ``turn_to`` its way to another page.
    ``as_shown``: all pages are switched to an earlier day as known then, and nothing can be changed.
    """

    user: User
    language: str
    day: dt.date
    now: dt.datetime
    network: Network
    admit: Callable[[], Store] = field(repr=False)
    turn_to: Callable[[str, dict[str, str]], Never] = field(repr=False)
    known_on: dt.datetime | None = None
    as_shown: bool = False

    @property
    def store(self) -> Store:
        """The store, after asking anew whether this user is still signed in with this role (also in fragments)."""
        return self.admit()

    @property
    def role(self) -> Role:
        return self.user.role

    @property
    def is_office(self) -> bool:
        return self.user.role == "coordinator"

    @property
    def own_partner(self) -> str | None:
        """The key of the partner whose own matters this user may see; None for every role but partner."""
        return self.user.partner if self.user.role == "partner" else None

    @property
    def sees_contacts(self) -> bool:
        """Whether contacts may be shown at all; with whom each is shared is the contact's own matter."""
        return self.user.role != "observer"

    def say(self, key: str, /, **values: Any) -> str:
        """``etl.wording.say`` in the user's language."""
        return say(self.language, key, **values)

    def open(self, page: str, **query: str) -> Never:
        """Turn to another page of the menu (its ``url_path``) without a reload; ends this run."""
        self.turn_to(page, query)

    def picture(self) -> Picture:
        """The network on ``day``, read once per version of the store."""
        store = self.store
        return _picture(store, store.version(), self.day, self.known_on)


#: Days, and known clocks, that are looked at side by side.
_MOST_PICTURES = 6
_pictures: dict[tuple[str, int, dt.date, dt.datetime | None], Picture] = {}
_one_at_a_time = threading.Lock()


def _picture(store: Store, version: int, day: dt.date, known_on: dt.datetime | None) -> Picture:
    """Whoever asks while it is being read waits for it."""
    wanted = (store.url, version, day, known_on)
    found = _pictures.get(wanted)
    if found is not None:
        return found
    with _one_at_a_time:
        if wanted not in _pictures:
            from dashboard.answers.picture import picture  # the importer is heavy: not before the server answers

            read = picture(store, day, known_on)
            while len(_pictures) >= _MOST_PICTURES:
                del _pictures[next(iter(_pictures))]
            _pictures[wanted] = read
        return _pictures[wanted]
