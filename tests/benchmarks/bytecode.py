"""The program as it is when it has been installed: pip compiles what it installs, a checkout is compiled by its first
run, and not at all where ``PYTHONDONTWRITEBYTECODE`` is set."""

from __future__ import annotations

import compileall
from pathlib import Path

import ionapi_tui


def compile_ours() -> None:
    """Compile the modules of ours that are not, or have changed since."""
    compileall.compile_dir(Path(ionapi_tui.__file__).parent, quiet=1)
