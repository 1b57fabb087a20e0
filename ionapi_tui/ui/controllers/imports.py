"""Importing from the screens: one file, what was pasted, or a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ionapi_tui.base.background import in_background
from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.guide import flow
from ionapi_tui.profile_store.progress import UNNAMED
from ionapi_tui.ui import messages
from ionapi_tui.ui.controllers.context import Context, Controller
from ionapi_tui.ui.controllers.copies import Copies
from ionapi_tui.ui.controllers.navigation import Navigation
from ionapi_tui.ui.controllers.profiles import Profiles
from ionapi_tui.ui.controllers.removal import Removal
from ionapi_tui.ui.tasks import task
from ionapi_tui.usecases.guides import guide_of_file

if TYPE_CHECKING:
    from ionapi_tui.domain.inspection import Inspection
    from ionapi_tui.domain.profile import Profile


class Imports(Controller):
    """Shows what is in a file, and goes where the answer leads."""

    def __init__(
        self, context: Context, navigation: Navigation, removal: Removal, copies: Copies, profiles: Profiles
    ) -> None:
        super().__init__(context)
        self._navigation, self._removal, self._copies, self._profiles = navigation, removal, copies, profiles

    def review_file(self, path: Path) -> None:
        """Inspect a file, and show what is in it."""
        self._review(path, lambda: self.context.services.inspect_file(path))

    def review_pasted(self, content: Secret) -> None:
        """Inspect what was pasted, and show what is in it."""
        from ionapi_tui.domain.inspection import inspect_pasted

        self._review(None, lambda: inspect_pasted(content, self.context.services.inspect_content))

    @task("dropped")
    async def take_dropped(self, path: Path) -> None:
        """Show what is in the file or folder at ``path``; say so when there is neither."""
        from ionapi_tui.files.reading import Kind, kind_of

        kind = await in_background(lambda: kind_of(path))
        if kind is Kind.FILE:
            self.review_file(path)
        elif kind is Kind.FOLDER:
            self.import_folder(path)
        else:
            self.notify(_("There is no file or folder at this path."), severity="warning")

    @task("review")
    async def _review(self, source: Path | None, inspect: Callable[[], Inspection]) -> None:
        from ionapi_tui.ui.screens.review import BackTo, ReviewPage
        from ionapi_tui.ui.widgets.store_bar import Stored
        from ionapi_tui.usecases.rotation import Replacement

        if self.context.state.undoable:
            # What was removed a moment ago must not be in the way of what is imported.
            await self._removal.finish()
        inspection = await in_background(inspect)

        followed = False

        def follow(profile: Profile) -> None:
            nonlocal followed
            if followed:
                return
            followed = True
            self._copies.imported(None if inspection.request else source)
            self._navigation.belongs_to(profile)
            self._navigation.tick(flow.IMPORT, done=True)
            self.context.reload_profiles(stored=profile, are_copies_known=False)

        answer = await self.context.ask(ReviewPage(inspection, source, self.context.services, follow))
        while isinstance(answer, Replacement):
            replaced = await self._profiles.replace(answer, inspection)
            if replaced is not None:
                follow(replaced)
                self._navigation.show(flow.NEXT_STEPS)
                return
            again = ReviewPage(inspection, source, self.context.services, follow, answer.profile.name)
            answer = await self.context.ask(again)
        if isinstance(answer, BackTo):
            self._redo(answer.step, inspection)
        elif isinstance(answer, Stored):
            # The page may answer before it has shown that the file is stored, and called.
            follow(answer.profile)
            self._navigation.show(flow.NEXT_STEPS)
            if answer.verify:
                self.context.app.post_message(messages.Verify(answer.profile))

    def _redo(self, step: str, inspection: Inspection) -> None:
        """Show a step that the findings of a file name: in the guide that it was opened from, or else in its own."""
        if self._navigation.is_in_guide:
            self._navigation.show(step)
        else:
            credentials = inspection.credentials
            self._navigation.redo(step, UNNAMED if credentials is None else guide_of_file(credentials))

    @task("browse", exclusive=False)
    async def browse(self, take: Callable[[Path], object]) -> None:
        """Let somebody choose a file in the picker."""
        from ionapi_tui.ui.dialogs.picker import Picker

        picker = Picker(_("Choose an .ionapi file"), self.context.services.paths.downloads)
        path = await self.context.ask(picker)
        if path is not None:
            take(path)

    @task("import-folder")
    async def import_folder(self, folder: Path | None = None) -> None:
        """Import every file of ``folder``; ask which when there is none."""
        from ionapi_tui.ui.dialogs.folder import FolderDialog
        from ionapi_tui.ui.screens.bulk_import import BulkImportPage, Imported

        services = self.context.services
        if folder is None:
            folder = await self.context.ask(FolderDialog(services.paths.downloads))
        if folder is None:
            return
        await self._removal.finish()
        answer = await self.context.ask(BulkImportPage(folder, services))
        self.context.reload_profiles()
        if isinstance(answer, Imported) and answer.profiles:
            self._navigation.show(flow.HOME)
            if answer.verify:
                one, *others = answer.profiles
                asked = messages.VerifyMany(answer.profiles) if others else messages.Verify(one)
                self.context.app.post_message(asked)
