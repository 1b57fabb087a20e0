"""What may happen to a vault while it is used: no room, a holder of its lock that stops or dies, another passphrase."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ionapi_tui.base.errors import StoreFailed, StoreLocked
from ionapi_tui.files.atomic import Busy
from ionapi_tui.secret_stores.vault.vault import Vault
from tests.fixtures.vaults import new_passphrase
from tests.soak.machines import Machine, Process, credentials_of

FULL = """
import resource, sys
from pathlib import Path
from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.secret import Secret
from ionapi_tui.files.atomic import ProcessLock
from ionapi_tui.profile_store.store import ProfileStore
from ionapi_tui.profile_store.registry import Registry
from ionapi_tui.secret_stores.stores import Stores
from tests.soak.machines import credentials_of
home, action, passphrase = Path(sys.argv[1]), sys.argv[2], Secret(sys.stdin.readline().rstrip())
stores = Stores(None, home=home, ask=lambda question: passphrase)
profiles = ProfileStore(Registry(home / "profiles.json"), stores.open, ProcessLock(home / "lock"))
profiles.credentials("kept")
size = int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
try:
    if action == "add":
        profiles.add(credentials_of("NEW_TST"), "new")
    elif action == "replace":
        profiles.replace("kept", credentials_of("KEPT_TST"))
    elif action == "passphrase":
        stores.vaults.of("kdbx").change_passphrase(Secret("CANARY of another one"))
    else:
        profiles.remove("kept")
except IonApiError as error:
    print(error)
"""

HOLD = """
import sys
from pathlib import Path
from ionapi_tui.secret_stores.vault.vault import Vault
with Vault(Path(sys.argv[1]))._lock.held():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Two vaults and a profile."""
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    return Machine(tmp_path / "home")


def hold(vault: Path) -> subprocess.Popen[str]:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(vault)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    return holder


@pytest.mark.parametrize(
    ("action", "room"),
    [
        *((action, 0) for action in ("add", "replace", "remove", "passphrase")),
        # Room for the list of profiles, and not for the vault.
        *((action, 1_500) for action in ("add", "replace", "passphrase")),
    ],
)
@pytest.mark.posix("limits of a process")
def test_without_room_everything_is_as_it_was(machine: Machine, action: str, room: int) -> None:
    vault = (machine.home / "vault.kdbx").read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(machine.home), action, str(room)],
        input=machine.passphrase.reveal() + "\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "File too large" in done.stdout
    assert (machine.home / "vault.kdbx").read_bytes() == vault
    machine.check()
    assert [profile.name for profile in Process(machine).profiles.profiles()] == ["kept", "old"]


@pytest.mark.posix("signals")
def test_a_holder_that_stops_is_waited_for_and_one_that_dies_is_not(machine: Machine) -> None:
    path = machine.home / "vault.kdbx"
    vault = Vault(path, timeout=0.3)
    vault.unlock(machine.passphrase)
    with hold(path) as holder:
        holder.send_signal(signal.SIGSTOP)
        with pytest.raises(Busy):
            vault.set("service", "user", "CANARY")
        assert vault.get("service", "user") is None
        holder.send_signal(signal.SIGKILL)
    vault.set("service", "user", "CANARY")
    assert vault.get("service", "user") == "CANARY"


def test_a_vault_that_gets_another_passphrase_meanwhile_asks_for_it(machine: Machine) -> None:
    working, new = Process(machine), new_passphrase()
    before = working.profiles.credentials("kept")
    other = Vault(machine.home / "vault.kdbx")
    other.unlock(machine.passphrase)
    other.change_passphrase(new)
    with pytest.raises(StoreLocked, match="does not open"):
        working.profiles.credentials("kept")
    machine.passphrase = new
    assert working.profiles.credentials("kept") == before


def test_a_vault_that_is_put_back_from_a_backup_is_read_anew(machine: Machine) -> None:
    path, working = machine.home / "vault.kdbx", Process(machine)
    backup = path.read_bytes()
    before = working.profiles.credentials("kept")
    working.profiles.add(credentials_of("NEW_TST"), "new")
    path.unlink()
    path.write_bytes(backup)
    assert working.profiles.credentials("kept") == before
    with pytest.raises(StoreFailed, match="no longer contains the secret of new"):
        working.profiles.credentials("new")
