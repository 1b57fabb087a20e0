"""The program as a process: streams, terminals, signals, exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from ionapi_tui.cli.root import COMMANDS
from ionapi_tui.domain.credentials import KNOWN_KEYS
from tests.cli.conftest import SCRIPT, Cli, write_registry
from tests.fixtures.terminal import end_of, kill
from tests.samples import MARKER, as_bytes, client_credentials, sample_bytes


@pytest.fixture
def bad_file(downloads: Path) -> str:
    """A file with an error."""
    file = downloads / "x.ionapi"
    file.write_bytes(as_bytes(client_credentials()))
    return str(file)


def on_terminal(*arguments: str, term: str = "xterm-256color", **variables: str) -> tuple[int, str]:
    """Return the exit code and the raw output of the program in a real terminal of 80 columns."""
    env = {**os.environ, "TERM": term, **variables}
    terminal = pexpect.spawn(
        SCRIPT,
        list(arguments),
        env=env,
        encoding="utf-8",
        timeout=60,
        dimensions=(24, 80),
    )
    end_of(terminal)
    assert terminal.exitstatus is not None
    return terminal.exitstatus, str(terminal.before)


def test_help_and_version(cli: Cli) -> None:
    ran = cli("--help")
    assert ran.code == 0
    for name in ("check", "import", "list", "show", "remove"):
        assert f"  {name} " in ran.out
    assert cli("-h").out == ran.out
    assert cli("--version").out.startswith("ionapi-tui ")


@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_command_has_help(cli: Cli, command: str) -> None:
    ran = cli(command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: ionapi-tui {command} ")


@pytest.mark.parametrize("arguments", [["nonsense"], ["check"], ["list", "--nonsense"], ["\x1b[2J"], ["list", "extra"]])
def test_wrong_usage_is_exit_code_2_and_says_where_help_is(cli: Cli, arguments: list[str]) -> None:
    ran = cli(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "--help" in ran.err


def test_without_a_terminal_the_app_speaks_line_by_line_and_ends_with_its_input(cli: Cli) -> None:
    ran = cli()
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("ionapi-tui, line by line.")
    assert ran.out.endswith("The input has ended. Your progress in the guide is saved.\n")


@pytest.mark.terminal
def test_colour_is_for_terminals_that_want_it(bad_file: str) -> None:
    assert "\x1b[31m" in on_terminal("check", bad_file)[1]
    assert "\x1b" not in on_terminal("check", bad_file, NO_COLOR="1")[1]
    assert "\x1b" not in on_terminal("check", bad_file, term="dumb")[1]


@pytest.mark.terminal
def test_lines_fit_the_terminal_with_and_without_colour(bad_file: str) -> None:
    code, plain = on_terminal("check", bad_file, NO_COLOR="1")
    assert code == 3
    assert max(map(len, plain.partition("✕")[2].splitlines())) <= 80
    coloured = on_terminal("check", bad_file)[1]
    assert coloured.replace("\x1b[31m\x1b[1m", "").replace("\x1b[0m", "") == plain


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437", "latin-1"])
def test_a_poor_encoding_does_not_end_the_program(downloads: Path, encoding: str) -> None:
    file = downloads / "x.ionapi"
    file.write_bytes(sample_bytes(cn="東京 ü", cs=""))
    env = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run([SCRIPT, "check", str(file)], env=env, capture_output=True, check=False)
    assert done.returncode == 3
    assert "x Error: " in done.stdout.decode(encoding)


@pytest.mark.parametrize("arguments", [["list"], ["list", "--json"], ["show", "acme-1"], ["--help"]])
def test_a_reader_that_went_away_is_no_error_to_talk_about(own_home: Path, arguments: list[str]) -> None:
    write_registry(own_home, *(f"acme-{number}" for number in range(100)))
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run([SCRIPT, *arguments], stdout=write, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.posix("commands for a POSIX shell")
def test_head_gets_what_it_wants(own_home: Path) -> None:
    write_registry(own_home, *(f"acme-{number:04}" for number in range(3000)))
    done = subprocess.run(
        f"'{SCRIPT}' list | head -n 2 | tail -n 1", shell=True, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("acme-0000  ")
    assert done.stderr == ""


@pytest.mark.posix("commands for a POSIX shell")
def test_closed_streams_are_no_crash(own_home: Path) -> None:
    write_registry(own_home, "acme-tst")
    done = subprocess.run(f"'{SCRIPT}' list >&- 2>&- <&-", shell=True, check=False)
    assert done.returncode == 0
    assert subprocess.run(f"'{SCRIPT}' check - <&- >/dev/null 2>&1", shell=True, check=False).returncode == 3


@pytest.mark.posix("its programs and paths are POSIX")
def test_a_full_disk_behind_stdout_is_told(own_home: Path) -> None:
    write_registry(own_home, "acme-tst")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([SCRIPT, "list"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: The output cannot be written")


@pytest.mark.terminal
def test_control_c_while_reading_is_exit_code_130() -> None:
    terminal = pexpect.spawn(SCRIPT, ["check", "-"], encoding="utf-8", timeout=60)
    terminal.expect_exact("Ctrl+D")
    terminal.sendintr()
    assert end_of(terminal) == 130
    assert "Traceback" not in str(terminal.before)


@pytest.mark.terminal
def test_a_paste_at_the_terminal_is_read_and_not_shown() -> None:
    terminal = pexpect.spawn(SCRIPT, ["check", "-"], encoding="utf-8", timeout=60)
    terminal.expect_exact("nothing is shown.")
    terminal.waitnoecho(60)
    terminal.send(sample_bytes().decode() + "\n\x04")
    assert end_of(terminal) == 0
    assert "The file can be used." in str(terminal.before)
    assert MARKER not in str(terminal.before)


@pytest.mark.terminal
def test_the_terminal_echoes_again_after_control_c() -> None:
    terminal = pexpect.spawn("/bin/sh", encoding="utf-8", timeout=60)
    terminal.sendline(f"'{SCRIPT}' check -")
    terminal.expect_exact("nothing is shown.")
    terminal.waitnoecho(60)
    terminal.sendintr()
    terminal.expect_exact("Interrupted.")
    terminal.sendline("stty -a")
    terminal.expect(r"[ -]echo ")
    assert str(terminal.after) == " echo "
    kill(terminal)


@pytest.mark.terminal
def test_hostile_content_reaches_no_terminal(downloads: Path) -> None:
    file = downloads / "x.ionapi"
    nasty = "\x1b[2J\x1b]52;c;eA==\x07\x9b31m\u202e[@click=app.quit]x\0"
    file.write_bytes(as_bytes(dict.fromkeys(KNOWN_KEYS, nasty) | {nasty: nasty}))
    code, raw = on_terminal("check", str(file))
    assert code == 3
    ours = re.sub(r"\x1b\[(0|1|3\d)m", "", raw)
    assert ours.replace("\r\n", "").isprintable()


HELD_UP = """
import sys, threading
from watchfiles._rust_notify import RustNotify

