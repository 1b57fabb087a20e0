"""The ``.ionapi`` files of the watched folder, newest first."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.relative_time import ago
from ionapi_tui.base.text import safe
from ionapi_tui.ui.platform.bindings import translate_bindings

if TYPE_CHECKING:
    from ionapi_tui.files.downloads import Download


class FileList(OptionList):
    """Files to choose from; one that arrives while somebody looks comes first and is highlighted."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", N_("Open"))]

    class Chosen(Message):
        """A file was chosen."""

        def __init__(self, path: Path) -> None:
            super().__init__()
            self.path = path

    def __init__(self, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._paths: tuple[Path, ...] = ()
        self._seen: frozenset[Path] | None = None
        translate_bindings(self)

    def show(self, downloads: tuple[Download, ...], now: datetime) -> None:
        """Draw ``downloads``; the highlight stays on its file, or goes to one that has just arrived."""
        kept = self._paths[self.highlighted] if self.highlighted is not None and self._paths else None
        before, self._seen = self._seen, (self._seen or frozenset()) | {download.path for download in downloads}
        arrived = [d.path for d in downloads if before is not None and d.path not in before]
        self._paths = tuple(download.path for download in downloads)
        self.clear_options()
        self.add_options([_option(download, now, download.path in arrived) for download in downloads])
        if not downloads:
            self.add_option(
                Option(Content.styled(_("No .ionapi file here yet. It appears by itself."), "$dim"), disabled=True)
            )
            return
        wanted = arrived[0] if arrived else kept
        self.highlighted = self._paths.index(wanted) if wanted in self._paths else 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Say which file was chosen."""
        event.stop()
        if event.option_index < len(self._paths):
            self.post_message(self.Chosen(self._paths[event.option_index]))


def _option(download: Download, now: datetime, arrived: bool) -> Option:
    name = Content.styled(safe(download.path.name, 50), "bold")
    when = ago(datetime.fromtimestamp(download.modified, tz=now.tzinfo), now)
    mark = Content.styled("  " + _("new"), "bold $text-success") if arrived else Content("")
    return Option(Content.assemble(name, "  ", (when, "$dim"), mark))
