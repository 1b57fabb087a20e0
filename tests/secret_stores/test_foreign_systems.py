"""The stores of Windows and macOS: the real code of ``keyring`` over simulated systems, because neither is at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ionapi_tui.base.errors import StoreFailed, StoreLocked
from ionapi_tui.base.secret import Secret
from ionapi_tui.secret_stores.backends import store_of
from tests.fixtures.foreign_systems import LOCAL_MACHINE, MOST, WindowsError, mac, windows
from tests.fixtures.shelf import Shelf, some_credentials
from tests.samples import random_secret


@pytest.fixture(params=[windows, mac], ids=["windows", "macOS"])
def backend(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Any]:
    """A backend of ``keyring``, and the system below it."""
    found: tuple[Any, Any] = request.param(monkeypatch)
    return found


@pytest.mark.parametrize("length", [1, 100, 999, 1_000, 1_001, 5_000])
def test_what_is_kept_comes_back_and_goes_without_a_trace(backend: tuple[Any, Any], length: int) -> None:
    store, system = store_of(backend[0]), backend[1]
    assert store.get("a1") is None
    for _time in range(3):
        secret = Secret("ü" + random_secret(length + 8)[: length - 1])
        store.set("a1", secret)
        assert store.get("a1") == secret
    store.delete("a1")
    store.delete("a1")
    assert store.get("a1") is None
    assert system.kept == {}


def test_profiles_are_imported_replaced_and_removed(backend: tuple[Any, Any], tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, backend[0])
    first, second, third = some_credentials(), some_credentials(long=True), some_credentials()
    shelf.store().add(first, "first")
    shelf.store().add(second, "second")
    shelf.store().replace("first", third)
    assert shelf.store().credentials("first") == third
    assert shelf.store().credentials("second") == second
    for name in ("first", "second"):
        shelf.store().remove(name)
    assert backend[1].kept == {}


def test_windows_keeps_every_item_on_this_machine_and_below_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    backend, system = windows(monkeypatch)
    store = store_of(backend)
    assert (store.key, store.label) == ("keyring:Windows", "Windows Credential Manager")
    store.set("a1", Secret(random_secret(20_000)))
    assert {item["Persist"] for item in system.kept.values()} == {LOCAL_MACHINE}
    assert max(len(item["CredentialBlob"]) for item in system.kept.values()) <= MOST
    assert len(system.kept) > 10


def test_an_error_of_windows_is_told_and_nothing_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backend, system = windows(monkeypatch)
    shelf = Shelf(tmp_path, backend)
    system.trouble = WindowsError(1312, "CredRead", "A specified logon session does not exist.")
    with pytest.raises(StoreFailed, match="logon session does not exist"):
        shelf.store().add(some_credentials(), "first")
    assert shelf.store().profiles() == ()


def test_a_keychain_that_somebody_refuses_to_unlock_is_locked_and_not_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend, system = mac(monkeypatch)
    shelf = Shelf(tmp_path, backend)
    credentials = some_credentials()
    shelf.store().add(credentials, "first")
    system.trouble = -128
    for attempt in (lambda: shelf.store().credentials("first"), lambda: shelf.store().remove("first")):
        with pytest.raises(StoreLocked, match="is locked"):
            attempt()
    system.trouble = 0
    assert shelf.store().recover() == ()
    assert shelf.store().credentials("first") == credentials


def test_one_profile_is_one_item_of_the_keychain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backend, system = mac(monkeypatch)
    Shelf(tmp_path, backend).store().add(some_credentials(), "first")
    assert len(system.kept) == 1
