"""Single checks against one response."""

from __future__ import annotations

from typing import Any

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.token import Token
from ionapi_tui.gateway.checks.check import Check, Outcome, Run
from ionapi_tui.gateway.grants import Granted
from ionapi_tui.gateway.network import Network
from ionapi_tui.gateway.responses import Response
from ionapi_tui.gateway.session import open_session
from ionapi_tui.gateway.users import User
from tests.gateway.servers import OddServer, response, saying
from tests.samples import random_secret, sample


def token(scopes: tuple[str, ...] | None = None) -> Granted:
    """Return a token that was granted with ``scopes``."""
    response = Response("127.0.0.1", 200, {}, Secret("{}"), 0.0, 0.1)
    return Granted(Token(Secret(random_secret()), None, 0.0, 7200.0, scopes), response)


async def outcome_of(
    check: Check,
    body: bytes,
    status: str = "200 OK",
    *,
    user: User | None = None,
    granted: Granted | None = None,
    file: dict[str, Any] | None = None,
    acts_for_nobody: bool = False,
    **headers: str,
) -> tuple[Outcome, Run]:
    """Return what ``check`` makes of a gateway that answers ``body``, and what it left behind."""
    with OddServer(saying(response(body, status, **headers))) as server:
        credentials = Credentials.from_document(sample(iu=server.url, **(file or {})))
        async with open_session(Network(total=30)) as session:
            run = Run(credentials, session, retry_seconds=1.0, granted=granted or token(), user=user)
            run.acts_for_nobody = acts_for_nobody
            return await check.run(run), run
