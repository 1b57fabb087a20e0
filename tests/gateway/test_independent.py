"""The client against an authorization server that nobody of this project wrote: ``oauth2-mock-server`` from npm."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.findings import Code
from ionapi_tui.domain.token_claims import TokenClaims
from ionapi_tui.gateway import grants
from ionapi_tui.gateway.failures import TokenRefused
from ionapi_tui.gateway.network import Network
from ionapi_tui.gateway.session import open_session
from ionapi_tui.gateway.tokens import TokenSource
from tests.gateway.clocks import HandClock
from tests.samples import MARKER, cloud11

INSTALLED = Path(__file__).parents[2] / ".make" / "node"
"""Where ``make real-parts`` puts the server."""
SCRIPT = Path(__file__).with_name("independent_server.mjs")


pytestmark = pytest.mark.posix("Node, whose server it is, is set up on Linux")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of the independent server. Node is optional except where CI says that this machine is for tests."""
    is_there = shutil.which("node") and (INSTALLED / "node_modules" / "oauth2-mock-server").is_dir()
    if not is_there and os.environ.get("CI") != "true":
        pytest.skip("not installed: run “make real-parts”")
    assert is_there, "with CI=true the server has to be there; “make real-parts” installs it"
    # Node looks for packages beside the script.
    script = shutil.copy(SCRIPT, INSTALLED)
    with subprocess.Popen(["node", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.stdin.close()


def credentials(server: str, **changes: Any) -> Credentials:
    places = {"iu": server, "pu": f"{server}/", "ot": "token", "or": "revoke"}
    return Credentials.from_document(cloud11(**places | changes))


async def test_a_service_account_logs_in_and_out(server: str) -> None:
    own = credentials(server)
    async with open_session(Network(total=30)) as session:
        granted = await grants.by_password(session, own)
        assert granted.token.access
        assert granted.token.lifetime == 3600
        assert granted.token.scopes is not None
        assert "Infor-IDM" in granted.token.scopes
        assert await grants.revoke(session, own, granted.token)


async def test_the_user_name_that_it_puts_into_its_tokens_is_not_shown(server: str) -> None:
    own = credentials(server)
    async with open_session(Network(total=30)) as session:
        token = (await grants.by_password(session, own)).token
    claims = TokenClaims.of(token.access)
    assert claims is not None
    assert claims.issuer.endswith(server.rpartition(":")[2])
    assert MARKER not in repr(claims)


def test_a_source_renews_with_what_this_server_offers(server: str) -> None:
    time = HandClock()
    source = TokenSource(credentials(server), Network(total=30, clock=time.clock))
    first = source.token()
    assert first.refresh is not None
    time.pass_by(4000)
    assert source.token().lifetime == 3600


async def test_its_refusal_is_understood(server: str) -> None:
    async with open_session(Network(total=30)) as session:
        with pytest.raises(TokenRefused) as caught:
            await grants.by_password(session, credentials(server, saak="nobody"))
    assert caught.value.finding.code is Code.INVALID_GRANT
    assert "Unknown user" in caught.value.finding.message
