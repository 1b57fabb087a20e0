"""The way through the wizard: a column where there is room, one line where there is not."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from ionapi_tui.domain.guide.flow import Stop, Ticks
from ionapi_tui.ui.state import AppState

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
