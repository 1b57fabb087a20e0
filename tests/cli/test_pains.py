"""What people who use these files were seen to suffer from, each from their situation to the answer they get.

The situations come from issues and documents of public tools.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Ran, Store
from tests.gateway.recorded_cases import IDM, ME, PING, refused
from tests.gateway.recorded_tenant import FORBIDDEN, GROUPS, UNAUTHORIZED, Answer, RecordedTenant, user_answer
from tests.samples import REMOVED, sample, sample_bytes

pytestmark = pytest.mark.keyring

Verified = Callable[..., str]


@pytest.fixture
def verified(cli: Cli, stored: Store) -> Verified:
    """Verify the profile of a tenant and return everything that a person reads."""

    def verify(tenant: RecordedTenant, code: int) -> str:
        with tenant:
            stored("acme-tst", tenant.document)
            ran = cli("verify", "acme-tst")
        assert ran.code == code, ran.err
        return words(ran)

    return verify


def words(ran: Ran) -> str:
    """Return what a run wrote, with single spaces."""
    return " ".join((ran.out + ran.err).split())


def test_1_the_app_has_the_grant_type_that_public_guides_still_recommend(verified: Verified) -> None:
    description = "Unsupported grant type password. Expected one of client_credentials"
    told = verified(RecordedTenant(answers={"password": refused("unsupported_grant_type", description)}), 1)
    assert "The Grant Type of this authorized app is client_credentials; DocBits needs Password Credentials" in told
    assert "Guide: step 2" in told


def test_2_the_user_box_was_left_blank(verified: Verified) -> None:
    blank = RecordedTenant(claims={"Identity2": None}, answers={ME: FORBIDDEN, IDM: FORBIDDEN})
    told = verified(blank, 1)
    assert "the user box was left blank" in told
    assert "Guide: step 4" in told
    assert "scope" not in told.lower().replace("scopes enforced", "").replace("granted scopes", "")


def test_3_create_service_account_was_off(cli: Cli, downloads: Path) -> None:
    file = downloads / "Doc2Export.ionapi"
    file.write_bytes(sample_bytes(saak=REMOVED, sask=REMOVED))
    ran = cli("check", str(file))
    assert ran.code == 3
    assert "Create Service Account" in words(ran)
    assert "Guide: step 4" in words(ran)


def test_4_the_token_refresh_fails_after_two_hours(cli: Cli, stored: Store) -> None:
    with RecordedTenant(expires_in=5) as tenant:
        stored("acme-tst", tenant.document)
        first = cli("token", "acme-tst")
        tenant.answers = {"refresh_token": refused("invalid_request", "Invalid refresh_token")}
        # Read as a later process reads it: the token that is kept has two seconds left, so a new one is due.
        tokens = {first.out}
        while len(tokens) == 1:
            ran = cli("token", "acme-tst")
            assert ran.code == 0, ran.err
            tokens.add(ran.out)
    assert tenant.seen == ["password", "refresh_token", "password"]


def test_5_the_gateway_says_unauthorized_and_nothing_else(verified: Verified) -> None:
    told = verified(RecordedTenant(answers={ME: UNAUTHORIZED, IDM: UNAUTHORIZED, PING: UNAUTHORIZED}), 1)
    assert "does not accept it (HTTP 401: Unauthorized)" in told
    assert "tenant was refreshed" in told


def test_6_infor_answers_500_to_mistakes_of_the_client(verified: Verified) -> None:
    told = verified(RecordedTenant(answers={"password": Answer(500, "")}), 1)
    assert "Infor also answers some mistakes of the client in this way" in told


def test_7_ion_says_invalid_client_id_although_the_file_works_elsewhere(verified: Verified) -> None:
    refusal = Answer(200, {"status": "FAIL", "code": 471, "errors": "Invalid client id provided"})
    told = verified(RecordedTenant(answers={PING: refusal}), 0)
    assert "no connection point holds it" in told
    assert "only ION compares the ID" in told


def test_8_a_new_user_has_no_access_by_itself(verified: Verified) -> None:
    told = verified(RecordedTenant(answers={ME: Answer(200, user_answer(*GROUPS[3:])), IDM: FORBIDDEN}), 1)
    assert "The user DocBits Service does not have the security role IDM-AdvancedUser" in told
    assert "No new file is needed" in told


def test_9_nobody_knows_which_of_the_files_belongs_to_which_tenant(cli: Cli, downloads: Path, stored: Store) -> None:
    stored("acme-tst", first := sample(tenant="ACME_TST"))
    for name, document in {"a.ionapi": first, "b.ionapi": sample(tenant="GLOBEX_AX4")}.items():
        (downloads / name).write_text(json.dumps(document))
    found = {Path(one["file"]).name: one for one in cli("scan", str(downloads), "--json").json}
    assert (found["a.ionapi"]["profile"], found["a.ionapi"]["match"]) == ("acme-tst", "equal")
    assert (found["b.ionapi"]["tenant"], found["b.ionapi"]["environment"]) == ("GLOBEX_AX4", "AX4")
    assert any("import" in command for command in found["b.ionapi"]["commands"])


@pytest.mark.parametrize(("service_user", "kind"), [(True, "service user"), (False, "user who can sign in")])
def test_10_credentials_were_made_in_the_name_of_somebody(verified: Verified, service_user: bool, kind: str) -> None:
    told = verified(RecordedTenant(answers={ME: Answer(200, user_answer(isServiceUser=service_user))}), 0)
    assert f"Acting user DocBits Service Kind of user {kind}" in told
