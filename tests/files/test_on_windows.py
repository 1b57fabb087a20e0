"""Files as Windows has them: long paths, names it forbids, and files that another program holds open."""

from __future__ import annotations

import threading
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
from tests.samples import sample_bytes

pytestmark = pytest.mark.windows("about files of Windows")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with nothing in it."""
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder


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
