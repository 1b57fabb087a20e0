"""A guide's front matter and the names of its steps: what can be said of it before it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _

_KEYS: Final = ("id", "title", "language", "minutes", "documentation")
_HEADINGS: Final = re.compile(r"^\{#(\S+?)(| [^}\n]*)\}\n(##?) (.+)$", re.MULTILINE)
_NAME: Final = re.compile(r'\bname="([^"]+)"')


class BrokenGuide(IonApiError):
    """A guide lacks a part, which only somebody who writes guides can mend."""


@dataclass(frozen=True)
class Front:
    """A guide's front matter and the names of its steps."""

    id: str
    title: str
    language: str
    minutes: int
    """How long the steps take, roughly."""
    documentation: str
    """The address of the documentation behind it."""
    step_names: Mapping[str, str]
    """The steps by their ids, each with its name in half a sentence."""

    @property
    def steps(self) -> int:
        """How many there are."""
        return len(self.step_names)


def peek(assets: Path, language: str, name: str = "export-to-infor") -> Front:
    """Read only the front of a guide, without the Markdown parser: the first page should not wait for it.

    Args and errors are those of ``markdown.load``.
    """
    return front_of(path_of(assets, language, name).read_text("utf-8"))


def path_of(assets: Path, language: str, name: str) -> Path:
    """Return where a guide is; in English where it does not exist in ``language``."""
    path = assets / "guide" / language / f"{name}.md"
    return path if path.is_file() else assets / "guide" / "en" / f"{name}.md"


def front_of(markdown: str) -> Front:
    """Return the front of a guide.

    Raises:
        BrokenGuide: a key is missing.
    """
    values: dict[str, str] = {}
    for line in markdown.partition("---\n")[2].partition("\n---")[0].splitlines():
        key, _colon, value = line.partition(":")
        values[key.strip()] = value.strip()
    missing = next((key for key in _KEYS if not values.get(key)), None)
    if missing is not None:
        raise lacks(missing)
    return Front(
        id=values["id"],
        title=values["title"],
        language=values["language"],
        minutes=int(values["minutes"]),
        documentation=values["documentation"],
        step_names=dict(_steps_in(markdown)),
    )


def _steps_in(markdown: str) -> Iterator[tuple[str, str]]:
    inside = False
    for key, attributes, level, title in _HEADINGS.findall(markdown):
        if level == "#":
            inside = key == "steps"
        elif inside:
            name = _NAME.search(attributes)
            yield key, name[1] if name else title


def lacks(part: str) -> BrokenGuide:
    """Return the error that says which part of a guide is missing."""
    return BrokenGuide(_("The guide has no {part}.").format(part=part))
