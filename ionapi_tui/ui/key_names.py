"""What keys are called: written out, as they are printed on a keyboard, in the language in use."""

from __future__ import annotations

from textual.keys import format_key

from ionapi_tui.base.language import _


def key_name(key: str) -> str:
    """Return what people call a key.

    Args:
        key: as Textual names it, such as ``ctrl+q`` or ``enter``.

    Returns:
        The name, such as ``Ctrl+Q`` or ``Enter``. A letter without a modifier stays as it is typed.
    """
    *modifiers, last = key.split("+")
    words = {
        "ctrl": _("Ctrl"),
        "shift": _("Shift"),
        "alt": _("Alt"),
        "enter": _("Enter"),
        "escape": _("Esc"),
        "tab": _("Tab"),
        "space": _("Space"),
        "backspace": _("Backspace"),
        "delete": _("Del"),
        "pageup": _("Page up"),
        "pagedown": _("Page down"),
        "home": _("Home"),
        "end": _("End"),
    }
    name = words.get(last) or format_key(last)
    if modifiers or _is_function_key(last):
        name = name if last in words else name.upper()
    return "+".join([*(words.get(modifier, modifier) for modifier in modifiers), name])


def _is_function_key(key: str) -> bool:
    return key.startswith("f") and key[1:].isdigit()
