from __future__ import annotations

import json
import ssl

import httpx
import pytest

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.findings import Code, Step
from ionapi_tui.gateway.failures import NotReached, known_secrets, token_failure, transport_failure
from ionapi_tui.gateway.responses import Response
from ionapi_tui.gateway.transport_errors import explain
from tests.samples import MARKER, cloud11
from tests.tokens import jwt

CREDENTIALS = Credentials.from_document(cloud11())
PAGE = "<!doctype html><title>Sign in</title>"


def response(status: int, body: str = "", **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response("mingle-sso.eu1.inforcloudsuite.com", status, named, Secret(body), 0.0, 0.1)


def error(code: str, **more: str) -> str:
    return json.dumps({"error": code, **more})


@pytest.mark.parametrize(
    ("refusal", "code", "field"),
    [
        (response(401, error("invalid_client")), Code.INVALID_CLIENT, "ci"),
        (response(400, error("invalid_client")), Code.INVALID_CLIENT, "ci"),
        (response(400, error("INVALID_CLIENT")), Code.INVALID_CLIENT, "ci"),
        (response(401), Code.INVALID_CLIENT, "ci"),
        (response(401, PAGE), Code.INVALID_CLIENT, "ci"),
        (response(400, error("invalid_grant")), Code.INVALID_GRANT, "saak"),
        (response(401, error("invalid_grant")), Code.INVALID_GRANT, "saak"),
        (response(400, error("unauthorized_client")), Code.UNAUTHORIZED_CLIENT, "dt"),
        (response(400, error("unsupported_grant_type")), Code.UNAUTHORIZED_CLIENT, "dt"),
        (response(400, error("invalid_scope")), Code.INVALID_SCOPE, "sc"),
        (response(400, error("invalid_request")), Code.BAD_ANSWER, "pu"),
        (response(400), Code.BAD_ANSWER, "pu"),
        (response(404), Code.BAD_ANSWER, "pu"),
        (response(404, PAGE), Code.BAD_ANSWER, "pu"),
        (response(400, '{"error": 7}'), Code.BAD_ANSWER, "pu"),
        (response(200, PAGE), Code.BAD_ANSWER, "pu"),
        (response(403, PAGE), Code.NOT_A_GATEWAY, "pu"),
        (response(511, PAGE), Code.NOT_A_GATEWAY, "pu"),
        (response(429), Code.RATE_LIMITED, "pu"),
        (response(503, retry_after="7"), Code.RATE_LIMITED, "pu"),
        (response(503), Code.SERVER_ERROR, "pu"),
        (response(500, error("invalid_client")), Code.SERVER_ERROR, "pu"),
        (response(500, PAGE), Code.SERVER_ERROR, "pu"),
        (response(302, location="https://login.example/"), Code.REDIRECTED, "pu"),
        (response(308), Code.REDIRECTED, "pu"),
        (response(302, location="http://[broken"), Code.REDIRECTED, "pu"),
        (response(302, location="\x1b]0;x\x07"), Code.REDIRECTED, "pu"),
        (response(407), Code.PROXY, "pu"),
    ],
)
def test_a_refusal_of_the_authorization_server_has_one_meaning(refusal: Response, code: Code, field: str) -> None:
    finding = token_failure(refusal, CREDENTIALS).finding
    assert (finding.code, finding.field) == (code, field)
    assert finding.message
    assert finding.fix


@pytest.mark.parametrize(
    ("description", "grant"),
    [
        ("Unsupported grant type password. Expected one of client_credentials", "client_credentials"),
        ("Unsupported grant type password. Expected one of [client_credentials]", "client_credentials"),
        ("expected one of: authorization_code, refresh_token.", "authorization_code, refresh_token"),
    ],
)
def test_the_grant_type_of_the_app_is_named(description: str, grant: str) -> None:
    answer = response(400, error("unsupported_grant_type", error_description=description))
    finding = token_failure(answer, CREDENTIALS).finding
    assert (finding.code, finding.step) == (Code.UNAUTHORIZED_CLIENT, Step.NEW_APP)
    assert f"is {grant};" in finding.message


@pytest.mark.parametrize("description", ["", "Expected one of", "Expected one of 7", "x" * 5000])
def test_a_grant_type_that_is_not_named_is_not_guessed(description: str) -> None:
    answer = response(400, error("unsupported_grant_type", error_description=description))
    assert token_failure(answer, CREDENTIALS).finding.variant == ""


def test_a_code_of_the_standard_decides_before_a_description() -> None:
    answer = response(400, error("invalid_scope", error_description="Account not authorised"))
    assert token_failure(answer, CREDENTIALS).finding.code is Code.INVALID_SCOPE


def test_a_token_that_nobody_knows_is_masked_in_what_people_see() -> None:
    foreign = jwt({"ServiceAccount": f"ACME_TST#{MARKER}"}).reveal()
    said = token_failure(response(400, error("invalid_request", error_description=foreign)), CREDENTIALS)
    assert foreign.split(".")[1][:20] not in str(said)


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 405])
def test_data_from_the_gateway_is_infors_to_interpret(status: int) -> None:
    assert transport_failure(response(status, '{"error": "x"}'), "https://mingle-ionapi.example", "iu", ()) is None


@pytest.mark.parametrize(
    ("retry_after", "words"),
    [("1", "1 second"), ("90", "90 seconds"), ("3600", "60 minutes"), ("", "not stated")],
)
def test_the_time_to_wait_is_put_into_words(retry_after: str, words: str) -> None:
    failure = token_failure(response(429, retry_after=retry_after), CREDENTIALS)
    assert isinstance(failure, NotReached)
    assert words in failure.finding.message


def test_a_redirect_names_the_other_host_and_nothing_behind_it() -> None:
    where = f"https://user:{MARKER}@other.example/path?code={MARKER}"
    message = token_failure(response(302, location=where), CREDENTIALS).finding.message
    assert "https://other.example" in message
    assert MARKER not in message


def test_whatever_a_server_echoes_no_secret_is_in_what_people_see() -> None:
    secrets = [secret.reveal() for secret in known_secrets(CREDENTIALS)]
    for code in ("invalid_client", "invalid_grant", "invalid_request"):
        failure = token_failure(response(400, error(code, error_description=" ".join(secrets))), CREDENTIALS)
        assert MARKER not in str(failure) + repr(failure) + json.dumps(failure.finding.as_json())


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (0x800B0101, "has expired or is not valid yet"),
        (0x800B0109, "not known to this computer"),
        (0x800B010F, "belongs to another host"),
        (0x80092013, "revoked could not be checked"),
    ],
)
def test_the_codes_of_windows_are_explained_like_those_of_openssl(code: int, words: str) -> None:
    refused = ssl.SSLCertVerificationError("Certificate chain policy error")
    refused.verify_code = code
    failed = httpx.ConnectError("refused")
    failed.__cause__ = refused
    finding = explain(failed, "https://mingle-ionapi.inforcloudsuite.com", "iu", 3.0)
    assert finding.code is Code.TLS
    assert words in finding.message


def test_a_firewall_is_blamed_for_hosts_elsewhere_and_not_for_a_practice_tenant() -> None:
    fixes = [
        explain(httpx.ConnectError("refused"), url, "iu", 3.0).fix
        for url in ("https://mingle-ionapi.inforcloudsuite.com", "http://127.0.0.1:8443")
    ]
    assert ["firewall" in fix for fix in fixes] == [True, False]
