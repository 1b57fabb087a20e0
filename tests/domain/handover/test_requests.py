"""Texts that ask somebody else for what is missing."""

from __future__ import annotations

import pytest

from ionapi_tui.base.paths import assets
from ionapi_tui.domain.findings import Code, Finding, Severity
from ionapi_tui.domain.guide import flow, load
from ionapi_tui.domain.handover.requests import request_for_roles, request_to_mend
from ionapi_tui.domain.profile import Profile
from tests.samples import MARKER, sample


@pytest.fixture
def profile() -> Profile:
    """A profile of the usual tenant."""
    return Profile("", "acme-prd", "", "", sample(tenant="ACME_PRD"))


def role(name: str, severity: Severity = Severity.ERROR) -> Finding:
    """Return that a role is missing."""
    return Finding(Code.ROLE_MISSING, name, {"user": "DOCBITS.SVC"}).with_severity(severity)


INSECURE = Finding(Code.INSECURE_URL, "iu", {"label": "Gateway URL", "host": "127.0.0.1"}, variant="loopback")
NO_REFRESH_TOKEN = Finding(Code.NO_REFRESH_TOKEN)


def test_nothing_is_asked_for_when_the_credentials_work(profile: Profile) -> None:
    assert request_to_mend(profile, ()) == ""
    warnings = (role("MingleEnterprise", Severity.WARNING), NO_REFRESH_TOKEN, INSECURE.with_severity(Severity.WARNING))
    assert request_to_mend(profile, warnings) == ""


def test_the_missing_roles_of_a_user_are_one_request(profile: Profile) -> None:
    text = request_to_mend(profile, (role("IDM-AdvancedUser"), role("MingleEnterprise", Severity.WARNING)))
    assert "- Security roles of the user DOCBITS.SVC: IDM-AdvancedUser, MingleEnterprise" in text
    assert text.count("Security Roles") == 1
    assert "DocBits cannot connect to Infor yet." in text
    assert profile.client_id in text
    assert profile.tenant in text
    assert MARKER not in text


def test_what_an_administrator_cannot_change_is_left_out(profile: Profile) -> None:
    findings = (INSECURE.with_severity(Severity.WARNING), Finding(Code.CLOCK_SKEW, "", {"difference": "", "host": ""}))
    refused = Finding(Code.INVALID_GRANT, "saak", {"said": "invalid_grant"})
    text = request_to_mend(profile, (*findings, refused, NO_REFRESH_TOKEN))
    assert refused.message in text
    assert refused.fix in text
    assert NO_REFRESH_TOKEN.message in text
    assert not [one for one in findings if one.message in text or one.fix in text]


def test_what_only_the_network_can_change_is_no_request_to_an_administrator_of_the_tenant(profile: Profile) -> None:
    unknown = Finding(Code.UNKNOWN_HOST, "iu", {"host": "gateway.example"}).with_severity(Severity.ERROR)
    unreachable = Finding(Code.DNS, "iu", {"host": "gateway.example"})
    assert request_to_mend(profile, (unreachable, unknown)) == ""
    text = request_to_mend(profile, (unreachable, role("IDM-AdvancedUser")))
    assert unreachable.message not in text
    assert "IDM-AdvancedUser" in text


def test_every_sentence_starts_with_a_capital_letter(profile: Profile) -> None:
    guide = load(assets(), "en")
    texts = (request_to_mend(profile, [role("IDM-AdvancedUser")]), request_for_roles(guide.prerequisites))
    for text in texts:
        paragraph = text.split("\n\n")[1]
        assert paragraph[0].isupper(), paragraph


def test_roles_that_are_assigned_are_not_asked_for() -> None:
    guide = load(assets(), "en")
    ticks = flow.role_ticks(guide)
    assert request_for_roles(guide.prerequisites, ticks) == "", "nothing is missing"
    names = [role.name for user in guide.prerequisites.topics for role in user.roles]
    first, *others = guide.prerequisites.topics
    text = request_for_roles(guide.prerequisites, [tick for tick in ticks if tick != ticks[-1]])
    assert names[-1] in text
    assert first.title not in text, "a user who has every role is not mentioned"
    assert others[-1].title in text
    assert all(f"- {name}" not in text for name in names[:-1])


def test_the_tenant_and_the_service_user_are_named_before_the_list_of_roles() -> None:
    text = request_for_roles(load(assets(), "en").prerequisites, (), "ACME_TST", "doc.service")
    before, roles = text.split(":\n", 1)
    assert "in Infor OS.\nThis is about the tenant ACME_TST.\nThe service user for DocBits is doc.service." in before
    assert "ACME_TST" not in roles


@pytest.mark.parametrize(("code", "step"), [("en", "step"), ("de", "schritt")])
def test_a_request_for_roles_names_no_step_of_a_guide_its_reader_does_not_have(code: str, step: str) -> None:
    assert step not in request_for_roles(load(assets(), code).prerequisites).lower()
