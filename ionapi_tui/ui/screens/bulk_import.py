"""Every file of a folder: what is wrong with each, what is stored already, and one key to store the good ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import OptionList, Static

from ionapi_tui.base.background import in_background
from ionapi_tui.base.errors import IonApiError, StoreError
from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui.messages import AppState, MakeVault, ProfilesChanged
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.tasks import report, task
from ionapi_tui.ui.widgets.candidate_list import CandidateList, Row, State, words_of
from ionapi_tui.ui.widgets.frame import TopBar
from ionapi_tui.ui.widgets.store_bar import no_store_text
from ionapi_tui.ui.widgets.text import finding_text
from ionapi_tui.usecases import importing

if TYPE_CHECKING:
    from ionapi_tui.usecases.services import Services


_TOLD_IN_THE_LINE: Final = (importing.Verdict.STORED, importing.Verdict.SUPERSEDED)
"""What the line of a file says of it, and no finding does."""


@dataclass(frozen=True)
class Imported:
    """The answer."""

    profiles: tuple[Profile, ...]
    """What was stored."""
    verify: bool
    """Whether to verify it next."""


class BulkImportPage(Page):
    """The files of one folder. It answers with what was stored, and whether to verify it."""

    DEFAULT_CSS = beside(__file__)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "store", N_("Store all")),
        Binding("enter", "verify", N_("Verify them")),
        Binding("enter", "close", N_("Close")),
        Binding("r", "rename", N_("Rename")),
        Binding("d", "delete_files", N_("Delete the files")),
        Binding("escape", "leave", N_("Close")),
    ]
    HELP_TEXT = N_(
        "Every .ionapi file of the folder, the newest first. Files with errors are not stored, and neither are files "
        "whose app is already stored or has a newer file here.\n\n"
        "Press Space to leave out the highlighted file, or r to rename its profile. Press Enter to store all the "
        "others, one after the other; each is read back and compared. Press Enter again to verify what was stored. "
        "Press d to delete the stored files, because they still contain the secrets in plain text."
    )

    rows: reactive[tuple[Row, ...] | None] = reactive(None)
    """The files; None before they were looked at."""

    def __init__(self, folder: Path, services: Services) -> None:
        super().__init__()
        self._folder = folder
        self._services = services
        self._busy = False
        self._is_wanted = False
        self._stored: dict[int, Profile] = {}

    @property
    def heading(self) -> str:
        """What the top bar says."""
        return _("Import a folder")

    def body(self) -> ComposeResult:
        """Compose the list above what was found in the highlighted file."""
        with Vertical(id="body"):
            yield Static(safe(self._folder), classes="hint", markup=False)
            yield CandidateList(id="files")
            with VerticalScroll(id="found", can_focus=False):
                yield Static("", id="findings", markup=False)
            yield Static(_("Checking the folder …"), id="words", markup=False)

    def begin(self) -> None:
        """Look into the folder."""
        self.query_one(CandidateList).focus()
        self.look()

    @task()
    async def look(self) -> None:
        """Inspect every file; nothing is stored."""
        try:
            candidates = await in_background(lambda: importing.plan_folder(self._services, self._folder))
        except IonApiError as error:
            self.query_one("#words", Static).update(Content(str(error)))
            return
        self.rows = tuple(Row(candidate, candidate.name, wanted=True) for candidate in candidates)

    def paint(self, state: AppState) -> None:
        """Say where the secrets will go."""
        super().paint(state)
        self._say()
        self.refresh_bindings()
        if self._is_wanted and state.store.label:
            self._is_wanted = False
            self.store_all()

    def watch_rows(self, rows: tuple[Row, ...] | None) -> None:
        """Draw the files."""
        if self.is_up and rows is not None:
            self.query_one(CandidateList).show(rows)
            self._show_findings()
            self._say()
            self.refresh_bindings()

    @property
    def _current(self) -> Row | None:
        at = self.query_one(CandidateList).highlighted
        return self.rows[at] if self.rows and at is not None else None

    @on(OptionList.OptionHighlighted)
    def _show_findings(self) -> None:
        row = self._current
        findings = row.candidate.inspection.findings if row else ()
        texts = list(map(finding_text, findings))
        if row is not None and row.candidate.verdict is importing.Verdict.STORED:
            # Which keys are stored is known only to the password store, which nobody has been asked to unlock.
            newer = _("If its keys are newer than the stored ones, import this file alone to replace them.")
            texts.insert(0, Content(newer))
        if row is not None and (row.state is State.FAILED or row.candidate.verdict in _TOLD_IN_THE_LINE):
            # The line may have no room for all of it.
            texts.insert(0, Content.styled(words_of(row), "bold"))
        self.query_one("#findings", Static).update(Content("\n").join(texts))
        self.refresh_bindings()

    def _say(self) -> None:
        rows = self.rows
        if rows is None:
            return
        due, stored = sum(row.is_due for row in rows), sum(row.state is State.STORED for row in rows)
        counts = [
            n_("{n} file", "{n} files", len(rows)),
            n_("{n} to store", "{n} to store", due) if due else "",
            n_("{n} stored", "{n} stored", stored) if stored else "",
        ]
        self.query_one(TopBar).position = ", ".join(filter(None, counts))
        left = sum(row.is_left for row in rows)
        self.query_one("#words", Static).update(self._words(len(rows), due, stored, left))

    def _words(self, found: int, due: int, stored: int, left: int) -> Content:
        if not found:
            return Content(_("There is no .ionapi file in {folder}.").format(folder=safe(self._folder)))
        if self.state.store.missing:
            return no_store_text(self.state.store)
        sentences = [n_("{n} profile is stored.", "{n} profiles are stored.", stored)] if stored else []
        if due:
            where = self.state.store.label or _("the password store")
            sentences.append(
                n_("Press Enter to store {n} file in", "Press Enter to store {n} files in", due) + f" {where}."
            )
        elif self._stored:
            sentences.append(n_("Press Enter to verify it.", "Press Enter to verify them.", len(self._stored)))
        elif not stored:
            sentences.append(_("There is nothing to store here."))
        if left:
            sentences.append(
                n_(
                    "Press d to delete the file with the secrets.",
                    "Press d to delete the {n} files with secrets.",
                    left,
                )
            )
        return Content(" ".join(sentences))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what makes sense now."""
        rows = self.rows or ()
        due = any(row.is_due for row in rows)
        if action == "store":
            usable = not self.state.store.missing or self.state.store.vault
            return due and not self._busy and usable
        if action in {"verify", "close"}:
            nothing_left = self.rows is not None and not due and not self._busy
            return nothing_left and bool(self._stored) is (action == "verify")
        if action == "delete_files":
            return any(row.is_left for row in rows) and not self._busy
        if action == "rename":
            return any(row.is_due for row in rows) and not self._busy
        return True

    def action_store(self) -> None:
        """Store the good ones, once there is a place for them."""
        if self.state.store.missing:
            self.post_message(MakeVault(self._want))
        else:
            self.store_all()

    def _want(self) -> None:
        """Store as soon as the vault is known that was made for it."""
        self._is_wanted = True

    @task("store")
    async def store_all(self) -> None:
        """Store the good ones, one after the other; a store that fails would fail with the next one, too."""
        self._busy = True
        try:
            for at, row in enumerate(self.rows or ()):
                if row.is_due and not await self._store(at, row):
                    return
        finally:
            self._busy = False
            self.refresh_bindings()
            # Whoever leaves by a key of the app answers nothing.
            self.post_message(ProfilesChanged())

    async def _store(self, at: int, row: Row) -> bool:
        """Store one file; return whether to go on."""
        profiles, plan, nothing = self._services.profiles, row.candidate.plan, importing.Replacing.NOTHING
        assert plan is not None
        self._put(at, replace(row, state=State.STORING))
        try:
            stored = await in_background(lambda: importing.store(profiles, plan, row.name, replacing=nothing))
        except IonApiError as error:
            self._put(at, replace(row, state=State.FAILED, error=str(error)))
            if isinstance(error, StoreError):
                report(self, error)
            return not isinstance(error, StoreError)
        self._stored[at] = stored.profile
        self._put(at, replace(row, state=State.STORED))
        return True

    def _put(self, at: int, row: Row) -> None:
        rows = list(self.rows or ())
        rows[at] = row
        self.rows = tuple(rows)

    @on(CandidateList.LeaveOut)
    def leave_out(self) -> None:
        """Leave the highlighted file out, or take it in again."""
        row, at = self._current, self.query_one(CandidateList).highlighted
        if row is not None and at is not None and row.is_good and row.state is State.WAITING and not self._busy:
            self._put(at, replace(row, wanted=not row.wanted))

    @task("rename")
    async def action_rename(self) -> None:
        """Give the profile of the highlighted file another name."""
        from ionapi_tui.ui.dialogs.rename import RenameDialog

        row, at = self._current, self.query_one(CandidateList).highlighted
        if row is None or at is None or not row.is_due:
            return
        taken = {one.name for one in self.rows or () if one is not row and one.is_good}
        taken |= {profile.name for profile in self.state.profiles}
        name = await self.app.push_screen_wait(RenameDialog(row.name, taken, stored=False))
        if name:
            self._put(at, replace(row, name=name, state=State.WAITING))

    @task("delete")
    async def action_delete_files(self) -> None:
        """Delete the files that were stored, after saying what that does not cover."""
        from ionapi_tui.ui.dialogs.confirm import ConfirmDelete

        stored = [(at, row) for at, row in enumerate(self.rows or ()) if row.is_left]
        if not await self.app.push_screen_wait(ConfirmDelete(*(row.candidate.path for _at, row in stored))):
            return
        for at, row in stored:
            try:
                await in_background(partial(importing.delete_download, row.candidate.path))
            except importing.NotDeleted as error:
                report(self, error)
                if not error.secrets_gone:
                    continue
            self._put(at, replace(row, deleted=True))

    def action_verify(self) -> None:
        """Answer with what was stored, to be verified."""
        self.dismiss(Imported(tuple(self._stored.values()), verify=True))

    def action_close(self) -> None:
        """Close, when there is nothing to do."""
        self.action_leave()

    def action_leave(self) -> None:
        """Close; what was stored stays stored."""
        self.workers.cancel_node(self)
        self.dismiss(Imported(tuple(self._stored.values()), verify=False))
