from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from ionapi_tui.usecases.practice_process import PracticeError, PracticeProcess
from tests.fixtures.private_keyring import wait_until
from tests.fixtures.processes import is_running
from tests.practice.caller import USERS, Caller


@contextmanager
def practising(home: Path) -> Iterator[PracticeProcess]:
    """Run a practice tenant, and end it also when the test fails."""
    practice = PracticeProcess.start(home)
    try:
        yield practice
    finally:
        practice.stop()


def answers(url: str) -> bool:
    """Return whether something answers at ``url``."""
    with suppress(httpx.TransportError):
        return httpx.get(url, trust_env=False, follow_redirects=True, timeout=60).is_success
    return False


def test_it_answers_when_it_has_started_and_its_file_works_there(tmp_path: Path) -> None:
    with practising(tmp_path / "practice") as practice:
        assert answers(practice.portal)
        assert practice.running
        assert (practice.tenant, practice.administrator) == ("PRACTICE_TST", "practice.admin")
        assert practice.service_user == "practice.service"
        path = practice.write_file(tmp_path / "downloads")
        assert path == tmp_path / "downloads/Practice.ionapi"
        with Caller(json.loads(path.read_text())) as caller:
            assert caller.get(USERS, caller.token()).json()["response"]
    assert not answers(practice.portal)
    assert not practice.running


def test_another_file_leaves_the_one_before_alone(tmp_path: Path) -> None:
    downloads = tmp_path / "downloads"
    with practising(tmp_path / "practice") as practice:
        first = practice.write_file(downloads)
        before = first.read_bytes()
        assert practice.write_file(downloads).name == "Practice (1).ionapi"
        assert practice.write_file(downloads).name == "Practice (2).ionapi"
        assert first.read_bytes() == before


def test_a_file_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    (tmp_path / "downloads").write_text("not a folder")
    why = "cannot be written: File" if sys.platform == "win32" else "File exists"
    with practising(tmp_path / "practice") as practice, pytest.raises(PracticeError, match=why):
        practice.write_file(tmp_path / "downloads")


def test_a_file_works_again_after_the_next_start(tmp_path: Path) -> None:
    with practising(tmp_path / "practice") as practice:
        document = json.loads(practice.write_file(tmp_path / "downloads").read_text())
    with practising(tmp_path / "practice"), Caller(document) as caller:
        assert caller.log_in().is_success


@pytest.mark.parametrize("port", ["", "nonsense", "99999", "1" * 5_000, "\x00"])
def test_a_port_that_cannot_be_had_is_replaced_by_a_free_one(tmp_path: Path, port: str) -> None:
    (tmp_path / "practice").mkdir()
    (tmp_path / "practice/port").write_text(port)
    with practising(tmp_path / "practice") as practice:
        assert answers(practice.portal)


def test_a_port_that_somebody_else_has_taken_is_replaced_by_a_free_one(tmp_path: Path) -> None:
    with practising(tmp_path / "practice") as one:
        (tmp_path / "practice2").mkdir()
        (tmp_path / "practice2/port").write_text((tmp_path / "practice/port").read_text())
        with practising(tmp_path / "practice2") as other:
            assert one.portal != other.portal
            assert answers(one.portal)
            assert answers(other.portal)


def test_the_reason_for_which_it_cannot_start_is_part_of_the_error(tmp_path: Path) -> None:
    program = (sys.executable, "-c", "import sys; sys.exit('first line\\nno port \\x1b[31m for you')")
    with pytest.raises(PracticeError, match="did not start: no port ␛\\[31m for you"):
        PracticeProcess.start(tmp_path / "practice", program)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    why = "" if sys.platform == "win32" else "Not a directory"
    with pytest.raises(PracticeError, match=rf"file[/\\]practice cannot be written: {why}"):
        PracticeProcess.start(tmp_path / "file/practice")


def test_a_program_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(PracticeError, match="did not start: " + ("" if sys.platform == "win32" else "No such file")):
        PracticeProcess.start(tmp_path / "practice", [str(tmp_path / "nothing")])


def test_it_can_be_ended_after_it_has_died(tmp_path: Path) -> None:
    practice = PracticeProcess.start(tmp_path / "practice")
    practice.process.kill()
    wait_until(lambda: not practice.running)
    practice.stop()


@pytest.mark.posix("signals")
def test_one_that_does_not_end_by_itself_is_made_to(tmp_path: Path) -> None:
    practice = PracticeProcess.start(tmp_path / "practice")
    practice.process.send_signal(signal.SIGSTOP)
    practice.stop(timeout=0.1)
    assert practice.process.returncode == -signal.SIGKILL


def test_it_ends_when_the_program_that_started_it_is_killed(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from ionapi_tui.usecases.practice_process import PracticeProcess;"
        " started = PracticeProcess.start(Path(sys.argv[1])); print(started.process.pid, flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "practice")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout
        tenant = int(starter.stdout.readline())
        assert is_running(tenant)
        starter.kill()
    wait_until(lambda: not is_running(tenant))
