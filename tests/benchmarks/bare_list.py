"""A Textual app with a header, a line to type in, a list that is another one at every key, and a footer."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Input, Static

LINES = 26
"""As many as the board draws on a terminal of 30 lines."""


class BareList(App[None]):
    """What is typed changes every line of the list; nothing is looked for."""

    def compose(self) -> ComposeResult:
        """Compose them."""
        yield Header()
        yield Static("\n" * (LINES - 1), id="list")
        yield Input(compact=True)
        yield Footer()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Draw another list."""
        lines = (
            f"{event.value}{number:<15}  ACME{number}_TST  TST  Doc2Export  not checked" for number in range(LINES)
        )
        self.query_one("#list", Static).update("\n".join([f"typed {event.value}", *lines][:LINES]))


if __name__ == "__main__":
    BareList().run()
