"""Comparing profiles from the screens: asking for the second one, and showing both side by side."""

from __future__ import annotations

from ionapi_tui.base.language import _
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui.controllers.context import Controller
from ionapi_tui.ui.tasks import task
from ionapi_tui.usecases.comparing import candidates


class Comparing(Controller):
    """Shows two profiles side by side."""

    @task("compare")
    async def compare(self, profile: Profile, other: Profile | None) -> None:
        """Compare ``profile`` with ``other``; ask for the other one if it is None."""
        from ionapi_tui.ui.dialogs.other_profile import OtherProfileDialog
        from ionapi_tui.ui.screens.compare import ComparePage

        if other is None:
            others = candidates(profile, self.context.state.profiles)
            if not others:
                self.notify(_("There is no other profile to compare with."), severity="warning")
                return
            other = await self.context.ask(OtherProfileDialog(profile, others))
        if other is not None:
            self.context.open(ComparePage(profile, other))
