"""What is said where something would be stored, and there is no place for it."""

from __future__ import annotations

from textual.content import Content

from ionapi_tui.base.language import _
from ionapi_tui.ui.state import StoreStatus


def nowhere(store: StoreStatus) -> Content:
    """Return why nothing can be stored on this machine, and the next key to press."""
    if not store.vault:
        return Content.assemble((_("Nothing can be stored. "), "bold $text-error"), store.reason)
    return Content.assemble(
        (_("There is no safe place for secrets yet. "), "bold $text-warning"),
        _("Enter makes one: a vault, which is a KeePass file with a passphrase. F2 shows every other way."),
    )
