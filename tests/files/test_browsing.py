"""What a path leads to, and what is in a folder."""

from __future__ import annotations

import os
from pathlib import Path

from ionapi_tui.files.browsing import look_into, nearest_folder
from ionapi_tui.files.reading import Kind, kind_of


def test_a_path_leads_to_a_file_a_folder_or_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.ionapi"
    file.touch()
    assert [kind_of(file), kind_of(tmp_path), kind_of(tmp_path / "no")] == [Kind.FILE, Kind.FOLDER, Kind.MISSING]


def test_a_path_that_no_system_takes_counts_as_missing() -> None:
    assert kind_of(Path("x" * 5_000)) is Kind.MISSING


def test_folders_come_first_by_name_and_then_the_newest_file(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    for name in ("Beta", "alpha", ".hidden"):
        (folder / name).mkdir(parents=True)
    for age, name in enumerate(["old.ionapi", "new.ionapi", "notes.txt"]):
        (folder / name).touch()
        os.utime(folder / name, (1_700_000_000 + age,) * 2)
    listing = look_into(folder)
    assert [entry.path.name for entry in listing.entries] == ["alpha", "Beta", "new.ionapi", "old.ionapi"]
    assert listing.files == 2
    assert [entry.path.name for entry in look_into(folder, every=True).entries][2] == "notes.txt"


def test_a_folder_that_cannot_be_read_is_said_to_be_so(tmp_path: Path) -> None:
    assert not look_into(tmp_path / "no").readable


def test_the_nearest_folder_is_the_path_itself_or_the_first_above_it_that_is_there(tmp_path: Path) -> None:
    assert nearest_folder(tmp_path) == tmp_path
    assert nearest_folder(tmp_path / "no" / "nothing") == tmp_path
