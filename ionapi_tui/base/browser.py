"""Opening an address in the user's browser, if there is one."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from threading import Thread


def can_open(environ: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Return whether an address opened here would appear on a screen in front of the user.

    True wherever ``BROWSER`` is set. Otherwise False for a session over SSH and for a Linux session without a display.
    """
    if environ.get("BROWSER"):
        return True
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return False
    if platform in ("win32", "darwin"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY") or environ.get("WSL_DISTRO_NAME"))


def open_address(address: str) -> bool:
    """Open ``address`` (a URL, ``file://`` included) outside the terminal.

    Returns:
        Whether a program was started to show it. It gets neither input nor output, so that a browser that runs in a
        terminal does not draw over this one.
    """
    if not can_open(os.environ):
        return False
    if commands := os.environ.get("BROWSER"):
        return any(_start(command, address) for command in commands.split(os.pathsep) if command)
    import webbrowser

    try:
        return webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return False


def _start(command: str, address: str) -> bool:
    words = shlex.split(command, posix=os.name != "nt")
    filled = [word.replace("%s", address) for word in words]
    if filled == words:
        filled.append(address)
    quiet = subprocess.DEVNULL
    try:
        # BROWSER is the user's own setting; the address is passed as one argument, never through a shell.
        process = subprocess.Popen(  # noqa: S603
            filled, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
    except OSError:
        return False
    # Unless its end is awaited, it stays a zombie for as long as this program runs.
    Thread(target=process.wait, name="ionapi-tui-browser", daemon=True).start()
    return True
