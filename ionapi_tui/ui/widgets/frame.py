"""What is around a page: the bar at the top, the rail through the guide, and the keys at the bottom."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from ionapi_tui.base.language import _
from ionapi_tui.domain.guide.flow import Stop, Ticks
from ionapi_tui.ui.messages import AppState, StoreInUse


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


class TopBar(Widget):
    """One line: the program and the page on the left, the store on the right."""

    title: reactive[str] = reactive("")
    """The page."""
    position: reactive[str] = reactive("")
    """Where the page stands among the others."""
    store: reactive[StoreInUse] = reactive(StoreInUse())
    """Where secrets go on this machine, as far as it is known yet."""

    practice: reactive[bool] = reactive(False)
    """Whether a practice tenant runs: it is said on every page."""

    def render(self) -> Content:
        """Draw both ends; on a narrow terminal the title gives way to the position and the store."""
        right = self._store()
        if self.position:
            right = Content.assemble((self.position, "$foreground"), "   ", right)
        left = Content.styled(" ionapi-tui", "bold $primary")
        if self.practice:
            left = Content.assemble(left, "  ", (f" {_('PRACTICE')} ", "bold $on-accent on $accent"))
        left = Content.assemble(left, "  ", (self.title, "bold"))
        room = self.size.width - right.cell_length - 2
        left = left.truncate(room, ellipsis=True)
        return Content.assemble(left, " " * (room - left.cell_length + 1), right)

    def _store(self) -> Content:
        if not self.store.known:
            return Content("")
        if not self.store.label:
            return Content.assemble(("✕ ", "bold $text-error"), _("no password store"))
        return Content.assemble((self.store.label, "$dim"), (" ●", "$text-success"))


_SIGNS = {Ticks.ALL: ("✓", "$text-success"), Ticks.SOME: ("◐", "$text-warning"), Ticks.NONE: ("·", "$dim")}


class Rail(Widget):
    """The pages of the wizard with their ticks; a click goes to one."""

    state: reactive[AppState] = reactive(AppState())
    """What is drawn."""

    class Chosen(Message):
        """Somebody clicked a page."""

        def __init__(self, page: str) -> None:
            super().__init__()
            self.page = page

    def render(self) -> Content:
        """Draw the column, or the line."""
        return self._column() if self.size.height > 1 else self._line()

    def _column(self) -> Content:
        return Content("\n").join(self._entry(stop) for stop in self.state.stops)

    def _entry(self, stop: Stop) -> Content:
        if stop.id == self.state.page:
            return Content.assemble(("▸ ", "bold $accent"), (stop.title, "bold $accent")).truncate(
                self.size.width, ellipsis=True
            )
        sign, style = _SIGNS[stop.ticks]
        words = "$foreground" if stop.ticks is Ticks.ALL else "$dim"
        return Content.assemble((f"{sign} ", f"bold {style}"), (stop.title, words)).truncate(
            self.size.width, ellipsis=True
        )

    def _line(self) -> Content:
        stops = self.state.stops
        here = next((at for at, stop in enumerate(stops) if stop.id == self.state.page), 0)
        each = max(1, self.size.width // max(1, len(stops)))
        return Content.assemble(
            *(
                ("━" * (each - 1) + " ", "bold $accent" if at == here else self._shade(stop))
                for at, stop in enumerate(stops)
            )
        )

    def _shade(self, stop: Stop) -> str:
        return {Ticks.ALL: "$success", Ticks.SOME: "$warning", Ticks.NONE: "$line"}[stop.ticks]

    def on_click(self, event: events.Click) -> None:
        """Go to the page under the pointer."""
        stops = self.state.stops
        if not stops:
            return
        # Where it was clicked counts from the corner of the padding.
        offset = event.get_content_offset(self)
        if offset is None:
            return
        at = offset.y if self.size.height > 1 else offset.x // max(1, self.size.width // len(stops))
        if 0 <= at < len(stops):
            self.post_message(self.Chosen(stops[at].id))
