"""The words of one agreement or decision: its state, who and by when, what the data say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from dashboard.answers.follow_up import FollowRow
from dashboard.answers.picture import Picture
from dashboard.parts.traced import value_target
from etl.rules.follow_up import Became, Followed
from etl.rules.follow_up_checks import Check
from etl.wording import formatted, has

Say = Callable[..., str]


def state_words(followed: Followed, say: Say, day: dt.date) -> str:
    """The word of its state with the day that makes it so."""
    state, due = followed.state, followed.due
    if state == "overdue":
        if due is None or due >= day:
            return say("follow.state.not_reached")
        return say("follow.state.overdue", day=due)
    if state == "incomplete":
        return say("follow.state.incomplete", missing=[say(f"follow.missing.{name}") for name in followed.missing])
    if state in ("running", "permanent") and due is not None:
        return say(f"follow.state.{state}", day=due)
    if state == "running":
        return say("follow.state.waiting")
    return say(f"follow.state.{state}")


def line_of(row: FollowRow, say: Say) -> str:
    """Who, and where it was agreed."""
    followed = row.followed
    houses = [
        say("follow.house.with_reservation", name=house.name) if house.stance == "with_reservation" else house.name
        for house in row.houses
    ]
    who = say("follow.who", names=houses) if houses else _nobody(followed, say)
    asked = say("follow.asked", names=list(row.asked)) if row.asked else ""
    how = "listed" if row.listed else followed.result
    agreed = say(f"follow.agreed.{how}", day=followed.agreed) if followed.agreed else ""
    return " · ".join(filter(None, (who, asked, agreed)))


def _nobody(followed: Followed, say: Say) -> str:
    """Whom a recommendation goes to; of anything else, that nobody is responsible."""
    if followed.result != "recommendation":
        return say("follow.nobody")
    return say(f"follow.addressed.{followed.addressed}") if followed.addressed else ""


def moved_words(followed: Followed, say: Say) -> str:
    """„ursprünglich 31. März 2026, zweimal verschoben“."""
    return say("follow.moved", n=len(followed.moved), day=followed.moved[0].day)


def noted_words(followed: Followed, picture: Picture, say: Say) -> str:
    last = max(followed.noted, key=lambda one: one.at)
    titles = {meeting.key: meeting.title for meeting in picture.facts.meetings}
    return say("follow.noted_in", meeting=titles.get(last.meeting, "–"))


def gone_words(gone: Iterable[Became], say: Say) -> list[str]:
    """What became of what it was about, with the reason where there is one."""
    told = [(one, say(f"follow.gone.{one.how}", title=one.title, into=one.into_title)) for one in gone]
    return [f"{said} {say('follow.gone.reason', reason=one.reason)}" if one.reason else said for one, said in told]


def proposal_words(row: FollowRow, say: Say) -> str:
    proposed = row.followed.proposed
    assert proposed is not None, "asked only where there is one"
    values = {"partner": row.proposer, "text": proposed.text}
    if proposed.due is not None:
        return say("follow.proposed.moved", day=proposed.due, **values)
    return say("follow.proposed.done", **values)


def checks_of(row: FollowRow, say: Say, language: str) -> Iterator[tuple[str, str | None]]:
    """What it should change and whether the data show it; where that is read from."""
    for check in row.followed.checks:
        said = say(f"follow.check.{_kept(check)}", what=expectation_words(check, row, say, language), by=check.by)
        yield said, value_target(check.evidence, check.field) if check.evidence else None


def _kept(check: Check) -> str:
    return f"{check.state}_by" if check.by is not None and check.state in ("not_yet", "missed") else check.state


def expectation_words(check: Check, row: FollowRow, say: Say, language: str) -> str:
    """„Meilenstein 2 von ‚Lotsen‘ erreicht“."""
    kind, value = check.expectation.kind, check.expectation.value.strip()
    values: dict[str, object] = {"title": row.target(check), "value": value}
    if kind == "contact_named":
        return say("follow.expect.contact_named", n=int(value) if value.isdecimal() else 2, title=row.target(check))
    if kind == "measure_status":
        values["value"] = say(f"status.{value}") if has(language, f"status.{value}") else value
    if kind == "value_reported" and value:
        values["value"] = formatted(language, dt.date.fromisoformat(value), "date") if _is_day(value) else value
    return say(f"follow.expect.{kind}{'' if value else '.any'}", **values)


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
