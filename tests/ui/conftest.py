"""What the tests of the screens share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ionapi_tui.practice.budgets import Budgets
from ionapi_tui.practice.server import PracticeTenant
from tests.samples import MARKER
from tests.ui.machine import Machine


@pytest.fixture
def machine(own_home: Path) -> Machine:
    """A machine of the test's own, with nothing on it but a working keyring."""
    return Machine(own_home)


@pytest.fixture(scope="session")
def shared_tenant() -> Iterator[PracticeTenant]:
    """A practice tenant without limits, for all tests of a session."""
    with PracticeTenant(budgets=Budgets.unlimited(), secret_marker=MARKER) as tenant:
        yield tenant


@pytest.fixture
def tenant(shared_tenant: PracticeTenant) -> Iterator[PracticeTenant]:
    """The practice tenant, healthy and with an empty journal."""
    shared_tenant.faults.clear()
    shared_tenant.requests.clear()
    yield shared_tenant
    shared_tenant.faults.clear()
