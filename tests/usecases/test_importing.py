"""What importing would do, what it does, and deleting what was imported."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from ionapi_tui.base.errors import StoreFailed, StoreLocked, UnusableFile, UsageError
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.inspection import inspect
from ionapi_tui.domain.profile import Profile
from ionapi_tui.profile_store.registry import Contents, Registry
from ionapi_tui.profile_store.store import ProfileStore
from ionapi_tui.usecases.importing import (
    Candidate,
    NameTaken,
    NotDeleted,
    Replacing,
    Verdict,
    Wishes,
    delete_download,
    delete_imported,
    import_file,
    import_folder,
    plan,
    plan_files,
    plan_folder,
    store,
)
from tests.fixtures.disks import closed_folder
from tests.fixtures.fake_keyring import FakeKeyring, TroubledKeyring
from tests.fixtures.shelf import NOW, Shelf, some_credentials
from tests.samples import as_bytes, client_credentials, sample
from tests.ui.machine import Machine


def planned(files: dict[str, dict[str, object]], *stored: Profile) -> dict[str, Candidate]:
    contents = {Path(name): as_bytes(document) for name, document in files.items()}
    found = plan_files(contents, lambda path: inspect(contents[path]), stored)
    return {candidate.path.name: candidate for candidate in found}


def profile_of(document: dict[str, object], name: str) -> Profile:
    return Profile("1", name, "keyring:Test", "2026-01-02T03:04:05Z", Credentials.from_document(document).public)


def test_good_files_get_different_names_and_broken_ones_none() -> None:
    found = planned({"a": sample(), "b": sample(app="Other"), "c": sample(), "d": client_credentials()})
    assert [(one.verdict, one.name) for one in found.values()] == [
        (Verdict.GOOD, "acme-tst"),
        (Verdict.GOOD, "acme-tst-other"),
        (Verdict.GOOD, "acme-tst-doc2export"),
        (Verdict.BROKEN, ""),
    ]


def test_of_two_files_of_one_app_the_newer_one_counts() -> None:
    document = sample()
    found = planned({"newer": document, "older": document | {"saak": sample()["saak"]}})
    assert [(one.verdict, one.other) for one in found.values()] == [(Verdict.GOOD, ""), (Verdict.SUPERSEDED, "newer")]


def test_an_app_that_is_stored_is_named_and_its_name_not_given_away() -> None:
    document = sample()
    found = planned({"same": document, "new": sample()}, profile_of(document, "acme-tst"))
    assert (found["same"].verdict, found["same"].other, found["same"].name) == (Verdict.STORED, "acme-tst", "")
    assert (found["new"].verdict, found["new"].name) == (Verdict.GOOD, "acme-tst-doc2export")


def test_names_of_profiles_that_hold_the_same_app_are_taken_all_of_them() -> None:
    document = sample()
    found = planned({"new": sample()}, profile_of(document, "acme-tst"), profile_of(document, "acme-tst-old"))
    assert found["new"].name == "acme-tst-doc2export"


def test_of_several_older_files_each_names_the_newest() -> None:
    document = sample()
    found = planned({"c": document, "b": document, "a": document})
    assert [one.other for one in found.values()] == ["", "c", "c"]


@pytest.fixture
def reads() -> list[int]:
    """One entry for each time the list of profiles is read."""
    return []


@pytest.fixture
def profiles(tmp_path: Path, reads: list[int]) -> ProfileStore:
    """A profile store that counts how often its list is read."""

    class CountingRegistry(Registry):
        def load(self) -> Contents:
            reads.append(1)
            return super().load()

    shelf = Shelf(tmp_path / "shelf", FakeKeyring())
    return ProfileStore(CountingRegistry(shelf.registry.path), shelf.opener(), shelf.lock, lambda: NOW)


@pytest.fixture
def machine(own_home: Path) -> Machine:
    """A machine of the test's own."""
    return Machine(own_home)


