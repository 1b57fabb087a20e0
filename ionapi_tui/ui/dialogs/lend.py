"""A file on loan: the question before production is written, and the countdown while the file is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Input, Static

from ionapi_tui.base.background import in_background
from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui.dialogs.dialog import Dialog
from ionapi_tui.ui.messages import Copy
from ionapi_tui.ui.platform.bindings import translate_bindings
from ionapi_tui.ui.platform.line import Line
from ionapi_tui.ui.tasks import task
from ionapi_tui.ui.widgets.hanging import PathText

if TYPE_CHECKING:
    from ionapi_tui.usecases.lending import Lent


class _Typed(Line):
    """The name of production; Enter writes the file."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", N_("Write the file"))]

    def __init__(self, id: str) -> None:
        super().__init__(id=id, compact=True)
        translate_bindings(self)


class ConfirmLend(Dialog[bool]):
    """Whether to write the secrets of a production profile for an upload; its name has to be typed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", N_("Cancel"))]

    def __init__(self, profile: Profile) -> None:
        super().__init__(_("Write the file of {name} for an upload?").format(name=safe(profile.name, 60)))
        self._expected = profile.name

    def content(self) -> ComposeResult:
        """Say what is written, and ask for the name."""
        yield Static(
            _("The file contains the secrets in plain text. It is deleted again after the upload."), markup=False
        )
        asked = _("This is production. Type {name} to write the file:").format(name=self._expected)
        yield Static(asked, classes="request", markup=False)
        yield _Typed(id="typed")
        yield Static("", id="wrong", classes="complaint", markup=False)

    def on_mount(self) -> None:
        """Start where the name is typed."""
        self.query_one("#typed").focus()

    @on(Input.Changed)
    def forget(self) -> None:
        """What was wrong is being changed."""
        self.query_one("#wrong", Static).update("")

    @on(Input.Submitted)
    def answer(self, event: Input.Submitted) -> None:
        """Answer yes, if the name was typed."""
        if event.value.strip() == self._expected:
            self.dismiss(True)
        else:
            message = _("Type {name} to write the file. Nothing was written.").format(name=self._expected)
            self.query_one("#wrong", Static).update(message)


class LendDialog(Dialog[None]):
    """The file that is there for the upload, and how long it stays. It closes when the file is to be taken back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "close", N_("Delete file")),
        Binding("c", "copy", N_("Copy the path")),
    ]

    left: reactive[int] = reactive(0)
    """The seconds until the file is taken back."""

    def __init__(self, lent: Lent, minutes: float, now: Callable[[], datetime], page: str = "") -> None:
        """Show a loan.

        Args:
            lent: the file.
            minutes: how long it stays at most.
            now: returns the time.
            page: the address of the page on the upload; empty if it is open in a browser.
        """
        super().__init__(_("The file of {name} is ready for the upload").format(name=safe(lent.loan.profile, 60)))
        self._lent, self._now, self._page = lent, now, page
        self._end = now() + timedelta(minutes=minutes)
        self.set_reactive(LendDialog.left, self._seconds())

    def content(self) -> ComposeResult:
        """Compose the path, what to do with the file, and the time that is left."""
        yield PathText(self._lent.path)
        readers = _("Only you can read it.") if self._lent.is_private else _("Other accounts may be able to read it.")
        upload = _("In DocBits, open Settings > Document Processing > Export, and select the file at ION Mapping File.")
        yield Static(f"{readers} {upload}", markup=False)
        if self._lent.warning:
            yield Static(self._lent.warning, classes="hint", markup=False)
        if self._page:
            yield Static(_("The documentation of DocBits:"), classes="hint", markup=False)
            yield PathText(self._page)
        yield Static(self._words(), id="left", classes="request", markup=False)

    def on_mount(self) -> None:
        """Count down."""
        self.set_interval(0.25, self._count)

    def watch_left(self) -> None:
        """Show the time that is left."""
        if self.is_mounted:
            self.query_one("#left", Static).update(self._words())

    def action_copy(self) -> None:
        """Copy the path of the file."""
        self.post_message(Copy(str(self._lent.path)))

    def _count(self) -> None:
        self.left = self._seconds()
        if self.left <= 0:
            self.end()

    @task("end", exclusive=False)
    async def end(self) -> None:
        """Take the file back, also while another dialog is in front of this one, and close."""
        await in_background(self._lent.take_back)
        if self.is_current:
            self.dismiss(None)

    def _seconds(self) -> int:
        return round((self._end - self._now()).total_seconds())

    def _words(self) -> Content:
        left = f"{max(0, self.left) // 60}:{max(0, self.left) % 60:02}"
        message = _(
            "The file is deleted when you press Enter or Esc, when you leave the app, or automatically in {time} "
            "minutes."
        )
        before, _time, after = message.partition("{time}")
        return Content.assemble(before, (left, "bold $accent"), after)
