from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.findings import Code
from ionapi_tui.domain.token import Token
from ionapi_tui.gateway import grants
from ionapi_tui.gateway.failures import NotReached, RefreshRefused, TokenRefused
from ionapi_tui.gateway.network import Network
from ionapi_tui.gateway.session import open_session
from ionapi_tui.practice.faults.fault import Surface
from ionapi_tui.practice.server import PracticeTenant
from tests.gateway.clocks import HandClock
from tests.gateway.servers import OddServer, read_request, response, saying
from tests.samples import cloud11, random_secret, sample


def at(url: str, document: dict[str, Any] | None = None) -> Credentials:
    return Credentials.from_document((document or sample()) | {"iu": url, "pu": f"{url}/ACME_TST/as/"})


def token_answer(**changes: Any) -> bytes:
    document = {"access_token": random_secret(), "token_type": "Bearer", "expires_in": 7200} | changes
    return response(json.dumps(document).encode(), Content_Type="application/json")


async def log_in(credentials: Credentials, network: Network | None = None, **options: Any) -> grants.Granted:
    async with open_session(network or Network(total=30)) as session:
        return await grants.by_password(session, credentials, **options)


async def test_a_service_account_logs_in_with_one_request(tenant: PracticeTenant, good: Credentials) -> None:
    granted = await log_in(good)
    assert granted.token.lifetime == 7200
    assert granted.token.refresh is not None
    assert granted.token.scopes is None
    assert [record.status for record in tenant.requests] == [200]


@pytest.mark.parametrize("variant", ["v1.0", "2015", "long-tenant", "on-premises"])
async def test_every_kind_of_file_that_works_logs_in(variant: str, tenant: PracticeTenant) -> None:
    granted = await log_in(Credentials.from_document(tenant.ionapi(variant)))
    assert granted.token.access


async def test_the_scopes_of_the_file_are_asked_for(tenant: PracticeTenant) -> None:
    granted = await log_in(Credentials.from_document(tenant.ionapi("v1.1-scopes")))
    assert granted.token.scopes is not None
    assert "Infor-IDM" in granted.token.scopes


async def test_what_is_sent_is_what_infor_documents() -> None:
    seen: list[bytes] = []
    with OddServer(saying(token_answer(), seen=seen)) as server:
        credentials = at(server.url, cloud11())
        await log_in(credentials)
    head, _separator, body = seen[0].decode().partition("\r\n\r\n")
    assert head.startswith("POST /ACME_TST/as/token.oauth2 HTTP/1.1")
    assert "application/x-www-form-urlencoded" in head
    assert "authorization:" not in head.lower()
    assert "grant_type=password&username=ACME_TST%23" in body
    assert "scope=INFOR-IFS+Infor-IDM+Infor-ION+Infor-Mingle" in body


async def test_a_server_that_wants_http_basic_gets_it_after_one_refusal_and_at_once_the_next_time() -> None:
    seen: list[bytes] = []

    def picky(connection: Any) -> None:
        seen.append(read_request(connection))
        basic = b"authorization: basic" in seen[-1].lower()
        refusal = response(b'{"error": "invalid_client"}', "401 Unauthorized")
        connection.sendall(token_answer() if basic else refusal)

    with OddServer(picky) as server:
        credentials = at(server.url)
        granted = await log_in(credentials)
        assert (len(seen), granted.token.basic) == (2, True)
        await log_in(credentials, basic=granted.token.basic)
    assert len(seen) == 3
    assert b"client_secret" not in seen[2]
    pair = f"{credentials.client_id}:{credentials.client_secret.reveal()}"
    assert base64.b64encode(pair.encode()) in seen[2]


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ("invalid_client", Code.INVALID_CLIENT),
        ("unauthorized_client", Code.INVALID_CLIENT),
        ("invalid_grant", Code.INVALID_GRANT),
    ],
)
async def test_the_other_way_tells_more_only_when_it_got_past_the_client(second: str, code: Code) -> None:
    answers = [b'{"error": "invalid_client"}', json.dumps({"error": second}).encode()]

    def refuse(connection: Any) -> None:
        read_request(connection)
        connection.sendall(response(answers.pop(0), "400 Bad Request"))

    with OddServer(refuse) as server, pytest.raises(TokenRefused) as caught:
        await log_in(at(server.url))
    assert caught.value.finding.code is code
    assert caught.value.exit_code == 7


@pytest.mark.parametrize("form", ["1", "date"])
async def test_a_request_to_wait_is_honoured_in_both_forms(
    form: str, tenant: PracticeTenant, good: Credentials
) -> None:
    time = HandClock()
    tenant.faults.on("rate-limited", retry_after=form, times=1)
    granted = await log_in(good, Network(total=30, clock=time.clock))
    assert granted.token.access
    assert len(time.slept) == 1
    assert 1 <= time.slept[0] <= 3


