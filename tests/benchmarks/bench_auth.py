"""What signing a request costs, beside the same request with a fixed header.

Run it with ``python -m tests.benchmarks.bench_auth``; it fails when the ratio is over the limit. The server answers at
once and keeps the connection open, so that nothing hides the cost.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

import httpx

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.token import Token
from ionapi_tui.gateway.client import TokenAuth
from ionapi_tui.gateway.tokens import TokenSource
from tests.samples import random_secret, sample

ROUNDS = 60
REQUESTS = 100
"""Requests of each kind in a round."""
LIMIT = 1.05
"""The most that a signed request may take, as a multiple of the other."""


def main() -> int:
    """Measure in turn, print the medians, and return 0 when the limit is kept."""
    command = [sys.executable, "-m", "tests.benchmarks.quick_server"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        fixed, signed = _measured(f"http://127.0.0.1:{server.stdout.readline().strip()}")
        server.stdin.close()
    print(f"{'fixed header':<16} {fixed * 1e6:6.0f} µs   1.00 of a fixed header")
    print(f"{'IonApiAuth':<16} {signed * 1e6:6.0f} µs   {signed / fixed:.2f} of a fixed header")
    print(f"a signed request: {signed / fixed:.3f} (at most {LIMIT}), median of {ROUNDS} rounds taken in turn")
    return 0 if signed / fixed <= LIMIT else 1


def _measured(url: str) -> tuple[float, float]:
    source = TokenSource(Credentials.from_document(sample(iu=url)))
    token = Token(Secret(random_secret(800)), None, time.time(), 7200.0, born=time.monotonic())
    source.adopt(token)
    fixed, signed = [], []
    with (
        httpx.Client(headers={"Authorization": f"Bearer {token.access.reveal()}"}) as bare,
        httpx.Client(auth=TokenAuth(source)) as own,
    ):
        for _round in range(ROUNDS):
            fixed.append(_seconds(bare, url))
            signed.append(_seconds(own, url))
    return statistics.median(fixed), statistics.median(signed)


def _seconds(client: httpx.Client, url: str) -> float:
    """Return what one request takes."""
    started = time.perf_counter()
    for _request in range(REQUESTS):
        client.get(url)
    return (time.perf_counter() - started) / REQUESTS


if __name__ == "__main__":
    sys.exit(main())
