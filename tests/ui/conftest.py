"""What the tests of the screens share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.machine import Machine


@pytest.fixture
def machine(own_home: Path) -> Machine:
    """A machine of the test's own, with nothing on it but a working keyring."""
    return Machine(own_home)
