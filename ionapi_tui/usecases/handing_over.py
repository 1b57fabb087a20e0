"""Writing the hand-over page to a folder, with the file request that it makes."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from ionapi_tui.base.errors import IonApiError, StoreMissing
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.guide import Guide
from ionapi_tui.domain.handover.encrypted_file import LibraryMissing
from ionapi_tui.domain.handover.page import Customer, html, markdown, pictures_of
from ionapi_tui.domain.profile import slug

if TYPE_CHECKING:
    from ionapi_tui.domain.handover.file_request import FileRequest
    from ionapi_tui.profile_store.file_requests import FileRequests


class PageFormat(StrEnum):
    """How the page is written."""

    HTML = "html"
    """One file with everything inside."""
    MARKDOWN = "md"
    """A text file, and a folder with the pictures beside it."""


@dataclass(frozen=True)
class HandedOver:
    """A hand-over page that was written."""

    path: Path
    request: FileRequest | None
    """Whose key the page encrypts for; None if the page cannot encrypt."""
    why_not: str = ""
    """Why it cannot; empty for a page that never does, as in Markdown."""


def hand_over(
    requests: FileRequests, customer: Customer, guide: Guide, folder: Path, kind: PageFormat = PageFormat.HTML
) -> HandedOver:
    """Write the page for ``customer``, with a box that encrypts the file for this computer. May prompt for a password.

    Without a password store, or without the library for the keys, the page has no box.

    Args:
        requests: the file requests of this computer; the new one is added.
        customer: whom it is for.
        guide: in the language of the person who will read it.
        folder: made when it is missing.
        kind: how it is written; only HTML has a box.

    Raises:
        StoreError: the password store is locked or failed. Nothing was written.
        IonApiError: the page cannot be written; the request is withdrawn.
    """
    if kind is not PageFormat.HTML:
        return HandedOver(hand_over_to(customer, guide, folder, kind), None)
    try:
        request = requests.create(_who(customer))
    except (StoreMissing, LibraryMissing) as error:
        return HandedOver(hand_over_to(customer, guide, folder, kind), None, str(error))
    try:
        return HandedOver(hand_over_to(customer, guide, folder, kind, request), request)
    except IonApiError:
        requests.withdraw(request.id)
        raise


def hand_over_to(
    customer: Customer, guide: Guide, folder: Path, kind: PageFormat, request: FileRequest | None = None
) -> Path:
    """Write the page for ``customer`` into ``folder`` and return where it is. No existing file is changed.

    Args:
        customer: whom it is for.
        guide: in the language of the person who will read it.
        folder: made when it is missing.
        kind: how it is written.
        request: whose key the page encrypts for; None for a page that does not.

    Raises:
        IonApiError: the page cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = _free(folder, f"ion-api-file-{slug(f'{customer.name} {customer.tenant}') or 'guide'}", f".{kind}")
        if kind is PageFormat.HTML:
            text = html(guide, customer, request)
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


def _who(customer: Customer) -> str:
    """Return what tells the requests of a customer with several tenants apart."""
    return f"{customer.name} ({customer.tenant})" if customer.tenant else customer.name


def _free(folder: Path, stem: str, ending: str) -> Path:
    """Return a path in ``folder`` that is not taken, nor is the folder of pictures beside it."""
    for number in count(1):
        name = stem if number == 1 else f"{stem}-{number}"
        if not (folder / (name + ending)).exists() and not (folder / name).exists():
            return folder / (name + ending)
    raise AssertionError


def sentence_about(handed_over: HandedOver) -> str:
    """Return what to tell the user about a page that was written."""
    written = _("Written: {path}.").format(path=safe(handed_over.path, 300))
    return f"{written} {advice_about(handed_over)}"


def advice_about(handed_over: HandedOver) -> str:
    """Return what is in a page that was written, and what to do with it."""
    harmless = _("There is nothing secret in it.")
    if handed_over.request is not None:
        how = _(
            "The page encrypts the file for this computer (file request {id}). Send the page unchanged; the .ionapi.enc"
            " file that comes back is imported like any other."
        )
        return f"{harmless} {how.format(id=handed_over.request.short_id)}"
    if handed_over.why_not:
        how = _("The page has no box to encrypt the file: {why}")
        return f"{harmless} {how.format(why=handed_over.why_not)}"
    return harmless
