"""The facts of a profile are in words for people."""

from __future__ import annotations

import pytest

from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui.messages import StoreInUse
from ionapi_tui.ui.widgets.profile_facts import facts
from tests.cli.conftest import CREATED, public_part


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("keyring:SecretService", "Desktop password store"),
        ("keyring:Windows", "Windows Credential Manager"),
        ("kdbx", "KeePass vault vault.kdbx"),
    ],
)
def test_a_password_store_that_is_not_the_one_in_use_is_called_by_its_name(key: str, label: str) -> None:
    profile = Profile("0" * 16, "acme-tst", key, CREATED, public_part(), None)
    shown = {name: value.plain for name, value in facts(profile, StoreInUse())}
    assert shown["Secrets in"] == label
