import pytest

from dashboard.answers.contacts import Viewer
from etl.rules.facts import Contact

ROLES = ("coordinator", "member", "leadership", "partner", "observer")


def seen_by(**said: object) -> list[str]:
    contact = Contact(key="c", partner="partner-1", name="Henrike Aulbach", **said)
    return [role for role in ROLES if Viewer(role, "partner-2").may_see(contact)]


@pytest.mark.parametrize(
    ("shared_with", "roles"),
    [
        (None, ["coordinator"]),
        ("office", ["coordinator"]),
        ("body", ["coordinator", "member", "leadership"]),
        ("network", ["coordinator", "member", "leadership", "partner"]),
    ],
)
def test_a_contact_is_seen_by_those_it_is_shared_with(shared_with: str | None, roles: list[str]) -> None:
    assert seen_by(shared_with=shared_with) == roles


def test_who_refused_consent_is_seen_by_the_office_and_the_own_partner_only() -> None:
    assert seen_by(shared_with="network", consent=False) == ["coordinator"]
    own = Contact(key="c", partner="partner-1", consent=False)
    assert Viewer("partner", "partner-1").may_see(own)


def test_an_observer_sees_no_contact_even_of_a_partner_it_belongs_to() -> None:
    assert not Viewer("observer", "partner-1").may_see(Contact(key="c", partner="partner-1", shared_with="network"))


def test_kept_columns_are_for_the_office_and_the_partner_itself() -> None:
    assert Viewer("coordinator").sees_received("partner-1")
    assert Viewer("partner", "partner-1").sees_received("partner-1")
    assert not Viewer("partner", "partner-2").sees_received("partner-1")
    assert not Viewer("member").sees_received(None)
