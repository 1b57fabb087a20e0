"""A line for a path that completes itself."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from ionapi_tui.base.background import in_background
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.inspection.pasted import as_path, looks_like_content


class _Paths(Suggester):
    """Completes folders and ``.ionapi`` files."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        folder, _slash, begun = value.rpartition("/")
        if not begun or not _slash:
            return None
        found = await in_background(lambda: _beginning(Path(folder or "/"), begun))
        return f"{folder}/{found[0]}" if found and found[0].isprintable() else None


def _beginning(folder: Path, begun: str) -> list[str]:
    try:
        return sorted(
            entry.name + ("/" if entry.is_dir() else "")
            for entry in folder.expanduser().iterdir()
            if entry.name.startswith(begun) and (entry.is_dir() or entry.suffix.lower() == ".ionapi")
        )
    except (OSError, RuntimeError, ValueError):
        return []


class PathInput(Input):
    """A path, typed, completed with the right arrow key, or dropped on the terminal."""

    class ContentPasted(Message):
        """Not a path but the content of a file was pasted."""

        def __init__(self, content: Secret) -> None:
            super().__init__()
            self.content = content

    def __init__(self, placeholder: str, id: str) -> None:
        super().__init__(placeholder=placeholder, id=id, suggester=_Paths(), select_on_focus=False, compact=True)

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        if looks_like_content(event.text):
            # It must not show in the line: it holds secrets.
            self.post_message(self.ContentPasted(Secret(event.text)))
        elif event.text:
            self.insert_text_at_cursor(str(as_path(event.text)))
