"""Stored profiles and Infor: secrets in a real keyring, tokens from the practice tenant."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import ionapi_tui
from ionapi_tui.base.errors import NoSuchProfile
from ionapi_tui.base.paths import Paths
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.profile import Profile
from ionapi_tui.domain.token import Token
from ionapi_tui.gateway.network import Network
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.practice.state.tokens import Budgets
from ionapi_tui.usecases.connections import Connections, hosts_of
from ionapi_tui.usecases.services import Services
from tests.fixtures.private_keyring import PrivateKeyring
from tests.samples import MARKER, sample

pytestmark = pytest.mark.keyring
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
ASKERS = Path(__file__).parents[1] / "fixtures" / "askers.py"


@pytest.fixture
def tenant() -> Iterator[PracticeTenant]:
    with PracticeTenant(budgets=Budgets.unlimited(), secret_marker=MARKER) as tenant:
        yield tenant


@pytest.fixture
def machine(own_home: Path, in_private_keyring: PrivateKeyring, tenant: PracticeTenant) -> Services:
    """A machine with one profile, ``acme-tst``, that works."""
    machine = Services()
    machine.profiles.add(Credentials.from_document(tenant.ionapi()), "acme-tst")
    return machine


@pytest.fixture
def connections(machine: Services) -> Connections:
    return Connections(machine.profiles, Paths.of_this_machine(), Network(total=30), lambda: NOW)


def test_two_sources_of_a_profile_share_one_token(connections: Connections, tenant: PracticeTenant) -> None:
    first, second = connections.source("acme-tst"), connections.source("acme-tst")
    assert first.token().access == second.token().access
    assert len(tenant.requests.token_requests) == 1


AT_ONCE = (2, 8, pytest.param(40, marks=pytest.mark.posix("so many processes are forked")))


def ask_at_once(number: int) -> None:
    """Let so many processes ask for the token of ``acme-tst``, and check that they all got the same."""
    asked = subprocess.run(
        [sys.executable, str(ASKERS), "acme-tst", str(number)],
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
        env=dict(os.environ),
    )
    assert asked.returncode == 0, asked.stderr
    answers = asked.stdout.split()
    assert len(answers) == number
    assert len(set(answers)) == 1


@pytest.mark.parametrize("number", AT_ONCE)
def test_processes_that_ask_at_once_cause_one_request(machine: Services, tenant: PracticeTenant, number: int) -> None:
    tenant.faults.on("latency", seconds=0.3, strikes="token")
    ask_at_once(number)
    assert len(tenant.requests.token_requests) == 1


@pytest.mark.parametrize("number", AT_ONCE)
def test_processes_that_renew_at_once_cause_one_request(
    machine: Services, connections: Connections, tenant: PracticeTenant, number: int
) -> None:
    connections.source("acme-tst").token()
    profile = machine.profiles.profile("acme-tst")
    cache = machine.profiles.token_cache(profile)
    kept = cache.load()
    assert kept is not None
    token = Token.from_cache(kept)
    assert token is not None
    cache.save(dataclasses.replace(token, issued_at=token.issued_at - token.lifetime - 1).to_cache())
    tenant.faults.on("latency", seconds=0.3, strikes="token")
    ask_at_once(number)
    assert len(tenant.requests.token_requests) == 2, "the first, and one renewal for all of them"


async def test_verifying_leaves_its_token_for_others_and_remembers_the_outcome(
    connections: Connections, machine: Services, tenant: PracticeTenant
) -> None:
    verification = await connections.verify("acme-tst")
    assert verification.ok
    connections.remember({machine.profiles.profile("acme-tst").id: verification, "gone": verification})
    checked = machine.profiles.profile("acme-tst").checked
    assert checked is not None
    assert (checked.at, checked.ok) == ("2026-11-22T08:00:00Z", True)
    assert connections.source("acme-tst").token().access
    assert len(tenant.requests.token_requests) == 1


async def test_a_failed_verification_is_remembered_with_its_headline(
    connections: Connections, machine: Services, tenant: PracticeTenant
) -> None:
    tenant.faults.on("invalid-grant")
    verification = await connections.verify("acme-tst")
    assert not verification.ok
    connections.remember({machine.profiles.profile("acme-tst").id: verification})
    checked = machine.profiles.profile("acme-tst").checked
    assert checked is not None
    assert not checked.ok
    assert "service account" in checked.headline


def test_nothing_that_was_cached_outlives_the_profile(
    connections: Connections, machine: Services, private_keyring: PrivateKeyring
) -> None:
    connections.source("acme-tst").token()
    profile = machine.profiles.remove("acme-tst")
    store = machine.open_store(profile.store)
    assert store.get(profile.id) is None
    assert store.get(f"{profile.id}:token") is None


def test_no_token_is_written_to_a_file(connections: Connections, own_home: Path) -> None:
    connections.source("acme-tst").token()
    files = [path for path in own_home.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if MARKER.encode() in path.read_bytes()]


def test_a_host_is_confirmed_for_the_profiles_that_name_it(connections: Connections, machine: Services) -> None:
    places = {"iu": "https://InforOS.acme.example:7443", "pu": "https://sts.acme.example/InforIntSTS/"}
    machine.profiles.add(Credentials.from_document(sample(**places)), "acme-prem")
    connections.trust(["acme-tst", "acme-prem"], ["INFOROS.acme.example"])
    assert machine.profiles.profile("acme-tst").trusted_hosts == ()
    kept = machine.profiles.profile("acme-prem")
    assert kept.trusted_hosts == ("inforos.acme.example",)
    network = connections.network(kept)
    assert network.refusal("https://inforos.acme.example:7443/", "iu") is None
    assert network.refusal("https://sts.acme.example/", "pu") is not None


def test_a_confirmation_survives_a_rename_and_no_new_credentials(connections: Connections, machine: Services) -> None:
    document = sample(iu="https://inforos.acme.example:7443")
    machine.profiles.add(Credentials.from_document(document), "acme-prem")
    connections.trust(["acme-prem"], ["inforos.acme.example"])
    assert machine.profiles.rename("acme-prem", "acme-new").trusted_hosts == ("inforos.acme.example",)
    assert machine.profiles.replace("acme-new", Credentials.from_document(document)).trusted_hosts == ()


def test_the_hosts_of_a_profile_are_those_its_addresses_lead_to() -> None:
    public = {"iu": "https://a.example:7443", "pu": "https://B.example/x/", "ot": "https://c.example/t", "or": "revoke"}
    assert hosts_of(Profile("1", "p", "s", "now", public)) == {"a.example", "b.example", "c.example"}


def test_a_program_signs_its_requests_by_the_name_of_a_profile(machine: Services, tenant: PracticeTenant) -> None:
    with ionapi_tui.client("acme-tst") as api:
        assert api.get("IDM/api/datamodel/entities").status_code == 200
    import httpx

    url = f"{tenant.url}/{tenant.tenant}/ifsservice/usermgt/v2/users/me"
    assert httpx.get(url, auth=ionapi_tui.IonApiAuth("acme-tst")).status_code == 200
    assert len(tenant.requests.token_requests) == 1


async def test_an_asynchronous_program_does_too(machine: Services) -> None:
    async with ionapi_tui.async_client("acme-tst") as api:
        assert (await api.get("IDM/api/datamodel/entities")).status_code == 200


def test_a_name_that_is_no_profile_is_an_error_at_once(machine: Services) -> None:
    with pytest.raises(NoSuchProfile):
        ionapi_tui.IonApiAuth("nobody")


def test_the_library_imports_nothing_heavy_before_it_is_used() -> None:
    script = "import sys, ionapi_tui; print(sorted({'httpx', 'keyring', 'textual', 'click'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