def two_downloads(machine: Machine, *names: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Download an app twice, the older file first, and return what is in both."""
    old = sample()
    new = old | {"saak": sample()["saak"], "sask": sample()["sask"]}
    for age, (name, document) in enumerate(zip(names, (old, new), strict=True)):
        os.utime(machine.download(name, as_bytes(document)), (1_700_000_000 + age,) * 2)
    return old, new


def secret(profiles: ProfileStore, name: str) -> str:
    return profiles.credentials(name).secret_part().reveal()


def test_an_import_reads_the_list_once_to_plan_and_once_under_the_lock(
    profiles: ProfileStore, reads: list[int]
) -> None:
    document = sample()
    for wishes in (Wishes(), Wishes(replace=True)):
        reads.clear()
        outcome = import_file(profiles, "x", inspect(as_bytes(document)), wishes)
        assert (outcome.exit_code, len(reads)) == (0, 2)
        assert outcome.stored is not None
        assert outcome.stored.store_label == "the store of tests"


def test_what_is_stored_opens_its_store_once(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, FakeKeyring())
    opener = shelf.opener()
    profiles = ProfileStore(shelf.registry, opener, shelf.lock)
    store(profiles, plan(profiles, some_credentials()))
    assert opener.opened == [None]


def test_the_plan_proposes_a_free_name_or_that_of_the_same_app(profiles: ProfileStore) -> None:
    first = some_credentials()
    assert (plan(profiles, first).name, plan(profiles, first).same) == ("acme-tst", None)
    stored = profiles.add(first, "mine")
    assert (plan(profiles, first).name, plan(profiles, first).same) == ("mine", stored)
    assert plan(profiles, first).replaces("mine")
    assert not plan(profiles, first).replaces("other")
    assert plan(profiles, some_credentials()).name == "acme-tst"


def test_of_several_profiles_of_an_app_the_likest_is_planned_and_then_the_namesake_of_the_file(
    profiles: ProfileStore,
) -> None:
    document = sample()
    moved = document | {"iu": "https://mingle-ionapi.us1.inforcloudsuite.com"}
    for name, one in (("moved", moved), ("first", document), ("second", document)):
        profiles.add(Credentials.from_document(one), name)
    credentials = Credentials.from_document(document)
    assert [one.name for one in plan(profiles, credentials).alike] == ["first", "second", "moved"]
    assert plan(profiles, credentials, file="downloads/second.ionapi").name == "second"
    assert plan(profiles, credentials, file="moved.ionapi").name == "first"
    assert planned({"second.ionapi": document}, *profiles.profiles())["second.ionapi"].other == "second"


def test_of_profiles_that_are_equal_the_newest_is_planned_which_is_in_use() -> None:
    document = sample()
    old, new = (
        Profile(name, name, "keyring:Test", created, Credentials.from_document(document).public)
        for name, created in (("acme-tst-old", "2026-01-02T03:04:05Z"), ("acme-tst", "2026-02-02T03:04:05Z"))
    )
    assert planned({"new.ionapi": document}, old, new)["new.ionapi"].other == "acme-tst"
    # What was replaced gets no new keys, and its name does not grow.
    (alone,) = planned({"new.ionapi": document}, old).values()
    assert (alone.name, alone.other) == ("acme-tst", "")


def test_a_file_that_was_exported_from_a_profile_is_unchanged_as_that_one(profiles: ProfileStore) -> None:
    document = sample()
    other_keys = document | {"saak": sample()["saak"]}
    for name, one in (("acme-tst", document), ("second", document), ("third", other_keys)):
        profiles.add(Credentials.from_document(one), name)

    def unchanged(file: str, wishes: Wishes) -> str:
        outcome = import_file(profiles, file, inspect(as_bytes(document)), wishes)
        return outcome.unchanged.name if outcome.unchanged else ""

    assert unchanged("second.ionapi", Wishes()) == "second"
    assert unchanged("third.ionapi", Wishes()) == "acme-tst", "the secrets of the namesake are others"
    assert unchanged("second.ionapi", Wishes(name="third")) == ""


def test_a_profile_of_another_tenant_with_the_same_client_id_is_not_to_be_replaced(profiles: ProfileStore) -> None:
    original = sample(tenant="ACME_PRD", ci="FARM~x")
    profile = profiles.add(Credentials.from_document(original), "acme-prd")
    edited = sample(ci="FARM~x")
    credentials = Credentials.from_document(edited)
    made = plan(profiles, credentials)
    assert (made.name, made.same, made.replaced) == ("acme-tst", profile, None)
    (candidate,) = planned({"edited": edited}, profile).values()
    assert (candidate.verdict, candidate.name, candidate.other) == (Verdict.GOOD, "acme-tst", "")
    outcome = import_file(profiles, "edited", inspect(as_bytes(edited)), Wishes(replace=True))
    assert (outcome.profile and outcome.profile.name, outcome.beside) == ("acme-tst", "acme-prd")
    assert profiles.profile("acme-prd").tenant == "ACME_PRD"
    # One of the tenant is found, wherever it is in the list.
    assert plan(profiles, credentials).name == "acme-tst"


def test_a_name_is_taken_from_a_profile_only_as_far_as_that_is_wished(profiles: ProfileStore) -> None:
    mine, same, other = sample(), sample(), sample()
    same["ci"] = mine["ci"]
    credentials = [Credentials.from_document(document) for document in (mine, same, other)]
    profiles.add(credentials[0], "mine")
    refused = [
        (credentials[1], Replacing.NOTHING, True),
        (credentials[2], Replacing.NOTHING, False),
        (credentials[2], Replacing.SAME_APP, False),
    ]
    for new, replacing, same_app in refused:
        with pytest.raises(NameTaken) as raised:
            store(profiles, plan(profiles, new), "mine", replacing=replacing)
        assert raised.value.same_app is same_app
        assert secret(profiles, "mine") == credentials[0].secret_part().reveal()
    for new, replacing in ((credentials[1], Replacing.SAME_APP), (credentials[2], Replacing.ANYTHING)):
        store(profiles, plan(profiles, new), "mine", replacing=replacing)
        assert secret(profiles, "mine") == new.secret_part().reveal()
    assert len(profiles.profiles()) == 1


def test_an_empty_name_is_not_the_proposed_one(profiles: ProfileStore) -> None:
    with pytest.raises(UsageError):
        store(profiles, plan(profiles, some_credentials()), "")


def test_a_folder_is_imported_in_the_order_of_names_up_to_a_store_that_fails(tmp_path: Path) -> None:
    written: list[int] = []

    def fail_at_the_second() -> None:
        written.append(1)
        if len(written) == 2:
            raise RuntimeError("out of order")

    shelf = Shelf(tmp_path, TroubledKeyring(set=fail_at_the_second))
    profiles = shelf.store()
    contents = {Path(name): as_bytes(sample(tenant=f"{name.upper()}_TST")) for name in "cab"}
    candidates = plan_files(contents, lambda path: inspect(contents[path]), ())
    outcomes = list(import_folder(profiles, candidates, Wishes()))
    assert [outcome.file for outcome in outcomes] == ["a", "b"]
    assert [outcome.exit_code for outcome in outcomes] == [0, StoreFailed.exit_code]


@pytest.mark.parametrize(("older", "newer"), [("Doc2Export.ionapi", "Doc2Export (1).ionapi"), ("a.ionapi", "b.ionapi")])
def test_the_newest_of_a_folder_is_stored_whatever_the_files_are_called(
    machine: Machine, older: str, newer: str
) -> None:
    old, new = two_downloads(machine, older, newer)
    for wishes in (Wishes(), Wishes(replace=True)):
        candidates = plan_folder(machine.services(), machine.downloads)
        outcomes = {one.file: one for one in import_folder(machine.profiles, candidates, wishes)}
        assert [one.exit_code for one in outcomes.values()] == [0, 0]
        assert outcomes[str(machine.downloads / older)].newer == newer
        assert machine.secrets_of("acme-tst") == new != old


def test_what_is_stored_already_is_unchanged_and_other_keys_are_not(machine: Machine) -> None:
    _old, new = two_downloads(machine, "old.ionapi", "new.ionapi")
    profiles, folder = machine.profiles, machine.downloads
    profiles.add(Credentials.from_document(new), "mine")

    def again(wishes: Wishes) -> list[tuple[str, int, bool]]:
        found = import_folder(profiles, plan_folder(machine.services(), folder), wishes)
        return [(Path(one.file).name, one.exit_code, one.unchanged is not None) for one in found]

    assert again(Wishes()) == [("new.ionapi", 0, True), ("old.ionapi", 0, False)]
    (folder / "new.ionapi").unlink()
    assert again(Wishes(delete_file=True)) == [("old.ionapi", 4, False)]
    machine.download("new.ionapi", as_bytes(new | {"iu": "https://mingle-ionapi.us1.inforcloudsuite.com"}))
    assert import_file(profiles, "x", inspect((folder / "new.ionapi").read_bytes()), Wishes()).exit_code == 4, (
        "the same keys for another address are another file"
    )
    assert (folder / "old.ionapi").exists()
    machine.download("new.ionapi", as_bytes(new))
    assert again(Wishes(delete_file=True))[0] == ("new.ionapi", 0, True)
    assert not (folder / "new.ionapi").exists()


def test_a_store_that_stays_locked_is_asked_once_and_compares_nothing(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, FakeKeyring())
    profiles = shelf.store()
    documents = {Path(name): as_bytes(sample(tenant=f"{name.upper()}_TST")) for name in "ab"}
    asked: list[str] = []

    def locked(_store: ProfileStore, profile: Profile) -> Credentials:
        asked.append(profile.name)
        raise StoreLocked("locked")

    for raw in documents.values():
        store(profiles, plan(profiles, Credentials.from_document(json.loads(raw))))
    candidates = plan_files(documents, lambda path: inspect(documents[path]), profiles.profiles())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ProfileStore, "credentials", locked)
        outcomes = list(import_folder(profiles, candidates, Wishes(delete_file=True)))
    assert [type(one.error) for one in outcomes] == [NameTaken, NameTaken]
    assert asked == ["a-tst"]


def test_a_bundle_is_deleted_only_if_all_of_it_works(profiles: ProfileStore, tmp_path: Path) -> None:
    bundle = tmp_path / "all.age"
    bundle.touch()
    inspections = [inspect(as_bytes(sample(tenant=tenant))) for tenant in ("ONE_TST", "TWO_TST")]
    wishes = Wishes(delete_file=True, verify=True)
    outcomes = [import_file(profiles, str(bundle), inspection, wishes) for inspection in inspections]
    kept = delete_imported(outcomes, {"one-tst"})
    assert {one.kept for one in kept} == {f"{bundle} was kept, because the verification of two-tst failed."}
    broken = import_file(profiles, str(bundle), inspect(b"{"), wishes)
    assert delete_imported([*outcomes, broken])[0].kept == f"{bundle} was kept, because not everything in it is stored."
    assert bundle.exists()
    assert [one.deleted for one in delete_imported(outcomes, {"one-tst", "two-tst"})] == [True, True]
    assert not bundle.exists()


@pytest.mark.posix("symbolic links need a right on Windows")
def test_what_is_empty_or_unreadable_is_among_what_is_found_in_a_folder(machine: Machine) -> None:
    machine.download("good.ionapi")
    machine.download("empty.ionapi", b"")
    machine.download(".hidden.IONAPI", tenant="HIDDEN_TST")
    (machine.downloads / "folder.ionapi").mkdir()
    (machine.downloads / "lost.ionapi").symlink_to("nowhere")
    (machine.downloads / "other.txt").touch()
    found = {one.path.name: one.verdict for one in plan_folder(machine.services(), machine.downloads)}
    assert found == {
        "good.ionapi": Verdict.GOOD,
        ".hidden.IONAPI": Verdict.GOOD,
        "empty.ionapi": Verdict.BROKEN,
        "folder.ionapi": Verdict.BROKEN,
        "lost.ionapi": Verdict.BROKEN,
    }


def test_a_folder_that_cannot_be_read_is_said(machine: Machine) -> None:
    with pytest.raises(UnusableFile, match="cannot be read"):
        plan_folder(machine.services(), machine.home / "nowhere")


@pytest.mark.posix("symbolic links need a right on Windows")
def test_deleting_a_link_deletes_what_it_leads_to_and_then_the_link(tmp_path: Path) -> None:
    file, link, further = tmp_path / "file", tmp_path / "link", tmp_path / "further"
    file.touch()
    link.symlink_to(file)
    further.symlink_to(link)
    delete_download(further)
    assert not file.exists()
    assert not further.is_symlink()


@pytest.mark.posix("symbolic links need a right on Windows")
def test_a_file_or_the_end_of_a_link_that_is_gone_already_is_deleted(tmp_path: Path) -> None:
    delete_download(tmp_path / "nowhere")
    link = tmp_path / "link"
    link.symlink_to("nowhere")
    delete_download(link)
    assert not link.is_symlink()


@pytest.mark.posix("symbolic links need a right on Windows")
def test_a_file_in_a_folder_that_may_not_be_written_is_kept_and_said(tmp_path: Path) -> None:
    file, link = tmp_path / "closed" / "file", tmp_path / "link"
    file.parent.mkdir()
    file.touch()
    link.symlink_to(file)
    with closed_folder(file.parent):
        for path in (file, link):
            with pytest.raises(NotDeleted, match="could not be deleted: Permission denied") as raised:
                delete_download(path)
            assert not raised.value.secrets_gone
    assert link.exists()


@pytest.mark.posix("symbolic links need a right on Windows")
def test_a_link_that_stays_behind_is_told_from_a_file_that_does(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "closed" / "link"
    file.touch()
    link.parent.mkdir()
    link.symlink_to(file)
    with closed_folder(link.parent), pytest.raises(NotDeleted, match="file is deleted, but the link") as raised:
        delete_download(link)
    assert raised.value.secrets_gone
    assert not file.exists()
