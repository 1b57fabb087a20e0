"""How to unlock the password store of a desktop on a machine without one, where no window can ask for its password."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Final

from ionapi_tui.base.language import _

COMMAND: Final = 'read -rs p; printf %s "$p" | gnome-keyring-daemon --replace --unlock --components=secrets; unset p'
"""Unlocks GNOME Keyring with the line that is typed. A daemon that runs already is unlocked only if it is replaced, and
a newline at the end would be a part of the password."""


def how_to_unlock(store: str, environ: Mapping[str, str] | None = None, platform: str = sys.platform) -> str:
    """Return how to unlock a store from a terminal; empty where a desktop asks for the password.

    Args:
        store: the display name of the store.
        environ: the environment; by default that of this process.
        platform: as in ``sys.platform``.
    """
    environ = os.environ if environ is None else environ
    if not platform.startswith("linux") or environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        return ""
    if store != "GNOME Keyring":
        return ""
    sentence = _(
        "There is no desktop here to ask for the password of {store}. To unlock it, run this command in the same "
        "session (Ctrl+Z suspends the app, fg returns to it), type the password, which is not shown, and press "
        "Enter: {command}"
    )
    return sentence.format(store=store, command=COMMAND)
