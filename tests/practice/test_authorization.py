"""The authorization server."""

from __future__ import annotations

import base64
import dataclasses
import json
import re
from typing import Any

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
        ({"username": "PRACTICE_DEV#somebody"}, 400, "invalid_request"),
        ({"grant_type": "client_credentials"}, 400, "unsupported_grant_type"),
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
    answer = caller.refresh(token["refresh_token"])
    assert (answer.status_code, answer.json()) == (
        400,
        {"error": "invalid_request", "error_description": "Invalid refresh_token"},
    )


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
        assert caller.get(USERS, token["access_token"]).json()["errorlist"]
        refusal = caller.log_in().json()
    assert refusal["error"] == "unsupported_grant_type"
    assert refusal["error_description"] == "Unsupported grant type password. Expected one of client_credentials"


def test_a_refused_grant_names_the_one_the_app_is_set_to(tenant: PracticeTenant, caller: Caller) -> None:
    refusal = caller.log_in(changes={"grant_type": "client_credentials"}).json()
    assert refusal["error_description"] == "Unsupported grant type client_credentials. Expected one of password"
    with Caller(tenant.ionapi("web-app")) as web:
        assert web.log_in().json()["error_description"].endswith("Expected one of authorization_code")


def test_a_service_account_of_another_tenant_is_described(caller: Caller) -> None:
    refusal = caller.log_in(changes={"username": "PRACTICE_DEV#somebody"}).json()
    assert refusal["error_description"] == "Username does not match request tenant"


def test_a_refresh_token_that_is_over_by_its_lifetime_is_described(tenant: PracticeTenant) -> None:
    document = tenant.ionapi()
    app = tenant.state.apps.get(document["ci"])
    assert app is not None
    with Caller(document) as caller:
        tenant.state.apps.change(app.client_id, dataclasses.replace(app.form, refresh_seconds=-1))
        try:
            refresh = caller.log_in().json()["refresh_token"]
        finally:
            tenant.state.apps.change(app.client_id, app.form)
        assert caller.refresh(refresh).json()["error_description"] == "expired refresh token"


def claims(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return header and claims of a JSON Web Token."""
    header, payload, _signature = token.split(".")
    read = (json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in (header, payload))
    return next(read), next(read)


RECORDED = (
    "ServiceAccount Tenant Identity2 EnforceScopesForClient grant_id InforSTSIssuedType client_id jti iat nbf exp iss "
    "aud"
)


def test_a_cloud_token_states_what_was_recorded(tenant: PracticeTenant, caller: Caller) -> None:
    header, stated = claims(caller.token())
    assert (set(header), header["alg"]) == ({"kid", "alg"}, "RS256")
    assert re.fullmatch("kg:[0-9a-f-]{36}", header["kid"])
    assert " ".join(stated) == RECORDED
    service = tenant.state.people.named("practice.service")
    assert service is not None
    assert stated["ServiceAccount"] == caller.document["saak"]
    assert (stated["Tenant"], stated["Identity2"]) == ("PRACTICE_TST", service.id)
    assert (stated["EnforceScopesForClient"], stated["InforSTSIssuedType"]) == ("0", "AS")
    assert (stated["client_id"], stated["aud"]) == (caller.document["ci"], caller.document["iu"])
    assert stated["exp"] - stated["iat"] == 7200


def test_a_token_without_a_user_states_none_and_one_of_a_client_no_account(tenant: PracticeTenant) -> None:
    with Caller(tenant.ionapi("no-user")) as caller:
        _header, stated = claims(caller.token())
    assert " ".join(stated) == RECORDED.replace("Identity2 ", "")
    with Caller(tenant.ionapi("client-credentials")) as caller:
        _header, stated = claims(caller.log_in(changes={"grant_type": "client_credentials"}).json()["access_token"])
    assert not {"ServiceAccount", "Identity2"} & set(stated)


def test_a_token_is_valid_as_long_as_its_app_says(tenant: PracticeTenant, caller: Caller) -> None:
    app = tenant.state.apps.get(caller.document["ci"])
    assert app is not None
    tenant.state.apps.change(app.client_id, dataclasses.replace(app.form, token_seconds=3600))
    try:
        answer = caller.log_in().json()
    finally:
        tenant.state.apps.change(app.client_id, app.form)
    stated = claims(answer["access_token"])[1]
    assert (stated["exp"] - stated["iat"], stated["nbf"], answer["expires_in"]) == (3600, stated["iat"], 3600)


def test_a_token_states_whether_scopes_are_enforced(tenant: PracticeTenant) -> None:
    with Caller(tenant.ionapi("v1.1-scopes")) as caller:
        assert claims(caller.token())[1]["EnforceScopesForClient"] == "1"


def test_an_on_premises_token_is_opaque_and_its_refusals_stay_bare(tenant: PracticeTenant) -> None:
    with Caller(tenant.ionapi("on-premises")) as caller:
        answer = caller.log_in().json()
        assert re.fullmatch("[0-9a-f]{32}", answer["access_token"])
        assert caller.refresh("nothing").json() == {"error": "invalid_grant"}
        assert caller.log_in(changes={"grant_type": "client_credentials"}).json() == {"error": "unauthorized_client"}


def test_a_success_has_exactly_the_recorded_fields(caller: Caller) -> None:
    answer = caller.log_in().json()
    assert set(answer) == {"access_token", "token_type", "expires_in", "refresh_token"}
    assert set(caller.refresh(answer["refresh_token"]).json()) == {"access_token", "token_type", "expires_in"}


def test_the_answer_names_the_scopes_that_were_granted(tenant: PracticeTenant) -> None:
    with Caller(tenant.ionapi("v1.1-scopes")) as caller:
        assert caller.log_in().json()["scope"].split() == caller.document["sc"]
    with Caller(tenant.ionapi("missing-scope")) as caller:
        assert caller.log_in().json()["scope"] == "INFOR-IFS"
