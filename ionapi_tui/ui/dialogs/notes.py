"""The question who a profile belongs to: its service user, a contact, and a ticket."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.notes import LABELS, LENGTH, checked_notes
from ionapi_tui.domain.profile import Notes, Profile
from ionapi_tui.ui.dialogs.dialog import Dialog
from ionapi_tui.ui.platform.line import Line
from ionapi_tui.ui.styling import beside

_EXAMPLES = {
    "service_user": N_("such as doc.service"),
    "contact": N_("such as ann@acme.example"),
    "ticket": N_("such as OPS-42"),
}


class NotesDialog(Dialog[Notes]):
    """What to note about a profile. Esc leaves everything as it was."""

    DEFAULT_CSS = beside(__file__)

    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the key of the line that is typed in, which has no name in the footer.
        Binding("enter", "save", N_("Save"), priority=True),
        Binding("tab", "app.focus_next", N_("Next field")),
        Binding("escape", "close", N_("Cancel")),
    ]

    def __init__(self, profile: Profile) -> None:
        super().__init__(_("Notes about {name}").format(name=safe(profile.name, 60)))
        self._before = profile.notes

    def content(self) -> ComposeResult:
        """Compose a line for each note, above what is wrong with them."""
        for (key, label), text in zip(LABELS.items(), self._before.texts, strict=True):
            with Horizontal(classes="field"):
                yield Static(_(label), classes="label", markup=False)
                yield Line(
                    safe(text, LENGTH), placeholder=_(_EXAMPLES[key]), id=key, compact=True, max_length=LENGTH + 1
                )
        yield Static("", id="wrong", classes="complaint", markup=False)
        yield Static(
            _("Notes are saved with the list of profiles and are not secret. Find them with / on the list."),
            classes="hint",
            markup=False,
        )

    def on_mount(self) -> None:
        """Start in the first line."""
        self.query(Input).first().focus()

    @on(Input.Changed)
    def judge(self) -> None:
        """Say what is wrong with the notes as they are typed."""
        wrong = self.query_one("#wrong", Static)
        wrong.update(self._wrong())
        wrong.display = bool(self._wrong())

    def action_save(self) -> None:
        """Save what is typed."""
        self.after_typing(self._save)

    def _save(self) -> None:
        """Answer with the notes, when they can be saved."""
        if not self._wrong():
            self.dismiss(self._typed())

    def _typed(self) -> Notes:
        return checked_notes(**dict(self._texts()))

    def _texts(self) -> Iterator[tuple[str, str]]:
        for key in LABELS:
            yield key, self.query_one(f"#{key}", Input).value

    def _wrong(self) -> str:
        try:
            self._typed()
        except UsageError as error:
            return str(error)
        return ""
