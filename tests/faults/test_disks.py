"""A disk that is full, or read-only, under each command that writes: it is told, nothing is lost, nothing half done."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ionapi_tui.base.secret import Secret
from tests.cli.conftest import SCRIPT, Ran
from tests.fixtures import disks
from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.program import PROGRAM
from tests.fixtures.shelf import numbers
from tests.fixtures.terminal import ENTER, Terminal, control
from tests.samples import MARKER, as_bytes, random_secret, sample
from tests.soak.machines import HERE, Machine, Process

HINDRANCES: dict[str, tuple[disks.Hindrance, str]] = {
    "full disk": (disks.full_disk, "No space left on device"),
    "disk without inodes": (disks.disk_without_inodes, "No space left on device"),
    "read-only disk": (disks.read_only_disk, "Read-only file system"),
    "read-only folder": (disks.read_only_folder, disks.REFUSED),
    "limit on files": (disks.no_file_may_grow, "File too large"),
}

EVERY_HINDRANCE = [
    "read-only folder",
    pytest.param("limit on files", marks=pytest.mark.posix("limits of a process")),
    *(
        pytest.param(name, marks=pytest.mark.posix("a disk is mounted"))
        for name in ("full disk", "disk without inodes", "read-only disk")
    ),
]


@dataclass
class Desk:
    """A machine with the profile ``kept`` in a vault, and files to import."""

    machine: Machine
    downloads: Path

    def file(self, tenant: str) -> str:
        """Return a file of that tenant, whose secret says so."""
        path = self.downloads / f"{tenant}.ionapi"
        path.write_bytes(as_bytes(sample(tenant=tenant, cs=f"{tenant}-{random_secret(60)}")))
        return str(path)

    def secret(self) -> Secret:
        """Return the secret of ``kept``, as the next process reads it."""
        return Process(self.machine).profiles.credentials("kept").client_secret

    def runs(self, prefix: disks.Prefix, *arguments: str) -> Ran:
        """Run the program behind ``prefix``."""
        done = subprocess.run([*prefix, SCRIPT, *arguments], capture_output=True, text=True, timeout=60, check=False)
        assert MARKER not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return Ran(done.returncode, done.stdout, " ".join(done.stderr.split()))


@pytest.fixture
def desk(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The home of this test, with a vault that the environment opens."""
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    downloads = own_home / "downloads"
    downloads.mkdir(mode=0o700)
    machine = Machine(own_home / "ionapi-tui")
    file = downloads / "passphrase"
    file.write_text(machine.passphrase.reveal())
    file.chmod(0o600)
    monkeypatch.setenv("IONAPI_TUI_PASSPHRASE_FILE", str(file))
    return Desk(machine, downloads)


Command = Callable[[Desk], tuple[str, ...]]

COMMANDS: dict[str, Command] = {
    "import": lambda desk: ("import", desk.file("NEW_TST"), "--delete-file"),
    "replace": lambda desk: ("import", desk.file("KEPT_TST"), "--name", "kept", "--replace", "--delete-file"),
    "rename": lambda desk: ("rename", "kept", "renamed"),
    "remove": lambda desk: ("remove", "kept", "--confirm", "kept"),
    "move": lambda desk: ("store", "move", str(desk.machine.other), "kept"),
    "use": lambda desk: ("store", "use", str(desk.machine.other)),
    "make a vault": lambda desk: ("store", "use", str(desk.machine.home / "new.kdbx")),
    "passphrase": lambda desk: ("store", "passphrase", "--new-file", _another_passphrase(desk)),
}


def _another_passphrase(desk: Desk) -> str:
    file = desk.downloads / "another"
    file.write_text(random_secret(40))
    file.chmod(0o600)
    return str(file)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("hindrance", EVERY_HINDRANCE)
def test_what_cannot_be_written_is_told_and_everything_is_as_it_was(desk: Desk, hindrance: str, command: str) -> None:
    arguments, secret = COMMANDS[command](desk), desk.secret()
    hinder, reason = HINDRANCES[hindrance]
    with hinder(desk.machine.home) as prefix:
        ran = desk.runs(prefix, *arguments)
    assert (ran.code, ran.out) == (5, "")
    assert reason in ran.err
    assert desk.machine.check() == 0, "nothing is left for the next start"
    assert desk.secret() == secret
    assert [profile.name for profile in Process(desk.machine).profiles.profiles()] == ["kept", "old"]
    assert all(Path(argument).exists() for argument in arguments if argument.endswith(".ionapi"))


