"""Real processes, a real keyring, one list: nothing is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ionapi_tui.base.errors import StoreLocked, StoreMissing
from ionapi_tui.files.atomic import ProcessLock
from ionapi_tui.profile_store.registry import Registry
from ionapi_tui.profile_store.store import ProfileStore
from ionapi_tui.secret_stores.stores import Stores
from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.shelf import some_credentials

pytestmark = pytest.mark.keyring

PROCESSES = 8

BEGIN = """
import sys
from pathlib import Path
from ionapi_tui.secret_stores.stores import Stores
from ionapi_tui.files.atomic import ProcessLock
from ionapi_tui.profile_store.store import ProfileStore
from ionapi_tui.profile_store.registry import Registry
from tests.fixtures.shelf import some_credentials
home, number = Path(sys.argv[1]), sys.argv[2]
store = ProfileStore(Registry(home / "profiles.json"), Stores().open, ProcessLock(home / "lock"))
"""

IMPORT_AND_CHANGE = (
    BEGIN
    + """
print("ready", flush=True)
sys.stdin.read()
store.add(some_credentials(f"FIRST{number}_TST"), f"first-{number}")
store.rename(f"first-{number}", f"renamed-{number}")
store.add(some_credentials(), f"second-{number}")
if int(number) % 2:
    store.remove(f"second-{number}")
else:
    store.replace(f"second-{number}", some_credentials(f"REPLACED{number}_TST"))
"""
)

IMPORT_WITHOUT_ROOM = (
    BEGIN
    + """
import resource
from ionapi_tui.base.errors import IonApiError
stores = Stores()
size = len((home / "profiles.json").read_bytes())
def fill_the_disk():
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
class FullAfterwards:
    def __init__(self, key):
        self.store = store = stores.open(key)
        self.key, self.label, self.get, self.delete = store.key, store.label, store.get, store.delete
    def set(self, item, secret):
        self.store.set(item, secret)
        fill_the_disk()
if number == "before":
    fill_the_disk()
try:
    ProfileStore(Registry(home / "profiles.json"), FullAfterwards, ProcessLock(home / "lock")).add(
        some_credentials(), "no-room"
    )
except IonApiError as error:
    print(error)
"""
)


def store_in(home: Path) -> ProfileStore:
    return ProfileStore(Registry(home / "profiles.json"), Stores().open, ProcessLock(home / "lock"))


def start(code: str, keyring: PrivateKeyring, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=keyring.env | {"PYTHONPATH": "."}, stdin=pipe, stdout=pipe, text=True)


def test_eight_processes_at_once_lose_nothing(tmp_path: Path, in_own_keyring: PrivateKeyring) -> None:
    home = tmp_path / "shelf"
    processes = [start(IMPORT_AND_CHANGE, in_own_keyring, home, number) for number in range(PROCESSES)]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.close()
    for process in processes:
        assert process.stdout
        with process.stdout:
            assert process.wait(60) == 0
    store = store_in(home)
    expected = {f"renamed-{number}": f"FIRST{number}_TST" for number in range(PROCESSES)}
    expected |= {f"second-{number}": f"REPLACED{number}_TST" for number in range(0, PROCESSES, 2)}
    assert {profile.name: profile.tenant for profile in store.profiles()} == expected
    assert all(len(store.credentials(name).client_secret) for name in expected)
    ids = {profile.id for profile in store.profiles()}
    assert {service.split(":")[1] for service in in_own_keyring.items()} == ids
    assert store.recover() == ()


@pytest.mark.parametrize("full", ["before", "after"])
def test_without_room_an_import_fails_whole(tmp_path: Path, in_own_keyring: PrivateKeyring, full: str) -> None:
    home = tmp_path / "shelf"
    store = store_in(home)
    credentials = some_credentials()
    store.add(credentials, "acme-tst")
    before = in_own_keyring.items()
    with start(IMPORT_WITHOUT_ROOM, in_own_keyring, home, full) as process:
        assert process.stdout
        assert process.stdout.read().endswith("cannot be written: File too large. It was not changed.\n")
    store.recover()
    assert [profile.name for profile in store.profiles()] == ["acme-tst"]
    assert store.credentials("acme-tst") == credentials
    assert in_own_keyring.items() == before


def test_a_keyring_that_dies_between_two_calls_loses_nothing(tmp_path: Path, in_own_keyring: PrivateKeyring) -> None:
    store = store_in(tmp_path / "shelf")
    credentials = some_credentials()
    store.add(credentials, "acme-tst")
    in_own_keyring.kill_daemon()
    for attempt in (
        lambda: store.credentials("acme-tst"),
        lambda: store.add(credentials, "other"),
        lambda: store.replace("acme-tst", some_credentials()),
        lambda: store.remove("acme-tst"),
    ):
        with pytest.raises(StoreMissing, match="is not available"):
            attempt()
    in_own_keyring.start_daemon()
    assert store.recover() == ()
    assert store.credentials("acme-tst") == credentials
    assert [profile.name for profile in store.profiles()] == ["acme-tst"]


def test_a_locked_keyring_is_never_taken_for_a_missing_profile(tmp_path: Path, in_own_keyring: PrivateKeyring) -> None:
    store = store_in(tmp_path / "shelf")
    credentials = some_credentials()
    store.add(credentials, "acme-tst")
    in_own_keyring.lock()
    assert [profile.name for profile in store.profiles()] == ["acme-tst"]
    for attempt in (
        lambda: store.credentials("acme-tst"),
        lambda: store.add(credentials, "other"),
        lambda: store.replace("acme-tst", some_credentials()),
        lambda: store.remove("acme-tst"),
    ):
        with pytest.raises(StoreLocked, match="GNOME Keyring is locked"):
            attempt()
    in_own_keyring.unlock()
    assert store.recover() == ()
    assert store.credentials("acme-tst") == credentials
