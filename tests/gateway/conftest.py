"""A practice tenant for the tests of the gateway."""

from __future__ import annotations

import pytest

from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.gateway.network import Network
from ionapi_tui.practice.server import PracticeTenant


@pytest.fixture
def good(tenant: PracticeTenant) -> Credentials:
    """Credentials that work at the practice tenant."""
    return Credentials.from_document(tenant.ionapi())


@pytest.fixture
def network() -> Network:
    """The way out, in a hurry."""
    return Network(total=30)
