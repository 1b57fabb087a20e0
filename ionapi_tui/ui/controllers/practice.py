"""Practising first: the app starts a practice tenant, and tidies up after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ionapi_tui.base.background import in_background
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.guide import flow
from ionapi_tui.profile_store.progress import PRACTICE
from ionapi_tui.ui.controllers.context import Context, Controller
from ionapi_tui.ui.controllers.navigation import Navigation
from ionapi_tui.ui.controllers.removal import Removal
from ionapi_tui.ui.tasks import report, task
from ionapi_tui.usecases.removing import practice_profiles, remove_all

if TYPE_CHECKING:
    from ionapi_tui.usecases.practice_process import PracticeProcess


class Practice(Controller):
    """Runs one practice tenant at a time."""

    def __init__(self, context: Context, navigation: Navigation, removal: Removal) -> None:
        super().__init__(context)
        self._navigation, self._removal = navigation, removal
        self.process: PracticeProcess | None = None
        """The practice tenant that runs, if any."""

    @task("practice")
    async def practise(self) -> None:
        """Start a practice tenant unless one runs, and say how to use it."""
        from ionapi_tui.ui.dialogs.practice import PracticeAnswer, PracticeDialog

        if self.process is None or not self.process.running:
            self.notify(_("Starting the practice tenant …"))
            self.process = await in_background(self.context.services.start_practice)
            self._navigation.forget(PRACTICE)
            process = self.process
            self.context.update(practice=True, practice_user=process.service_user, practice_tenant=process.tenant)
        answer = await self.context.ask(PracticeDialog(self.process))
        if answer is PracticeAnswer.OPEN:
            self.open_portal()
            # What the dialog says is needed in the portal.
            self.practise()
        elif answer is PracticeAnswer.FILE:
            await self._write_file(self.process)
        elif answer is PracticeAnswer.START:
            self._navigation.start(PRACTICE)
        elif answer is PracticeAnswer.END:
            await self.end()

    def open_portal(self) -> None:
        """Open the portal of the practice tenant, if it runs."""
        if self.process is not None and not self.context.services.open_address(self.process.portal):
            message = _("No browser was found. The address is {url}")
            self.notify(message.format(url=self.process.portal))

    async def _write_file(self, process: PracticeProcess) -> None:
        path = await in_background(lambda: process.write_file(self.context.services.paths.downloads))
        self.notify(_("Written: {path}").format(path=safe(path, 300)))
        self._navigation.begin(PRACTICE)
        self._navigation.show(flow.IMPORT)

    async def end(self) -> bool:
        """End the practice tenant and remove its profiles, after asking.

        Returns:
            Whether it has ended; False when somebody would rather go on.
        """
        from ionapi_tui.ui.dialogs.practice import EndAnswer, EndDialog

        if self.process is None:
            return True
        # What was stored on the page in front is not listed yet.
        self.context.reload_profiles()
        practised = practice_profiles(self.context.state.profiles)
        answer: EndAnswer | None = EndAnswer.KEEP
        if practised:
            answer = await self.context.ask(EndDialog(len(practised)))
        if answer is None:
            return False
        if answer is EndAnswer.REMOVE:
            store = self.context.services.profiles
            for error in await in_background(lambda: remove_all(store, practised)):
                report(self, error)
        process, self.process = self.process, None
        await in_background(process.stop)
        self._navigation.forget(PRACTICE)
        self.context.reload_profiles(practice=False, practice_user="", practice_tenant="")
        return True
