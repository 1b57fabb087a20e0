"""The descriptions of keys, which are written before the language is known.

Checked with Textual 8.2.8: ``DOMNode._bindings``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from textual.binding import ActiveBinding, Binding
from textual.dom import DOMNode
from textual.screen import Screen

from ionapi_tui.base.language import _


def translate_bindings(owner: DOMNode) -> None:
    """Put the descriptions of ``owner``'s keys into the language in use; they were written before it was known.

    May be done again after the language has changed.
    """
    # Textual adds bindings of its own to an object, so what was written is kept from the first time on.
    written = owner.__dict__.setdefault("_written_bindings", owner._bindings.copy())  # noqa: SLF001 - no other way
    owner._bindings = written.copy()  # noqa: SLF001
    keys = owner._bindings.key_to_bindings  # noqa: SLF001
    for key, bindings in sorted(keys.items(), key=lambda item: item[0] != "enter"):
        # Put back in this order, which is the footer's: the key that leads on comes first.
        del keys[key]
        keys[key] = [replace(one, description=_(one.description) if one.description else "") for one in bindings]


def our_bindings(screen: Screen[object]) -> Iterator[ActiveBinding]:
    """Yield the keys that work on ``screen`` and that we named ourselves, not those Textual brings for scrolling."""
    for active in screen.active_bindings.values():
        if active.enabled and is_ours(active):
            yield active


def is_ours(active: ActiveBinding) -> bool:
    """Return whether we named a key ourselves, and it is none of those that Textual brings for scrolling."""
    return bool(active.binding.description) and active.binding.action in _our_actions(active.node)


def _our_actions(node: DOMNode) -> set[str]:
    return {
        binding.action
        for kind in type(node).__mro__
        if kind.__module__.startswith("ionapi_tui.")
        for binding in kind.__dict__.get("BINDINGS", ())
        if isinstance(binding, Binding)
    }
