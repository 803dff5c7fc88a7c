"""What a recorder's form sends, read strictly: nothing but what a form of ours holds."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any, cast

from etl.rules.meeting import STANCES, Stance
from etl.rules.results import ADDRESSED, EXPECTED, RATED, Addressed, Expected, ExpectedKind, Holder, ResultSaid, View

#: Signs in one text, and houses, goals or views in one result.
LONGEST_TEXT, MOST = 4_000, 60
#: Bytes of one request.
LONGEST_BODY = 200_000
_KEY = re.compile(r"[a-z_]{2,20}-\d{1,9}")
_NAME = re.compile(r"[A-Za-z0-9_-]{8,64}")
_STATUSES = ("planned", "running", "permanent", "completed", "paused", "cancelled")


class NotTyped(ValueError):
    """What can't be taken; ``code``: no_date, too_long, without_target, without_status, and what no form of ours sends:
    unknown_record or unknown_stance."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def said_from(text: str) -> ResultSaid:
    """The result in the JSON of a form. Raises ``NotTyped``."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise NotTyped("unknown_record") from None
    if not isinstance(data, dict):
        raise NotTyped("unknown_record")
    addressed, code = data.get("addressed_to"), data.get("code")
    return ResultSaid(
        text=_text(data, "text"),
        who=tuple(_holder(one) for one in _list(data, "who")),
        due=_day(data, "due"),
        permanent=data.get("permanent") is True,
        next_step=_text(data, "next_step") if data.get("permanent") is True else "",
        goals=_keys(data, "goals"),
        measures=_keys(data, "measures"),
        about=_key(data.get("about")) if data.get("about") else None,
        addressed_to=cast(Addressed, addressed) if addressed in ADDRESSED else None,
        reason=_text(data, "reason"),
        code=code if code in RATED else None,
        expires=_day(data, "expires"),
        views=tuple(view for one in _list(data, "views") if (view := _view(one)).text or view.houses),
        expects=_expected(data.get("expects")),
    )


def is_name(text: str) -> bool:
    """Whether a browser may call a result so."""
    return bool(_NAME.fullmatch(text))


def number_of(text: str) -> int | None:
    """A whole number from 0, None where there is none."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def expected_from(fields: Mapping[str, str]) -> Expected | None:
    """What a form says should be checked, as far as it is filled in. Raises ``NotTyped``."""
    return _expected(dict(fields))


def _holder(data: Any) -> Holder:
    told = _mapping(data)
    stance = told.get("stance", "promised")
    if stance not in STANCES:
        raise NotTyped("unknown_stance")
    words = _text(told, "words") if stance == "with_reservation" else ""
    return Holder(_key(told.get("partner")), cast(Stance, stance), words)


def _view(data: Any) -> View:
    told = _mapping(data)
    return View(_text(told, "text"), _keys(told, "houses"))


def _expected(data: Any) -> Expected | None:
    told = _mapping(data) if data else {}
    kind = told.get("kind")
    if kind not in EXPECTED:
        return None
    if not told.get("target"):
        raise NotTyped("without_target")
    day = _day(told, "by")
    if day is None:
        raise NotTyped("no_date")
    status = told.get("status") if kind == "measure_status" else ""
    if kind == "measure_status" and status not in _STATUSES:
        raise NotTyped("without_status")
    title = _text(told, "title") if kind == "milestone_reported" else ""
    return Expected(cast(ExpectedKind, kind), _key(told["target"]), day, str(status), title)


def _mapping(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise NotTyped("unknown_record")
    return data


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    found = data.get(name) or []
    if not isinstance(found, list) or len(found) > MOST:
        raise NotTyped("too_long")
    return found


def _text(data: Mapping[str, Any], name: str) -> str:
    found = data.get(name) or ""
    if not isinstance(found, str):
        raise NotTyped("unknown_record")
    found = found.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(found) > LONGEST_TEXT:
        raise NotTyped("too_long")
    return found.encode("utf-8", "replace").decode()  # half a surrogate pair is no text of a person


def _key(found: Any) -> str:
    if not isinstance(found, str) or not _KEY.fullmatch(found):
        raise NotTyped("unknown_record")
    return found


def _keys(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_key(one) for one in _list(data, name)))


def _day(data: Mapping[str, Any], name: str) -> dt.date | None:
    found = data.get(name)
    if not found:
        return None
    try:
        day = dt.date.fromisoformat(found) if isinstance(found, str) else None
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year <= 2100:
        raise NotTyped("no_date")
    return day
