"""Something to tick off."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from ionapi_tui.base.language import N_
from ionapi_tui.domain.guide import Role
from ionapi_tui.ui.messages import Ticked
from ionapi_tui.ui.platform.bindings import translate_bindings


class RoleTick(Widget, can_focus=True):
    """A security role with its purpose, and whether the user has it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", N_("Tick")),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    done: reactive[bool] = reactive(False)
    """Whether it is ticked."""

    def __init__(self, tick: str, role: Role) -> None:
        super().__init__()
        self.tick = tick
        self._role = role
        translate_bindings(self)

    def render(self) -> Content:
        """Draw the box, both names, and what the role is for."""
        box = Content.assemble(("[✓] ", "bold $text-success")) if self.done else Content("[ ] ")
        names = Content.styled(self._role.name, "bold")
        if self._role.canonical != self._role.name:
            names = Content.assemble(names, "  ", (self._role.canonical, "$primary"))
        return Content.assemble(box, names, "\n", (_indented(self._role.purpose, self.size.width), "$dim"))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Leave room for both names and for the wrapped purpose."""
        return 1 + len(_indented(self._role.purpose, width).splitlines())

    def action_tick(self) -> None:
        """Tick, or take the tick away."""
        self.post_message(Ticked(self.tick, done=not self.done))

    def on_click(self, event: events.Click) -> None:
        """Tick with the mouse."""
        event.stop()
        self.action_tick()


def _indented(text: str, width: int) -> str:
    import textwrap

    return textwrap.fill(text, max(20, width), initial_indent="    ", subsequent_indent="    ")
