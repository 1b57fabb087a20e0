"""Exporting: what is written is what the format makes of the credentials, and what exposes the file is returned."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ionapi_tui.base.access import is_private
from ionapi_tui.base.errors import NoSuchProfile
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.files.private_file import FileInTheWay
from ionapi_tui.files.reading import Exposure, ExposureKind
from ionapi_tui.profile_store.store import ProfileStore
from ionapi_tui.usecases.exporting import Exported, export, export_to_file
from tests.fixtures.fake_keyring import FakeKeyring
from tests.fixtures.shelf import Shelf
from tests.samples import sample


@pytest.fixture
def document() -> dict[str, object]:
    return sample()


@pytest.fixture
def store(tmp_path: Path, document: dict[str, object]) -> ProfileStore:
    store = Shelf(tmp_path / "shelf", FakeKeyring()).store()
    store.add(Credentials.from_document(document), "acme-tst")
    return store


def test_a_file_of_its_owner_alone_is_exposed_by_nothing(
    store: ProfileStore, document: dict[str, object], tmp_path: Path
) -> None:
    path = tmp_path / "again.ionapi"
    exported = export_to_file(store, "acme-tst", "ionapi", path)
    assert (exported.private, exported.warnings) == (True, ())
    assert "Only you can read it" in exported.message
    assert json.loads(path.read_bytes()) == document
    assert path.read_text("utf-8") == export(store, "acme-tst", "ionapi").reveal()
    assert is_private(path)
    path.unlink()


def test_the_folder_may_expose_it_all_the_same(store: ProfileStore, tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox/project"
    (folder / ".git").mkdir(parents=True)
    exported = export_to_file(store, "acme-tst", "env", folder / ".env")
    assert [one.kind for one in exported.exposures] == [ExposureKind.UNTRACKED, ExposureKind.SYNCED]
    (folder / ".env").unlink()


def test_where_access_cannot_be_restricted_it_is_said() -> None:
    exported = Exported(Path("D:/stick/x.ionapi"), private=False, exposures=())
    assert "Only you" not in exported.message
    assert "other accounts" in exported.warnings[0]
    exposed = Exported(Path("x.ionapi"), private=False, exposures=(Exposure(ExposureKind.READABLE, accounts=("B",)),))
    assert exposed.warnings == ("Warning: other accounts can read it: B.",)


def test_an_existing_file_and_a_missing_profile_write_nothing(store: ProfileStore, tmp_path: Path) -> None:
    path = tmp_path / "mine"
    path.write_text("mine")
    with pytest.raises(FileInTheWay):
        export_to_file(store, "acme-tst", "json", path)
    assert path.read_text() == "mine"
    with pytest.raises(NoSuchProfile):
        export_to_file(store, "nobody", "json", tmp_path / "nobody.json")
    assert not (tmp_path / "nobody.json").exists()
