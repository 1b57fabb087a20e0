"""``exec``: programs find a token, and leave no file, whatever ends them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pexpect
import pytest

from ionapi_tui import cli as command_line
from ionapi_tui.practice.server import PracticeTenant
from tests.cli.conftest import SCRIPT, Cli, Store
from tests.fixtures.private_keyring import wait_until
from tests.fixtures.terminal import end_of, kill
from tests.samples import MARKER

pytestmark = pytest.mark.keyring

ENVIRONMENT = "import json, os; print(json.dumps({k: v for k, v in os.environ.items() if k.startswith('IONAPI')}))"
FILE_THEN_WAIT = """
import os, signal, sys, time
# Python's own handler may miss a Ctrl-C that comes right before it waits.
signal.signal(signal.SIGINT, signal.SIG_DFL)
print(os.environ["IONAPI_FILE"], flush=True)
sys.stdin.read()
time.sleep(30)
"""

SEEN_ARGUMENTS = f"""
import os
from pathlib import Path
process, found = os.getpid(), 0
while process:
    found += "{MARKER[::-1]}"[::-1] in Path(f"/proc/{{process}}/cmdline").read_bytes().decode(errors="replace")
    process = int(Path(f"/proc/{{process}}/stat").read_text().rpartition(")")[2].split()[1])
print(found, "{MARKER[::-1]}"[::-1] in os.environ["IONAPI_CLIENT_SECRET"])
"""
"""Looks at its own arguments and those of every process above it."""


@pytest.fixture
def document(tenant: PracticeTenant, stored: Store) -> dict[str, Any]:
    """The document of the profile ``acme-tst``, which works."""
    document = tenant.ionapi()
    stored("acme-tst", document)
    return document


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run ``exec acme-tst`` with ``arguments``."""
    command = [SCRIPT, "exec", "acme-tst", *arguments]
    return subprocess.run(command, env=os.environ | variables, capture_output=True, text=True, check=False)


def started(*arguments: str, **options: Any) -> subprocess.Popen[str]:
    """Start ``exec acme-tst`` with ``arguments``."""
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [SCRIPT, "exec", "acme-tst", *arguments], stdin=pipe, stdout=pipe, stderr=pipe, text=True, **options
    )


def file_of(process: subprocess.Popen[str]) -> Path:
    """Return the file that the program under ``exec`` has printed, which is there."""
    assert process.stdout is not None
    file = Path(process.stdout.readline().strip())
    assert file.is_file()
    return file


def environment(*options: str, **variables: str) -> dict[str, str]:
    """Return the variables of ours that a program finds."""
    found: dict[str, str] = json.loads(run(*options, "--", sys.executable, "-c", ENVIRONMENT, **variables).stdout)
    return {name: value for name, value in found.items() if not name.startswith("IONAPI_TUI_")}


def test_a_program_finds_a_token_and_where_it_serves(document: dict[str, Any], tenant: PracticeTenant) -> None:
    found = environment()
    assert sorted(found) == [
        "IONAPI_BASE_URL",
        "IONAPI_EXPIRES_AT",
        "IONAPI_PROFILE",
        "IONAPI_TENANT",
        "IONAPI_TOKEN",
    ]
    import httpx

    url = f"{found['IONAPI_BASE_URL']}/IDM/api/datamodel/entities"
    assert httpx.get(url, headers={"Authorization": f"Bearer {found['IONAPI_TOKEN']}"}).status_code == 200
    assert found["IONAPI_TENANT"] == tenant.tenant
    assert found["IONAPI_PROFILE"] == "acme-tst"


def test_secrets_that_do_not_expire_come_on_request(document: dict[str, Any]) -> None:
    found = environment("--with-secrets")
    assert (found["IONAPI_CLIENT_ID"], found["IONAPI_CLIENT_SECRET"]) == (document["ci"], document["cs"])
    assert (found["IONAPI_ACCESS_KEY"], found["IONAPI_SECRET_KEY"]) == (document["saak"], document["sask"])
    assert found["IONAPI_TOKEN_URL"] == document["pu"] + document["ot"]


def test_what_another_profile_may_have_left_is_dropped(document: dict[str, Any]) -> None:
    assert "IONAPI_CLIENT_SECRET" not in environment(IONAPI_CLIENT_SECRET="old", IONAPI_FILE="/old")


@pytest.mark.posix("its programs are POSIX")
def test_another_profile_inside_is_refused_and_the_same_is_not(document: dict[str, Any]) -> None:
    refused = run("--", "true", IONAPI_PROFILE="acme-prd")
    assert refused.returncode == 2
    assert "acme-prd is already" in " ".join(refused.stderr.split())
    assert run("--", SCRIPT, "exec", "acme-tst", "--", "true").returncode == 0


@pytest.mark.posix("permissions")
def test_the_file_is_the_one_that_was_imported_and_only_for_its_owner(document: dict[str, Any]) -> None:
    script = "import os, sys; print(oct(os.stat(sys.argv[1]).st_mode), sys.argv[1] == os.environ['IONAPI_FILE'])"
    ran = run("--with-file", "--", sys.executable, "-c", script, "{}")
    assert ran.stdout == "0o100600 True\n"
    content = run("--with-file", "--", "/bin/sh", "-c", 'cat "$IONAPI_FILE"').stdout
    assert json.loads(content) == document


@pytest.mark.posix("its programs are POSIX")
@pytest.mark.parametrize("code", [0, 1, 77])
@pytest.mark.parametrize("options", [[], ["--with-file"]], ids=["plain", "file"])
def test_the_exit_code_passes_through(document: dict[str, Any], options: list[str], code: int) -> None:
    assert run(*options, "--", "/bin/sh", "-c", f"exit {code}").returncode == code


