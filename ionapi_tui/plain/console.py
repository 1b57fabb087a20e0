"""A console of lines: text is written, and questions are answered with a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe

WIDTH: Final = 78
"""The most characters of a line, unless a single word is longer."""


class InputEnded(Exception):
    """The input has ended, so no question will be answered any more."""


@dataclass(frozen=True)
class Choice:
    """One of several answers to a question."""

    label: str
    hint: str = ""
    """What it is about, behind the label."""


class Console:
    """Writes lines, and reads answers that are lines."""

    def __init__(
        self,
        read: Callable[[], str | None],
        write: Callable[[str], None],
        read_hidden: Callable[[], str] | None = None,
        *,
        read_secret: Callable[[], str | None] | None = None,
        echo: bool = False,
    ) -> None:
        """Prepare.

        Args:
            read: returns the next line of answers, None when there is none any more.
            write: writes one line.
            read_hidden: returns the lines up to an empty one, or to the end, without showing them.
            read_secret: returns the next line without showing it; None when there is none any more.
            echo: repeat answers, because nothing else shows them; so for a pipe.
        """
        self._read, self._write, self._read_hidden, self._echo = read, write, read_hidden, echo
        self._read_secret = read_secret or (lambda: None)

    def say(self, text: str = "") -> None:
        """Write a paragraph, or several that are lines of ``text``."""
        for paragraph in text.split("\n"):
            # Paths and addresses stay whole, to be copied.
            lines = wrap(paragraph, WIDTH, break_long_words=False, break_on_hyphens=False)
            for line in lines or [""]:
                self._write(line)

    def title(self, text: str) -> None:
        """Write a heading, with an empty line before it."""
        self.say()
        self.say(text)

    def facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Write labels and values, one pair a line."""
        for label, value in facts:
            self.say(_("{label}: {value}").format(label=label, value=value))

    def ask(self, question: str) -> str:
        """Ask for a line and return it without the spaces around it.

        Raises:
            InputEnded: there is no answer, and there will be none.
        """
        self.say(question)
        answer = self._read()
        if answer is None:
            raise InputEnded
        answer = answer.strip()
        if self._echo:
            # A pasted file must not show up where it was not shown before.
            self._write("> " + ("…" if "{" in answer else safe(answer)))
        return answer

    def hidden(self) -> Secret:
        """Return several lines that are not shown: everything up to an empty line or to the end."""
        return Secret(self._read_hidden() if self._read_hidden else "")

    def secret(self, question: str) -> Secret:
        """Ask for a line that is not shown, and return it.

        Raises:
            InputEnded: there is no answer, and there will be none.
        """
        self.say(question)
        answer = self._read_secret()
        if answer is None:
            raise InputEnded
        return Secret(answer.rstrip("\r\n"))

    def choose(self, question: str, *choices: Choice, other: Callable[[str], str | None] | None = None) -> int:
        """Offer numbered choices and return the index of the one that was taken, counted from 0.

        Enter takes the first one.

        Args:
            question: what is asked.
            choices: the answers.
            other: takes an answer that is none of the numbers, and returns None; or returns why it does not, empty for
                no special reason. Without it, only numbers are taken.

        Returns:
            The index; the number of choices if ``other`` took the answer.

        Raises:
            InputEnded: there is no answer, and there will be none.
        """
        self.say()
        self.say(question)
        for number, choice in enumerate(choices, 1):
            self.say(f"{number}. {choice.label}" + (f": {choice.hint}" if choice.hint else ""))
        while True:
            question = _("Enter a number from 1 to {most}, or press Enter for 1.").format(most=len(choices))
            answer = self.ask(question)
            if not answer:
                return 0
            # isdecimal() is true for digits of other scripts too, and int() understands them.
            if answer.isdecimal() and len(answer) < 4 and 1 <= int(answer) <= len(choices):
                return int(answer) - 1
            refusal = other(answer) if other is not None else ""
            if refusal is None:
                return len(choices)
            self.say(refusal or _("Enter one of the numbers shown."))

    def agrees(self, question: str, yes: str, no: str) -> bool:
        """Ask whether to do something; Enter alone means no.

        Raises:
            InputEnded: there is no answer, and there will be none.
        """
        return self.choose(question, Choice(no), Choice(yes)) == 1
