"""A box above the page: a question, or something to read."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from ionapi_tui.base.language import N_
from ionapi_tui.ui.platform.bindings import translate_bindings
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.widgets.frame import KeyBar, NoticeBar
from ionapi_tui.ui.widgets.path_field import PathInput

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer]):
    """A titled box with a footer of its own. Esc closes it; subclasses say what is inside."""

    DEFAULT_CSS = beside(__file__)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", N_("Close")),
        # The app's own keys do not work above its pages.
        Binding("question_mark", "keys", N_("Keys"), show=False, key_display="?"),
        Binding("f1", "keys", show=False),
        Binding("ctrl+q", "quit", show=False),
    ]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._heading = title
        translate_bindings(self)

    def content(self) -> ComposeResult:
        """Compose what is in the box."""
        return ()

    def compose(self) -> ComposeResult:
        """Lay out the box."""
        with Vertical(classes="dialog"):
            yield Static(self._heading, classes="title", markup=False)
            with VerticalScroll(classes="content"):
                yield from self.content()
            yield NoticeBar()
            yield KeyBar()

    def on_paste(self, event: events.Paste) -> None:
        """Let a path that is dropped or pasted go to the line for a path, wherever the focus is."""
        for line in self.query(PathInput):
            event.stop()
            line.take(event.text)

    def after_typing(self, do: Callable[[], object]) -> None:
        """Call ``do`` once the line with the focus has taken every key that was pressed before."""
        (self.focused or self).call_later(do)

    async def action_keys(self) -> None:
        """Show every key that works here."""
        await self.run_action("app.keys")

    async def action_quit(self) -> None:
        """Leave the app, as from any page."""
        await self.app.action_quit()

    def action_close(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)
