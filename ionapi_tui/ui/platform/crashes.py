"""What the app does about a mistake of its own: it ends and shows where, but nothing that somebody has entered."""

from __future__ import annotations

from textual.app import App
from textual.css.query import NoMatches


class Crashes(App[None]):
    """The part of the app that knows how to fail."""

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