@pytest.mark.posix("a disk is mounted")
@pytest.mark.parametrize("command", ["import", "replace", "remove", "move"])
def test_room_that_ends_between_two_writes_loses_nothing(desk: Desk, command: str) -> None:
    for key in (HERE, desk.machine.there):
        vault = Process(desk.machine).stores.vaults.of(key)
        vault.unlock(desk.machine.passphrase)
        # A vault takes more room than the list, so that there is a time at which only the list can be written.
        vault.set("somebody", "else", random_secret(9_000))
    rolled_back = 0
    for room in numbers():
        arguments = COMMANDS[command](desk)
        with disks.full_disk(desk.machine.home, room) as prefix:
            ran = desk.runs(prefix, *arguments)
        if ran.code == 0:
            break
        assert ran.code == 5
        assert "No space left on device" in ran.err
        assert "KeePass vault" in ran.err or not room
        rolled_back += bool(room)
        assert desk.machine.check() == 0, "nothing is left for the next start"
    assert rolled_back
    if command != "remove":
        desk.machine.check()


@pytest.mark.parametrize("hindrance", EVERY_HINDRANCE)
def test_what_only_reads_goes_on(desk: Desk, hindrance: str) -> None:
    with HINDRANCES[hindrance][0](desk.machine.home) as prefix:
        assert "kept" in desk.runs(prefix, "list").out
        assert "KEPT_TST" in desk.runs(prefix, "show", "kept").out
        assert desk.runs(prefix, "check", desk.file("NEW_TST")).code == 0
        assert desk.runs(prefix, "store").code == 0
        assert desk.runs(prefix, "doctor").code == 1


@pytest.mark.posix("a disk is mounted")
def test_an_export_without_room_leaves_no_half_of_a_file(desk: Desk) -> None:
    target = desk.machine.home / "out.ionapi"
    with disks.full_disk(desk.machine.home) as prefix:
        ran = desk.runs(prefix, "export", "kept", "--format", "ionapi", "--output", str(target))
    assert ran.code == 5
    assert "No space left on device" in ran.err
    assert not target.exists()


@pytest.mark.posix("a disk is mounted")
@pytest.mark.keyring
@pytest.mark.parametrize("command", ["import", "replace", "remove", "move"])
def test_on_a_full_disk_a_real_keyring_is_as_it_was(in_own_keyring: PrivateKeyring, desk: Desk, command: str) -> None:
    assert desk.runs((), "store", "use", "keyring").code == 0
    assert desk.runs((), "store", "move", "keyring", "kept").code == 0
    before = in_own_keyring.items()
    assert len(before) == 1
    arguments = COMMANDS[command](desk)
    with disks.full_disk(desk.machine.home) as prefix:
        ran = desk.runs(prefix, *arguments)
        assert in_own_keyring.items() == before, "what was written is rolled back at once"
    assert ran.code == 5
    assert "No space left on device" in ran.err
    assert desk.runs((), "export", "kept", "--format", "ionapi", "--output", str(desk.downloads / "out")).code == 0


@pytest.mark.terminal
@pytest.mark.parametrize("hindrance", ["full disk", "read-only folder"])
def test_the_app_says_so_and_can_be_used(desk: Desk, hindrance: str) -> None:
    file = desk.file("NEW_TST")
    hinder, reason = HINDRANCES[hindrance]
    with hinder(desk.machine.home) as prefix:
        program, *arguments = (*prefix, PROGRAM)
        with Terminal(*arguments, program=program) as window:
            window.sees("kept", "Import")
            window.press("i")
            window.sees("Choose the file", "NEW_TST.ionapi")
            window.press(ENTER)
            window.sees("Enter to store the secrets")
            window.press(ENTER)
            window.sees("Not stored.", reason)
            window.press(control("q"))
            assert window.ends() == 0
    assert desk.machine.check() == 0
    assert Path(file).exists()
