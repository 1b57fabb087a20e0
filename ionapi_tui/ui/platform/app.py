"""What the app takes from Textual that Textual does not publish.

It ends without showing local variables when it has a mistake, and keys that come too early for a dialog do nothing.
Pages open at once: they are made while the one before them is read, and drawn when they are whole.

Checked with Textual 8.2.8: ``App._get_screen``, ``_begin_batch``, ``_end_batch``, ``_handle_exception``, ``_exit``,
``_fatal_error``, ``_exit_renderables`` and ``_close_messages_no_wait``.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping

from textual import events
from textual.actions import ActionParseResult
from textual.app import App
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widget import Widget


class PlatformApp(App[None]):
    """An app that fails safely and prepares its pages."""

    async def preload(self, screen: Screen[object]) -> None:
        """Mount ``screen``, which is not shown yet, and let it know the size of the terminal."""
        _screen, mounted = self._get_screen(screen)
        await mounted
        screen.post_message(events.Resize(self.size, self.size))
        # Pages are kept until the end. Looking through them for garbage again and again takes longer than drawing one.
        gc.freeze()

    def show_when_drawn(self, screen: Screen[object]) -> None:
        """Put ``screen`` above the first one, and draw it when it is laid out instead of after each of its parts."""
        self._begin_batch()
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)
        if not self.screen.call_later(self._end_batch):
            self._end_batch()

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key means, unless its dialog is still being built and has nothing to do it with."""
        screen = default_namespace.screen if isinstance(default_namespace, Widget) else None
        if isinstance(screen, ModalScreen) and not screen.is_mounted:
            return True
        return await super().run_action(action, default_namespace, namespaces)

    def _handle_exception(self, error: Exception) -> None:
        # Once the app has been told to end, Textual mounts nothing any more. What is being built in that moment then
        # misses its parts, which is no mistake, and has to cost neither the exit code nor a traceback.
        if not (self._exit and isinstance(error, NoMatches)):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        # Textual's own draws the local variables, and one of them may hold what somebody pasted.
        from rich.segment import Segments
        from rich.traceback import Traceback

        self.bell()
        report = Traceback(show_locals=False, width=None)
        self._exit_renderables.append(Segments(self.console.render(report, self.console.options)))
        self._close_messages_no_wait()
