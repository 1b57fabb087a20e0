"""Something to read: help, the keys, a request to send, and where the screenshots are."""

from __future__ import annotations

from itertools import zip_longest
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.ui.dialogs.dialog import Dialog
from ionapi_tui.ui.key_names import key_name
from ionapi_tui.ui.messages import Copy
from ionapi_tui.ui.platform.bindings import our_bindings
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.widgets.hanging import PathText

_MOST_LINES = 14
"""How many lines of keys fit into a dialog on a terminal of 24 lines."""


class Reading(Dialog[None]):
    """A text in a box; it can be copied where that is of use."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("c", "copy", N_("Copy"))]

    def __init__(self, title: str, text: Content | str, copy: str | None = None) -> None:
        super().__init__(title)
        self._text = Content(text) if isinstance(text, str) else text
        self._copy = copy
        self.is_copied = False
        """Whether the text was copied."""

    def content(self) -> ComposeResult:
        """Compose the text."""
        yield Static(self._text, markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer copying only where there is something to copy; the keys are listed in a text like this one."""
        return self._copy is not None if action == "copy" else action != "keys"

    def action_copy(self) -> None:
        """Copy the text."""
        if self._copy is not None:
            self.is_copied = True
            self.post_message(Copy(self._copy))


def request_to_send(text: str) -> Reading:
    """Return a request to an administrator in a box, from which it can be copied."""
    return Reading(_("Request to send"), text, copy=text)


def all_keys(screen: Screen[object]) -> Content:
    """Return every key that works on ``screen``, one a line."""
    shown: dict[str, ActiveBinding] = {}
    for active in our_bindings(screen):
        # Of several keys for one thing the one that the footer has.
        before = shown.setdefault(active.binding.description, active)
        if active.binding.show and not before.binding.show:
            shown[active.binding.description] = active
    lines = {words: screen.app.get_key_display(active.binding) for words, active in shown.items()}
    lines |= {_("Move around"): _("Tab, arrows"), _("Every command and profile"): key_name("ctrl+p")}
    return _in_columns(list(lines.items()))


def help_and_keys(screen: Screen[object], text: str) -> Content:
    """Return what a page is for, above every key that works on it."""
    return Content.assemble(text, "\n\n", (_("Keys"), "bold"), "\n", all_keys(screen))


def _in_columns(entries: list[tuple[str, str]]) -> Content:
    """Return words and their keys one a line; two a line when there are more than a small terminal shows."""
    if len(entries) <= _MOST_LINES:
        return Content("\n").join(_column(entries))
    half = (len(entries) + 1) // 2
    left, right = _column(entries[:half]), _column(entries[half:])
    width = max(entry.cell_length for entry in left) + 2
    lines = zip_longest(left, right, fillvalue=Content(""))
    return Content("\n").join(one.pad_right(width - one.cell_length) + other for one, other in lines)


def _column(entries: list[tuple[str, str]]) -> list[Content]:
    """Return words behind their keys, which end below each other."""
    width = max((cell_len(key) for _words, key in entries), default=0)
    return [
        Content.assemble((" " * (width - cell_len(key)) + key, "bold $accent"), "  ", words) for words, key in entries
    ]


class AddressDialog(Dialog[None]):
    """Where the screenshots are, when there is no browser in front of the user."""

    DEFAULT_CSS = beside(__file__)

    # Textual's own form is a plain list.
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012

    BINDINGS: ClassVar[list[BindingType]] = [Binding("c", "copy", N_("Copy the path"))]

    def __init__(self, pictures: tuple[str, ...], documentation: str) -> None:
        super().__init__(_("Screenshots of this step"))
        self._pictures = pictures
        self._documentation = documentation

    def content(self) -> ComposeResult:
        """Compose the paths beside the QR code of the documentation's address."""
        with Horizontal(classes="address-and-code"):
            with Vertical():
                yield Static(_("No browser or image viewer was found. The images are on this computer:"), markup=False)
                for picture in self._pictures:
                    yield PathText(picture)
                yield Static(_("DocBits documentation (scan the code to open it on your phone):"), markup=False)
                yield PathText(self._documentation)
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
