"""Secret files for the time of a program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ionapi_tui.base.errors import StoreFailed
from ionapi_tui.base.secret import Secret
from ionapi_tui.files.private_file import SecretFolder, secret_file, secret_folder
from tests.samples import random_secret


def test_the_file_is_private_and_gone_afterwards(tmp_path: Path) -> None:
    content = Secret(random_secret())
    with secret_file(SecretFolder(tmp_path, in_memory=False), "x.ionapi", content) as file:
        assert Secret(file.read_text()) == content
        if os.name == "posix":
            assert file.stat().st_mode & 0o777 == 0o600
            assert file.parent.stat().st_mode & 0o777 == 0o700
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
    with pytest.raises(StoreFailed, match="No private file"), secret_file(where, "x.ionapi", Secret("s")):
        raise AssertionError("there is no file")


def test_what_dead_processes_left_is_removed_and_what_is_in_use_is_not(tmp_path: Path) -> None:
    where = SecretFolder(tmp_path, in_memory=False)
    leftover = tmp_path / "ionapi-tui-exec-left"
    leftover.mkdir()
    (leftover / "x.ionapi").write_text("an old file")
    foreign = tmp_path / "ionapi-tui-exec-link"
    foreign.symlink_to(tmp_path)
    with secret_file(where, "x.ionapi", Secret("one")) as used:
        for folder in (leftover, used.parent):
            os.utime(folder, (1_000_000_000, 1_000_000_000))
        with secret_file(where, "x.ionapi", Secret("two")):
            assert not leftover.exists()
            assert used.exists()
    assert foreign.is_symlink()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux says what is in memory")
def test_memory_is_preferred_the_users_own_first(tmp_path: Path) -> None:
    shared = Path("/dev/shm")
    assert secret_folder({"XDG_RUNTIME_DIR": str(tmp_path / "missing")}) == SecretFolder(shared, in_memory=True)
    assert secret_folder({"XDG_RUNTIME_DIR": str(shared)}, tmp_path).folder == shared
    mounted = subprocess.run(["stat", "--file-system", "--format=%T", str(tmp_path)], capture_output=True, check=True)
    on_disk = mounted.stdout.strip() not in (b"tmpfs", b"ramfs")
    assert secret_folder({"XDG_RUNTIME_DIR": str(tmp_path)}, tmp_path).in_memory is not on_disk
