"""How everything looks: three colour schemes, the colours of the environments, and the style sheet of a module."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from textual.theme import Theme

from ionapi_tui.base.language import N_
from ionapi_tui.domain.profile import PRODUCTION

DARK = Theme(
    name="ionapi-dark",
    dark=True,
    primary="#5fb0e6",
    secondary="#3d7ea8",
    accent="#f2b544",
    success="#62c793",
    warning="#f2b544",
    error="#ff7b83",
    foreground="#e6ebf0",
    background="#11161c",
    surface="#19212a",
    panel="#243040",
    variables={
        "dim": "#9fb0c0",
        "highlight": "#2a3b4e",
        "line": "#44586e",
        "environment-prd": "#c62f3b",
        "environment-tst": "#8a5a00",
        "environment-dev": "#1f6fa8",
        "environment-other": "#566474",
        "on-environment": "#ffffff",
        "on-accent": "#11161c",
    },
)
LIGHT = Theme(
    name="ionapi-light",
    dark=False,
    primary="#0b5f93",
    secondary="#3d7ea8",
    accent="#8f4f00",
    success="#1a6b3c",
    warning="#8a5200",
    error="#b3261e",
    foreground="#1b2430",
    background="#f7f8fa",
    surface="#ffffff",
    panel="#e3e9ef",
    variables={
        "dim": "#51606f",
        "highlight": "#cddcea",
        "line": "#9aabbc",
        "environment-prd": "#b3261e",
        "environment-tst": "#8a5200",
        "environment-dev": "#0b5f93",
        "environment-other": "#51606f",
        "on-environment": "#ffffff",
        "on-accent": "#ffffff",
    },
)
CONTRAST = Theme(
    name="ionapi-contrast",
    dark=True,
    primary="#7fd0ff",
    secondary="#ffffff",
    accent="#ffd866",
    success="#7dffb0",
    warning="#ffd866",
    error="#ff9a9f",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    variables={
        "dim": "#d8d8d8",
        "highlight": "#002c4d",
        "line": "#545454",
        "environment-prd": "#8f0010",
        "environment-tst": "#5c3c00",
        "environment-dev": "#003a66",
        "environment-other": "#3a3a3a",
        "on-environment": "#ffffff",
        "on-accent": "#000000",
    },
)
"""Seven to one or better, for eyes that need it."""

THEMES = (DARK, LIGHT, CONTRAST)
"""In the order in which a key changes them."""

TITLES: Final = {DARK.name: N_("dark"), LIGHT.name: N_("light"), CONTRAST.name: N_("high contrast")}
"""What the colour schemes are called."""

_COLOURED: Final = {PRODUCTION: "prd", "TST": "tst", "TRN": "tst", "DEV": "dev", "DEM": "dev"}


def environment_style(environment: str) -> str:
    """Return the style of an environment's badge; its text says the same without the colour."""
    return f"bold $on-environment on $environment-{_COLOURED.get(environment, 'other')}"


def beside(module: str) -> str:
    """Return the style sheet that lies beside a module, for its ``DEFAULT_CSS``.

    Textual reads such a sheet when the first widget of the class appears; a sheet of the app is read before the first
    frame, whether it is needed by then or not.

    Args:
        module: the module's ``__file__``.
    """
    return Path(module).with_suffix(".tcss").read_text("utf-8")
