"""Writing the hand-over page to a folder."""

from __future__ import annotations

import shutil
from enum import StrEnum
from itertools import count
from pathlib import Path

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.guide import Guide
from ionapi_tui.domain.handover.page import Customer, html, markdown, pictures_of
from ionapi_tui.domain.profile import slug


class Format(StrEnum):
    """How the page is written."""

    HTML = "html"
    """One file with everything inside."""
    MARKDOWN = "md"
    """A text file, and a folder with the pictures beside it."""


def hand_over_to(customer: Customer, guide: Guide, folder: Path, kind: Format) -> Path:
    """Write the page for ``customer`` into ``folder`` and return where it is. No existing file is changed.

    Args:
        customer: whom it is for.
        guide: in the language of the person who will read it.
        folder: made when it is missing.
        kind: how it is written.

    Raises:
        IonApiError: the page cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = _free(folder, f"ion-api-file-{slug(customer.name) or 'guide'}", f".{kind}")
        if kind is Format.HTML:
            text = html(guide, customer)
        else:
            pictures = path.with_suffix("")
            pictures.mkdir()
            for name, picture in pictures_of(guide).items():
                shutil.copyfile(picture, pictures / name)
            text = markdown(guide, customer, pictures.name)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        sentence = _("The page cannot be written to {folder}: {why}.")
        raise IonApiError(sentence.format(folder=safe(folder), why=safe(error.strerror or error))) from error
    return path


def _free(folder: Path, stem: str, ending: str) -> Path:
    """Return a path in ``folder`` that is not taken, nor is the folder of pictures beside it."""
    for number in count(1):
        name = stem if number == 1 else f"{stem}-{number}"
        if not (folder / (name + ending)).exists() and not (folder / name).exists():
            return folder / (name + ending)
    raise AssertionError
