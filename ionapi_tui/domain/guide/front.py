"""A guide's front matter: what can be said of it before it is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _


class BrokenGuide(IonApiError):
    """A guide lacks a part, which only somebody who writes guides can mend."""


@dataclass(frozen=True)
class Front:
    """A guide's front matter: what can be said of it before it is read."""

    id: str
    title: str
    language: str
    steps: int
    """How many there are."""
    minutes: int
    """How long they take, roughly."""
    documentation: str
    """The address of the documentation behind it."""


def peek(assets: Path, language: str, name: str = "export-to-infor") -> Front:
    """Read only the front matter of a guide, without the Markdown parser: the first page should not wait for it.

    Args and errors are those of ``markdown.load``.
    """
    return front_of(path_of(assets, language, name).read_text("utf-8"))


def path_of(assets: Path, language: str, name: str) -> Path:
    """Return where a guide is; in English where it does not exist in ``language``."""
    path = assets / "guide" / language / f"{name}.md"
    return path if path.is_file() else assets / "guide" / "en" / f"{name}.md"


def front_of(markdown: str) -> Front:
    """Return the front matter of a guide.

    Raises:
        BrokenGuide: a key is missing.
    """
    values: dict[str, str] = {}
    for line in markdown.partition("---\n")[2].partition("\n---")[0].splitlines():
        key, _colon, value = line.partition(":")
        values[key.strip()] = value.strip()
    missing = next((key for key in Front.__dataclass_fields__ if not values.get(key)), None)
    if missing is not None:
        raise lacks(missing)
    return Front(
        id=values["id"],
        title=values["title"],
        language=values["language"],
        steps=int(values["steps"]),
        minutes=int(values["minutes"]),
        documentation=values["documentation"],
    )


def lacks(part: str) -> BrokenGuide:
    """Return the error that says which part of a guide is missing."""
    return BrokenGuide(_("The guide has no {part}.").format(part=part))
