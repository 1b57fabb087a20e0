"""Ctrl-Z: back to the shell for a while, with the terminal as it was, and on from there."""

from __future__ import annotations

import os
import sys
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from ionapi_tui.base.language import N_, _


class Stopping(App[None]):
    """The part of the app that can be stopped and let go on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "suspend_process", N_("To the shell; fg leads back"), show=False, priority=True)
    ]

    def on_mount(self) -> None:
        """Draw everything again when the shell lets the app go on; Textual takes it to be still there."""
        self.app_resume_signal.subscribe(self, lambda _app: self.refresh(layout=True))

    def action_suspend_process(self) -> None:
        """Stop until the shell lets the app go on; where there is no shell to do so, say that."""
        if shell_waits():
            super().action_suspend_process()
        else:
            self.notify(_("There is no shell to go back to from here."), severity="warning", markup=False)


def shell_waits() -> bool:
    """Return whether a shell with job control started this process, and gets the terminal when it stops.

    A process that stops without one is never let go on. The kernel would not stop such a process either, but Textual
    asks it in a way that cannot be refused.
    """
    if sys.platform == "win32":
        return False
    parent = os.getppid()
    try:
        return os.getsid(parent) == os.getsid(0) and os.getpgid(parent) != os.getpgrp()
    except OSError:
        # The parent has ended just now, or this system does not tell about other processes.
        return False
