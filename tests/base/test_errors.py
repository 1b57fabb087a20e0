"""The tree of errors, as its own documentation draws it."""

from __future__ import annotations

import re

from ionapi_tui.base import errors
from ionapi_tui.base.errors import IonApiError


def drawn() -> dict[str, tuple[str | None, int]]:
    """Return each class of the drawing with the class it stands below, and its exit code."""
    tree: dict[str, tuple[str | None, int]] = {}
    above: list[str] = []
    for indent, name, code in re.findall(
        r"^ {4}((?:[│├└─ ]{4})*)([A-Z]\w+)(?:[ ]+(\d))?", errors.__doc__ or "", re.MULTILINE
    ):
        depth = len(indent) // 4
        del above[depth:]
        parent = above[-1] if above else None
        tree[name] = (parent, int(code) if code else tree[parent or ""][1])
        above.append(name)
    return tree


def test_every_error_has_the_parent_and_the_exit_code_that_are_drawn() -> None:
    classes = {
        one.__name__: (one.__base__.__name__ if one is not IonApiError and one.__base__ else None, one.exit_code)
        for one in vars(errors).values()
        if isinstance(one, type) and issubclass(one, IonApiError)
    }
    assert drawn() == classes
