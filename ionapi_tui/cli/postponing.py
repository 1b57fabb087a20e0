"""Imports that are put off until something of them is used, for commands that answer in a tenth of a second."""

from __future__ import annotations

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec
from typing import Final

_RARELY_USED: Final = ("urllib.request", "importlib_metadata", "more_itertools")
"""What ``keyring`` imports, directly or through others, and does not use to read an item: a fifth of its time."""


def postpone_rarely_used() -> None:
    """Put off the imports that reading an item from a keyring does not need.

    For commands of one thread only: the first use of a postponed module is not safe among several.
    """
    for name in _RARELY_USED:
        if name not in sys.modules:
            _postpone(name)


def _postpone(name: str) -> None:
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        return
    spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    package, _dot, last = name.rpartition(".")
    if package:
        setattr(sys.modules[package], last, module)
