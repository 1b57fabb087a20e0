"""The vault keeps what a keyring keeps, for many processes, and for KeePassXC."""

from __future__ import annotations

import io
import os
import stat
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from keyring.errors import KeyringLocked, PasswordDeleteError
from keyring.testing.backend import BackendBasicTests

from ionapi_tui.base.access import is_private
from ionapi_tui.base.errors import StoreFailed, StoreLocked, StoreMissing
from ionapi_tui.base.secret import Secret
from ionapi_tui.secret_stores.vault.kdbx_file import KdbxFile
from ionapi_tui.secret_stores.vault.kdbx_header import Cost
from ionapi_tui.secret_stores.vault.keyring_backend import KdbxKeyring
from ionapi_tui.secret_stores.vault.passphrases import FILE_VARIABLE
from ionapi_tui.secret_stores.vault.unlocking import agree_on_terminal, unlock
from ionapi_tui.secret_stores.vault.vault import Vault
from tests.fixtures.vaults import CHEAP, KeePassXC, new_passphrase, new_vault
from tests.samples import random_secret


@pytest.fixture
def passphrase() -> Secret:
    return new_passphrase()


@pytest.fixture
def vault(tmp_path: Path, passphrase: Secret) -> Vault:
    """An empty vault, unlocked."""
    vault = new_vault(tmp_path / "vault.kdbx", passphrase)
    vault.unlock(passphrase)
    return vault


class TestContract(BackendBasicTests):
    """keyring's own tests of a backend."""

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path

    def init_keyring(self) -> KdbxKeyring:
        passphrase = new_passphrase()
        vault = new_vault(self.folder / "contract.kdbx", passphrase)
        vault.unlock(passphrase)
        return KdbxKeyring(vault)


def test_a_new_vault_is_for_its_owner_and_costs_a_guesser_memory_and_time(tmp_path: Path, passphrase: Secret) -> None:
    vault = Vault(tmp_path / "folder" / "vault.kdbx")
    vault.create(passphrase)
    assert is_private(vault.path)
    from pykeepass import PyKeePass

    database = PyKeePass(vault.path, password=passphrase.reveal())
    assert (database.version, database.kdf_algorithm) == ((4, 0), "argon2id")
    parameters = database.kdbx.header.value.dynamic_header.kdf_parameters.data.dict
    assert parameters["M"].value == 64 * 1024 * 1024
    assert parameters["I"].value >= 3


def test_a_vault_is_never_made_over_a_file(vault: Vault, passphrase: Secret) -> None:
    before = vault.path.read_bytes()
    with pytest.raises(StoreFailed, match="already exists"):
        Vault(vault.path).create(new_passphrase(), CHEAP)
    assert vault.path.read_bytes() == before


def test_what_one_process_writes_another_reads(vault: Vault, passphrase: Secret) -> None:
    other = Vault(vault.path)
    other.unlock(passphrase)
    for round_ in range(3):
        mine, theirs = random_secret(), random_secret()
        vault.set("mine", "user", mine)
        other.set("theirs", "user", theirs)
        assert (vault.get("theirs", "user"), other.get("mine", "user")) == (theirs, mine), round_


def test_without_its_passphrase_a_vault_tells_nothing(vault: Vault) -> None:
    vault.set("service", "user", random_secret())
    other = Vault(vault.path)
    assert other.locked
    for wrong in (Secret(""), Secret("wrong"), new_passphrase()):
        with pytest.raises(StoreLocked, match="does not open KeePass vault"):
            other.unlock(wrong)
        assert other.locked
    for attempt in (
        lambda: other.get("service", "user"),
        lambda: other.set("service", "user", "x"),
        lambda: other.delete("service", "user"),
        lambda: KdbxKeyring(other).get_password("service", "user"),
    ):
        with pytest.raises(StoreLocked, match="is locked") as caught:
            attempt()
        assert isinstance(caught.value, KeyringLocked)


def test_after_a_change_of_passphrase_only_the_new_one_opens(vault: Vault, passphrase: Secret) -> None:
    secret, new = random_secret(), new_passphrase()
    vault.set("service", "user", secret)
    still_open = Vault(vault.path)
    still_open.unlock(passphrase)
    vault.change_passphrase(new)
    assert vault.get("service", "user") == secret
    with pytest.raises(StoreLocked, match="does not open"):
        still_open.get("service", "user")
    assert still_open.locked
    with pytest.raises(StoreLocked):
        Vault(vault.path).unlock(passphrase)
    still_open.unlock(new)
    assert still_open.get("service", "user") == secret


