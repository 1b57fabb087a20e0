"""What to do about a password store that is locked or not available, in the words of every front end."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Final

from ionapi_tui.base.language import _

COMMAND: Final = 'read -rs p; printf %s "$p" | gnome-keyring-daemon --replace --unlock --components=secrets; unset p'
"""Unlocks GNOME Keyring with the line that is typed. A daemon that runs already is unlocked only if it is replaced, and
a newline at the end would be a part of the password."""


_DESKTOP: Final = ("keyring:SecretService", "keyring:libsecret")
"""The keys of the desktop's password store on Linux."""


def how_to_start() -> str:
    """Return how to get the password store of a desktop on Linux, with one and without one."""
    return _(
        "On a desktop, log in to GNOME or KDE, or start KeePassXC and turn on its Secret Service integration. On a "
        "server, in a container or under WSL, install gnome-keyring and start this program in a separate session: "
        "“dbus-run-session -- bash”, then the next line, and type the password of the keyring (a new one the first "
        "time): {command}"
    ).format(command=COMMAND)


def how_to_return(key: str) -> str:
    """Return what to do about profiles whose password store is not available.

    Args:
        key: the key of the store in the profile.
    """
    lost = f"{_('Nothing is lost: its profiles work again when it is available.')} {_pointer()}"
    return f"{how_to_start()} {lost}" if key in _DESKTOP else lost


def without_pointer(text: str) -> str:
    """Return what this module says without the sentence about “ionapi-tui store”, for that command itself."""
    return text.replace(_pointer(), "").strip()


def _pointer() -> str:
    return _("“ionapi-tui store” shows the state of every password store.")


def how_to_open(store: str) -> str:
    """Return what to do about a store that is locked, with a desktop and without one.

    Args:
        store: the display name of the store.
    """
    enter = _("Enter its password when your desktop asks for it, or press F2 in the app and then u to unlock it.")
    return how_to_unlock(store) or f"{enter} {_pointer()}"


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
