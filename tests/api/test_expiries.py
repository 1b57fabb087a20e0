"""Forty processes that share tokens of five seconds, while refresh tokens die."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any, Final

import pytest

from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.usecases.services import Services
from tests.fixtures.private_keyring import PrivateKeyring
from tests.gateway.recorded_cases import refused
from tests.gateway.recorded_tenant import UNAUTHORIZED, Answer, RecordedTenant
from tests.samples import MARKER

pytestmark = [pytest.mark.soak, pytest.mark.keyring, pytest.mark.timeout(3600)]

PROCESSES: Final = int(os.environ.get("TEST_PROCESSES", "8"))
EXPIRIES: Final = int(os.environ.get("TEST_EXPIRIES", "8"))
"""How many tokens run out; ``make soak`` raises it to two hundred."""
LIFETIME: Final = 5
DEAD: Final = (
    refused("invalid_request", "Invalid refresh_token"),
    refused("invalid_request", "expired refresh token"),
    refused("invalid_grant"),
)


class DyingTenant(RecordedTenant):
    """Issues tokens of five seconds, refuses every third refresh, and counts requests that overlap."""

    def __init__(self) -> None:
        super().__init__(expires_in=LIFETIME)
        self._lock = threading.Lock()
        self._under_way = 0
        self._ends: dict[str, float] = {}
        self._refresh_token = ""
        self.overlaps = self.killed = 0
        self.grants: list[str] = []
        self.refused: list[str] = []

    def _respond(self, method: str, path: str, form: Mapping[str, str], token: str) -> tuple[Answer, bool]:
        if not path.endswith("/token.oauth2"):
            with self._lock:
                over = self._ends.get(token, 0.0) < time.monotonic()
            return (UNAUTHORIZED if over else super()._respond(method, path, form, token)[0]), True
        with self._lock:
            self._under_way += 1
            self.overlaps += self._under_way > 1
        try:
            # As long as a log-in takes, so that a second one would be noticed.
            time.sleep(0.05)
            return self._issued(method, path, form), True
        finally:
            with self._lock:
                self._under_way -= 1

    def _issued(self, method: str, path: str, form: Mapping[str, str]) -> Answer:
        grant = form["grant_type"]
        if grant == "refresh_token" and form["refresh_token"] != self._refresh_token:
            self.refused.append("a refresh token that had been replaced")
            return DEAD[0]
        self.grants.append(grant)
        if grant == "refresh_token" and self.grants.count("refresh_token") % 3 == 0:
            self.killed += 1
            return DEAD[self.killed % len(DEAD)]
        answer, _dated = super()._respond(method, path, form, "")
        with self._lock:
            self._ends[answer.body["access_token"]] = time.monotonic() + LIFETIME
            self._refresh_token = answer.body.get("refresh_token", self._refresh_token)
        return answer


def test_nobody_gets_an_error_while_tokens_expire_and_refresh_tokens_die(
    own_home: object, in_private_keyring: PrivateKeyring, capsys: pytest.CaptureFixture[str]
) -> None:
    with DyingTenant() as tenant:
        Services().profiles.add(Credentials.from_document(tenant.document), "acme-tst")
        callers = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.soak.caller", "acme-tst"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _process in range(PROCESSES)
        ]
        while len(tenant.grants) - tenant.killed <= EXPIRIES:
            assert all(caller.poll() is None for caller in callers)
            time.sleep(0.5)
        outcomes: dict[str, Any] = {}
        for caller in callers:
            said, _nothing = caller.communicate(timeout=120)
            assert MARKER not in said
            for outcome, count in json.loads(said).items():
                outcomes[outcome] = outcomes.get(outcome, 0) + count
        asked, killed = tenant.grants, tenant.killed
    logins, refreshes = asked.count("password"), asked.count("refresh_token")
    with capsys.disabled():
        print(
            f"\n{PROCESSES} processes, {sum(outcomes.values())} calls, {logins + refreshes - killed} tokens: "
            f"{logins} log-ins, {refreshes} refreshes, {killed} of them refused",
            end=" ",
        )
    assert set(outcomes) == {"200"}
    assert logins == 1 + killed
    assert tenant.overlaps == 0
    assert tenant.refused == []
    assert killed >= EXPIRIES // 5
