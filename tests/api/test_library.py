"""What other programs import: every example of the documentation, as it stands there."""

from __future__ import annotations

import doctest
import inspect
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

import ionapi_tui
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.practice.state.tokens import Budgets
from ionapi_tui.usecases.services import Services
from tests.fixtures.private_keyring import PrivateKeyring
from tests.samples import MARKER

NAMES = ["IonApiAuth", "IonApiError", "Profile", "async_client", "client", "profiles", "token"]


@pytest.fixture
def tenant(own_home: Path, in_private_keyring: PrivateKeyring) -> Iterator[PracticeTenant]:
    """A practice tenant with a profile ``acme-tst``."""
    with PracticeTenant(budgets=Budgets.unlimited(), secret_marker=MARKER) as tenant:
        Services().profiles.add(Credentials.from_document(tenant.ionapi()), "acme-tst")
        yield tenant


@pytest.mark.keyring
def test_the_examples_of_the_documentation_run(tenant: PracticeTenant) -> None:
    gateway = f"{tenant.url}/{tenant.tenant}"
    results = doctest.testmod(ionapi_tui, extraglobs={"gateway": gateway}, raise_on_error=True)
    assert results.attempted >= 8
    assert len(tenant.requests.token_requests) == 1


@pytest.mark.keyring
def test_a_token_for_any_library_is_the_same_for_every_thread(tenant: PracticeTenant) -> None:
    token = ionapi_tui.token("acme-tst")

    def status(_number: int) -> int:
        url = f"{tenant.url}/{tenant.tenant}/IDM/api/datamodel/entities"
        request = Request(url, headers={"Authorization": f"Bearer {token()}", "Accept": "application/json"})
        with urlopen(request, timeout=60) as answer:
            return int(answer.status)

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(status, range(16))) == {200}
    assert len(tenant.requests.token_requests) == 1


def test_no_profiles_are_no_error() -> None:
    assert ionapi_tui.profiles() == ()


def test_everything_that_is_offered_is_there_and_documented() -> None:
    assert sorted(ionapi_tui.__all__) == NAMES
    assert set(NAMES) <= set(dir(ionapi_tui))
    for name in NAMES:
        assert inspect.getdoc(getattr(ionapi_tui, name)), name
    assert (Path(ionapi_tui.__file__).parent / "py.typed").exists()
    with pytest.raises(AttributeError, match="nonsense"):
        _ = ionapi_tui.nonsense


def test_listing_profiles_needs_no_network_library() -> None:
    script = (
        "import sys; from ionapi_tui import profiles, token; profiles(); print({'httpx', 'keyring'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_naming_everything_imports_httpx_and_next_to_nothing_more() -> None:
    script = """
import sys
import httpx
before = set(sys.modules)
from ionapi_tui import IonApiAuth, IonApiError, Profile, async_client, client, profiles, token
print(*{name.partition(".")[0] for name in set(sys.modules) - before if not name.startswith("ionapi_tui")})
print(*sorted(name for name in sys.modules if name.startswith("ionapi_tui.")))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    foreign, ours = done.stdout.splitlines()
    assert not set(foreign.split()) & {"keyring", "asyncio", "ssl", "filelock", "truststore", "cryptography"}
    assert "ionapi_tui.api.signing" in ours.split()
    assert not [name for name in ours.split() if name.startswith(("ionapi_tui.gateway", "ionapi_tui.secret_stores"))]
