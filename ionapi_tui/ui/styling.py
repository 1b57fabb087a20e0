"""The style sheet beside a module."""

from __future__ import annotations

from pathlib import Path


def beside(module: str) -> str:
    """Return the style sheet that lies beside a module, for its ``DEFAULT_CSS``.

    Textual reads such a sheet when the first widget of the class appears; a sheet of the app is read before the first
    frame, whether it is needed by then or not.

    Args:
        module: the module's ``__file__``.
    """
    return Path(module).with_suffix(".tcss").read_text("utf-8")
