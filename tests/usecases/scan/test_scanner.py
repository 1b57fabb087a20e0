"""Where is looked, and in which order."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.usecases.scan.scanner import Match, Places, scan
from ionapi_tui.usecases.scan.walking import Walk
from tests.fixtures.fake_keyring import FakeKeyring
from tests.fixtures.shelf import Shelf
from tests.samples import as_bytes, sample


def git(folder: Path, *arguments: str) -> None:
    """Run git in ``folder`` as somebody."""
    who = {
        f"GIT_{role}_{what}": "nobody@acme.example" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    subprocess.run(["git", "-C", str(folder), *arguments], env=os.environ | who, capture_output=True, check=True)


@pytest.fixture
def repository(own_home: Path) -> Path:
    """A repository with a folder in it."""
    folder = own_home / "project"
    (folder / "inner").mkdir(parents=True)
    git(folder, "init", "--quiet")
    return folder


@pytest.mark.git
def test_a_repository_belongs_to_it_when_its_top_is_named(repository: Path) -> None:
    for named, repositories in (
        ([repository], [repository]),
        ([repository / "inner"], []),
        ([repository / "inner", repository], [repository]),
        ([repository.parent], []),
    ):
        places = Places.named(named)
        assert places.files == tuple(named)
        assert [one.top.resolve() for one in places.repositories] == [one.resolve() for one in repositories]


@pytest.mark.git
def test_the_usual_places_are_those_that_are_there_and_the_repository_around(own_home: Path, repository: Path) -> None:
    downloads, desktop = own_home / "downloads", own_home / "Desktop"
    downloads.mkdir(exist_ok=True)
    desktop.mkdir()
    places = Places.usual(downloads, repository / "inner")
    assert places.files[0] == downloads
    # Windows says itself where the desktop is.
    assert desktop in places.files or sys.platform == "win32"
    assert all(folder.is_dir() for folder in places.files)
    assert places.files[-1].resolve() == repository.resolve()
    assert [one.top for one in places.repositories] == [places.files[-1]]
    assert Places.usual(downloads, own_home).repositories == ()


@pytest.mark.git
def test_files_come_before_history_and_are_compared_with_what_is_stored(own_home: Path, repository: Path) -> None:
    stored, forgotten = sample(), sample()
    store = Shelf(own_home / "shelf", FakeKeyring()).store()
    store.add(Credentials.from_document(stored), "acme-tst")
    committed = repository / "committed.ionapi"
    committed.write_bytes(as_bytes(forgotten))
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "-m", "one")
    committed.unlink()
    (repository / "there.ionapi").write_bytes(as_bytes(stored))
    places = Places.named([repository])
    hits = list(scan(store, places, Walk()))
    assert [(hit.path.name, hit.profile, hit.match, bool(hit.blob)) for hit in hits] == [
        ("there.ionapi", "acme-tst", Match.EQUAL, False),
        ("committed.ionapi", "", Match.UNKNOWN, True),
    ]
    assert [hit.path.name for hit in scan(store, places, Walk(), history=False)] == ["there.ionapi"]
    (repository / "there.ionapi").unlink()
