"""What is typed at a real terminal, and the Ctrl-C that comes in between."""

from __future__ import annotations

import _thread
import io
import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

import pytest

from ionapi_tui.base.terminal import typed, unechoed, wants_lines

if sys.platform != "win32":
    import pty
    import termios


pytestmark = pytest.mark.terminal


@dataclass
class Terminal:
    """A terminal: what the program reads from, and the end somebody types at."""

    stream: TextIO
    keyboard: int

    def type(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self.keyboard, keys)

    @property
    def echoes(self) -> bool:
        """Whether it shows what is typed."""
        return bool(termios.tcgetattr(self.stream)[3] & termios.ECHO)


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    """A terminal with nobody at it yet."""
    keyboard, line = pty.openpty()
    with open(line, encoding="utf-8") as stream:  # noqa: PTH123
        yield Terminal(stream, keyboard)
    os.close(keyboard)


def test_a_line_is_returned_as_it_is_typed_and_nothing_at_the_end(terminal: Terminal) -> None:
    terminal.type(b"one\ntwo\n\x04")
    assert [typed(terminal.stream, 100) for _line in range(3)] == [b"one\n", b"two\n", b""]


def test_a_long_line_comes_in_pieces(terminal: Terminal) -> None:
    terminal.type(b"abcdef\n")
    assert [typed(terminal.stream, 4), typed(terminal.stream, 4)] == [b"abcd", b"ef\n"]


def test_a_ctrl_c_right_before_the_system_call_is_heard(terminal: Terminal) -> None:
    # This interrupts Python and no system call, as a signal does that comes an instant too early.
    interrupt = threading.Timer(0.3, _thread.interrupt_main)
    rescue = threading.Timer(30, terminal.type, [b"\n"])
    rescue.start()

    def interrupted() -> None:
        interrupt.start()
        typed(terminal.stream, 100)

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    in_time = rescue.is_alive()
    rescue.cancel()
    rescue.join()
    assert in_time, "it was heard with the next key only"


def test_nothing_is_shown_meanwhile_and_everything_again_after_ctrl_c(terminal: Terminal) -> None:
    def interrupted() -> None:
        with unechoed(terminal.stream):
            assert not terminal.echoes
            raise KeyboardInterrupt

    assert terminal.echoes
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert terminal.echoes


@pytest.mark.parametrize(
    ("environ", "lines"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "dumb"}, True),
        ({"ACCESSIBLE": "1"}, True),
        ({"ACCESSIBLE": "yes"}, True),
        ({"ACCESSIBLE": "0"}, False),
        ({"ACCESSIBLE": ""}, False),
    ],
)
def test_screens_are_drawn_only_where_they_can_be_used(
    terminal: Terminal, environ: dict[str, str], lines: bool
) -> None:
    assert wants_lines(environ, terminal.stream, terminal.stream) is lines


def test_lines_are_printed_into_a_pipe(terminal: Terminal) -> None:
    assert wants_lines({}, io.StringIO(), terminal.stream)
    assert wants_lines({}, terminal.stream, io.StringIO())


def test_a_stream_that_is_no_terminal_is_left_alone() -> None:
    with unechoed(io.StringIO("secret")) as nothing:
        assert nothing is None
