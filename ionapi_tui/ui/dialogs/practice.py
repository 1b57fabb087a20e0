"""How to use the practice tenant, and what to do with its profiles when it ends."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.ui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from ionapi_tui.usecases.practice_process import PracticeProcess


class PracticeAnswer(Enum):
    """What to do next."""

    START = "start"
    OPEN = "open"
    FILE = "file"
    END = "end"


class PracticeDialog(Dialog[PracticeAnswer]):
    """Where the practice tenant is and who can log in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer('start')", N_("Guide")),
        Binding("o", "answer('open')", N_("Portal")),
        Binding("f", "answer('file')", N_("File")),
        Binding("e", "answer('end')", N_("End practice")),
    ]

    def __init__(self, process: PracticeProcess) -> None:
        super().__init__(_("Practice run: a simulated Infor portal"))
        self._process = process

    def content(self) -> ComposeResult:
        """Compose the address and the users above what to do."""
        process = self._process
        for label, value in (
            (_("Portal"), process.portal),
            (_("Tenant"), process.tenant),
            (_("Log in as"), _("{user} (no password)").format(user=process.administrator)),
            (_("Service user"), process.service_user),
        ):
            yield Horizontal(
                Static(label, classes="label", markup=False),
                Static(value, classes="value", markup=False),
                classes="fact",
            )
        yield Static(
            "\n"
            + _(
                "It never contacts Infor. Press o to open its portal in the browser, then Enter, and follow "
                "the guide. Both users already have their roles, so you can skip the prerequisites.\n\nWithout a "
                "browser, press f: this creates the file of step 5 and opens the import."
            ),
            markup=False,
        )

    def action_answer(self, answer: str) -> None:
        """Answer with what to do."""
        self.dismiss(PracticeAnswer(answer))


class EndAnswer(Enum):
    """What becomes of the practice profiles."""

    REMOVE = "remove"
    KEEP = "keep"


class EndDialog(Dialog[EndAnswer]):
    """Whether to end the practice, and to remove what was stored for it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer('remove')", N_("End, remove profiles")),
        Binding("k", "answer('keep')", N_("End, keep profiles")),
        Binding("escape", "close", N_("Keep practising")),
    ]

    def __init__(self, profiles: int) -> None:
        super().__init__(_("End the practice run?"))
        self._profiles = profiles

    def content(self) -> ComposeResult:
        """Say what there is to remove."""
        stored = n_("{n} practice profile is stored.", "{n} practice profiles are stored.", self._profiles)
        yield Static(
            stored
            + "\n\n"
            + _(
                "Press Enter to end the practice tenant and remove its profiles from the password store. Profiles "
                "you keep are marked, and work again as soon as the practice tenant runs at the same address."
            ),
            markup=False,
        )

    async def action_quit(self) -> None:
        """Wait for the answer: leaving is what was asked for, or comes next."""

    def action_answer(self, answer: str) -> None:
        """Answer with what becomes of them."""
        self.dismiss(EndAnswer(answer))
