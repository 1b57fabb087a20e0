"""How fast ``verify --all`` gets through 100 profiles in a GNOME Keyring, beside a bare loop of the same requests.

Run it with ``python -m tests.benchmarks.bench_verify``; it fails when the ratio is under the limit. The bare loop has
its secrets in memory and keeps no token: what the keyring costs is part of the ratio.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from ionapi_tui.base.paths import Paths
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.files.atomic import ProcessLock
from ionapi_tui.gateway.rate_limits import RateLimits
from ionapi_tui.profile_store.registry import Registry
from ionapi_tui.profile_store.store import ProfileStore
from ionapi_tui.secret_stores.stores import Stores
from ionapi_tui.usecases.connections import Connections
from ionapi_tui.usecases.verifying import Listener, verify_all
from tests.fixtures.private_keyring import PrivateKeyring

PROFILES = 100
LATENCY = 0.05
"""Seconds that the practice tenant takes for each answer."""
TOGETHER = 16
"""Profiles under way at one time, in both ways."""
ROUNDS = 3
LIMIT = 0.85
"""The least throughput, as a part of the bare loop's."""
_PATHS = (
    "ifsservice/usermgt/v2/users/me",
    "IDM/api/datamodel/entities",
    "IONSERVICES/api/ion/messaging/service/ping",
)
_OPEN_TO_ADMINISTRATORS = "IONSERVICES/connect/model/v1/connectionpoints"
"""The last request of a verification; the practice tenant's user may not make it."""


def main() -> int:
    """Measure in turn, print the medians, and return 0 when the limit is kept."""
    with _tenant() as files, tempfile.TemporaryDirectory() as folder, _keyring():
        profiles = _stored(files, Path(folder))
        seconds: dict[str, list[float]] = {"bare loop": [], "verify --all": []}
        for _round in range(ROUNDS):
            seconds["bare loop"].append(_timed(lambda: _bare(files)))
            seconds["verify --all"].append(_timed(lambda: _verified(profiles, Path(folder))))
    bare, ours = (statistics.median(seconds[name]) for name in ("bare loop", "verify --all"))
    for name, median in (("bare httpx.AsyncClient loop", bare), ("verify --all", ours)):
        print(
            f"{name:<28} {median:5.2f} s   {PROFILES / median:6.1f} profiles/s   {bare / median:.2f} of the bare loop"
        )
    print(f"verify --all: {bare / ours:.2f} (at least {LIMIT}), median of {ROUNDS} runs taken in turn")
    return 0 if bare / ours >= LIMIT else 1


@contextmanager
def _tenant() -> Iterator[list[Credentials]]:
    command = [sys.executable, "-m", "tests.benchmarks.tenant", str(PROFILES), str(LATENCY)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        documents = json.loads(process.stdout.readline())["documents"]
        yield [Credentials.from_document(document) for document in documents]
        process.stdin.close()


@contextmanager
def _keyring() -> Iterator[None]:
    """Let this process use a GNOME Keyring of its own."""
    # Its sockets need a short path.
    with tempfile.TemporaryDirectory(prefix="b", dir="/tmp") as folder:
        keyring = PrivateKeyring(Path(folder))
        before = dict(os.environ)
        os.environ.update(keyring.env)
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)
            keyring.stop()


def _stored(files: list[Credentials], folder: Path) -> ProfileStore:
    stores = Stores(home=folder)
    profiles = ProfileStore(Registry(folder / "profiles.json"), stores.open, ProcessLock(folder / "lock"))
    for number, credentials in enumerate(files):
        profiles.add(credentials, f"bench-{number}")
    return profiles


async def _verified(profiles: ProfileStore, folder: Path) -> None:
    verified = await verify_all(
        Connections(profiles, Paths(folder)),
        profiles.profiles(),
        Listener(lambda _one, _check: None, lambda _profile: None),
        deadline=60,
        limits=RateLimits(TOGETHER, TOGETHER, log_ins=10**9),
    )
    assert all(one.exit_code == 0 for one in verified), [str(one.error) for one in verified][:3]


async def _bare(files: list[Credentials]) -> None:
    turns = asyncio.Semaphore(TOGETHER)
    async with httpx.AsyncClient() as client:

        async def one(credentials: Credentials) -> None:
            async with turns:
                await _requests(client, credentials)

        await asyncio.gather(*map(one, files))


async def _requests(client: httpx.AsyncClient, credentials: Credentials) -> None:
    account, key = credentials.service_account_access_key, credentials.service_account_secret_key
    assert account is not None
    assert key is not None
    await client.get(f"{credentials.gateway_url}/")
    form = {
        "grant_type": "password",
        "username": account.reveal(),
        "password": key.reveal(),
        "client_id": credentials.client_id,
        "client_secret": credentials.client_secret.reveal(),
    }
    answer = await client.post(credentials.token_endpoint, data=form)
    signed = {"Authorization": f"Bearer {answer.json()['access_token']}", "Accept": "application/json"}
    for path in _PATHS:
        assert (await client.get(credentials.api_url(path), headers=signed)).status_code == 200
    last = await client.get(credentials.api_url(_OPEN_TO_ADMINISTRATORS), headers=signed)
    assert last.status_code in {200, 403}


def _timed(work: Callable[[], Awaitable[None]]) -> float:
    async def run() -> None:
        await work()

    started = time.perf_counter()
    asyncio.run(run())
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