async def test_a_server_that_only_says_come_back_is_not_asked_for_ever(
    tenant: PracticeTenant, good: Credentials
) -> None:
    time = HandClock()
    tenant.faults.on("rate-limited", retry_after="0")
    with pytest.raises(NotReached) as caught:
        await log_in(good, Network(total=30, clock=time.clock))
    assert caught.value.finding.code is Code.RATE_LIMITED
    assert len(tenant.requests.token_requests) == 3
    assert time.slept == [1.0, 1.0]


async def test_a_request_to_wait_until_the_deadline_is_honoured(tenant: PracticeTenant, good: Credentials) -> None:
    time = HandClock()
    tenant.faults.on("rate-limited", retry_after="30", times=1)
    await log_in(good, Network(total=30, clock=time.clock), retry_seconds=30)
    assert time.slept == [30]


@pytest.mark.parametrize("wait", ["31", "none"])
async def test_nobody_waits_longer_than_the_deadline_or_without_a_time(
    wait: str, tenant: PracticeTenant, good: Credentials
) -> None:
    time = HandClock()
    tenant.faults.on("rate-limited", retry_after=wait)
    with pytest.raises(NotReached):
        await log_in(good, Network(total=30, clock=time.clock), retry_seconds=30)
    assert (time.slept, len(tenant.requests.token_requests)) == ([], 1)


@pytest.mark.parametrize("kind", ["html", "empty", "not-json", "list", "number", "no-token", "null-token", "odd-token"])
async def test_success_without_a_token_is_a_bad_answer(kind: str, tenant: PracticeTenant, good: Credentials) -> None:
    tenant.faults.on("bad-answer", kind=kind)
    with pytest.raises(NotReached) as caught:
        await log_in(good)
    assert caught.value.finding.code is Code.BAD_ANSWER
    assert caught.value.exit_code == 6


async def test_success_with_an_error_in_it_is_that_error_and_a_page_is_told_as_one() -> None:
    with OddServer(saying(response(b'{"error": "invalid_grant"}'))) as server, pytest.raises(TokenRefused) as refused:
        await log_in(at(server.url))
    assert refused.value.finding.code is Code.INVALID_GRANT
    page = response(b"<html><title>Sign in</title>", Content_Type="text/html")
    for answer, said in ((page, "“Sign in”"), (response(b"{}"), "HTTP 200 without an access token")):
        with OddServer(saying(answer)) as server, pytest.raises(NotReached) as unusable:
            await log_in(at(server.url))
        finding = unusable.value.finding
        assert (finding.code, finding.field, finding.values["host"]) == (Code.BAD_ANSWER, "pu", "127.0.0.1")
        assert finding.values["said"].endswith(said)


@pytest.mark.parametrize(
    ("changes", "usable"),
    [
        ({"token_type": "bearer"}, True),
        ({"token_type": "mac"}, False),
        ({"token_type": 7}, False),
        ({"refresh_token": ""}, True),
        ({"refresh_token": ["x"]}, True),
        ({"scope": "Infor-IDM Infor-ION"}, True),
        ({"scope": ["Infor-IDM"]}, True),
        ({"expires_in": "nonsense"}, True),
    ],
)
async def test_odd_fields_of_an_answer_do_no_harm(changes: dict[str, Any], usable: bool) -> None:
    with OddServer(saying(token_answer(**changes))) as server:
        if not usable:
            with pytest.raises(NotReached):
                await log_in(at(server.url))
            return
        granted = await log_in(at(server.url))
    assert granted.token.access
    assert granted.token.refresh is None


async def test_a_token_answer_without_a_type_is_taken(tenant: PracticeTenant, good: Credentials) -> None:
    tenant.faults.on("no-token-type")
    assert (await log_in(good)).token.access


async def test_a_refresh_token_brings_a_new_access_token_and_goes_on_serving(
    tenant: PracticeTenant, good: Credentials
) -> None:
    async with open_session(Network(total=30)) as session:
        first = (await grants.by_password(session, good)).token
        second = (await grants.by_refresh_token(session, good, first)).token
    assert second.access != first.access
    assert second.refresh is not None
    assert len(tenant.requests.token_requests) == 2


async def test_a_server_that_wants_http_basic_gets_it_for_a_refresh_token_as_well() -> None:
    seen: list[bytes] = []
    with OddServer(saying(token_answer(), seen=seen)) as server:
        credentials = at(server.url)
        token = Token(Secret(random_secret()), Secret(random_secret()), 0.0, 60.0, basic=True)
        async with open_session(Network(total=30)) as session:
            granted = await grants.by_refresh_token(session, credentials, token)
    assert b"authorization: basic" in seen[0].lower()
    assert b"client_secret" not in seen[0]
    assert (granted.token.basic, granted.token.refresh) == (True, token.refresh)
    assert granted.response.status == 200


