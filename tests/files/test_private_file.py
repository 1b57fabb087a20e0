"""Secret files for the time of a program."""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path

import pytest

from ionapi_tui.base.access import is_private
from ionapi_tui.base.errors import StoreFailed
from ionapi_tui.base.secret import Secret
from ionapi_tui.files.private_file import FileInTheWay, SecretFolder, new_file, secret_file, secret_folder
from tests.samples import random_secret


def test_the_file_is_private_and_gone_afterwards(tmp_path: Path) -> None:
    content = Secret(random_secret())
    with secret_file(SecretFolder(tmp_path, in_memory=False), "x.ionapi", content) as file:
        assert Secret(file.read_text()) == content
        assert is_private(file)
        assert is_private(file.parent)
    assert list(tmp_path.glob("ionapi*")) == []


def test_it_goes_though_something_fails(tmp_path: Path) -> None:
    with (
        pytest.raises(ZeroDivisionError),
        secret_file(SecretFolder(tmp_path, in_memory=False), "x.ionapi", Secret(random_secret())),
    ):
        raise ZeroDivisionError
    assert list(tmp_path.glob("ionapi*")) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    where = SecretFolder(tmp_path / "missing", in_memory=False)
    with pytest.raises(StoreFailed, match="Cannot create a private file"), secret_file(where, "x.ionapi", Secret("s")):
        raise AssertionError("there is no file")


def test_what_dead_processes_left_is_removed_and_what_is_in_use_is_not(tmp_path: Path) -> None:
    where = SecretFolder(tmp_path, in_memory=False)
    leftover = tmp_path / "ionapi-tui-exec-left"
    leftover.mkdir()
    (leftover / "x.ionapi").write_text("an old file")
    with secret_file(where, "x.ionapi", Secret("one")) as used:
        for folder in (leftover, used.parent):
            os.utime(folder, (1_000_000_000, 1_000_000_000))
        with secret_file(where, "x.ionapi", Secret("two")):
            assert not leftover.exists()
            assert used.exists()


@pytest.mark.posix("symbolic links need a right on Windows")
def test_a_link_of_that_name_is_left_alone(tmp_path: Path) -> None:
    foreign = tmp_path / "ionapi-tui-exec-link"
    foreign.symlink_to(tmp_path)
    with secret_file(SecretFolder(tmp_path, in_memory=False), "x.ionapi", Secret("one")):
        assert foreign.is_symlink()
    assert foreign.is_symlink()


@pytest.mark.posix("its programs and paths are POSIX")
def test_memory_is_preferred_the_users_own_first(tmp_path: Path) -> None:
    shared = Path("/dev/shm")
    assert secret_folder({"XDG_RUNTIME_DIR": str(tmp_path / "missing")}) == SecretFolder(shared, in_memory=True)
    assert secret_folder({"XDG_RUNTIME_DIR": str(shared)}, tmp_path).folder == shared
    mounted = subprocess.run(["stat", "--file-system", "--format=%T", str(tmp_path)], capture_output=True, check=True)
    on_disk = mounted.stdout.strip() not in (b"tmpfs", b"ramfs")
    assert secret_folder({"XDG_RUNTIME_DIR": str(tmp_path)}, tmp_path).in_memory is not on_disk


def test_a_new_file_stays_only_if_it_is_wanted(tmp_path: Path) -> None:
    for is_wanted in (False, True):
        with new_file(tmp_path / "x") as file:
            file.write(b"one ")
            file.write(b"two")
            file.is_wanted = is_wanted
        assert (tmp_path / "x").exists() is is_wanted
    assert (tmp_path / "x").read_bytes() == b"one two"
    assert is_private(tmp_path / "x")


def test_a_new_file_is_gone_if_something_fails_and_never_takes_the_place_of_another(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        _write_and_fail(tmp_path / "x", ZeroDivisionError())
    assert not (tmp_path / "x").exists()
    (tmp_path / "x").write_bytes(b"of another")
    with pytest.raises(FileInTheWay), new_file(tmp_path / "x"):
        raise AssertionError("there is no file")
    assert (tmp_path / "x").read_bytes() == b"of another"
    with pytest.raises(StoreFailed, match="cannot be written"), new_file(tmp_path / "no/x"):
        raise AssertionError("there is no file")


@pytest.mark.posix("symbolic links need a right on Windows")
def test_a_new_file_does_not_take_the_place_of_a_link(tmp_path: Path) -> None:
    (tmp_path / "x").symlink_to(tmp_path / "target")
    with pytest.raises(FileInTheWay), new_file(tmp_path / "x"):
        raise AssertionError("there is no file")
    assert (tmp_path / "x").is_symlink()


def test_a_full_disk_is_told_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreFailed, match="No space left"):
        _write_and_fail(tmp_path / "x", OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    assert not (tmp_path / "x").exists()


def _write_and_fail(path: Path, error: Exception) -> None:
    with new_file(path) as file:
        file.write(b"half")
        file.is_wanted = True
        raise error
