"""The first line: the program, the position in the guide, the store."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from ionapi_tui.base.language import _
from ionapi_tui.ui.state import StoreStatus


class TopBar(Widget):
    """One line: the program and the page on the left, the store on the right."""

    title: reactive[str] = reactive("")
    """The page."""
    position: reactive[str] = reactive("")
    """Where the page stands among the others."""
    store: reactive[StoreStatus] = reactive(StoreStatus())
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
