"""Imports that are put off until something of them is used, for commands that answer in a tenth of a second."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any, Final

_RARELY_USED: Final = (
    *("urllib.request", "backports.tarfile", "importlib_metadata", "more_itertools"),
    *("shutil", "subprocess", "tempfile"),
)
"""What ``keyring`` imports, directly or through others, and does not use to read an item: a quarter of its time."""


def postpone_rarely_used() -> None:
    """Put off the imports that reading an item from a keyring does not need."""
    for name in _RARELY_USED:
        if name not in sys.modules:
            sys.modules[name] = _Postponed(name)
    import urllib

    # A statement "import urllib.request" finds it in its package.
    vars(urllib).setdefault("request", sys.modules["urllib.request"])


class _Postponed(ModuleType):
    """Stands for a module until somebody wants something of it.

    ``importlib.util.LazyLoader`` would do, if Python before 3.12 did not look into it at the next ``import`` already.
    """

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        try:
            return getattr(import_module(self.__name__), name)
        except ImportError:
            raise AttributeError(name) from None
