"""The last line: the keys that work here, to read and to click."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget


class Key(NamedTuple):
    """A key that works at the moment."""

    key: str
    """Its name, such as ``ctrl+q``."""
    shown: str
    """What people call it, such as ``^q``."""
    words: str
    """What it does."""
    enabled: bool


class KeyBar(Widget):
    """The keys of the screen in one line, drawn by one widget.

    Textual's footer makes a widget of each key, anew with every focus; those take longer than the rest of a page.
    """

    DEFAULT_CSS = "KeyBar { dock: bottom; height: 1; background: $panel; }"

    keys: reactive[tuple[Key, ...]] = reactive(())
    """What is drawn."""
    hovered: reactive[Key | None] = reactive(None)
    """The key under the pointer."""

    def on_mount(self) -> None:
        """Hear of changes."""
        self.screen.bindings_updated_signal.subscribe(self, self._read)

    def _read(self, screen: Screen[object]) -> None:
        if not (self.is_attached and screen is self.screen and self.app.app_focus):
            return
        first: dict[str, Key] = {}
        for _node, binding, enabled, _tooltip in screen.active_bindings.values():
            if binding.show and binding.action not in first:
                shown = self.app.get_key_display(binding)
                first[binding.action] = Key(binding.key, shown, binding.description, enabled)
        self.keys = tuple(first.values())

    def render(self) -> Content:
        """Draw the keys one after the other, closer together where there is no room."""
        return Content("").join(map(self._drawn, self.keys))

    def column_of(self, words: str) -> int | None:
        """Return the column at which the key with these words begins; None when it is not there."""
        column = 0
        for key in self.keys:
            if key.words == words:
                return column
            column += self._drawn(key).cell_length
        return None

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        if key := self._at(event):
            self.app.simulate_key(key.key)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show which key a click would press."""
        self.hovered = self._at(event)

    def on_leave(self) -> None:
        """Show none any more."""
        self.hovered = None

    @property
    def _wide(self) -> int:
        """The columns that all keys need with room between them."""
        return sum(cell_len(key.shown) + cell_len(key.words) + 3 for key in self.keys)

    def _at(self, event: events.MouseEvent) -> Key | None:
        column = event.x
        for key in self.keys:
            column -= self._drawn(key).cell_length
            if column < 0:
                return key if key.enabled else None
        return None

    def _drawn(self, key: Key) -> Content:
        words = "$footer-description-foreground" if key.enabled else "$dim"
        before = " " if self._wide <= self.size.width else ""
        drawn = Content.assemble((f"{before}{key.shown} ", "bold $footer-key-foreground"), (f"{key.words} ", words))
        return drawn.stylize("on $boost") if key == self.hovered else drawn
