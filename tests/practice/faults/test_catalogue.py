"""Every fault, over a real socket."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest

from ionapi_tui.practice.faults import FAULTS
from ionapi_tui.practice.faults.catalogue import WRONG_KINDS
from ionapi_tui.practice.server import PracticeTenant
from tests.practice.caller import DOCUMENTS, ENTITIES, M3, PING, USERS, Caller

Expected = Callable[[httpx.Response], bool]


def _says(status: int, error: str) -> Expected:
    return lambda answer: answer.status_code == status and answer.json().get("error") == error


def _describes(error: str, description: str) -> Expected:
    return lambda answer: (
        answer.status_code == 400
        and answer.json()
        == {
            "error": error,
            "error_description": description,
        }
    )


def _roles(answer: httpx.Response) -> set[str]:
    return {group["display"] for group in _user(answer)["groups"] if group["type"] == "Security Role"}


def _user(answer: httpx.Response) -> Any:
    return answer.json()["response"]["userlist"][0]


def _skew(answer: httpx.Response) -> float:
    return parsedate_to_datetime(answer.headers["Date"]).timestamp() - time.time()


AT_THE_TOKEN: dict[str, Expected] = {
    "invalid-client": _says(401, "invalid_client"),
    "invalid-grant": _says(400, "invalid_grant"),
    "unauthorized-client": _says(400, "unauthorized_client"),
    "invalid-scope": _says(400, "invalid_scope"),
    "rate-limited": lambda answer: answer.status_code == 429 and answer.headers["Retry-After"] == "2",
    "rate-limited=30": lambda answer: answer.headers["Retry-After"] == "30",
    "rate-limited:retry-after=none": lambda answer: "Retry-After" not in answer.headers,
    "rate-limited:retry-after=date": lambda answer: bool(parsedate_to_datetime(answer.headers["Retry-After"])),
    "server-error": lambda answer: answer.status_code == 500 and "html" in answer.headers["Content-Type"],
    "server-error:status=503,retry-after=5": lambda answer: (
        (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    ),
    "redirected": lambda answer: (
        (answer.status_code, answer.headers["Location"]) == (302, "http://127.0.0.1:9/elsewhere")
    ),
    "redirected:status=307,to=http://127.0.0.1:8/x": lambda answer: (
        (answer.status_code, answer.headers["Location"]) == (307, "http://127.0.0.1:8/x")
    ),
    "no-refresh-token": lambda answer: "refresh_token" not in answer.json() and "access_token" in answer.json(),
    "no-token-type": lambda answer: "token_type" not in answer.json(),
    "expires-in": lambda answer: answer.json()["expires_in"] == "abc",
    'expires-in="3600"': lambda answer: answer.json()["expires_in"] == "3600",
    "expires-in=-5": lambda answer: answer.json()["expires_in"] == -5,
    "expires-in=missing": lambda answer: "expires_in" not in answer.json(),
    "opaque": lambda answer: re.fullmatch("[0-9a-f]{32}", answer.json()["access_token"]) is not None,
    "account-not-authorised": _describes("invalid_request", "Account not authorised"),
    "foreign-account": _describes("invalid_request", "Username does not match request tenant"),
    "temporarily-unavailable": _describes("invalid_request", "service temporarily unavailable"),
    "wrong-grant": _describes(
        "unsupported_grant_type", "Unsupported grant type password. Expected one of client_credentials"
    ),
    "not-a-gateway": lambda answer: answer.status_code == 200 and "terms of use" in answer.text,
    "not-a-gateway:status=511": lambda answer: answer.status_code == 511,
    "proxy": lambda answer: answer.status_code == 407 and "Basic" in answer.headers["Proxy-Authenticate"],
    "clock-skew": lambda answer: 890 < _skew(answer) < 910,
    "clock-skew=-3600": lambda answer: -3610 < _skew(answer) < -3590,
    "latency=0.2": lambda answer: answer.elapsed.total_seconds() > 0.2,
    "timeout:seconds=0.2": lambda answer: answer.elapsed.total_seconds() > 0.2,
    "slow=0.001": lambda answer: answer.elapsed.total_seconds() > 0.1 and "access_token" in answer.json(),
    "huge-body:megabytes=2": lambda answer: 1_900_000 < len(answer.content) < 2_200_000 and bool(answer.json()),
    "escape-codes": lambda answer: "\x1b]52;" in answer.json()["error_description"],
    **{f"bad-answer={kind}": lambda answer: answer.status_code == 200 for kind in WRONG_KINDS},
}


@pytest.mark.parametrize("spec", AT_THE_TOKEN)
def test_a_fault_at_the_authorization_server_does_what_it_says(caller: Caller, spec: str) -> None:
    assert AT_THE_TOKEN[spec](caller.log_in(spec))


BEHIND_THE_GATEWAY: dict[str, tuple[str, Expected]] = {
    "token-rejected": (USERS, _says(401, "Unauthorized")),
    "role-missing": (USERS, lambda answer: _roles(answer) == {"Infor-SuiteUser", "MingleEnterprise"}),
    "role-missing=MingleEnterprise": (USERS, lambda answer: "MingleEnterprise" not in _roles(answer)),
    "role-missing=all": (USERS, lambda answer: not _roles(answer)),
    "no-user": (USERS, lambda answer: answer.status_code == 200 and "ErrorList" in answer.json()),
    "empty-userlist": (USERS, lambda answer: answer.json()["response"]["userlist"] == []),
    "scope-missing": (ENTITIES, _says(403, "Forbidden")),
    "scope-missing:strikes=users": (USERS, _says(403, "Forbidden")),
    "idm-forbidden": (ENTITIES, lambda answer: answer.status_code == 403 and "detail" in answer.json()["error"]),
    "idm-not-provisioned": (ENTITIES, _says(404, "Not Found")),
    "ims-unreachable": (PING, _says(503, "Service Unavailable")),
    "ims-unreachable:status=404": (PING, lambda answer: answer.status_code == 404),
    "distribution-group": (USERS, lambda answer: "IDM-AdvancedUser" not in _roles(answer)),
    "portal-user": (USERS, lambda answer: {"PORTAL-User"} < _roles(answer) and "Infor-SuiteUser" not in _roles(answer)),
    "user-inactive": (USERS, lambda answer: _user(answer)["active"] is False),
    "user-forbidden": (USERS, _says(403, "Forbidden")),
    "ims-client-unknown": (PING, lambda answer: answer.json()["code"] == 471),
    "no-connection-point": (DOCUMENTS, lambda answer: answer.json()["errors"] == "Invalid client id provided"),
    "m3-no-user": (M3, lambda answer: "error: 163" in answer.text),
    "m3-jwt-off": (M3, lambda answer: "error: 141" in answer.text),
    "bad-answer:kind=html,strikes=idm": (ENTITIES, lambda answer: "html" in answer.headers["Content-Type"]),
}


@pytest.mark.parametrize("spec", BEHIND_THE_GATEWAY)
def test_a_fault_behind_the_gateway_does_what_it_says(caller: Caller, spec: str) -> None:
    path, expected = BEHIND_THE_GATEWAY[spec]
    token = caller.token()
    assert expected(caller.get(path, token, spec))
    assert caller.get(path, token).status_code == 200


AT_A_REFRESH = {"refresh-dead": "Invalid refresh_token", "refresh-expired": "expired refresh token"}


@pytest.mark.parametrize("fault", AT_A_REFRESH)
def test_a_dead_refresh_token_is_refused_and_a_login_is_not(caller: Caller, tenant: PracticeTenant, fault: str) -> None:
    tenant.faults.on(fault)
    refresh = caller.log_in().json()["refresh_token"]
    assert _describes("invalid_request", AT_A_REFRESH[fault])(caller.refresh(refresh))


def test_an_echoed_error_holds_what_was_sent(caller: Caller) -> None:
    description = caller.log_in("echo-secret").json()["error_description"]
    assert caller.document["sask"] in description
    assert caller.document["cs"] in description


def test_a_connection_cut_in_the_middle_is_an_error_for_the_client(caller: Caller) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        caller.log_in("cut-off")


def test_every_fault_is_tried_here(caller: Caller) -> None:
    tried = {spec.partition(":")[0].partition("=")[0] for spec in (*AT_THE_TOKEN, *BEHIND_THE_GATEWAY)}
    assert set(FAULTS) == tried | {"echo-secret", "cut-off"} | set(AT_A_REFRESH)


@pytest.mark.timeout(30)
def test_a_late_answer_does_not_outlive_the_tenant() -> None:
    with PracticeTenant() as tenant, Caller(tenant.ionapi()) as caller:
        tenant.faults.on("timeout", seconds=600)
        caller.http.timeout = httpx.Timeout(0.1)
        with pytest.raises(httpx.ReadTimeout):
            caller.log_in()


def test_json_of_an_unknown_lifetime_is_still_json(caller: Caller) -> None:
    assert json.loads(caller.log_in("expires-in=1e12").text)["expires_in"] == 1e12