class Waiting:
    def is_set(self):
        inside.set()
        while True:
            pass

inside = threading.Event()
watch = RustNotify([sys.argv.pop()], False, False, 0, True, False).watch
threading.Thread(target=watch, args=(50, 5, 0, Waiting()), daemon=True).start()
inside.wait()
"""
"""A thread inside compiled code, as while the modules of a password store are imported."""


def test_the_end_does_not_tear_threads_out_of_compiled_code(tmp_path: Path) -> None:
    # Python before 3.14 tears it out, unless the process is quicker; that ends with SIGABRT nine times in ten.
    command = [sys.executable, "-c", HELD_UP + "from ionapi_tui.cli import main; main()", "--version", str(tmp_path)]
    for _attempt in range(3):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout.partition(" ")[0]) == (0, "ionapi-tui")


def test_what_is_to_do_at_the_end_is_done_though_a_thread_waits(tmp_path: Path) -> None:
    last = "import atexit; atexit.register(lambda: print('done'))\n"
    done = subprocess.run(
        [sys.executable, "-c", last + HELD_UP + "from ionapi_tui.cli import main; main()", "--nonsense", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "done\n")
    assert "--nonsense" in done.stderr


def test_the_end_waits_for_a_thread_that_python_would_wait_for() -> None:
    late = "import threading, time; threading.Thread(target=lambda: (time.sleep(0.5), print('late'))).start()\n"
    done = subprocess.run(
        [sys.executable, "-c", late + "from ionapi_tui.cli import main; main()", "--version"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "late")


def test_nothing_that_was_written_is_lost_at_the_end(own_home: Path) -> None:
    write_registry(own_home, *(f"acme-{number:05}" for number in range(5_000)))
    done = subprocess.run([SCRIPT, "list"], capture_output=True, text=True, check=True)
    assert [line.split()[0] for line in done.stdout.splitlines()[1:]] == [
        f"acme-{number:05}" for number in range(5_000)
    ]
    # As a child of a program that reads slowly, and buffers nothing itself.
    with subprocess.Popen([SCRIPT, "list", "--json"], stdout=subprocess.PIPE, bufsize=0) as slow:
        assert slow.stdout
        read = b"".join(iter(lambda: slow.stdout.read(1_000), b""))  # type: ignore[union-attr]
    assert slow.returncode == 0
    assert len(json.loads(read)) == 5_000


@pytest.mark.terminal
def test_the_app_opens_without_what_only_commands_need(tmp_path: Path, own_home: Path) -> None:
    said = tmp_path / "modules"
    last = f"atexit.register(lambda: pathlib.Path({str(said)!r}).write_text(' '.join(sys.modules)))"
    terminal = pexpect.spawn(
        sys.executable,
        [
            "-c",
            f"import atexit, pathlib, sys; {last}; sys.argv = ['ionapi-tui']; from ionapi_tui.cli import main; main()",
        ],
        env={**os.environ, "TERM": "xterm-256color"},
        encoding="utf-8",
        timeout=60,
        dimensions=(24, 80),
    )
    terminal.expect("Quit")
    terminal.send("\x11")
    end_of(terminal)
    assert terminal.exitstatus == 0
    modules = said.read_text().split()
    assert "ionapi_tui.ui.app" in modules
    assert "click" not in modules
