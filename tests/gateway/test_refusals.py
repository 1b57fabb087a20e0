from __future__ import annotations

import json

import pytest

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.findings import Code
from ionapi_tui.gateway.failures import NotReached
from ionapi_tui.gateway.refusals import known_secrets, of_the_token, of_the_way
from ionapi_tui.gateway.responses import Answer
from tests.samples import MARKER, cloud11

CREDENTIALS = Credentials.from_document(cloud11())
PAGE = "<!doctype html><title>Sign in</title>"


def answer(status: int, body: str = "", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer("mingle-sso.eu1.inforcloudsuite.com", status, named, Secret(body), 0.0, 0.1)


def error(code: str, **more: str) -> str:
    return json.dumps({"error": code, **more})


@pytest.mark.parametrize(
    ("refusal", "code", "field"),
    [
        (answer(401, error("invalid_client")), Code.INVALID_CLIENT, "ci"),
        (answer(400, error("invalid_client")), Code.INVALID_CLIENT, "ci"),
        (answer(400, error("INVALID_CLIENT")), Code.INVALID_CLIENT, "ci"),
        (answer(401), Code.INVALID_CLIENT, "ci"),
        (answer(401, PAGE), Code.INVALID_CLIENT, "ci"),
        (answer(400, error("invalid_grant")), Code.INVALID_GRANT, "saak"),
        (answer(401, error("invalid_grant")), Code.INVALID_GRANT, "saak"),
        (answer(400, error("unauthorized_client")), Code.UNAUTHORIZED_CLIENT, "dt"),
        (answer(400, error("unsupported_grant_type")), Code.UNAUTHORIZED_CLIENT, "dt"),
        (answer(400, error("invalid_scope")), Code.INVALID_SCOPE, "sc"),
        (answer(400, error("invalid_request")), Code.BAD_ANSWER, "pu"),
        (answer(400), Code.BAD_ANSWER, "pu"),
        (answer(404), Code.BAD_ANSWER, "pu"),
        (answer(404, PAGE), Code.BAD_ANSWER, "pu"),
        (answer(400, '{"error": 7}'), Code.BAD_ANSWER, "pu"),
        (answer(200, PAGE), Code.BAD_ANSWER, "pu"),
        (answer(403, PAGE), Code.NOT_A_GATEWAY, "pu"),
        (answer(511, PAGE), Code.NOT_A_GATEWAY, "pu"),
        (answer(429), Code.RATE_LIMITED, "pu"),
        (answer(503, retry_after="7"), Code.RATE_LIMITED, "pu"),
        (answer(503), Code.SERVER_ERROR, "pu"),
        (answer(500, error("invalid_client")), Code.SERVER_ERROR, "pu"),
        (answer(500, PAGE), Code.SERVER_ERROR, "pu"),
        (answer(302, location="https://login.example/"), Code.REDIRECTED, "pu"),
        (answer(308), Code.REDIRECTED, "pu"),
        (answer(302, location="http://[broken"), Code.REDIRECTED, "pu"),
        (answer(302, location="\x1b]0;x\x07"), Code.REDIRECTED, "pu"),
        (answer(407), Code.PROXY, "pu"),
    ],
)
def test_a_refusal_of_the_authorization_server_has_one_meaning(refusal: Answer, code: Code, field: str) -> None:
    finding = of_the_token(refusal, CREDENTIALS).finding
    assert (finding.code, finding.field) == (code, field)
    assert finding.message
    assert finding.fix


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 405])
def test_data_from_the_gateway_is_infors_to_interpret(status: int) -> None:
    assert of_the_way(answer(status, '{"error": "x"}'), "https://mingle-ionapi.example", "iu", ()) is None


@pytest.mark.parametrize(
    ("retry_after", "words"),
    [("1", "1 second"), ("90", "90 seconds"), ("3600", "60 minutes"), ("", "does not say how long")],
)
def test_the_time_to_wait_is_put_into_words(retry_after: str, words: str) -> None:
    failure = of_the_token(answer(429, retry_after=retry_after), CREDENTIALS)
    assert isinstance(failure, NotReached)
    assert words in failure.finding.message


def test_a_redirect_names_the_other_host_and_nothing_behind_it() -> None:
    where = f"https://user:{MARKER}@other.example/path?code={MARKER}"
    message = of_the_token(answer(302, location=where), CREDENTIALS).finding.message
    assert "https://other.example" in message
    assert MARKER not in message


def test_whatever_a_server_echoes_no_secret_is_in_what_people_see() -> None:
    secrets = [secret.reveal() for secret in known_secrets(CREDENTIALS)]
    for code in ("invalid_client", "invalid_grant", "invalid_request"):
        failure = of_the_token(answer(400, error(code, error_description=" ".join(secrets))), CREDENTIALS)
        assert MARKER not in str(failure) + repr(failure) + json.dumps(failure.finding.as_json())
