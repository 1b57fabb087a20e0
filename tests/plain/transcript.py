"""A conversation in plain mode, with all answers given beforehand, as over a pipe."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ionapi_tui.domain.guide import flow
from ionapi_tui.plain.console import WIDTH, Console
from ionapi_tui.plain.menu import run
from ionapi_tui.usecases.services import Services
from tests.samples import MARKER
from tests.ui.machine import Machine


@dataclass
class Transcript:
    """Everything that was said, answers included."""

    code: int
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it, with a single space wherever there is space or a line end."""
        return " ".join(" ".join(self.lines).split())

    def has(self, *sentences: str) -> bool:
        """Return whether ``sentences`` are said, in this order; shows all that was said when they are not."""
        at = 0
        for sentence in sentences:
            found = self.text.find(sentence, at)
            assert found >= 0, f"not said, or not there: {sentence}\n" + "\n".join(self.lines)
            at = found + len(sentence)
        return True


def converse(
    machine: Machine,
    *answers: str,
    page: str = flow.WELCOME,
    hidden: str = "",
    services: Services | None = None,
    entered: Iterable[str] = (),
) -> Transcript:
    """Hold a conversation on ``machine`` and return what was said.

    Args:
        machine: where.
        answers: one line each; after them the input ends.
        page: where to begin.
        hidden: what is pasted without being shown.
        services: what the pages work with, where that is not the machine's.
        entered: lines that are entered without being shown, such as passphrases.
    """
    left, secrets = list(answers), list(entered)
    said: list[str] = []
    console = Console(
        lambda: left.pop(0) if left else None,
        said.append,
        lambda: hidden,
        read_secret=lambda: secrets.pop(0) if secrets else None,
        echo=True,
    )
    transcript = Transcript(run(services or machine.services(), console, page), said)
    assert not left, f"never asked for: {left}\n" + "\n".join(said)
    assert not secrets, "a passphrase was never asked for\n" + "\n".join(said)
    for line in said:
        assert line.isprintable(), line
        assert len(line) <= WIDTH or " " not in line.removeprefix("> "), line
    assert MARKER not in transcript.text
    return transcript
