from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from ionapi_tui.base.errors import UsageError
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.gateway import users
from ionapi_tui.gateway.client import TokenAuth, async_client, client
from ionapi_tui.gateway.failures import TokenRefused
from ionapi_tui.gateway.network import Network
from ionapi_tui.gateway.tokens import TokenSource
from ionapi_tui.practice.faults.fault import Surface
from ionapi_tui.practice.server import PracticeTenant
from tests.gateway.servers import OddServer, silent


@pytest.fixture
def source(good: Credentials) -> TokenSource:
    return TokenSource(good, Network(total=30))


def test_a_client_of_a_source_asks_the_tenants_apis(source: TokenSource, tenant: PracticeTenant) -> None:
    with client(source) as api:
        answers = [api.get(users.PATH), api.get("IDM/api/datamodel/entities")]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(tenant.requests.token_requests) == 1


async def test_its_asynchronous_twin_does_the_same(source: TokenSource, tenant: PracticeTenant) -> None:
    async with async_client(source) as api:
        answers = [await api.get(users.PATH), await api.get("IDM/api/datamodel/entities")]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(tenant.requests.token_requests) == 1


def test_a_token_turned_away_is_replaced_once(source: TokenSource, tenant: PracticeTenant) -> None:
    tenant.faults.on("token-rejected", times=1)
    with client(source) as api:
        assert api.get(users.PATH).status_code == 200
    assert len(tenant.requests.token_requests) == 2
    assert len(tenant.requests.of(Surface.USERS)) == 2


async def test_a_token_turned_away_is_replaced_once_asynchronously_too(
    source: TokenSource, tenant: PracticeTenant
) -> None:
    tenant.faults.on("token-rejected", times=1)
    async with async_client(source) as api:
        assert (await api.get(users.PATH)).status_code == 200
    assert len(tenant.requests.token_requests) == 2


def test_a_gateway_that_turns_every_token_away_is_not_asked_for_ever(
    source: TokenSource, tenant: PracticeTenant
) -> None:
    tenant.faults.on("token-rejected")
    with client(source) as api:
        assert [api.get(users.PATH).status_code for _number in range(10)] == [401] * 10
    assert len(tenant.requests.token_requests) == 2
    assert len(tenant.requests.of(Surface.USERS)) == 11


def test_a_refusal_for_want_of_rights_is_never_repeated(source: TokenSource, tenant: PracticeTenant) -> None:
    tenant.faults.on("idm-forbidden")
    with client(source) as api:
        assert api.get("IDM/api/datamodel/entities").status_code == 403
    assert len(tenant.requests.of(Surface.IDM)) == 1
    assert len(tenant.requests.token_requests) == 1


def test_a_body_that_can_be_sent_again_is(source: TokenSource, tenant: PracticeTenant) -> None:
    tenant.faults.on("token-rejected", times=1)
    with client(source) as api:
        api.post("IDM/api/items", content=b"x" * 1000)
    assert [record.status for record in tenant.requests.of(Surface.IDM)] == [401, 404]


def test_a_body_that_was_a_stream_is_not_sent_again_but_the_next_request_works(
    source: TokenSource, tenant: PracticeTenant
) -> None:
    def stream() -> Iterator[bytes]:
        yield b"once"

    tenant.faults.on("token-rejected", times=1)
    with client(source) as api:
        assert api.post("IDM/api/items", content=stream()).status_code == 401
        assert api.get(users.PATH).status_code == 200


async def test_an_asynchronous_stream_is_not_sent_again_either(source: TokenSource, tenant: PracticeTenant) -> None:
    async def stream() -> AsyncIterator[bytes]:
        yield b"once"

    tenant.faults.on("token-rejected", times=1)
    async with async_client(source) as api:
        assert (await api.post("IDM/api/items", content=stream())).status_code == 401


@pytest.mark.parametrize("where", ["http://127.0.0.1:{port}/x", "http://localhost:{port}/x"])
def test_the_token_goes_to_no_other_server(where: str, source: TokenSource, tenant: PracticeTenant) -> None:
    with OddServer(silent) as elsewhere:
        with httpx.Client(auth=TokenAuth(source)) as api, pytest.raises(UsageError, match="not sent to"):
            api.get(where.format(port=elsewhere.port))
        assert elsewhere.connections == 0


def test_the_token_does_not_follow_a_redirect_to_another_server(source: TokenSource, tenant: PracticeTenant) -> None:
    seen: list[bytes] = []

    def look(connection: object) -> None:
        seen.append(connection.recv(65_536))  # type: ignore[attr-defined]

    with OddServer(look) as elsewhere:
        tenant.faults.on("redirected", to=elsewhere.url, strikes="suites")
        with client(source) as api, pytest.raises(httpx.HTTPError):
            api.get(users.PATH, follow_redirects=True)
    assert seen
    assert b"bearer" not in b"".join(seen).lower()


def test_refused_credentials_are_an_error_of_this_program(tenant: PracticeTenant) -> None:
    refused = TokenSource(Credentials.from_document(tenant.ionapi("deleted-app")), Network(total=30))
    with client(refused) as api, pytest.raises(TokenRefused, match="Authorized Apps"):
        api.get(users.PATH)
