"""``ionapi-tui practice`` as an installed program."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from ionapi_tui.base.access import is_private
from tests.practice.caller import USERS, Caller

PROGRAM = (sys.executable, "-m", "ionapi_tui", "practice")


@contextmanager
def running(*arguments: str, home: Path) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """Run the command on a free port and give the process and what its first line says."""
    command = [*PROGRAM, "--port", "0", "--home", str(home), "--json", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process, json.loads(process.stdout.readline())
        finally:
            process.terminate()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command until it ends."""
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, timeout=60, check=False)


def test_one_line_says_where_it_is_and_a_file_works_there_at_once(tmp_path: Path) -> None:
    home, path = tmp_path / "practice", tmp_path / "practice/Doc2Export.ionapi"
    with running(home=home) as (_, facts):
        assert set(facts) == {"url", "portal", "tenant", "home", "authority", "users"}
        assert httpx.get(facts["portal"], follow_redirects=True, trust_env=False, timeout=60).status_code == 200
        assert "practice.admin" in [user["user_name"] for user in facts["users"]]
        written = run("file", str(path), "--home", str(home))
        assert (written.returncode, written.stdout) == (0, "")
        assert is_private(path)
        with Caller(json.loads(path.read_text())) as caller:
            assert caller.get(USERS, caller.token()).json()["response"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.posix("signals")
def test_a_signal_ends_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with running(home=tmp_path / "practice") as (process, facts):
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
        assert (process.returncode, "Traceback" in said) == (0, False)
    with pytest.raises(httpx.ConnectError):
        httpx.get(facts["url"], trust_env=False)
    assert not (tmp_path / "practice/running.json").exists()


INTERRUPTED_WHILE_IT_BEGINS_TO_WAIT = """
import signal, sys, threading

class Event(threading.Event):
    def wait(self, timeout=None):
        if timeout is not None:
            with self._cond:
                signal.raise_signal(signal.SIGTERM)
        return super().wait(timeout)

threading.Event = Event
from ionapi_tui.cli import main
main()
"""


def test_a_signal_while_it_begins_to_wait_ends_it_too(tmp_path: Path) -> None:
    options = ["practice", "--port", "0", "--home", str(tmp_path / "practice")]
    command = [sys.executable, "-c", INTERRUPTED_WHILE_IT_BEGINS_TO_WAIT, *options]
    assert subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0


def test_attached_it_ends_when_the_program_that_started_it_is_gone(tmp_path: Path) -> None:
    command = [*PROGRAM, "--port", "0", "--home", str(tmp_path / "practice"), "--json", "--attached"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def test_for_people_it_says_where_to_go_and_who_can_log_in(tmp_path: Path) -> None:
    command = [*PROGRAM, "--port", "0", "--home", str(tmp_path / "practice")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        lines = [process.stdout.readline() for _ in range(4)]
        process.terminate()
        process.communicate(timeout=60)
    assert "/portal/ in a browser" in lines[0]
    assert "practice.admin" in lines[2]


def test_faults_can_be_on_from_the_start(tmp_path: Path) -> None:
    with running("--fault", "not-a-gateway", home=tmp_path / "practice") as (_, facts):
        assert "terms of use" in httpx.get(facts["url"], trust_env=False, timeout=60).text


def test_with_tls_the_authority_to_trust_is_named(tmp_path: Path) -> None:
    with running("--tls", home=tmp_path / "practice") as (_, facts):
        assert facts["url"].startswith("https://")
        assert Path(facts["authority"]).is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--fault", "nonsense", "--port", "0"], "There is no fault “nonsense”"),
        (["file", "new.ionapi", "--variant", "nonsense"], "There is no variant “nonsense”"),
        (["file", "{tmp}/missing/folder.ionapi"], "cannot be written"),
        (["file", "{tmp}"], "already exists"),
    ],
)
def test_what_cannot_be_done_is_said_with_exit_code_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*[argument.replace("{tmp}", str(tmp_path)) for argument in arguments])
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr.replace("\n", " ")
    assert not list(tmp_path.glob("*.ionapi"))


def test_an_existing_file_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "mine.ionapi"
    path.write_text("mine")
    assert run("file", str(path)).returncode == 2
    assert path.read_text() == "mine"


def test_help_lists_faults_with_their_parameters_and_variants() -> None:
    assert "rate-limited:retry-after=2" in run("--fault", "help").stdout.splitlines()
    for file in ([], ["-"]):
        listed = run("file", *file, "--variant", "help")
        assert (listed.returncode, listed.stderr) == (0, "")
        assert any(line.startswith("no-user ") for line in listed.stdout.splitlines())


def test_the_command_that_starts_the_portal_of_a_file_names_a_port_that_is_not_the_usual_one(tmp_path: Path) -> None:
    for options, command in (([], "“ionapi-tui practice”"), (["--port", "8399"], "“ionapi-tui practice --port 8399”")):
        path = tmp_path / f"{len(options)}.ionapi"
        said = run("file", str(path), "--home", str(tmp_path / "practice"), *options).stderr
        assert command in " ".join(said.split())


@pytest.mark.posix("signals")
def test_attached_it_still_ends_cleanly_on_a_signal(tmp_path: Path) -> None:
    command = [*PROGRAM, "--port", "0", "--home", str(tmp_path / "practice"), "--json", "--attached"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.terminate()
        assert process.wait(timeout=60) == 0
        assert "Fatal" not in process.stderr.read()
