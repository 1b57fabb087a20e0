"""Importing from the screens: one file, what was pasted, or a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ionapi_tui.base.background import in_background
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.guide import flow
from ionapi_tui.ui import messages
from ionapi_tui.ui.controllers.context import Context, Controller
from ionapi_tui.ui.controllers.navigation import Navigation
from ionapi_tui.ui.controllers.removal import Removal
from ionapi_tui.ui.tasks import task

if TYPE_CHECKING:
    from ionapi_tui.domain.inspection import Inspection


class Imports(Controller):
    """Shows what is in a file, and goes where the answer leads."""

    def __init__(self, context: Context, navigation: Navigation, removal: Removal) -> None:
        super().__init__(context)
        self._navigation, self._removal = navigation, removal

    def review_file(self, path: Path) -> None:
        """Inspect a file, and show what is in it."""
        self._review(path, lambda: self.context.services.inspect_file(path))

    def review_pasted(self, content: Secret) -> None:
        """Inspect what was pasted, and show what is in it."""
        from ionapi_tui.domain.inspection import inspect_pasted

        self._review(None, lambda: inspect_pasted(content))

    @task("review")
    async def _review(self, source: Path | None, inspect: Callable[[], Inspection]) -> None:
        from ionapi_tui.ui.screens.review import BackTo, ReviewPage
        from ionapi_tui.ui.widgets.store_bar import Stored

        if self.context.state.undoable:
            # What was removed a moment ago must not be in the way of what is imported.
            await self._removal.finish()
        inspection = await in_background(inspect)
        answer = await self.context.ask(ReviewPage(inspection, source, self.context.services))
        if isinstance(answer, BackTo):
            self._navigation.show(answer.step)
        elif isinstance(answer, Stored):
            self._navigation.tick(flow.IMPORT, done=True)
            self.context.reload_profiles(stored=answer.profile)
            self._navigation.show(flow.NEXT_STEPS)
            if answer.verify:
                self.context.app.post_message(messages.Verify(answer.profile))

    @task("import-folder")
    async def import_folder(self) -> None:
        """Import every file of a folder, after asking which."""
        from ionapi_tui.ui.dialogs.folder import FolderDialog
        from ionapi_tui.ui.screens.bulk_import import BulkImportPage

        services = self.context.services
        folder = await self.context.ask(FolderDialog(services.paths.downloads))
        if folder is None:
            return
        await self._removal.finish()
        stored = await self.context.ask(BulkImportPage(folder, services))
        self.context.reload_profiles()
        if stored:
            self._navigation.show(flow.HOME)
