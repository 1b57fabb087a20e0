"""Profiles are added, found, replaced, renamed and removed, and every refusal is explained."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ionapi_tui.base.errors import NoSuchProfile, ProfileExists, StoreFailed, StoreLocked, UsageError
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.export_target import ExportTarget
from ionapi_tui.domain.profile import CHECKS_KEPT, Checked
from ionapi_tui.profile_store.registry import token_item
from ionapi_tui.profile_store.store import ProfileStore
from ionapi_tui.secret_stores.keyring_store import SERVICE, USER
from tests.fixtures.fake_keyring import FakeKeyring, ForgetfulKeyring, LockedKeyring, TroubledKeyring
from tests.fixtures.shelf import KEY, Shelf, some_credentials


@pytest.fixture
def backend() -> TroubledKeyring:
    return TroubledKeyring()


@pytest.fixture
def shelf(tmp_path: Path, backend: FakeKeyring) -> Shelf:
    return Shelf(tmp_path / "shelf", backend)


@pytest.fixture
def store(shelf: Shelf) -> ProfileStore:
    return shelf.store()


def test_what_is_added_comes_back_secrets_and_all(store: ProfileStore) -> None:
    credentials = some_credentials(long=True)
    profile = store.add(credentials, "acme-tst")
    assert store.profiles() == (profile,)
    assert store.credentials("acme-tst") == credentials
    assert (profile.store, profile.created, profile.checked) == (KEY, "2026-11-22T07:30:00Z", None)


def test_a_profile_keeps_what_is_not_secret_and_only_that(store: ProfileStore, shelf: Shelf) -> None:
    credentials = some_credentials()
    profile = store.add(credentials, "acme-tst")
    assert dict(profile.public) == dict(credentials.public)
    kept = shelf.registry.path.read_text()
    assert "ACME_TST" in kept
    assert "CANARY" not in kept


def test_listing_neither_opens_a_store_nor_imports_what_is_slow(store: ProfileStore, shelf: Shelf) -> None:
    store.add(some_credentials(), "acme-tst")
    code = (
        "import sys; from pathlib import Path; from ionapi_tui.profile_store.store import ProfileStore;"
        "from ionapi_tui.profile_store.registry import Registry; from ionapi_tui.files.atomic import ProcessLock;"
        "listed = ProfileStore(Registry(Path(sys.argv[1])), None, ProcessLock(Path('unused'))).profiles();"
        "heavy = {'keyring', 'filelock', 'watchfiles', 'asyncio', 'httpx', 'textual', 'configparser', 'secretstorage'};"
        "print(listed[0].name, sorted(heavy & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, str(shelf.registry.path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "acme-tst []\n"


def test_a_name_that_is_not_there_brings_up_similar_ones(store: ProfileStore) -> None:
    store.add(some_credentials(), "acme-tst")
    for ask in (store.profile, store.credentials, store.remove):
        with pytest.raises(NoSuchProfile, match=r"no profile acme-tts\. Is it one of these: acme-tst\?"):
            ask("acme-tts")
    with pytest.raises(NoSuchProfile, match=r"^There is no profile ␛x\. “ionapi-tui list” shows the profiles\.$"):
        store.profile("\x1bx")


@pytest.mark.parametrize("name", ["", "Acme", "acme tst", "../x", "-x", "x" * 61, "ä", "[red]"])
def test_a_name_that_cannot_be_one_is_refused(store: ProfileStore, name: str) -> None:
    with pytest.raises(UsageError, match=r"cannot be the name|Enter a name"):
        store.add(some_credentials(), name)
    store.add(some_credentials(), "acme-tst")
    with pytest.raises(UsageError, match=r"cannot be the name|Enter a name"):
        store.rename("acme-tst", name)


def test_a_name_is_given_once(store: ProfileStore) -> None:
    store.add(some_credentials(), "acme-tst")
    store.add(some_credentials("GLOBEX_DEV"), "globex-dev")
    with pytest.raises(ProfileExists, match="already a profile acme-tst"):
        store.add(some_credentials(), "acme-tst")
    with pytest.raises(ProfileExists):
        store.rename("globex-dev", "acme-tst")


def test_renaming_changes_nothing_else(store: ProfileStore) -> None:
    credentials = some_credentials()
    before = store.add(credentials, "acme-tst")
    after = store.rename("acme-tst", "acme-test")
    assert (after.id, after.name, store.profiles()) == (before.id, "acme-test", (after,))
    assert store.credentials("acme-test") == credentials
    assert store.rename("acme-test", "acme-test") == after


def test_replaced_credentials_leave_no_trace_of_the_old_ones(
    store: ProfileStore, shelf: Shelf, backend: FakeKeyring
) -> None:
    before = store.add(some_credentials(long=True), "acme-tst")
    backend.set_password(f"{SERVICE}:{token_item(before.id)}", USER, "a cached token")
    store.record_checks({before.id: Checked("2026-11-22T07:00:00Z", ok=True)})
    credentials = some_credentials()
    after = store.replace("acme-tst", credentials)
    assert store.profiles() == (after,)
    assert (after.name, after.checked, after.id == before.id) == ("acme-tst", None, False)
    assert store.credentials("acme-tst") == credentials
    assert {service for service, _user in backend.kept} == {f"{SERVICE}:{after.id}"}
    assert shelf.registry.load().pending == ()


def test_the_very_item_is_read_before_it_is_written_or_deleted(tmp_path: Path) -> None:
    asked: list[str] = []

    class Watched(FakeKeyring):
        def get_password(self, service: str, username: str) -> str | None:
            asked.append(service)
            return super().get_password(service, username)

    store = Shelf(tmp_path, Watched()).store()
    profile = store.add(some_credentials(), "acme-tst")
    assert asked[0] == f"{SERVICE}:{profile.id}"
    asked.clear()
    store.remove("acme-tst")
    assert asked[0] == f"{SERVICE}:{profile.id}"


def test_a_replacement_that_fails_leaves_the_old_credentials(store: ProfileStore, backend: TroubledKeyring) -> None:
    credentials = some_credentials()
    before = store.add(credentials, "acme-tst")
    kept = dict(backend.kept)
    backend.troubles = {"set": out_of_order}
    with pytest.raises(StoreFailed, match="out of order"):
        store.replace("acme-tst", some_credentials())
    backend.troubles = {}
    assert store.profiles() == (before,)
    assert store.credentials("acme-tst") == credentials
    assert backend.kept == kept
    assert store.recover() == ()


def test_a_check_is_remembered(store: ProfileStore, shelf: Shelf) -> None:
    profile = store.add(some_credentials(), "acme-tst")
    checked = Checked("2026-11-22T07:00:00Z", ok=False, headline="role IDM-AdvancedUser missing")
    store.record_checks({profile.id: checked})
    assert shelf.store().profile("acme-tst").checked == checked


def test_the_last_checks_are_remembered_newest_first_and_no_more_than_a_few(store: ProfileStore, shelf: Shelf) -> None:
    profile = store.add(some_credentials(), "acme-tst")
    store.add(some_credentials(), "other")
    checks = [Checked(f"2026-11-{day:02}T07:00:00Z", ok=day % 2 == 0) for day in range(1, 15)]
    for checked in checks:
        store.record_checks({profile.id: checked, "of-nobody": checked})
    remembered = shelf.store().profile("acme-tst")
    assert (remembered.checked, *remembered.earlier) == tuple(reversed(checks))[: CHECKS_KEPT + 1]
    assert shelf.store().profile("other").checked is None


def test_a_profile_takes_the_place_of_another_in_one_write(store: ProfileStore) -> None:
    old, new = store.add(some_credentials(), "acme-tst"), store.add(some_credentials(), "acme-tst-new")
    for name, taken in (("acme-tst", "acme-tst"), ("nobody", "acme-tst-old")):
        with pytest.raises((ProfileExists, NoSuchProfile)):
            store.succeed(name, "acme-tst-new", taken)
    assert store.profiles() == (old, new)
    now, retired = store.succeed("acme-tst", "acme-tst-new", "acme-tst-old")
    assert (now.id, now.name, retired.id, retired.name) == (new.id, "acme-tst", old.id, "acme-tst-old")
    assert store.profiles() == (retired, now)
    back, away = store.succeed("acme-tst", "acme-tst-old", "acme-tst-old")
    assert (back, away.id, away.name) == (old, new.id, "acme-tst-old")


def test_confirmed_hosts_are_remembered_but_not_for_other_credentials(store: ProfileStore, shelf: Shelf) -> None:
    store.add(some_credentials(), "acme-tst")
    assert store.trust("acme-tst", ("inforos.acme.example",)).trusted_hosts == ("inforos.acme.example",)
    assert shelf.store().profile("acme-tst").trusted_hosts == ("inforos.acme.example",)
    store.replace("acme-tst", some_credentials())
    assert shelf.store().profile("acme-tst").trusted_hosts == ()


def test_removing_takes_everything_away(store: ProfileStore, backend: FakeKeyring) -> None:
    profile = store.add(some_credentials(long=True), "acme-tst")
    assert store.remove("acme-tst") == profile
    assert store.profiles() == ()
    assert backend.kept == {}


def test_removing_is_given_up_when_the_store_cannot_delete(store: ProfileStore, backend: TroubledKeyring) -> None:
    credentials = some_credentials()
    profile = store.add(credentials, "acme-tst")
    backend.troubles = {"delete": out_of_order}
    with pytest.raises(StoreFailed, match="out of order"):
        store.remove("acme-tst")
    backend.troubles = {}
    assert store.recover() == ()
    assert store.profiles() == (profile,)
    assert store.credentials("acme-tst") == credentials


def test_a_locked_store_refuses_before_anything_is_written(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "home", LockedKeyring())
    with pytest.raises(StoreLocked):
        shelf.store().add(some_credentials(), "acme-tst")
    assert not shelf.registry.path.exists()


def test_a_store_that_does_not_give_back_what_it_got_is_found_out(tmp_path: Path) -> None:
    backend = ForgetfulKeyring()
    shelf = Shelf(tmp_path / "home", backend)
    with pytest.raises(StoreFailed, match=r"^the store of tests did not return what was written"):
        shelf.store().add(some_credentials(), "acme-tst")
    assert shelf.store().profiles() == ()
    assert backend.kept == {}


@pytest.mark.parametrize("remains", [None, Secret("{"), Secret("[]"), Secret("{}"), Secret('{"saak": 1}')])
def test_a_secret_that_is_gone_or_damaged_is_not_called_a_missing_profile(
    store: ProfileStore, backend: FakeKeyring, remains: Secret | None
) -> None:
    profile = store.add(some_credentials(), "acme-tst")
    backend.kept.clear()
    if remains is not None:
        backend.set_password(f"{SERVICE}:{profile.id}", USER, remains.reveal())
    with pytest.raises(
        StoreFailed, match=r"no longer contains the secret of acme-tst|acme-tst in .* is damaged"
    ) as caught:
        store.credentials("acme-tst")
    assert caught.value.__cause__ is None


def out_of_order() -> None:
    raise RuntimeError("out of order")


def test_what_a_profile_exports_to_survives_every_change_of_it(store: ProfileStore) -> None:
    store.add(some_credentials(), "acme-tst")
    (profile,) = store.set_export_target(["acme-tst"], ExportTarget.M3)
    assert profile.export_target is ExportTarget.M3
    store.record_checks({profile.id: Checked("2026-01-02T03:04:05Z", ok=True)})
    store.trust("acme-tst", ("a.example",))
    store.replace("acme-tst", some_credentials())
    store.rename("acme-tst", "acme")
    assert store.profile("acme").export_target is ExportTarget.M3


def test_several_profiles_get_a_target_in_one_go_or_none_does(store: ProfileStore) -> None:
    for name in ("a", "b"):
        store.add(some_credentials(), name)
    with pytest.raises(NoSuchProfile):
        store.set_export_target(["a", "nobody"], ExportTarget.ION)
    assert store.profile("a").export_target is None
    store.set_export_target(["a", "b"], ExportTarget.ION)
    assert {one.export_target for one in store.profiles()} == {ExportTarget.ION}
    store.set_export_target(["a"], None)
    assert store.profile("a").export_target is None
