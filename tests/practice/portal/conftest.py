"""People at the portal, without a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ionapi_tui.practice.server import PracticeTenant
from tests.practice.portal.visitor import Visitor


@pytest.fixture
def visitor(tenant: PracticeTenant) -> Iterator[Visitor]:
    """Somebody who is not logged in."""
    with Visitor(tenant) as visitor:
        yield visitor


@pytest.fixture
def administrator(visitor: Visitor) -> Visitor:
    """The administrator of the guide, logged in."""
    visitor.log_in("practice.admin")
    return visitor


@pytest.fixture
def user_manager(visitor: Visitor) -> Visitor:
    """Who may manage users, logged in."""
    visitor.log_in("practice.security")
    return visitor
