"""Opening an address outside the terminal, and knowing when that is of no use."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from ionapi_tui.base.browser import can_open, open_address
from tests.fixtures.private_keyring import wait_until

ADDRESS = "file:///tmp/a%20picture.png"


@pytest.mark.parametrize(
    ("environ", "platform", "answer"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"WSL_DISTRO_NAME": "Debian"}, "linux", True),
        ({}, "darwin", True),
        ({}, "win32", True),
        ({"DISPLAY": ":0", "SSH_CONNECTION": "a b c d"}, "linux", False),
        ({"SSH_TTY": "/dev/pts/1"}, "darwin", False),
        ({"BROWSER": "lynx", "SSH_CONNECTION": "a b c d"}, "linux", True),
    ],
)
def test_a_browser_is_expected_where_somebody_would_see_it(
    environ: dict[str, str], platform: str, answer: bool
) -> None:
    assert can_open(environ, platform) is answer


def recorder(folder: Path) -> tuple[str, Path]:
    """Return a command that writes its arguments to a file, one a line, and the file."""
    script, written = folder / "browser.py", folder / "arguments"
    script.write_text(
        "import sys, pathlib\n"
        f"target = pathlib.Path({str(written)!r})\n"
        "partial = target.with_suffix('.part')\n"
        "partial.write_text('\\n'.join(sys.argv[1:]))\n"
        "partial.rename(target)\n"
    )
    return f"{sys.executable} {script}", written


def test_the_address_is_appended_to_the_command_in_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command, written = recorder(tmp_path)
    monkeypatch.setenv("BROWSER", f"{command} --new-window")
    assert open_address(ADDRESS)
    wait_until(written.exists)
    assert written.read_text().splitlines() == ["--new-window", ADDRESS]


def test_the_address_takes_the_place_that_browser_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command, written = recorder(tmp_path)
    monkeypatch.setenv("BROWSER", f"{command} --url=%s --quiet")
    assert open_address(ADDRESS)
    wait_until(written.exists)
    assert written.read_text().splitlines() == [f"--url={ADDRESS}", "--quiet"]


def test_the_next_command_is_tried_when_the_first_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command, written = recorder(tmp_path)
    monkeypatch.setenv("BROWSER", os.pathsep.join(["/nowhere/at-all", command]))
    assert open_address(ADDRESS)
    wait_until(written.exists)


def test_an_address_never_becomes_a_part_of_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command, written = recorder(tmp_path)
    monkeypatch.setenv("BROWSER", command)
    hostile = f"https://acme.example/$(touch {tmp_path}/hit);`touch {tmp_path}/hit` --evil"
    assert open_address(hostile)
    wait_until(written.exists)
    assert written.read_text().splitlines() == [hostile]
    assert not (tmp_path / "hit").exists()


def test_it_is_told_when_there_is_nothing_to_open_it_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "/nowhere/at-all")
    assert not open_address(ADDRESS)
    monkeypatch.delenv("BROWSER")
    monkeypatch.setenv("SSH_CONNECTION", "a b c d")
    assert not open_address(ADDRESS)
