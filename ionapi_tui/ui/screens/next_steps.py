"""After the import: what to do with the file, with the client id, and with the copy in Downloads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.widgets import Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.guide import Section, flow
from ionapi_tui.domain.profile_facts import stored_in_words
from ionapi_tui.ui.messages import AppState, Copy, DeleteCopies, Go, Lend, LookForCopies, PlayGuide, Ticked, Verify
from ionapi_tui.ui.page import WizardPage
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.widgets.text import NoteBlock, TextBlock


class NextStepsPage(WizardPage):
    """What comes after the import."""

    DEFAULT_CSS = beside(__file__)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "finish", N_("Profiles")),
        Binding("g", "guide", N_("Upload to DocBits")),
        Binding("l", "lend", N_("Lend file")),
        Binding("d", "delete_file", N_("Delete file")),
        Binding("v", "verify", N_("Verify"), show=False),
        Binding("c", "copy", N_("Copy client ID"), show=False),
    ]
    HELP_TEXT = N_(
        "The profile is stored. This page shows what DocBits needs now. Press g for the upload steps, l to "
        "write the file for the upload and delete it afterwards, d to delete the downloaded file once DocBits "
        "has it, v to verify the profile, or c to copy its client ID, which is not a secret. Press Enter to "
        "leave the guide and open the list of profiles."
    )

    says_arrivals = False

    def __init__(self, section: Section) -> None:
        super().__init__()
        self._section = section

    def body(self) -> ComposeResult:
        """Compose the topics."""
        with VerticalScroll(id="body"):
            yield Static(self._section.title, classes="title", markup=False)
            yield Static("", id="stored", markup=False)
            with Container(id="topics"):
                for topic in self._section.topics:
                    with Container(classes="topic"):
                        yield Static(topic.title, classes="subtitle", markup=False)
                        yield TextBlock(*topic.paragraphs)
                        for note in topic.notes:
                            yield NoteBlock(note)
                        yield Static("", id=f"do-{topic.id}", classes="do", markup=False)

    def begin(self) -> None:
        """Let the arrow keys scroll at once."""
        self.query_one("#body").focus()

    def on_screen_resume(self) -> None:
        """Look whether the downloaded file is still there."""
        self.post_message(LookForCopies())

    def paint(self, state: AppState) -> None:
        """Say what was stored."""
        super().paint(state)
        self.query_one("#stored", Static).update("\n".join(_summary(state)))
        deeds = _deeds(state)
        for line in self.query(".do").results(Static):
            deed = deeds.get((line.id or "").removeprefix("do-"), "")
            line.update(deed)
            line.display = bool(deed)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what works on a profile only when one has been stored."""
        stored = self.state.stored
        if action == "delete_file":
            return stored is not None and bool(self.state.copies.get(stored.id))
        if action == "skip":
            # It is the last page.
            return False
        if action in {"copy", "verify", "lend"}:
            return stored is not None
        return super().check_action(action, parameters)

    def action_copy(self) -> None:
        """Copy the client id."""
        if self.state.stored is not None:
            self.post_message(Copy(self.state.stored.client_id))

    def action_verify(self) -> None:
        """Prove that the profile works."""
        if self.state.stored is not None:
            self.post_message(Verify(self.state.stored))

    def action_lend(self) -> None:
        """Write the file of the profile for the upload."""
        if self.state.stored is not None:
            self.post_message(Lend(self.state.stored))

    def action_delete_file(self) -> None:
        """Delete the downloaded file."""
        if self.state.stored is not None:
            self.post_message(DeleteCopies(self.state.stored))

    def action_guide(self) -> None:
        """Lead through the upload to DocBits."""
        self.post_message(PlayGuide("docbits"))

    def action_finish(self) -> None:
        """Leave the guide; with a stored profile it is finished."""
        if self.state.stored is not None:
            self.post_message(Ticked(flow.NEXT_STEPS, done=True))
        self.post_message(Go(flow.HOME))


def _deeds(state: AppState) -> dict[str, str]:
    """Return what this page does for the topics of the guide, by their ids."""
    deeds = {"upload": _("Press g for every click, or l to write the file for the upload.")}
    if state.stored is None:
        return deeds | {"upload": _("Press g for every click.")}
    deeds["connection-point"] = _("Press c to copy the client ID.")
    if state.are_copies_known:
        is_left = bool(state.copies.get(state.stored.id))
        deeds["plaintext"] = (
            _("Press d to delete it.") if is_left else "✓ " + _("No copy of the file is left in Downloads.")
        )
    return deeds


def _summary(state: AppState) -> Iterable[str]:
    if state.stored is None:
        return [_("Nothing has been stored yet: go back one page and import the file.")]
    is_copy_left = bool(state.copies.get(state.stored.id)) if state.are_copies_known else None
    lines = list(stored_in_words(state.stored, is_copy_left))
    return lines if state.stored.checked else [*lines, _("Press v to verify it.")]
