"""Hostile files and profiles in a real terminal: every command, and the screens a file passes through."""

from __future__ import annotations

import re
from pathlib import Path

import pexpect
import pytest

from tests.cli.conftest import SCRIPT, write_registry
from tests.cli.test_hostile import MAKERS, NASTY, make_circle
from tests.corpus import CASES
from tests.fixtures.terminal import ENTER, ESCAPE, WIDE, Terminal, control, end_of
from tests.samples import MARKER, sample_bytes

pytestmark = pytest.mark.terminal

OURS = re.compile(r"\x1b\[[0-9;]*[mAKJG]|\x1b\[\?25[hl]|[\r\n]")
"""What our commands may write to a terminal besides text: colours, and the lines that tell how far they are."""

FORBIDDEN = ("\x1b]52", "\x1b]8;", "\x1b[2J\x1b", "\x9b", "\x9d", "\u202e", "\u2066", "\u200b", "\0")
"""Parts of the attacks that no screen draws by itself."""

CONTENTS = (
    *("a byte order mark", "UTF-16", "half of a UTF-16 character", "not a number", "5,000 digits", "200,000 objects"),
    *(
        "a list",
        "one key with two values",
        "half a character",
        "an escape",
        "bidi",
        "a huge value",
        "zeros, as after a crash",
    ),
)
"""The files of the corpus that are opened one by one; all of them are in a list together."""

COMMANDS = (
    *(["list"], ["list", "--json"], ["show", "acme"], ["show", "acme", "--json"], ["rename", "acme", NASTY]),
    *(["rename", NASTY, "x"], ["token", "acme"], ["logout", "acme"], ["verify", "acme"], ["verify", "--all"]),
    *(["exec", "acme", "--", "true"], ["export", "acme", "--format", "env", "--show"], ["remove", NASTY]),
    *(
        ["remove", "acme", "--confirm", "acme"],
        ["store"],
        ["store", "use", NASTY.replace("/", "")],
        ["store", "move", "pass", "acme"],
    ),
    *(["doctor"], ["check", NASTY], ["import", NASTY], ["scan", "."], ["completion", NASTY], ["guide", NASTY], [NASTY]),
    *(["--lang", NASTY, "list"], ["practice", "--faults", NASTY]),
)


def on_terminal(arguments: list[str], folder: Path) -> str:
    """Return everything that a command writes to a terminal."""
    given = [argument.replace("\0", "") for argument in arguments]
    terminal = pexpect.spawn(SCRIPT, given, encoding="utf-8", timeout=60, cwd=str(folder))
    end_of(terminal)
    assert terminal.signalstatus is None
    return str(terminal.before)


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: ascii(" ".join(arguments))[1:50])
def test_a_command_over_hostile_profiles_names_and_files_writes_nothing_raw(
    own_home: Path, arguments: list[str]
) -> None:
    # A host of this machine at which nothing listens: with any other, nothing would be sent, and less be said.
    places = {"iu": "http://127.0.0.1:1", "pu": "http://127.0.0.1:1/x/"}
    write_registry(
        own_home, "acme", **dict.fromkeys(("ti", "cn", "ci", "ev", "dt", "oa", "or", NASTY), NASTY), **places
    )
    folder = own_home / "downloads"
    folder.mkdir()
    (folder / f"{NASTY.replace('/', '')[:-1]}.ionapi").write_bytes(sample_bytes(cn=NASTY))
    shown = OURS.sub("", on_terminal(arguments, folder))
    assert shown.isprintable(), ascii(shown)
    assert "Traceback" not in shown
    assert MARKER not in shown


@pytest.fixture
def downloads(own_home: Path) -> Path:
    """The folder that the app looks into."""
    folder = own_home / "downloads"
    folder.mkdir()
    return folder


def assert_harmless(window: Terminal) -> None:
    window.screen()
    written = window.raw.decode("utf-8", "replace")
    assert not [attack for attack in FORBIDDEN if attack in written]


def test_every_file_that_is_hostile_as_such_is_opened_in_the_app_and_left_again(downloads: Path) -> None:
    with Terminal(size=WIDE) as window:
        window.sees("Import a file")
        window.press("i")
        window.sees("Choose the file")
        for maker in MAKERS:
            path = downloads / f"{maker.__name__}.json"
            maker(path)
            window.paste(str(path))
            if maker is make_circle:
                # A link that leads nowhere is no file; that is said below the line.
                window.sees("There is no file or folder at this path")
                window.press(ESCAPE)
                window.sees("Browse")
                continue
            window.sees("This file cannot be used")
            window.press(ESCAPE)
            window.sees("Choose the file")
        assert_harmless(window)
        window.press(control("q"))
        assert window.ends() == 0


def test_files_with_hostile_contents_are_opened_in_the_app_and_left_again(downloads: Path) -> None:
    chosen = [case for case in CASES if case.name in CONTENTS]
    assert len(chosen) == len(CONTENTS)
    with Terminal(size=WIDE) as window:
        window.sees("Import a file")
        window.press("i")
        window.sees("Choose the file")
        for number, case in enumerate(chosen):
            path = downloads / f"case {number}.json"
            path.write_bytes(case.raw)
            window.paste(str(path))
            window.sees("This file", path.name)
            window.press(ESCAPE)
            window.sees("Choose the file")
        assert_harmless(window)
        window.press(control("q"))
        assert window.ends() == 0


def test_the_whole_corpus_in_one_folder_is_listed_in_the_app(downloads: Path) -> None:
    for number, case in enumerate(CASES):
        (downloads / f"{number:03}.ionapi").write_bytes(case.raw)
    with Terminal(size=WIDE) as window:
        window.sees("Import a file")
        window.press(control("o"))
        window.sees("Nothing is stored yet")
        window.press("b")
        # The folder that is proposed is the right one.
        window.sees("Press Enter to preview")
        window.press(ENTER)
        window.sees("Nothing can be stored")
        for _screenful in range(len(CASES) // 20):
            window.press("\x1b[6~")
            window.rests(0.1)
        assert_harmless(window)
        window.press(control("q"))
        assert window.ends() == 0
