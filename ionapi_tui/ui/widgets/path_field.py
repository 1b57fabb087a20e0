"""The line for a path: typed, completed with Tab, pasted or dropped, with what is wrong below it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, Static

from ionapi_tui.base.background import in_background
from ionapi_tui.base.language import N_, _
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.inspection.inspector import as_path, looks_like_content
from ionapi_tui.ui.platform.bindings import translate_bindings
from ionapi_tui.ui.platform.line import Line
from ionapi_tui.ui.styling import beside


class PathInput(Line):
    """A path. Tab completes it; what is pasted or dropped takes the place of what is there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", N_("Open")),
        Binding("tab", "complete", N_("Complete")),
    ]

    class ContentPasted(Message):
        """Not a path but the content of a file was pasted."""

        def __init__(self, content: Secret) -> None:
            super().__init__()
            self.content = content

    def __init__(self, placeholder: str, id: str, *, folders: bool = False) -> None:
        """Make an empty line.

        Args:
            placeholder: what it says while it is empty.
            id: its id.
            folders: whether only folders are completed.
        """
        super().__init__(placeholder=placeholder, id=id, suggester=_Paths(folders), select_on_focus=False, compact=True)
        translate_bindings(self)

    @property
    def path(self) -> Path | None:
        """The path in the line; None when it is empty."""
        return as_path(self.value) if self.value.strip() else None

    def show_path(self, path: Path) -> None:
        """Put ``path`` into the line; one that cannot be typed leaves it empty."""
        self.value = str(path) if str(path).isprintable() else ""
        self.cursor_position = len(self.value)

    def action_complete(self) -> None:
        """Take what is suggested behind the cursor; when there is nothing, go on to the next widget."""
        before = self.value
        self.action_end()
        self.action_cursor_right()
        if self.value == before:
            self.screen.focus_next()

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted or dropped; Textual's own handler would insert it."""
        event.prevent_default()
        event.stop()
        self.take(event.text)

    def take(self, text: str) -> None:
        """Take a path in place of what is there, or hand content on without showing it."""
        if looks_like_content(text):
            # It must not show in the line: it holds secrets.
            self.post_message(self.ContentPasted(Secret(text)))
        elif text.strip():
            self.show_path(as_path(text))


class PathField(Vertical):
    """The line above the words on what is wrong with it, which go with the next change."""

    DEFAULT_CSS = beside(__file__)

    def __init__(self, line: PathInput, *, takes_content: bool = False) -> None:
        """Put the words below ``line``.

        Args:
            line: the line.
            takes_content: whether the content of a file is taken as well, by what is around the field.
        """
        super().__init__()
        self.line, self._takes_content = line, takes_content

    def compose(self) -> ComposeResult:
        """Compose the line above the words."""
        yield self.line
        yield Static("", classes="wrong", markup=False)

    @on(PathInput.ContentPasted)
    def refuse(self, event: PathInput.ContentPasted) -> None:
        """Say that a path is wanted, unless content is taken as well."""
        if not self._takes_content:
            event.stop()
            self.complain(_("This is the content of a file. Enter a path."))

    def complain(self, words: str, path: Path | None = None) -> None:
        """Say what is wrong with a path, and let it be changed.

        Args:
            words: what is wrong.
            path: one that did not come from the line, such as a dropped one.
        """
        if path is not None and path != self.line.path:
            with self.line.prevent(Input.Changed):
                self.line.show_path(path)
        self._say(words)
        self.line.focus()

    @on(Input.Changed)
    def forget(self) -> None:
        """What was wrong is being changed."""
        self._say("")

    def _say(self, words: str) -> None:
        wrong = self.query_one(".wrong", Static)
        wrong.update(words)
        wrong.display = bool(words)


class _Paths(Suggester):
    """Completes folders, and ``.ionapi`` files where a file is asked for."""

    def __init__(self, folders: bool) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._folders = folders

    async def get_suggestion(self, value: str) -> str | None:
        folder, _slash, begun = value.rpartition("/")
        if not begun or not _slash:
            return None
        found = await in_background(lambda: _beginning(Path(folder or "/"), begun, folders=self._folders))
        return f"{folder}/{found[0]}" if found and found[0].isprintable() else None


def _beginning(folder: Path, begun: str, *, folders: bool) -> list[str]:
    from ionapi_tui.files.downloads import is_named_so

    try:
        return sorted(
            entry.name + ("/" if entry.is_dir() else "")
            for entry in folder.expanduser().iterdir()
            # A name that is whole already needs no completion.
            if entry.name.startswith(begun)
            and (entry.is_dir() or (not folders and entry.name != begun and is_named_so(entry.name)))
        )
    except (OSError, RuntimeError, ValueError):
        return []
