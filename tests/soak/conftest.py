"""What the tests that repeat share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def own_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the machines choose their stores themselves."""
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
