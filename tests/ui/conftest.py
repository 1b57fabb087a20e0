"""What the tests of the screens share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.machine import Machine
from tests.ui.practising import Starter


@pytest.fixture
def machine(own_home: Path) -> Machine:
    """A machine of the test's own, with nothing on it but a working keyring."""
    return Machine(own_home)


@pytest.fixture
def starter() -> Iterator[Starter]:
    """What starts practice tenants in this test, all of which have ended at its end."""
    starter = Starter()
    yield starter
    for process in starter.started:
        process.stop()
