"""What is done with stored profiles from the screens: shown, renamed, given new credentials, exported and so on."""

from __future__ import annotations

from pathlib import Path

from textual import on, work

from ionapi_tui.base.background import in_background
from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.guide import flow
from ionapi_tui.ui import messages
from ionapi_tui.ui.controllers.removal import RemoveErrands


class ProfileErrands(RemoveErrands):
    """The part of the app that works with what is stored."""

    @on(messages.ShowProfile)
    def show_profile(self, event: messages.ShowProfile) -> None:
        """Show what is known of a profile."""
        from ionapi_tui.ui.screens.profile import ProfilePage

        page = ProfilePage(event.profile)
        page.told = self.told
        self.push_screen(page)

    @on(messages.Rename)
    @work(exclusive=True, group="rename")
    async def rename(self, event: messages.Rename) -> None:
        """Give a profile another name."""
        from ionapi_tui.ui.dialogs.rename import RenameDialog

        # A profile that could still be brought back must not find its name taken.
        await self.finish_removals()
        old = event.profile.name
        taken = {profile.name for profile in self.told.profiles}
        new = await self.push_screen_wait(RenameDialog(old, taken))
        if not new or new == old:
            return
        try:
            await in_background(lambda: self.services.profiles.rename(old, new))
        except IonApiError as error:
            self.complain(error)
        else:
            self.notify(_("{old} is called {new} now.").format(old=old, new=new), markup=False)
        self.reload_profiles()

    @on(messages.Rotate)
    @work(exclusive=True, group="rotate")
    async def rotate(self, event: messages.Rotate) -> None:
        """Put new credentials in place of a profile's."""
        from ionapi_tui.ui.screens.rotation import RotationPage
        from ionapi_tui.usecases.rotation import Rotation, Switched

        await self.finish_removals()
        services = self.services
        page = RotationPage(Rotation(services.profiles, lambda: services.connections, event.profile), services)
        page.told = self.told
        answer = await self.push_screen_wait(page)
        self.reload_profiles()
        if isinstance(answer, Switched):
            kept = _("The old credentials are kept as {name}. Remove them when nothing uses them any more.")
            self.notify(kept.format(name=answer.old.name), markup=False, timeout=15)
        if answer is not None:
            self.show(flow.HOME)

    @on(messages.Export)
    @work(exclusive=True, group="export")
    async def export(self, event: messages.Export) -> None:
        """Write the secrets of a profile to a file."""
        from ionapi_tui.ui.dialogs.export import ExportDialog

        name = event.profile.name
        wish = await self.push_screen_wait(ExportDialog(event.profile, self.services.paths.downloads))
        if wish is None:
            return
        try:
            await in_background(lambda: self._write(name, wish.format, wish.path))
        except IonApiError as error:
            self.complain(error)
            return
        written = _("Written to {file}, readable by you alone. Delete it when it is no longer needed.")
        self.notify(written.format(file=safe(wish.path, 300)), markup=False, timeout=15)

    def _write(self, name: str, form: str, path: Path) -> None:
        from ionapi_tui.domain.export.formats import FORMATS
        from ionapi_tui.files.private_file import write_new

        write_new(path, FORMATS[form].render(self.services.profiles.credentials(name), name))

    @on(messages.ImportFolder)
    @work(exclusive=True, group="import-folder")
    async def import_folder(self) -> None:
        """Import every file of a folder."""
        from ionapi_tui.ui.dialogs.folder import FolderDialog
        from ionapi_tui.ui.screens.bulk_import import BulkImportPage

        folder = await self.push_screen_wait(FolderDialog(self.services.paths.downloads))
        if folder is None:
            return
        await self.finish_removals()
        page = BulkImportPage(folder, self.services)
        page.told = self.told
        stored = await self.push_screen_wait(page)
        self.reload_profiles()
        if stored:
            self.show(flow.HOME)