@pytest.mark.posix("signals")
@pytest.mark.parametrize("options", [[], ["--with-file"]], ids=["plain", "file"])
@pytest.mark.parametrize("name", ["SIGKILL", "SIGSEGV", "SIGTERM", "SIGPIPE"])
def test_a_program_that_dies_by_a_signal_is_seen_to(document: dict[str, Any], options: list[str], name: str) -> None:
    number = signal.Signals[name]
    assert run(*options, "--", "/bin/sh", "-c", f"kill -{int(number)} $$").returncode == -number


@pytest.mark.posix("signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_to_us_reaches_the_program_and_the_file_goes(document: dict[str, Any], name: str) -> None:
    number = signal.Signals[name]
    with started("--with-file", "--", sys.executable, "-c", FILE_THEN_WAIT, start_new_session=True) as process:
        file = file_of(process)
        process.send_signal(number)
        assert process.wait(20) in (-number, 1)
    assert not file.parent.exists()


@pytest.mark.posix("signals")
def test_not_even_kill_9_leaves_the_file(document: dict[str, Any]) -> None:
    with started("--with-file", "--", sys.executable, "-c", FILE_THEN_WAIT, start_new_session=True) as process:
        file = file_of(process)
        process.kill()
        process.wait(20)
        wait_until(lambda: not file.parent.exists())
        os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.terminal
@pytest.mark.parametrize("options", [[], ["--with-file"]], ids=["plain", "file"])
def test_ctrl_c_is_for_the_program(document: dict[str, Any], options: list[str]) -> None:
    script = "trap 'echo caught; exit 5' INT; echo ready; while :; do sleep 0.1; done"
    terminal = pexpect.spawn(SCRIPT, ["exec", "acme-tst", *options, "--", "/bin/sh", "-c", script], timeout=60)
    terminal.expect_exact("ready")
    terminal.sendintr()
    terminal.expect_exact("caught")
    assert end_of(terminal) == 5


@pytest.mark.terminal
def test_a_job_can_be_stopped_and_continued(document: dict[str, Any]) -> None:
    shell = pexpect.spawn("/bin/bash", ["--norc", "-i"], timeout=60, encoding="utf-8")
    shell.sendline("PS1='> '; set -m")
    shell.sendline(f"'{SCRIPT}' exec acme-tst --with-file -- /bin/sh -c 'echo re''ady; read line; echo got $line'")
    shell.expect_exact("ready\r")
    shell.sendcontrol("z")
    shell.expect("Stopped")
    shell.sendline("fg")
    shell.expect("exec acme-tst")
    shell.sendline("hello")
    shell.expect_exact("got hello")
    kill(shell)


@pytest.mark.posix("its programs are POSIX")
def test_head_ends_a_program_that_writes_for_ever(document: dict[str, Any]) -> None:
    line = f"set -o pipefail; '{SCRIPT}' exec acme-tst -- yes | head -n 1"
    done = subprocess.run(["/bin/bash", "-c", line], capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("y\n", "", 128 + signal.SIGPIPE)


@pytest.mark.posix("its programs are POSIX")
def test_input_and_output_are_the_programs_own(document: dict[str, Any]) -> None:
    with started("--with-file", "--", "cat") as process:
        assert process.communicate("bytes\n")[0] == "bytes\n"


@pytest.mark.posix("its programs are POSIX")
def test_arguments_after_the_dashes_are_left_alone(document: dict[str, Any]) -> None:
    ran = run("--", "printf", "%s.", "--json", "--", "{}")
    assert ran.stdout == "--json.--.{}."


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [("no-such-program", 127, "no program no-such-program"), ("/etc/passwd", 127, "no program")],
)
@pytest.mark.posix("its paths are POSIX")
def test_a_program_that_is_not_there_costs_no_token(
    document: dict[str, Any], cli: Cli, tenant: PracticeTenant, command: str, code: int, words: str
) -> None:
    ran = cli("exec", "acme-tst", "--", command)
    assert ran.code == code
    assert words in ran.err
    assert not len(tenant.requests)


@pytest.mark.posix("permissions")
def test_a_program_of_a_wrong_format_is_told(document: dict[str, Any], cli: Cli, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(b"\x7fELF nonsense")
    broken.chmod(0o700)
    for options in ([], ["--with-file"]):
        ran = cli("exec", "acme-tst", *options, "--", str(broken))
        assert ran.code == 126
        assert "Exec format error" in ran.err


@pytest.mark.posix("arguments of others are looked at")
@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="this system shows no arguments of others")
def test_no_process_has_a_secret_among_its_arguments(document: dict[str, Any]) -> None:
    for options in (["--with-secrets"], ["--with-secrets", "--with-file"]):
        assert run(*options, "--", sys.executable, "-c", SEEN_ARGUMENTS).stdout == "0 True\n"


@pytest.mark.posix("its programs are POSIX")
def test_no_profile_and_no_command_are_wrong_usage(cli: Cli) -> None:
    assert cli("exec", "nobody", "--", "true").code == 4
    assert cli("exec", "nobody").code == 2


def test_a_profile_without_a_command_needs_only_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.run(["exec", "practice-tst"]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "The command is missing. Add -- and the command to run: “ionapi-tui exec practice-tst -- COMMAND”." in said
    assert command_line.run(["exec", "--file", "a.ionapi"]) == 2
    assert "“ionapi-tui exec --file a.ionapi -- COMMAND”." in " ".join(capsys.readouterr().err.split())
