"""On a server a locked keyring is unlocked from the terminal, with the command that the program names."""

from __future__ import annotations

import subprocess

import pytest

from ionapi_tui.secret_stores.unlock_advice import COMMAND, how_to_unlock
from tests.fixtures import private_keyring
from tests.fixtures.private_keyring import PrivateKeyring, wait_until


def test_it_is_said_only_where_no_desktop_asks_for_the_password() -> None:
    assert COMMAND in how_to_unlock("GNOME Keyring", {}, "linux")
    assert not how_to_unlock("GNOME Keyring", {"DISPLAY": ":0"}, "linux")
    assert not how_to_unlock("GNOME Keyring", {"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert not how_to_unlock("KWallet", {}, "linux")
    assert not how_to_unlock("macOS Keychain", {}, "darwin")


@pytest.mark.keyring
def test_the_command_unlocks_a_real_keyring(own_keyring: PrivateKeyring) -> None:
    own_keyring.lock()
    line = private_keyring._PASSWORD + b"\n"
    subprocess.run(["bash", "-c", COMMAND], env=own_keyring.env, input=line, check=True, capture_output=True)
    wait_until(lambda: own_keyring._locked() is False)
