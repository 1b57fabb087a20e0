"""The program behind the Secret Service is called by its name."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from ionapi_tui.secret_stores.backends import secret_service_label, secret_service_locked
from tests.fixtures.private_keyring import PrivateKeyring

PLAY = """
import sys
from pathlib import Path
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection
Path("/proc/self/comm").write_text(sys.argv[1])
connection = open_dbus_connection()
Proxy(message_bus, connection).RequestName("org.freedesktop.secrets")
print("ready", flush=True)
sys.stdin.read()
"""

pytestmark = [pytest.mark.keyring, pytest.mark.posix("Secret Service is for Linux")]


@pytest.fixture
def played(in_own_keyring: PrivateKeyring) -> Iterator[Callable[[str], None]]:
    """Let a process of the given name own the service."""
    in_own_keyring.kill_daemon()
    started: list[subprocess.Popen[str]] = []

    def play(name: str) -> None:
        command = [sys.executable, "-c", PLAY, name]
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, env=in_own_keyring.env, stdin=pipe, stdout=pipe, text=True)
        started.append(process)
        assert process.stdout
        assert process.stdout.readline() == "ready\n"

    yield play
    for process in started:
        process.communicate()


@pytest.mark.parametrize(
    ("process", "label"),
    [
        ("gnome-keyring-d", "GNOME Keyring"),
        ("kwalletd5", "KWallet"),
        ("kwalletd6", "KWallet"),
        ("ksecretd", "KWallet"),
        ("keepassxc", "KeePassXC"),
        ("oo7-daemon", "Desktop password store (oo7-daemon)"),
    ],
)
def test_the_owner_of_the_service_gives_the_store_its_name(
    played: Callable[[str], None], process: str, label: str
) -> None:
    played(process)
    assert secret_service_label() == label


def test_an_owner_that_does_not_answer_is_not_waited_for_long(played: Callable[[str], None]) -> None:
    played("keepassxc")
    assert secret_service_locked() is None


def test_without_a_bus_there_is_no_name_and_no_answer() -> None:
    assert secret_service_label() == "Desktop password store"
    assert secret_service_locked() is None


def test_a_collection_of_ones_own_is_asked_itself(in_own_keyring: PrivateKeyring) -> None:
    session = "/org/freedesktop/secrets/collection/session"
    in_own_keyring.lock()
    assert secret_service_locked() is True
    assert secret_service_locked(session) is False
