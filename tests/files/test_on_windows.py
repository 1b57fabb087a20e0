"""Files as Windows has them: long paths, names it forbids, and files that another program holds open."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ionapi_tui.base.access import is_private, other_readers
from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.windows_names import openable
from ionapi_tui.domain.findings import Code
from ionapi_tui.files import atomic
from ionapi_tui.files.private_file import new_file, write_new
from ionapi_tui.files.reading import exposures, read_file
from ionapi_tui.usecases.examination.files import file_system
from tests.fixtures.windows import is_wine
from tests.samples import sample_bytes
from tests.usecases.examination.machines import machine

_SHELL_FOLDERS = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
_DOWNLOADS = "{374DE290-123F-4565-9164-39C4925E467B}"
"""Where Windows keeps where Downloads is."""
_REG_SZ = 1
"""The type of a text."""

pytestmark = pytest.mark.windows("about files of Windows")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with nothing in it."""
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder


def move_folders(folders: dict[str, tuple[str, int]]) -> dict[str, tuple[str, int]]:
    """Let Windows keep folders of this user elsewhere.

    Args:
        folders: what the registry says of each, and the type of that value.

    Returns:
        What it said before.
    """
    before: dict[str, tuple[str, int]] = {}
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _SHELL_FOLDERS, 0, winreg.KEY_ALL_ACCESS) as key:
            for name, (value, kind) in folders.items():
                before[name] = winreg.QueryValueEx(key, name)
                winreg.SetValueEx(key, name, 0, kind, value)
    return before


@pytest.fixture
def moved(tmp_path: Path) -> Iterator[Path]:
    """The folder of OneDrive, into which Downloads and the desktop of this user have been moved."""
    if os.environ.get("CI") != "true" and not is_wine():
        pytest.skip("the folders of a developer stay where they are; CI=true says that this machine is for tests")
    synced = tmp_path / "OneDrive - Größe"
    folders = {_DOWNLOADS: synced / "Downloads", "Desktop": synced / "Desktop"}
    for folder in folders.values():
        folder.mkdir(parents=True)
    before = move_folders({name: (str(folder), _REG_SZ) for name, folder in folders.items()})
    yield synced
    move_folders(before)


def test_a_path_of_more_than_260_characters_is_read_and_written(tmp_path: Path) -> None:
    folder = tmp_path / "downloads" / ("x" * 120) / ("y" * 120)
    openable(folder).mkdir(parents=True)
    file = folder / "Doc2Export.ionapi"
    assert len(str(file)) > 260
    write_new(file, Secret(sample_bytes().decode()))
    assert read_file(file).raw
    with new_file(folder / "answer.json") as new:
        new.write(b"{}")
        new.is_wanted = True
    assert openable(folder / "answer.json").read_bytes() == b"{}"
    atomic.write(folder / "profiles.json", b"1")
    assert openable(folder / "profiles.json").read_bytes() == b"1"


def test_a_path_that_begins_with_a_server_is_read_and_written(folder: Path) -> None:
    # Every Windows shares its drives with its administrators.
    drive, path = folder.drive.rstrip(":"), folder.relative_to(folder.anchor)
    shared = Path(f"\\\\localhost\\{drive}$") / path
    write_new(shared / "Doc2Export.ionapi", Secret(sample_bytes().decode()))
    assert read_file(shared / "Doc2Export.ionapi").raw
    assert is_private(shared / "Doc2Export.ionapi")
    (shared / "Doc2Export.ionapi").unlink()
    atomic.write(shared / "profiles.json", b"1")
    assert (folder / "profiles.json").read_bytes() == b"1"
    assert file_system(machine(shared)) == "network drive"
    assert file_system(machine(folder)) not in ("", "network drive")


def test_a_path_that_is_relative_to_the_folder_of_its_drive_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "x.ionapi").write_bytes(b"{}")
    monkeypatch.chdir(folder)
    assert read_file(Path(f"{folder.drive}x.ionapi")).raw == b"{}"


def test_downloads_and_the_desktop_are_where_onedrive_has_moved_them(moved: Path, own_home: Path) -> None:
    script = (
        "from pathlib import Path; from ionapi_tui.base.paths import Paths;"
        " from ionapi_tui.usecases.scan.scanner import Places; downloads = Paths.of_this_machine().downloads;"
        " print(downloads, *Places.usual(downloads, Path.cwd()).files, sep='\\n')"
    )
    env = {name: value for name, value in os.environ.items() if name != "IONAPI_TUI_DOWNLOADS"}
    command = [sys.executable, "-X", "utf8", "-c", script]
    done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=True)
    downloads, *places = done.stdout.splitlines()
    assert Path(downloads) == moved / "Downloads"
    assert {moved / "Downloads", moved / "Desktop"} <= set(map(Path, places))


@pytest.mark.parametrize("name", ["nul", "con.ionapi", "a.ionapi:stream", "a.ionapi."])
def test_a_name_that_windows_forbids_is_refused_before_anything_is_written(folder: Path, name: str) -> None:
    with pytest.raises(UsageError, match="Windows allows no file"):
        write_new(folder / name, Secret("x"))
    with pytest.raises(UsageError, match="Windows allows no file"), new_file(folder / name):
        raise AssertionError("there is no file")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["nul", "con"])
def test_a_device_is_no_file(name: str) -> None:
    reading = read_file(Path(name))
    assert reading.raw is None
    assert reading.findings[0].code in (Code.NOT_A_FILE, Code.UNREADABLE, Code.NOT_FOUND)


def test_a_file_that_another_program_holds_open_is_replaced_once_it_is_closed(folder: Path) -> None:
    path = folder / "profiles.json"
    path.write_bytes(b"old")
    with path.open("rb") as held:
        closing = threading.Timer(0.2, held.close)
        closing.start()
        atomic.write(path, b"new")
        closing.join()
    assert path.read_bytes() == b"new"
    assert [one.name for one in folder.iterdir()] == ["profiles.json"]


def test_one_that_stays_open_stays_as_it_is_and_nothing_is_left_over(folder: Path) -> None:
    path = folder / "profiles.json"
    path.write_bytes(b"old")
    with path.open("rb"), pytest.raises(PermissionError):
        atomic.write(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in folder.iterdir()] == ["profiles.json"]


def test_a_file_that_everybody_may_read_is_exposed_and_one_of_ours_is_not(tmp_path: Path) -> None:
    public = tmp_path / "public.ionapi"
    public.write_bytes(b"x")
    private = tmp_path / "private.ionapi"
    write_new(private, Secret("x"))
    assert is_private(private)
    assert list(exposures(private, private.stat())) == []
    if "*" in other_readers(public):
        assert "every user" in next(exposures(public, public.stat())).message
