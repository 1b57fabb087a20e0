"""What happened a moment ago, in lines of their own above the keys, where it covers nothing."""

from __future__ import annotations

from typing import Final

from textual.content import Content
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.reactive import reactive
from textual.widget import Widget

from ionapi_tui.ui.messages import Notice
from ionapi_tui.ui.styling import beside


class NoticeBar(Widget):
    """The notices of the moment, one below the other; without any it takes no room."""

    DEFAULT_CSS = beside(__file__)

    notices: reactive[tuple[Notice, ...]] = reactive((), layout=True)
    """What is shown."""

    class Ready(Message):
        """The bar is there, and can show what there is."""

        def __init__(self, bar: NoticeBar) -> None:
            super().__init__()
            self.bar = bar

    class Closed(Message):
        """Somebody clicked the notices away."""

    def on_mount(self) -> None:
        """Ask for the notices there are."""
        self.post_message(self.Ready(self))

    def watch_notices(self, notices: tuple[Notice, ...]) -> None:
        """Take room for them."""
        self.set_class(bool(notices), "-shown")

    def render(self) -> Content:
        """Draw them."""
        return Content("\n").join(map(_drawn, self.notices))

    def on_click(self) -> None:
        """Close them all."""
        self.post_message(self.Closed())


_SIGNS: Final[dict[SeverityLevel, tuple[str, str]]] = {
    "information": ("▌ ", "$success"),
    "warning": ("▌ ! ", "bold $text-warning"),
    "error": ("▌ ✕ ", "bold $text-error"),
}


def _drawn(notice: Notice) -> Content:
    # A sentence a line costs lines that the page needs.
    return Content.assemble(_SIGNS[notice.severity], " · ".join(notice.text.split("\n")))