def test_a_file_that_is_gone_or_broken_is_told_and_never_replaced(vault: Vault, passphrase: Secret) -> None:
    whole = vault.path.read_bytes()
    for broken in (b"", b"nonsense", whole[:50], whole[: len(whole) // 2], whole[:-3], whole[:-20] + b"\0" * 20):
        vault.path.write_bytes(broken)
        with pytest.raises((StoreFailed, StoreLocked)):
            vault.set("service", "user", random_secret())
        assert vault.path.read_bytes() == broken
        vault.path.write_bytes(whole)
        vault.unlock(passphrase)
    vault.path.unlink()
    with pytest.raises(StoreMissing, match="was not found"):
        vault.set("service", "user", random_secret())
    assert not vault.path.exists()


def asking(asked: list[str], agrees: bool) -> Callable[[str], bool]:
    """Return what answers ``agrees`` and writes down the question."""

    def agree(store: str) -> bool:
        asked.append(store)
        return agrees

    return agree


def test_a_vault_for_slower_computers_is_made_stronger_when_its_owner_agrees(vault: Vault, passphrase: Secret) -> None:
    vault.set("service", "user", "CANARY")
    for agrees in (False, True):
        asked: list[str] = []
        opened = Vault(vault.path)
        unlock(opened, lambda _question: passphrase, {}, agree=asking(asked, agrees))
        assert asked == [opened.label]
        assert Cost.stated_in(vault.path.read_bytes()) == (Cost() if agrees else CHEAP)
        assert opened.get("service", "user") == "CANARY"
    again = Vault(vault.path)
    unlock(again, lambda _question: passphrase, {}, agree=lambda _store: pytest.fail("asked about a strong one"))
    assert again.get("service", "user") == "CANARY"
    assert vault.get("service", "user") == "CANARY", "a process that had it open goes on"


def test_nobody_is_asked_where_a_file_holds_the_passphrase(vault: Vault, passphrase: Secret, tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_text(passphrase.reveal())
    file.chmod(0o600)
    opened = Vault(vault.path)
    unlock(opened, lambda _question: None, {FILE_VARIABLE: str(file)}, agree=lambda _store: pytest.fail("asked"))
    file.unlink()
    assert not opened.locked


def test_the_question_takes_nothing_from_an_input_that_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    content = io.StringIO("y\n")
    monkeypatch.setattr(sys, "stdin", content)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert agree_on_terminal("a vault") is False
    assert content.read() == "y\n"


def test_a_new_passphrase_makes_a_vault_as_strong_as_a_new_one(vault: Vault) -> None:
    vault.change_passphrase(new_passphrase())
    assert Cost.stated_in(vault.path.read_bytes()) == Cost()


@pytest.mark.parametrize(
    ("cost", "low"),
    [
        (Cost(), False),
        (Cost(memory=63), True),
        (Cost(rounds=9), True),
        (Cost(memory=128, rounds=4), True),
        (Cost(memory=128, rounds=5), False),
    ],
    ids=str,
)
def test_less_memory_or_less_work_than_today_is_too_little(cost: Cost, low: bool) -> None:
    assert cost.is_too_low is low


def changed(whole: bytes, name: bytes, value: int) -> bytes:
    """Return a KeePass file whose header states another cost."""
    start = whole.index(struct.pack("<I", len(name)) + name) + 4 + len(name)
    (length,) = struct.unpack_from("<I", whole, start)
    return whole[: start + 4] + value.to_bytes(length, "little") + whole[start + 4 + length :]


@pytest.mark.parametrize(
    ("name", "value"), [(b"M", 1 << 62), (b"M", 5000 << 20), (b"I", 1 << 40), (b"I", 200_000)], ids=str
)
def test_a_file_that_would_take_for_ever_to_open_is_refused_at_once(tmp_path: Path, name: bytes, value: int) -> None:
    vault = new_vault(tmp_path / "vault.kdbx", new_passphrase())
    vault.path.write_bytes(changed(vault.path.read_bytes(), name, value))
    with pytest.raises(StoreFailed, match="more than any vault needs"):
        vault.unlock(new_passphrase())


@pytest.mark.parametrize(("name", "value"), [(b"M", 0), (b"P", 0), (b"P", 1 << 30), (b"I", 0), (b"V", 7)], ids=str)
def test_a_file_with_a_cost_that_is_none_is_damaged(tmp_path: Path, name: bytes, value: int) -> None:
    vault = new_vault(tmp_path / "vault.kdbx", new_passphrase())
    vault.path.write_bytes(changed(vault.path.read_bytes(), name, value))
    with pytest.raises(StoreFailed, match="damaged or not a KeePass file"):
        vault.unlock(new_passphrase())


def test_a_file_of_a_version_without_content_is_damaged(vault: Vault, passphrase: Secret) -> None:
    whole = vault.path.read_bytes()
    vault.path.write_bytes(whole[:10] + b"\2\0" + whole[12:])
    with pytest.raises(StoreFailed, match="damaged or not a KeePass file"):
        vault.unlock(passphrase)


def test_the_cost_of_a_file_is_read_without_opening_it(vault: Vault) -> None:
    whole = vault.path.read_bytes()
    assert Cost.stated_in(whole) == CHEAP
    for length in range(0, 400, 7):
        assert Cost.stated_in(whole[:length]) in (None, CHEAP)


@pytest.mark.posix("symbolic links need a right on Windows")
def test_a_symbolic_link_and_what_a_team_lets_others_read_stay(tmp_path: Path, passphrase: Secret) -> None:
    target = tmp_path / "share" / "team.kdbx"
    new_vault(target, passphrase)
    target.chmod(0o640)
    (tmp_path / "team.kdbx").symlink_to(target)
    vault = Vault(tmp_path / "team.kdbx")
    vault.unlock(passphrase)
    vault.set("service", "user", "CANARY")
    assert vault.path.is_symlink()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_deleting_what_is_not_there_is_said_and_changes_nothing(vault: Vault) -> None:
    before = vault.path.read_bytes()
    with pytest.raises(PasswordDeleteError):
        KdbxKeyring(vault).delete_password("service", "nobody")
    assert vault.path.read_bytes() == before


@pytest.mark.posix("KeePassXC's command reads the file")
def test_keepassxc_opens_it_and_reads_what_was_kept(vault: Vault, passphrase: Secret) -> None:
    vault = Vault(vault.path, lambda service: f"Title of {service}")
    vault.unlock(passphrase)
    secrets = {f"service-{number}": random_secret(300) for number in range(3)}
    for service, secret in secrets.items():
        vault.set(service, "user", secret)
    tool = KeePassXC(vault.path, passphrase)
    assert tool.titles() == [f"Title of {service}" for service in secrets]
    for service, secret in secrets.items():
        assert tool.password(f"ionapi-tui/Title of {service}") == secret
    assert "Argon2id" in tool.run("db-info")


@pytest.mark.posix("KeePassXC's command reads the file")
def test_what_keepassxc_writes_is_read_and_what_it_has_besides_stays(vault: Vault, passphrase: Secret) -> None:
    secret = random_secret()
    vault.set("before", "user", secret)
    tool, by_hand, teams = KeePassXC(vault.path, passphrase), random_secret(), random_secret()
    tool.run("mkdir", "Team")
    tool.run("add", "--password-prompt", "--username", "bob", "Team/wiki", answers=f"{teams}\n")
    tool.run("add", "--password-prompt", "--username", "user", "ionapi-tui/by hand", answers=f"{by_hand}\n")
    assert vault.get("by hand", "user") == by_hand
    assert vault.get("before", "user") == secret
    assert vault.get("wiki", "bob") is None
    vault.set("after", "user", secret)
    vault.delete("by hand", "user")
    assert tool.password("Team/wiki") == teams
    assert sorted(tool.titles()) == ["after", "before"]


@pytest.mark.posix("KeePassXC's command reads the file")
def test_a_title_that_somebody_changed_in_keepassxc_changes_nothing_else(vault: Vault, passphrase: Secret) -> None:
    secret = random_secret()
    vault.set("service", "user", secret)
    KeePassXC(vault.path, passphrase).run("edit", "--title", "Our ERP", "ionapi-tui/service")
    assert vault.get("service", "user") == secret
    assert vault.get("Our ERP", "user") is None


@pytest.mark.posix("a file descriptor is inherited")
def test_the_keyring_command_sees_it(own_home: Path, monkeypatch: pytest.MonkeyPatch, passphrase: Secret) -> None:
    home = own_home / "ionapi-tui"
    vault = new_vault(home / "vault.kdbx", passphrase)
    vault.unlock(passphrase)
    vault.set("service", "user", "CANARY of the keyring command")
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    command = [sys.executable, "-m", "keyring"]
    listed = subprocess.run([*command, "--list-backends"], capture_output=True, text=True, check=True)
    assert "ionapi_tui.secret_stores.vault.keyring_backend.KdbxKeyring (priority: -1)" in listed.stdout
    read, write = os.pipe()
    os.write(write, passphrase.reveal().encode() + b"\n")
    os.close(write)
    got = subprocess.run(
        [*command, "-b", "ionapi_tui.secret_stores.vault.keyring_backend.KdbxKeyring", "get", "service", "user"],
        env=os.environ | {"IONAPI_TUI_PASSPHRASE_FD": str(read)},
        pass_fds=[read],
        capture_output=True,
        text=True,
        check=False,
    )
    os.close(read)
    assert (got.stdout, got.stderr) == ("CANARY of the keyring command\n", "")


def test_many_entries_cost_one_reading_and_no_guesser_s_work(tmp_path: Path, passphrase: Secret) -> None:
    readings: list[bool] = []

    def counted(data: bytes, label: str, passphrase: Secret | None, key: Secret | None) -> KdbxFile:
        readings.append(key is None)
        return KdbxFile.parsed(data, label, passphrase, key)

    new_vault(tmp_path / "vault.kdbx", passphrase)
    vault = Vault(tmp_path / "vault.kdbx", parse=counted)
    vault.unlock(passphrase)
    readings.clear()
    for number in range(20):
        vault.set(f"service-{number}", "user", "CANARY")
    # The key derived from the passphrase, which takes a second on purpose, is derived once.
    assert not any(readings)
    readings.clear()
    assert all(vault.get(f"service-{number}", "user") == "CANARY" for number in range(20))
    assert len(readings) == 1
