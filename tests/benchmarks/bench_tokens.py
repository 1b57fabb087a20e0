"""How many token requests many callers cause who ask at once for an expired token, beside Authlib's client.

Run it with ``python -m tests.benchmarks.bench_tokens``; it fails when it is more than one. The requests are counted at
the practice tenant.
"""

from __future__ import annotations

import asyncio
import sys
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.token import Token
from ionapi_tui.gateway.tokens import TokenSource
from ionapi_tui.gateway.users import PATH
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.practice.state.tokens import Budgets
from tests.samples import MARKER, random_secret

CALLERS = 200
LATENCY = 0.2
"""Seconds that the practice tenant takes for a token: time enough for every caller to ask."""


def main() -> int:
    """Count, print, and return 0 when one request was enough each time."""
    # Authlib announces at import that it will drop this HTTP library.
    warnings.simplefilter("ignore")
    with PracticeTenant(budgets=Budgets.unlimited(), secret_marker=MARKER) as tenant:
        credentials = Credentials.from_document(tenant.ionapi())
        tenant.faults.on("latency", seconds=LATENCY, strikes="token")

        def counted(work: Callable[[], object]) -> int:
            tenant.requests.clear()
            work()
            return len(tenant.requests.token_requests)

        ours = (
            counted(lambda: _in_threads(_expired(credentials).token)),
            counted(lambda: asyncio.run(_in_tasks(_expired(credentials)))),
        )
        peers = (
            counted(lambda: _authlib_threads(tenant, credentials)),
            counted(lambda: asyncio.run(_authlib_tasks(tenant, credentials))),
        )
    print(f"token requests of {CALLERS} callers    threads   tasks")
    print(f"{'ionapi-tui':<30} {ours[0]:7d} {ours[1]:7d}")
    print(f"{'Authlib':<30} {peers[0]:7d} {peers[1]:7d}")
    return 0 if ours == (1, 1) else 1


def _expired(credentials: Credentials) -> TokenSource:
    source = TokenSource(credentials)
    source.adopt(Token(Secret(random_secret()), None, time.time() - 7200, 3600.0, born=time.monotonic() - 7200))
    return source


def _in_threads(ask: Callable[[], object]) -> None:
    together = Barrier(CALLERS)

    def one(_number: int) -> None:
        together.wait()
        ask()

    with ThreadPoolExecutor(CALLERS) as pool:
        list(pool.map(one, range(CALLERS)))


async def _in_tasks(source: TokenSource) -> None:
    await asyncio.gather(*(source.token_async() for _number in range(CALLERS)))


def _settings(tenant: PracticeTenant, credentials: Credentials) -> dict[str, Any]:
    """Return what Authlib needs to renew a token: it does so with a refresh token only."""
    from authlib.integrations.httpx_client import OAuth2Client

    with OAuth2Client(credentials.client_id, credentials.client_secret.reveal()) as client:
        account, key = credentials.service_account_access_key, credentials.service_account_secret_key
        assert account is not None
        assert key is not None
        token = client.fetch_token(credentials.token_endpoint, username=account.reveal(), password=key.reveal())
    tenant.requests.clear()
    return {
        "client_id": credentials.client_id,
        "client_secret": credentials.client_secret.reveal(),
        "token_endpoint": credentials.token_endpoint,
        "token": {**token, "expires_at": int(time.time()) - 60},
        "timeout": 60,
    }


def _authlib_threads(tenant: PracticeTenant, credentials: Credentials) -> None:
    from authlib.integrations.httpx_client import OAuth2Client

    with OAuth2Client(**_settings(tenant, credentials)) as client:
        _in_threads(lambda: client.get(credentials.api_url(PATH)))


async def _authlib_tasks(tenant: PracticeTenant, credentials: Credentials) -> None:
    from authlib.integrations.httpx_client import AsyncOAuth2Client

    async with AsyncOAuth2Client(**_settings(tenant, credentials)) as client:
        await asyncio.gather(*(client.get(credentials.api_url(PATH)) for _number in range(CALLERS)))


if __name__ == "__main__":
    sys.exit(main())
