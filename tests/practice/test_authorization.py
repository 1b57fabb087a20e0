"""The authorization server."""

from __future__ import annotations

import pytest

from ionapi_tui.practice.server import PracticeTenant
from tests.practice.caller import USERS, Caller


@pytest.mark.parametrize("basic", [False, True], ids=["in the body", "by Basic"])
def test_a_service_account_gets_a_bearer_token_with_either_client_authentication(caller: Caller, basic: bool) -> None:
    answer = caller.log_in(basic=basic)
    token = answer.json()
    assert answer.status_code == 200
    assert token["token_type"] == "Bearer"
    assert token["expires_in"] == 7200
    assert token["refresh_token"] != token["access_token"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_refresh_token_gives_another_access_token_and_stays_valid(caller: Caller) -> None:
    first = caller.log_in().json()
    second = caller.refresh(first["refresh_token"]).json()
    third = caller.refresh(first["refresh_token"]).json()
    assert len({first["access_token"], second["access_token"], third["access_token"]}) == 3
    assert "refresh_token" not in second


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "PRACTICE_TST~nobody"}, 401, "invalid_client"),
        ({"password": "wrong"}, 400, "invalid_grant"),
        ({"username": "PRACTICE_TST#nobody"}, 400, "invalid_grant"),
        ({"grant_type": "client_credentials"}, 400, "unauthorized_client"),
        ({"grant_type": "device"}, 400, "unsupported_grant_type"),
        ({"scope": "infor-idm"}, 400, "invalid_scope"),
    ],
)
def test_refusals_in_the_cloud_have_a_code_and_a_description(
    caller: Caller, changes: dict[str, str], status: int, error: str
) -> None:
    answer = caller.log_in(changes=changes)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_a_wrong_client_is_described_as_the_cloud_describes_it(caller: Caller) -> None:
    assert (
        caller.log_in(changes={"client_secret": "wrong"}).json()["error_description"]
        == "Invalid client or client credentials."
    )


def test_the_on_premises_twin_issues_tokens_and_refuses_with_400_and_the_bare_code(tenant: PracticeTenant) -> None:
    with Caller(tenant.ionapi("on-premises")) as caller:
        assert caller.document["ot"] == "connect/token"
        assert caller.get(USERS, caller.token()).status_code == 200
        answer = caller.log_in(changes={"client_secret": "wrong"})
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_client"})


def test_a_token_of_one_tenant_is_refused_by_another(tenant: PracticeTenant, caller: Caller) -> None:
    caller.document["ti"] = "PRACTICE_DEV"
    assert caller.get(USERS, caller.token()).status_code == 401


def test_an_unknown_tenant_is_answered_with_a_page(caller: Caller) -> None:
    caller.document["pu"] = caller.document["pu"].replace("PRACTICE_TST", "NOBODY_TST")
    answer = caller.log_in()
    assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (404, "text/html")


@pytest.mark.parametrize("basic", [False, True], ids=["in the body", "by Basic"])
def test_revoking_the_refresh_token_ends_the_access_token_too(caller: Caller, basic: bool) -> None:
    token = caller.log_in().json()
    assert caller.revoke(token["refresh_token"], basic=basic).status_code == 200
    assert caller.get(USERS, token["access_token"]).status_code == 401
    assert caller.refresh(token["refresh_token"]).json()["error"] == "invalid_grant"


def test_revoking_the_access_token_leaves_the_refresh_token(caller: Caller) -> None:
    token = caller.log_in().json()
    assert caller.revoke(token["access_token"]).status_code == 200
    assert caller.get(USERS, token["access_token"]).status_code == 401
    assert caller.refresh(token["refresh_token"]).status_code == 200


def test_nobody_revokes_the_tokens_of_another_client(tenant: PracticeTenant, caller: Caller) -> None:
    token = caller.token()
    with Caller(tenant.ionapi("no-refresh-token")) as other:
        assert other.revoke(token).json()["error"] == "invalid_grant"
    assert caller.get(USERS, token).status_code == 200


def test_revoking_an_unknown_token_is_fine(caller: Caller) -> None:
    assert caller.revoke("nothing").status_code == 200


def test_client_credentials_need_no_service_account_and_speak_for_nobody(tenant: PracticeTenant) -> None:
    with Caller(tenant.ionapi("client-credentials")) as caller:
        token = caller.log_in(changes={"grant_type": "client_credentials"}).json()
        assert "refresh_token" not in token
        assert "ErrorList" in caller.get(USERS, token["access_token"]).json()
        assert caller.log_in().json()["error"] == "unauthorized_client"


def test_the_answer_names_the_scopes_that_were_granted(tenant: PracticeTenant) -> None:
    with Caller(tenant.ionapi("v1.1-scopes")) as caller:
        assert caller.log_in().json()["scope"].split() == caller.document["sc"]
    with Caller(tenant.ionapi("missing-scope")) as caller:
        assert caller.log_in().json()["scope"] == "INFOR-IFS"
