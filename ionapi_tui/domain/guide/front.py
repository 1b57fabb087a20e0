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
_ATTRIBUTES: Final = re.compile(r'([\w-]+)=(?:"([^"]*)"|(\S+))')


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


@dataclass(frozen=True)
class Part:
    """A heading and what is written below it, up to the next heading."""

    id: str
    attributes: Mapping[str, str]
    level: int
    title: str
    body: str


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


def parts_of(markdown: str) -> Iterator[Part]:
    """Yield each heading of a guide with the text below it, as it is written."""
    headings = list(_HEADINGS.finditer(markdown))
    ends = [*(heading.start() for heading in headings[1:]), len(markdown)]
    for heading, end in zip(headings, ends, strict=False):
        attributes = {name: quoted or plain for name, quoted, plain in _ATTRIBUTES.findall(heading[2])}
        yield Part(heading[1], attributes, len(heading[3]), heading[4], markdown[heading.end() : end].strip())


def _steps_in(markdown: str) -> Iterator[tuple[str, str]]:
    section = ""
    for part in parts_of(markdown):
        if part.level == 1:
            section = part.id
        elif section == "steps":
            yield part.id, part.attributes.get("name", part.title)


def lacks(part: str) -> BrokenGuide:
    """Return the error that says which part of a guide is missing."""
    return BrokenGuide(_("The guide has no {part}.").format(part=part))
