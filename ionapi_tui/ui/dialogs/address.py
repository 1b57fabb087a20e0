"""The address of a screenshot that cannot be opened from here, to copy or to scan."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.ui.dialogs.dialog import Dialog
from ionapi_tui.ui.messages import Copy


class AddressDialog(Dialog[None]):
    """Where the screenshots are, when there is no browser in front of the user."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("c", "copy", N_("Copy the path"))]

    def __init__(self, pictures: tuple[str, ...], documentation: str) -> None:
        super().__init__(_("Screenshots of this step"))
        self._pictures = pictures
        self._documentation = documentation

    def content(self) -> ComposeResult:
        """Compose the paths beside the QR code of the documentation's address."""
        with Horizontal(classes="address-and-code"):
            with Vertical():
                yield Static(
                    _("There is no browser or picture viewer here. The pictures are on this machine:"), markup=False
                )
                for picture in self._pictures:
                    yield Static(picture, classes="address", markup=False)
                yield Static(_("The documentation is at"), markup=False)
                yield Static(self._documentation, classes="address", markup=False)
                yield Static(_("Scan the code to read it on your phone."), classes="hint", markup=False)
            yield Static(qr_code(self._documentation), classes="qr", markup=False)

    def action_copy(self) -> None:
        """Copy the path of the first picture."""
        self.post_message(Copy(self._pictures[0]))


def qr_code(address: str) -> str:
    """Return ``address`` as a QR code of half blocks, two modules a character, with its quiet zone."""
    import segno

    rows = [list(map(bool, row)) for row in segno.make(address, error="l", micro=False).matrix_iter(border=2)]
    rows += [[False] * len(rows[0])] * (len(rows) % 2)
    blocks = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
    return "\n".join(
        "".join(blocks[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )
