"""One writer at a time; the kernel frees the lock of the dead, and nobody takes that of the slow."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ionapi_tui.base.errors import RegistryError, StoreLocked
from ionapi_tui.files.atomic import Busy, ProcessLock

HOLD = """
import sys
from pathlib import Path
from ionapi_tui.files.atomic import ProcessLock
with ProcessLock(Path(sys.argv[1])).held():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def lock(tmp_path: Path) -> ProcessLock:
    return ProcessLock(tmp_path / "home" / "lock", timeout=10)


@pytest.fixture
def holder(lock: ProcessLock) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLD, str(lock.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_lock_held_by_another_process_is_waited_for_and_then_given_up(
    lock: ProcessLock, holder: subprocess.Popen[str]
) -> None:
    with pytest.raises(Busy, match="Another ionapi-tui is running"), lock.held(timeout=0.1):
        pytest.fail("two hold the lock")


def test_giving_up_counts_as_a_locked_store() -> None:
    assert issubclass(Busy, StoreLocked)


def test_the_lock_of_a_process_that_was_killed_is_free_at_once(
    lock: ProcessLock, holder: subprocess.Popen[str]
) -> None:
    holder.kill()
    holder.wait()
    with lock.held(timeout=0):
        pass


@pytest.mark.posix("signals")
def test_a_holder_that_stands_still_keeps_the_lock(lock: ProcessLock, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGSTOP)
    with pytest.raises(Busy), lock.held(timeout=0.3):
        pytest.fail("two hold the lock")
    holder.send_signal(signal.SIGCONT)
    assert holder.stdin
    holder.stdin.close()
    with lock.held():
        assert holder.wait(10) == 0


def test_threads_of_one_process_exclude_each_other(lock: ProcessLock) -> None:
    inside, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with lock.held():
            inside.set()
            leave.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    assert inside.wait(10)
    with pytest.raises(Busy), lock.held(timeout=0):
        pytest.fail("two hold the lock")
    leave.set()
    thread.join(10)
    with lock.held():
        pass


def test_a_lock_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    with (
        pytest.raises(RegistryError, match=r"Not a directory|[Ee]xists"),
        ProcessLock(tmp_path / "a file" / "lock").held(),
    ):
        pytest.fail("there is no such lock")
