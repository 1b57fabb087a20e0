"""The import page: choose the downloaded file, wait for it, or paste its content."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ionapi_tui.base.language import _
from ionapi_tui.base.relative_time import ago
from ionapi_tui.base.text import safe
from ionapi_tui.domain.guide import flow
from ionapi_tui.domain.inspection.inspector import as_path, looks_like_content
from ionapi_tui.plain.console import Choice
from ionapi_tui.plain.conversation import Conversation
from ionapi_tui.plain.practice import write_practice_file
from ionapi_tui.plain.review import review

if TYPE_CHECKING:
    from ionapi_tui.domain.inspection import Inspection
    from ionapi_tui.files.downloads import Download

_WAIT_SECONDS: Final = 600.0
"""Seconds to wait for a new file."""
_MOST_FILES: Final = 20
"""Older files are reached by their path."""


def choose_file(conversation: Conversation) -> str:
    """Ask for a file, inspect it, and return the page to go to."""
    console, services = conversation.console, conversation.services
    console.title(_("Import the file"))
    folder = services.paths.downloads
    files = _files(conversation)[:_MOST_FILES]
    console.say(_("The newest .ionapi files in {folder} come first.").format(folder=safe(folder)))
    now = services.now()
    listed = [Choice(safe(one.path.name, 80), ago(_when(one, now), now)) for one in files]
    actions: list[tuple[Choice, Callable[[Conversation], str]]] = [
        (Choice(_("Wait for a new file")), _wait),
        (Choice(_("Type the path of a file")), _typed),
        (Choice(_("Paste the content of the file")), _pasted),
        *_for_practice(conversation),
        (Choice(_("Go back")), lambda here: flow.neighbour(here.guide, flow.IMPORT, -1)),
        (Choice(_("Main menu")), lambda _here: flow.WELCOME),
    ]
    paths: list[Path] = []

    def take_path(answer: str) -> str | None:
        if looks_like_content(answer):
            return _advice_about_content()
        path = as_path(answer)
        looks_like_path = path.suffix.lower() == ".ionapi" or path.parent != Path()
        # Path raises on names that are too long.
        if answer.isdecimal() or not (looks_like_path or os.path.exists(path)):  # noqa: PTH110
            return ""
        paths.append(path)
        return None

    choices = (*listed, *(choice for choice, _action in actions))
    chosen = console.choose(_("Which file?"), *choices, other=take_path)
    if paths:
        return _review_file(conversation, paths[0])
    if chosen < len(files):
        return _review_file(conversation, files[chosen].path)
    return actions[chosen - len(files)][1](conversation)


def _for_practice(conversation: Conversation) -> list[tuple[Choice, Callable[[Conversation], str]]]:
    """Return what is offered besides while somebody practises."""
    process = conversation.practises
    if process is None:
        return []
    written = Choice(_("Write a file of the practice tenant without a browser"))
    return [(written, lambda here: write_practice_file(here, process))]


def _review_file(conversation: Conversation, path: Path) -> str:
    conversation.console.title(safe(path, 300))
    return review(conversation, conversation.services.inspect_file(path), path)


def _review_content(conversation: Conversation, inspection: Inspection) -> str:
    conversation.console.title(_("Pasted content"))
    return review(conversation, inspection, None)


def _files(conversation: Conversation) -> tuple[Download, ...]:
    from ionapi_tui.files.downloads import find

    return find(conversation.services.paths.downloads)


def _when(download: Download, now: datetime) -> datetime:
    return datetime.fromtimestamp(download.modified, tz=now.tzinfo)


def _wait(conversation: Conversation) -> str:
    folder = conversation.services.paths.downloads
    conversation.console.say(_("Waiting for a new file in {folder}. Press Ctrl+C to stop.").format(folder=safe(folder)))
    try:
        path = asyncio.run(_arrival(conversation, _WAIT_SECONDS))
    except KeyboardInterrupt:
        path = None
    if path is None:
        conversation.console.say(_("No new file has arrived."))
        return flow.IMPORT
    conversation.console.say(_("A file has arrived: {name}").format(name=safe(path.name, 80)))
    return _review_file(conversation, path)


async def _arrival(conversation: Conversation, seconds: float) -> Path | None:
    """Return the first file that comes or changes; None when none does for so many seconds."""
    services, stop = conversation.services, asyncio.Event()
    before: frozenset[Download] | None = None
    try:
        async with asyncio.timeout(seconds):
            async for downloads in services.watch_downloads(services.paths.downloads, stop):
                arrived = [] if before is None else [one for one in downloads if one not in before]
                if arrived:
                    return arrived[0].path
                before = frozenset(downloads)
    except TimeoutError:
        pass
    return None


def _typed(conversation: Conversation) -> str:
    answer = conversation.console.ask(_("Type the path, or press Enter to go back."))
    if looks_like_content(answer):
        conversation.console.say(_advice_about_content())
        return flow.IMPORT
    return _review_file(conversation, as_path(answer)) if answer else flow.IMPORT


def _advice_about_content() -> str:
    return _("That looks like the content of a file. Choose “Paste the content” for it.")


def _pasted(conversation: Conversation) -> str:
    from ionapi_tui.domain.inspection import inspect_pasted

    conversation.console.say(_("Paste now, then press Enter twice: an empty line ends it. Nothing is shown."))
    content = conversation.console.hidden()
    if not content:
        return flow.IMPORT
    return _review_content(conversation, inspect_pasted(content, conversation.services.inspect_content))
