"""Lending a file for an upload from the screens: written, counted down, and taken back whatever happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ionapi_tui.base.background import in_background
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui.controllers.context import Context, Controller
from ionapi_tui.ui.tasks import task

if TYPE_CHECKING:
    from ionapi_tui.usecases.lending import Lent, Returned


class Lending(Controller):
    """Lends one file at a time."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.lent: Lent | None = None
        """The file that is on loan, or was the last one."""
        self.ended_with: Returned | None = None
        """What became of a file that was on loan when the app ended."""
        self._is_busy = False

    def lend(self, profile: Profile) -> None:
        """Write the file of ``profile``, open the page on the upload, and take the file back when its dialog closes."""
        # A second press of the key must not give up the first loan, of which nobody would know any more.
        if not self._is_busy:
            self._is_busy = True
            self._lend(profile)

    @task("lend", exclusive=False)
    async def _lend(self, profile: Profile) -> None:
        from ionapi_tui.ui.dialogs.lend import ConfirmLend, LendDialog
        from ionapi_tui.usecases.lending import MINUTES, lend, upload_page

        services = self.context.services

        def write() -> Lent:
            # Kept in the thread that writes: the app may have been told to end when it is done.
            self.lent = lend(services, profile, services.paths.downloads)
            return self.lent

        try:
            if profile.is_production and not await self.context.ask(ConfirmLend(profile)):
                return
            lent = await in_background(write)
            page = upload_page(services)
            if services.open_address(page):
                page = ""
            await self.context.ask(LendDialog(lent, MINUTES, services.now, page))
            returned = await in_background(lent.take_back)
            self.notify(returned.message, severity="information" if returned.ok else "warning")
        finally:
            self._is_busy = False

    @property
    def is_due(self) -> bool:
        """Whether a file has to be taken back before the app ends."""
        return self.lent is not None and self.lent.returned is None

    def end(self) -> None:
        """Take back what is on loan, because the app ends."""
        if self.lent is not None and self.is_due:
            self.ended_with = self.lent.take_back()
