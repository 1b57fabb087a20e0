"""A Textual app with a header and a footer and nothing else, to measure ours beside: Enter shows the next screen."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Footer, Header, Static

SCREENS = 5


class BareScreen(Screen[None]):
    """A header, a line, a footer."""

    BINDINGS = [("enter", "app.next", "Next"), ("b", "app.previous", "Back")]  # noqa: RUF012 - Textual's own form

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def compose(self) -> ComposeResult:
        """Compose them."""
        yield Header()
        yield Static(f"Screen {self._number}")
        yield Footer()


class BareApp(App[None]):
    """Screens that are built when they are first shown, and kept."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = 0

    def get_default_screen(self) -> Screen[None]:
        """Begin with the first, as an app that cares for its start does."""
        return BareScreen(0)

    def action_next(self) -> None:
        """Show the next screen."""
        self._show(self._shown + 1)

    def action_previous(self) -> None:
        """Show the screen before."""
        self._show(self._shown - 1)

    def _show(self, number: int) -> None:
        if not 1 <= number <= SCREENS:
            return
        name = f"screen-{number}"
        if not self.is_screen_installed(name):
            self.install_screen(BareScreen(number), name)
        if self._shown:
            self.switch_screen(name)
        else:
            self.push_screen(name)
        self._shown = number


if __name__ == "__main__":
    BareApp().run()
