"""The right store, the reason, or none at all; never a worse one in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from keyring.backends.chainer import ChainerBackend
from keyring.backends.kwallet import DBusKeyring
from keyring.backends.macOS import Keyring as MacKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.backends.Windows import WinVaultKeyring

from ionapi_tui.base.errors import StoreMissing
from ionapi_tui.base.secret import Secret
from ionapi_tui.secret_stores.backends import refusal, store_of
from ionapi_tui.secret_stores.choose import StoreChoice, choose, open_store
from ionapi_tui.secret_stores.stores import Stores, TimeLimitedStore
from tests.fixtures.fake_keyring import FakeKeyring
from tests.fixtures.private_keyring import PrivateKeyring

FAKE = "tests.fixtures.fake_keyring.FakeKeyring"


class MyPlaintextKeyring(FakeKeyring):
    """Its name says it."""


class BetterNull(NullKeyring):
    """Its ancestor says it."""


MODULE = "tests.secret_stores.test_choose"


def named(backend: str) -> StoreChoice:
    return choose({"PYTHON_KEYRING_BACKEND": backend}, "linux")


@pytest.mark.parametrize(
    ("backend", "reason"),
    [
        ("keyring.backends.null.Keyring", "does not store anything permanently"),
        ("keyring.backends.fail.Keyring", "no keyring at all"),
        ("keyring.backends.chainer.ChainerBackend", "combines several password stores"),
        (f"{MODULE}.MyPlaintextKeyring", "others can read"),
        (f"{MODULE}.BetterNull", "does not store anything permanently"),
        ("no.such.Keyring", "not installed"),
        ("keyring.backends.null.Missing", "Missing"),
        ("\x1b[31m", "“?"),
        ("os.path", "path"),
        pytest.param(
            "keyring.backends.Windows.WinVaultKeyring", "Windows", marks=pytest.mark.posix("Windows has its store")
        ),
    ],
)
def test_a_backend_that_must_not_or_cannot_be_used_is_refused_and_not_replaced(backend: str, reason: str) -> None:
    choice = named(backend)
    assert choice.store is None
    assert reason.strip("“?") in choice.refused[0].reason
    assert choice.refused[0].reason in choice.reason
    assert choice.reason.startswith("PYTHON_KEYRING_BACKEND sets ")
    assert choice.reason.isprintable()


def test_a_chain_with_a_plaintext_link_is_refused_because_of_it() -> None:
    class Chain(ChainerBackend):
        backends = (FakeKeyring(), MyPlaintextKeyring())

    told = refusal(Chain())  # type: ignore[no-untyped-call]
    assert told is not None
    assert "MyPlaintextKeyring" in told


def test_somebody_elses_backend_is_used_when_it_is_named() -> None:
    choice = named(FAKE)
    assert choice.store is not None
    assert (choice.store.key, choice.store.label) == (f"keyring:{FAKE}", FAKE)
    assert choice.reason == "PYTHON_KEYRING_BACKEND names it."
    assert choice.named == FAKE


@pytest.mark.posix("a GNOME Keyring")
def test_the_settings_file_of_keyring_is_read_like_keyring_reads_it(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = own_home / ".config" / "python_keyring" / "keyringrc.cfg"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"[backend]\ndefault-keyring = {FAKE}\n")
    choice = choose({}, "linux")
    assert choice.store is not None
    assert choice.reason == f"{settings} names it."
    assert named("keyring.backends.null.Keyring").store is None
    for text in ("[backend]\n", "nonsense", "[backend]\ndefault-keyring =\n"):
        settings.write_text(text)
        assert choose({}, "linux").named == ""


@pytest.mark.parametrize(
    ("platform", "advice"),
    [
        ("linux", "gnome-keyring"),
        ("freebsd14", "KeePassXC"),
        pytest.param("win32", "pywin32-ctypes", marks=pytest.mark.posix("Windows has its store")),
        ("darwin", "Keychain"),
    ],
)
def test_without_any_store_there_is_none_and_the_advice_fits_the_machine(platform: str, advice: str) -> None:
    choice = choose({}, platform)
    assert choice.store is None
    assert advice in choice.reason
    assert choice.refused
    assert all(one.reason for one in choice.refused)
    with pytest.raises(StoreMissing, match="No password store was found"):
        open_store(None, choice)


def test_on_kde_its_own_wallet_is_asked_first() -> None:
    desktops = {"KDE": "keyring:KWallet", "ubuntu:GNOME": "keyring:SecretService", "X-Generic:KDE": "keyring:KWallet"}
    for desktop, first in desktops.items():
        assert choose({"XDG_CURRENT_DESKTOP": desktop}, "linux").refused[0].store == first


@pytest.mark.keyring
@pytest.mark.posix("a GNOME Keyring")
def test_the_keyring_of_the_desktop_is_found_and_called_by_its_name(in_private_keyring: PrivateKeyring) -> None:
    choice = choose()
    assert choice.store is not None
    assert (choice.store.key, choice.store.label) == ("keyring:SecretService", "GNOME Keyring")
    assert choice.store.locked() is False
    assert choice.named == ""


@pytest.mark.keyring
def test_a_lock_is_seen_without_a_prompt(in_own_keyring: PrivateKeyring) -> None:
    store = choose().store
    assert store is not None
    in_own_keyring.lock()
    with in_own_keyring.ignored_prompts():
        assert store.locked() is True
    in_own_keyring.kill_daemon()
    assert store.locked() is None


@pytest.mark.keyring
@pytest.mark.posix("a GNOME Keyring")
def test_a_store_that_cannot_be_opened_is_named_with_what_to_do(in_private_keyring: PrivateKeyring) -> None:
    choice = named(FAKE)
    with pytest.raises(StoreMissing, match=rf"Desktop password store .* keyringrc.cfg names {FAKE}"):
        open_store("keyring:SecretService", choice)
    with pytest.raises(StoreMissing, match=rf"never chosen .* store use {FAKE}"):
        open_store(f"keyring:{FAKE}", choose())
    with pytest.raises(StoreMissing, match="Windows Credential Manager is not available: "):
        open_store("keyring:Windows", choose())


@pytest.mark.keyring
@pytest.mark.posix("a GNOME Keyring")
def test_a_store_of_this_system_that_is_no_longer_the_first_is_still_found(in_private_keyring: PrivateKeyring) -> None:
    other = store_of(FakeKeyring())
    store = open_store("keyring:SecretService", StoreChoice(other, "tests prefer it"))
    assert store.key == "keyring:SecretService"


def test_stores_are_looked_for_once_and_again_when_asked() -> None:
    found: list[StoreChoice] = []

    def chooser() -> StoreChoice:
        found.append(StoreChoice(store_of(FakeKeyring()), "tests prefer it"))
        return found[-1]

    stores = Stores(timeout=5, chooser=chooser)
    store = stores.open(None)
    assert isinstance(store, TimeLimitedStore)
    assert stores.open(None) is store
    assert stores.open(store.key).key == store.key
    assert len(found) == 1
    assert stores.refresh() is found[1]
    assert stores.open(None) is not store
    assert stores.choice.store is found[1].store


def test_without_timeout_the_store_itself_is_used() -> None:
    fake = store_of(FakeKeyring())
    stores = Stores(None, lambda: StoreChoice(fake, "tests prefer it"))
    assert stores.open(None) is fake
    fake.set("a1", Secret("CANARY"))
    assert stores.open(fake.key).get("a1") == Secret("CANARY")


def test_every_system_store_has_the_name_that_people_know() -> None:
    assert store_of(MacKeyring()).label == "macOS Keychain"  # type: ignore[no-untyped-call]
    assert store_of(DBusKeyring()).label == "KWallet"  # type: ignore[no-untyped-call]
    windows = WinVaultKeyring()  # type: ignore[no-untyped-call]
    assert store_of(windows).label == "Windows Credential Manager"


def test_windows_is_told_to_keep_secrets_on_this_machine() -> None:
    machine_only = 2
    windows = WinVaultKeyring()  # type: ignore[no-untyped-call]
    store_of(windows)
    assert vars(windows)["_persist"] == machine_only


def test_choosing_writes_nothing(own_home: Path) -> None:
    choose()
    choose({}, "linux")
    assert list(own_home.iterdir()) == []
