"""``token``: the cheapest way to an access token, and never onto a screen by accident."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.token import Token
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.usecases.services import Services
from tests.cli.conftest import SCRIPT, Cli, Store, write_registry
from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.terminal import end_of
from tests.samples import random_secret

pytestmark = pytest.mark.keyring


def token_of(*options: str) -> subprocess.CompletedProcess[str]:
    """Run the command; its output is a secret, so that the fixture ``cli`` would complain."""
    return subprocess.run([SCRIPT, "token", *options], capture_output=True, text=True, check=False)


def test_one_request_serves_every_later_call(tenant: PracticeTenant, stored: Store) -> None:
    stored("acme-tst", tenant.ionapi())
    tokens = {token_of("acme-tst").stdout for _ in range(3)}
    assert len(tokens) == 1
    assert re.fullmatch(r"\S{20,}\n", tokens.pop())
    assert len(tenant.requests.token_requests) == 1


def test_json_adds_when_it_ends_and_what_it_is_for(tenant: PracticeTenant, stored: Store) -> None:
    import json

    stored("acme-tst", tenant.ionapi())
    ran = token_of("acme-tst", "--json")
    told = json.loads(ran.stdout)
    assert list(told) == ["access_token", "token_type", "expires_at", "base_url", "tenant"]
    assert told["token_type"] == "Bearer"
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", told["expires_at"])
    assert told["base_url"] == f"{tenant.url}/{tenant.tenant}"
    assert told["tenant"] == tenant.tenant


@pytest.mark.terminal
def test_a_terminal_gets_it_only_on_request(tenant: PracticeTenant, stored: Store) -> None:
    stored("acme-tst", tenant.ionapi())
    token = token_of("acme-tst").stdout.strip()
    for options, shown, code in ((["acme-tst"], False, 2), (["acme-tst", "--show"], True, 0)):
        terminal = pexpect.spawn(SCRIPT, ["token", *options], encoding="utf-8", timeout=60, env=dict(os.environ))
        assert end_of(terminal) == code
        assert (token in str(terminal.before)) is shown


@pytest.mark.terminal
def test_a_terminal_is_told_that_there_is_no_such_profile_before_anything_else(own_home: Path) -> None:
    write_registry(own_home, "acme-tst")
    for name, code, words in (("nobody", 4, "There is no profile nobody."), ("acme-tst", 2, "add --show")):
        terminal = pexpect.spawn(SCRIPT, ["token", name], encoding="utf-8", timeout=60, env=dict(os.environ))
        assert end_of(terminal) == code
        assert words in " ".join(str(terminal.before).split())


@pytest.mark.parametrize(
    ("variant", "code", "words"),
    [("deleted-account", 7, "service account"), ("deleted-app", 7, "client")],
)
def test_credentials_that_are_refused_give_exit_code_7(
    variant: str, code: int, words: str, cli: Cli, tenant: PracticeTenant, stored: Store
) -> None:
    stored("acme-tst", tenant.ionapi(variant))
    ran = cli("token", "acme-tst")
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err


def test_a_server_that_cannot_be_reached_gives_exit_code_6(cli: Cli, tenant: PracticeTenant, stored: Store) -> None:
    stored("acme-tst", tenant.ionapi() | {"pu": "http://localhost:1/PRACTICE_TST/as/"})
    assert cli("token", "acme-tst").code == 6


def test_no_such_profile_and_a_lost_secret_are_told_apart(
    cli: Cli, own_home: Path, in_private_keyring: PrivateKeyring
) -> None:
    write_registry(own_home, "lost")
    assert cli("token", "nobody").code == 4
    assert cli("token", "lost").code == 5


def test_a_token_that_is_kept_needs_no_network_library(tenant: PracticeTenant, stored: Store) -> None:
    stored("acme-tst", tenant.ionapi())
    token_of("acme-tst")
    script = (
        "import sys; from ionapi_tui.cli import run; run(['token', 'acme-tst']); "
        "sys.exit(repr({'httpx', 'asyncio', 'textual'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "set()"


def test_a_token_that_is_about_to_end_is_not_given_out(tenant: PracticeTenant, stored: Store) -> None:
    stored("acme-tst", tenant.ionapi())
    machine = Services()
    profile = machine.profiles.profile("acme-tst")
    old = Token(Secret(random_secret(43)), None, issued_at=1_000.0, lifetime=7200.0)
    machine.profiles.token_cache(profile).save(old.to_cache())
    kept = machine.access("acme-tst", now=1_000.0 + 7_100)
    assert kept.token == old.access
    assert kept.expires_at == "1970-01-01T02:16:40Z"
    fresh = machine.access("acme-tst", now=1_000.0 + 7_150)
    assert fresh.token != old.access
    assert len(tenant.requests.token_requests) == 1
