"""Every format, by the name it has on the command line: whatever modules this package has."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from ionapi_tui.domain.export import Format


def _found() -> Iterator[Format]:
    # The loader is asked, not the disk: a package in an archive or in a frozen program has no files.
    for module in iter_modules(__path__):
        yield import_module(f"{__name__}.{module.name}").FORMAT


FORMATS: Final[dict[str, Format]] = {one.name: one for one in sorted(_found(), key=lambda one: one.rank)}
"""In the order in which they are offered."""
