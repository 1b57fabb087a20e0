"""Practising first: the app starts a practice tenant, and tidies up after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work

from ionapi_tui.base.background import in_background
from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.guide import flow
from ionapi_tui.ui import messages
from ionapi_tui.ui.controllers.profiles import ProfileErrands

if TYPE_CHECKING:
    from ionapi_tui.usecases.practice_process import Rehearsal


class Rehearsing(ProfileErrands):
    """The part of the app that practises."""

    rehearsal: Rehearsal | None = None
    """The practice tenant that runs, if any."""

    @on(messages.Rehearse)
    @work(exclusive=True, group="rehearse")
    async def rehearse(self) -> None:
        """Start a practice tenant unless one runs, and say how to use it."""
        from ionapi_tui.ui.dialogs.practice import PracticeAnswer, PracticeDialog

        if self.rehearsal is None or not self.rehearsal.running:
            self.notify(_("Starting the practice tenant …"), markup=False, timeout=3)
            folder = self.services.paths.home / "practice"
            try:
                self.rehearsal = await in_background(lambda: self.services.start_practice(folder))
            except (IonApiError, OSError) as error:
                self.notify(str(error), severity="error", markup=False, timeout=20)
                return
            self.tell(practice=True)
        answer = await self.push_screen_wait(PracticeDialog(self.rehearsal))
        if answer is PracticeAnswer.OPEN:
            self._open_portal(self.rehearsal)
        elif answer is PracticeAnswer.FILE:
            await self._write_file(self.rehearsal)
        elif answer is PracticeAnswer.START:
            self.show(flow.PREREQUISITES)
        elif answer is PracticeAnswer.END:
            await self.end_rehearsal()

    def _open_portal(self, rehearsal: Rehearsal) -> None:
        if not self.services.open_address(rehearsal.portal):
            said = _("There is no browser to open here. The address is {url}")
            self.notify(said.format(url=rehearsal.portal), markup=False, timeout=20)
        self.post_message(messages.Rehearse())

    async def _write_file(self, rehearsal: Rehearsal) -> None:
        try:
            path = await in_background(lambda: rehearsal.write_file(self.services.paths.downloads))
        except IonApiError as error:
            self.complain(error)
            return
        self.notify(_("Written: {path}").format(path=safe(path, 300)), markup=False)
        self.show(flow.IMPORT)

    async def end_rehearsal(self) -> bool:
        """End the practice tenant and remove its profiles, after asking.

        Returns:
            Whether it has ended; False when somebody would rather go on.
        """
        from ionapi_tui.ui.dialogs.practice import EndAnswer, EndDialog

        if self.rehearsal is None:
            return True
        # What was stored on the page in front is not listed yet.
        self.reload_profiles()
        practised = tuple(profile for profile in self.told.profiles if profile.is_practice)
        answer = await self.push_screen_wait(EndDialog(len(practised))) if practised else EndAnswer.KEEP
        if answer is None:
            return False
        if answer is EndAnswer.REMOVE:
            for error in await in_background(lambda: self._remove_all(practised)):
                self.complain(error)
        rehearsal, self.rehearsal = self.rehearsal, None
        await in_background(rehearsal.end)
        self.reload_profiles(practice=False)
        return True

    @work(exclusive=True, group="quit")
    async def quit_when_done(self) -> None:
        """Leave, once removals are carried out and the practice tenant has ended."""
        if await self.finish_removals() and await self.end_rehearsal():
            self.exit()
