"""What all commands share: their help, their options, their errors, and the language."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pexpect
import pytest

from ionapi_tui.cli.root import COMMANDS, root
from ionapi_tui.practice.server import PracticeTenant
from tests.cli.conftest import SCRIPT, Cli, Store, write_registry
from tests.samples import sample


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command, and those below it, by what is typed."""
    context = click.Context(root, info_name="ionapi-tui")
    for name in COMMANDS:
        command = root.get_command(context, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            for below, part in command.commands.items():
                yield f"{name} {below}", part


ALL = dict(commands())


def help_of(name: str) -> str:
    """Return the help of a command."""
    return ALL[name].get_help(click.Context(ALL[name], info_name=f"ionapi-tui {name}"))


@pytest.mark.parametrize("name", ALL)
def test_every_help_has_an_example_that_can_be_typed(name: str) -> None:
    after_usage = help_of(name).partition("\n\n")[2]
    assert re.search(rf"^ +.*ionapi-tui {name}\b", after_usage, re.MULTILINE)


@pytest.mark.parametrize("name", ALL)
def test_no_help_shows_how_a_number_is_checked(name: str) -> None:
    assert not re.search(r"RANGE|INTEGER|FLOAT|x[<>]|[<>]=?x|\(\d+\)\]", help_of(name))


@pytest.mark.parametrize("name", ALL)
def test_a_time_limit_has_one_name(name: str) -> None:
    named = set(re.findall(r"--[\w-]+(?= SECONDS)", help_of(name)))
    assert named <= {"--timeout", "--store-timeout"}


def test_earlier_names_of_time_limits_are_still_understood(cli: Cli, own_home: Path) -> None:
    write_registry(own_home)
    assert cli("scan", str(own_home), "--seconds", "5", "--json").code == 0
    assert cli("verify", "--all", "--deadline", "5").code == 0


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "soon"])
def test_a_time_limit_is_a_number_above_0(cli: Cli, value: str) -> None:
    ran = cli("verify", "--all", f"--timeout={value}")
    assert ran.code == 2
    assert f"{value} is not a number of seconds above 0." in " ".join(ran.err.split())


def test_a_port_is_in_its_range(cli: Cli) -> None:
    ran = cli("practice", "--port", "65536")
    assert ran.code == 2
    assert "65536 is not a port from 0 to 65535." in " ".join(ran.err.split())


def test_a_command_that_is_not_there_names_the_one_that_is_like_it(cli: Cli) -> None:
    ran = cli("verfy")
    assert (ran.code, ran.out) == (2, "")
    assert "Did you mean verify?" in ran.err
    assert "Did you mean" not in cli("xxxxxxx").err


def test_an_unknown_language_is_an_error_that_names_those_there_are(cli: Cli) -> None:
    for arguments in (["--lang", "xx", "list"], ["list", "--lang", "xx"], ["list", "--lang=xx"]):
        ran = cli(*arguments)
        assert (ran.code, ran.out) == (2, ""), arguments
        assert "There is no language xx. Choose one of: en, de." in " ".join(ran.err.split())


def test_the_language_may_come_after_the_command(cli: Cli, own_home: Path) -> None:
    write_registry(own_home, "acme-tst")
    for arguments in (["--lang", "de", "list"], ["list", "--lang", "de"], ["list", "--lang=de_DE.UTF-8"]):
        assert "nie" in cli(*arguments).out, arguments
    assert "never" in cli("list").out


def test_an_error_under_json_is_json(cli: Cli, own_home: Path) -> None:
    write_registry(own_home, "acme-tst")
    ran = cli("show", "no-such", "--json")
    assert (ran.code, ran.err) == (4, "")
    assert ran.json["error"]["exit_code"] == 4
    assert "no-such" in ran.json["error"]["message"]
    ran = cli("verify", "--json")
    assert (ran.code, ran.json["error"]["exit_code"]) == (2, 2)


def test_the_json_of_a_program_that_exec_runs_is_not_ours(cli: Cli, own_home: Path) -> None:
    write_registry(own_home)
    ran = cli("exec", "no-such", "--", sys.executable, "--json")
    assert (ran.code, ran.out) == (4, "")


def test_renaming_to_the_same_name_says_that_nothing_changed(cli: Cli, own_home: Path) -> None:
    write_registry(own_home, "acme-tst")
    ran = cli("rename", "acme-tst", "acme-tst")
    assert ran.code == 0
    assert "Nothing was changed." in ran.err


@pytest.mark.keyring
def test_an_export_without_a_format_is_an_ionapi_file(cli: Cli, stored: Store, own_home: Path) -> None:
    document = sample()
    stored("acme-tst", document)
    target = own_home / "private"
    target.mkdir(mode=0o700)
    ran = cli("export", "acme-tst", "--output", str(target / "F"))
    assert ran.code == 0, ran.err
    written = json.loads((target / "F").read_text())
    assert written["ci"] == document["ci"]
    (target / "F").unlink()


@pytest.mark.posix("a terminal of its own")
@pytest.mark.parametrize("columns", [40, 60, 80])
def test_a_list_fits_the_terminal_and_a_pipe_gets_all_of_it(cli: Cli, own_home: Path, columns: int) -> None:
    app = "A very long name of an authorized app"
    write_registry(own_home, "acme-with-a-rather-long-name-of-a-profile", cn=app)
    assert app[:25] in cli("list").out
    child = pexpect.spawn(str(SCRIPT), ["list"], dimensions=(24, columns), encoding="utf-8", timeout=60)
    child.expect(pexpect.EOF)
    child.close()
    lines = (child.before or "").splitlines()
    assert len(lines) == 2
    assert all(len(line) <= columns for line in lines)
    assert "…" in lines[1]


@pytest.mark.keyring
@pytest.mark.posix("env")
def test_exec_adds_to_the_environment_what_it_documents_and_nothing_else(
    cli: Cli, stored: Store, tenant: PracticeTenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored("acme-tst", tenant.ionapi())
    program = [sys.executable, "-c", "import json, os; print(json.dumps(sorted(os.environ)))"]
    for before in (None, "fr"):
        if before is not None:
            monkeypatch.setenv("LANGUAGE", before)
        ran = cli("--lang", "de", "exec", "acme-tst", "--", *program)
        assert ran.code == 0, ran.err
        plain = subprocess.run(program, capture_output=True, check=True)
        added = set(json.loads(ran.out)) - set(json.loads(plain.stdout))
        assert added == {
            *("IONAPI_PROFILE", "IONAPI_TOKEN", "IONAPI_EXPIRES_AT", "IONAPI_BASE_URL", "IONAPI_TENANT"),
        }


@pytest.mark.posix("D-Bus")
@pytest.mark.parametrize("address", ["unix:path=/nonexistent", "unix:abstract=nobody-listens-here"])
def test_a_store_that_is_away_is_explained_without_the_words_of_d_bus(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    ran = cli("store")
    assert "no password store responds in this session" in " ".join(ran.out.split())
    assert not re.search(r"Errno|org\.freedesktop|DBusError", ran.out + ran.err)