@pytest.mark.parametrize("status", ["401 Unauthorized", "200 OK"])
async def test_a_failed_refresh_is_told_without_the_tokens_that_the_server_echoes(status: str) -> None:
    token = Token(Secret("CANARY-access-00001"), Secret("CANARY-refresh-0001"), 0.0, 60.0)
    said = {"error": "invalid_client", "error_description": "CANARY-refresh-0001 of CANARY-access-00001 is odd"}
    with OddServer(saying(response(json.dumps(said).encode(), status))) as server:
        credentials = at(server.url)
        async with open_session(Network(total=30)) as session:
            with pytest.raises(TokenRefused) as caught:
                await grants.by_refresh_token(session, credentials, token)
    assert caught.value.finding.code is Code.INVALID_CLIENT
    assert "is odd" in str(caught.value)
    assert "CANARY" not in str(caught.value)


async def test_a_token_counts_from_the_moment_it_was_asked_for() -> None:
    time = HandClock()
    asked = time.wall, time.steady

    def slow(connection: Any) -> None:
        read_request(connection)
        time.pass_by(3)
        connection.sendall(token_answer())

    with OddServer(slow) as server:
        granted = await log_in(at(server.url), Network(total=30, clock=time.clock))
    assert (granted.token.issued_at, granted.token.born) == asked


async def test_revoking_takes_the_refresh_token_and_the_access_token_back(
    tenant: PracticeTenant, good: Credentials
) -> None:
    async with open_session(Network(total=30)) as session:
        token = (await grants.by_password(session, good)).token
        assert await grants.revoke(session, good, token)
        answer = await session.get(good.api_url("ifsservice/usermgt/v2/users/me"), "iu", token=token.access)
        with pytest.raises(RefreshRefused):
            await grants.by_refresh_token(session, good, token)
    assert answer.status == 401
    assert len(tenant.requests.of(Surface.REVOKE)) == 2


async def test_what_is_revoked_is_named_and_counts_only_if_all_of_it_is() -> None:
    seen: list[bytes] = []
    for statuses, revoked in ((["200 OK"] * 2, True), (["503 Down", "200 OK"], False), (["200 OK", "503 Down"], False)):
        left = list(statuses)

        def answer(connection: Any, left: list[str] = left) -> None:
            seen.append(read_request(connection))
            connection.sendall(response(b"", left.pop(0)))

        with OddServer(answer) as server:
            credentials = at(server.url)
            token = Token(Secret(random_secret()), Secret(random_secret()), 0.0, 60.0)
            async with open_session(Network(total=30)) as session:
                assert await grants.revoke(session, credentials, token) is revoked
    assert [request.rpartition(b"&")[2] for request in seen[:2]] == [
        b"token_type_hint=refresh_token",
        b"token_type_hint=access_token",
    ]


async def test_whose_address_was_not_reached_is_said() -> None:
    with OddServer(saying(b"")) as server:
        credentials = at(server.url)
    token = Token(Secret(random_secret()), None, 0.0, 60.0)
    async with open_session(Network(total=30)) as session:
        for asking in (grants.by_password(session, credentials), grants.revoke(session, credentials, token)):
            with pytest.raises(NotReached) as caught:
                await asking
            assert caught.value.finding.field == "pu"


async def test_a_file_without_an_address_for_it_cannot_revoke(tenant: PracticeTenant) -> None:
    document = tenant.ionapi()
    del document["or"]
    credentials = Credentials.from_document(document)
    async with open_session(Network(total=30)) as session:
        token = (await grants.by_password(session, credentials)).token
        assert not await grants.revoke(session, credentials, token)


async def test_credentials_without_a_service_account_are_refused_without_a_request(tenant: PracticeTenant) -> None:
    with pytest.raises(TokenRefused) as caught:
        await log_in(Credentials.from_document(tenant.ionapi("no-service-account")))
    assert (caught.value.finding.code, caught.value.finding.field) == (Code.NO_SERVICE_ACCOUNT, "saak")
    assert not len(tenant.requests)


@pytest.mark.parametrize("key", ["saak", "sask"])
async def test_half_of_a_service_account_is_none(key: str) -> None:
    document = sample()
    del document[key]
    with pytest.raises(TokenRefused) as caught:
        await log_in(at("http://127.0.0.1:9", document))
    assert caught.value.finding.code is Code.NO_SERVICE_ACCOUNT
