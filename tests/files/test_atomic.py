"""A file is the old or the new one, whatever happens to its writer."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ionapi_tui.base.access import is_private
from ionapi_tui.files import atomic
from ionapi_tui.profile_store.progress import ProgressFile
from ionapi_tui.profile_store.registry import Registry
from tests.fixtures.private_keyring import wait_until

KILLS = int(os.environ.get("TEST_KILLS", "25"))
"""How often each writer is killed; raise it to soak."""

WRITE_REGISTRY = """
import sys
from pathlib import Path
from ionapi_tui.domain.profile import Profile
from ionapi_tui.profile_store.registry import Contents, Registry
registry = Registry(Path(sys.argv[1]))
many = tuple(Profile(f"id{n}", f"name-{n}", "keyring:Test", "2026-01-01T00:00:00Z", {}) for n in range(300))
while True:
    registry.save(Contents(many))
    registry.save(Contents(many[:200]))
"""

WRITE_PROGRESS = """
import sys
from pathlib import Path
from ionapi_tui.profile_store.progress import Progress, ProgressFile
file = ProgressFile(Path(sys.argv[1]))
while True:
    file.save(Progress("export-to-infor", "2", frozenset(f"tick {n}" for n in range(300))))
    file.save(Progress("export-to-infor", "3", frozenset(f"tick {n}" for n in range(200))))
"""

HOLD_TEMPORARY = """
import sys
from pathlib import Path
from ionapi_tui.files import atomic
atomic._create_beside(Path(sys.argv[1]))
print("made", flush=True)
sys.stdin.read()
"""

LIMITED = """
import resource, sys
from pathlib import Path
from ionapi_tui.files import atomic
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    atomic.write(Path(sys.argv[1]), b"n" * 5000)
except OSError as error:
    print(error.strerror)
"""


def start(code: str, path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def kill_at_random(code: str, path: Path) -> None:
    before = path.stat().st_ino if path.exists() else 0
    with start(code, path) as writer:
        try:
            wait_until(lambda: path.exists() and path.stat().st_ino != before)
            with pytest.raises(subprocess.TimeoutExpired):
                writer.wait(random.uniform(0, 0.02))
        finally:
            # It writes for ever, and the end of the block waits for it.
            writer.kill()


def temporaries(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir() if one.name.endswith(".tmp")]


@pytest.mark.timeout(1800)
def test_a_registry_whose_writer_is_killed_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "profiles.json"
    for _kill in range(KILLS):
        kill_at_random(WRITE_REGISTRY, path)
        assert len(Registry(path).load().profiles) in (200, 300)
    atomic.sweep(tmp_path)
    assert temporaries(tmp_path) == []


@pytest.mark.timeout(1800)
def test_progress_whose_writer_is_killed_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "progress.json"
    for _kill in range(KILLS):
        kill_at_random(WRITE_PROGRESS, path)
        progress = ProgressFile(path).load()
        assert (progress.step, len(progress.done)) in (("2", 300), ("3", 200))
    atomic.sweep(tmp_path)
    assert temporaries(tmp_path) == []


@pytest.mark.posix("signals")
def test_what_a_dead_writer_left_is_swept_up_and_what_a_living_one_needs_is_not(tmp_path: Path) -> None:
    with start(HOLD_TEMPORARY, tmp_path / "profiles.json") as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "made\n"
        assert len(temporaries(tmp_path)) == 1
        assert atomic.sweep(tmp_path) == 0
        assert len(temporaries(tmp_path)) == 1
        writer.send_signal(signal.SIGKILL)
    assert atomic.sweep(tmp_path) == 1
    assert temporaries(tmp_path) == []


def test_only_the_owner_may_read_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "profiles.json"
    atomic.write(path, b"1")
    assert is_private(path)
    assert is_private(path.parent)


@pytest.mark.posix("symbolic links need a right on Windows")
def test_a_symbolic_link_goes_on_pointing_at_its_target(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "profiles.json"
    link = tmp_path / "profiles.json"
    target.parent.mkdir()
    link.symlink_to(target)
    atomic.write(link, b"1")
    atomic.write(link, b"2")
    assert link.is_symlink()
    assert target.read_bytes() == b"2"


@pytest.mark.posix("limits of a process")
def test_when_there_is_no_room_the_old_file_stays_and_nothing_is_left_over(tmp_path: Path) -> None:
    path = tmp_path / "profiles.json"
    path.write_bytes(b"old")
    with start(LIMITED, path) as writer:
        assert writer.stdout
        assert writer.stdout.read() == "File too large\n"
    assert path.read_bytes() == b"old"
    assert temporaries(tmp_path) == []
