"""What is done with stored profiles from the screens: shown, renamed, given new credentials, exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ionapi_tui.base.background import in_background
from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.guide import flow
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui.controllers.arrivals import Arrivals
from ionapi_tui.ui.controllers.context import Context, Controller
from ionapi_tui.ui.controllers.navigation import Navigation
from ionapi_tui.ui.controllers.removal import Removal
from ionapi_tui.ui.tasks import report, task

if TYPE_CHECKING:
    from ionapi_tui.domain.inspection import Inspection
    from ionapi_tui.ui.screens.rotation import RotationPage
    from ionapi_tui.usecases.rotation import Replacement


class Profiles(Controller):
    """Works with what is stored."""

    def __init__(self, context: Context, navigation: Navigation, removal: Removal, arrivals: Arrivals) -> None:
        super().__init__(context)
        self._navigation, self._removal, self._arrivals = navigation, removal, arrivals

    def show(self, profile: Profile) -> None:
        """Show what is known of a profile."""
        from ionapi_tui.ui.screens.profile import ProfilePage

        self.context.open(ProfilePage(profile))

    @task("rename")
    async def rename(self, profile: Profile) -> None:
        """Give a profile another name."""
        from ionapi_tui.ui.dialogs.rename import RenameDialog

        # A profile that could still be brought back must not find its name taken.
        await self._removal.finish()
        old = profile.name
        taken = {one.name for one in self.context.state.profiles}
        new = await self.context.ask(RenameDialog(old, taken))
        if not new or new == old:
            return
        try:
            await in_background(lambda: self.context.services.profiles.rename(old, new))
        except IonApiError as error:
            report(self, error)
        else:
            self.notify(_("{old} is called {new} now.").format(old=old, new=new))
        self.context.reload_profiles()

    @task("notes")
    async def edit_notes(self, profile: Profile) -> None:
        """Note the service user, the contact and the ticket of a profile."""
        from ionapi_tui.ui.dialogs.notes import NotesDialog

        notes = await self.context.ask(NotesDialog(profile))
        if notes is None or notes == profile.notes:
            return
        await in_background(lambda: self.context.services.profiles.set_notes(profile.name, notes))
        self.notify(_("The notes about {name} are saved.").format(name=safe(profile.name, 60)))
        self.context.reload_profiles()

    @task("addresses")
    async def check_addresses(self) -> None:
        """Say which profiles were changed outside this program, and restore what was stored, after asking."""
        from ionapi_tui.ui.dialogs.restore import ConfirmRestore
        from ionapi_tui.usecases import restoring

        await self._removal.finish()
        profiles = self.context.services.profiles
        found = await in_background(lambda: restoring.look(profiles))
        if not found.differing:
            self.notify("\n".join(restoring.summary_of(found)))
            return
        if not await self.context.ask(ConfirmRestore(found.differing)):
            return
        restored = await in_background(lambda: restoring.restore(profiles, found.differing))
        for profile in restored:
            self.notify(_("{name} is restored.").format(name=safe(profile.name, 60)))
        self.context.reload_profiles()

    @task("rotate")
    async def rotate(self, profile: Profile) -> None:
        """Put new credentials in place of a profile's."""
        from ionapi_tui.ui.screens.rotation import RotationPage
        from ionapi_tui.usecases.rotation import Rotation

        await self._removal.finish()
        services = self.context.services
        rotation = Rotation(services.profiles, lambda: services.connections, profile)
        if await self._carry_out(RotationPage(rotation, services)) is not None:
            self._navigation.show(flow.HOME)

    async def replace(self, replacement: Replacement, inspection: Inspection) -> Profile | None:
        """Verify what is in a file and put it in place of a profile's credentials.

        Returns:
            The profile with the new ones; None if it still has the old ones.
        """
        from ionapi_tui.ui.rotation_phases import Reviewed
        from ionapi_tui.ui.screens.rotation import RotationPage
        from ionapi_tui.usecases.rotation import Rotation

        services, old = self.context.services, replacement.profile
        rotation = Rotation(services.profiles, lambda: services.connections, old)
        left = await self._carry_out(RotationPage(rotation, services, Reviewed(inspection, replacement.comparison)))
        return None if left is None or left.id == old.id else left

    async def _carry_out(self, page: RotationPage) -> Profile | None:
        """Show the page, and return the profile that has the name in the end; None if nothing has changed."""
        from ionapi_tui.usecases.rotation import Switched, kept_in_words

        answer = await self.context.ask(page)
        verified = self.context.state.verified
        new = answer.new if isinstance(answer, Switched) else answer
        if isinstance(new, Profile) and page.verification is not None and new.id != page.replaced.id:
            verified = {**verified, new.id: page.verification}
        self.context.reload_profiles(verified=verified)
        if isinstance(answer, Switched):
            self.notify(kept_in_words(answer))
            return answer.new
        return answer if isinstance(answer, Profile) else None

    @task("export")
    async def export(self, profile: Profile) -> None:
        """Write the secrets of a profile to a file, after asking in which form."""
        from ionapi_tui.ui.dialogs.export import ExportDialog
        from ionapi_tui.usecases.exporting import export_to_file

        wish = await self.context.ask(ExportDialog(profile, self.context.services.paths.downloads))
        if wish is None:
            return
        store = self.context.services.profiles
        self._arrivals.ignore(wish.path)
        exported = await in_background(lambda: export_to_file(store, profile.name, wish.format, wish.path))
        self.notify(exported.message)
        for warning in exported.warnings:
            self.notify(warning, severity="warning")
