"""Keys take effect in the order in which they were pressed, also when a slow connection brings several at once."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Input

from ionapi_tui.ui.platform.line import Line
from tests.ui.driving import key_event


class OneLine(App[str]):
    """A line; Enter answers with it."""

    def compose(self) -> ComposeResult:
        """Compose it."""
        yield Line()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """End with what was typed."""
        self.exit(event.value)


async def typed(*keys: str) -> str | None:
    """Return what Enter submits after ``keys`` that arrive at once."""
    app = OneLine()
    async with app.run_test() as pilot:
        for key in (*keys, "enter", "!"):
            app._driver.send_message(key_event(key))  # type: ignore[union-attr]
        for _wait in range(200):
            if app.return_value is not None:
                break
            await pilot.pause(0.02)
    return app.return_value


async def test_what_is_deleted_is_what_stood_there_when_the_key_was_pressed() -> None:
    assert await typed(*"abd", "backspace", *"cd") == "abcd"


async def test_the_cursor_moves_before_the_next_letter() -> None:
    assert await typed(*"bc", "home", "a", "end", "d") == "abcd"


async def test_enter_submits_what_was_typed_before_it() -> None:
    assert await typed(*"abcd") == "abcd"
