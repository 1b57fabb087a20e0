"""Verifying from the screens: one profile on a page of its own, many on the board."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

from textual import on, work
from textual.worker import Worker

from ionapi_tui.base.background import in_background
from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import n_
from ionapi_tui.domain.profile import Checked, Profile
from ionapi_tui.ui import messages
from ionapi_tui.ui.controllers.base import Errands
from ionapi_tui.ui.state import Verifying

if TYPE_CHECKING:
    from ionapi_tui.gateway.checks.check import CheckResult
    from ionapi_tui.gateway.verify import Verification
    from ionapi_tui.usecases.connections import Connections
    from ionapi_tui.usecases.verifying import Verified

DEADLINE = 30.0
"""Seconds for each of many profiles."""


class VerifyErrands(Errands):
    """The part of the app that verifies."""

    _of_many: Worker[None] | None = None

    @on(messages.Verify)
    @work(exclusive=True, group="verify")
    async def verify(self, event: messages.Verify) -> None:
        """Prove live that a profile works; ask before anything goes to a host that is not Infor's."""
        from ionapi_tui.ui.screens.verify import VerifyPage

        profile, connections = event.profile, self.services.connections
        if not await self._hosts_confirmed(profile, connections):
            return

        async def walk(on_progress: Callable[[CheckResult], None]) -> Verification:
            verification = await connections.verify(profile.name, on_progress=on_progress)
            await in_background(lambda: connections.remember({profile.id: verification}))
            self.tell(verified={**self.told.verified, profile.id: verification})
            return verification

        page = VerifyPage(profile, walk)
        page.told = self.told
        answer = await self.push_screen_wait(page)
        self.reload_profiles()
        if isinstance(answer, str):
            self.show(answer)

    async def _hosts_confirmed(self, profile: Profile, connections: Connections) -> bool:
        from ionapi_tui.ui.dialogs.confirm_hosts import ConfirmHosts
        from ionapi_tui.usecases.connections import unconfirmed_hosts

        hosts = unconfirmed_hosts(profile)
        if not hosts:
            return True
        if not await self.push_screen_wait(ConfirmHosts(profile, hosts)):
            return False
        try:
            await in_background(lambda: connections.trust([profile.name], hosts))
        except IonApiError as error:
            self.complain(error)
            return False
        return True

    @on(messages.VerifyMany)
    def verify_many(self, event: messages.VerifyMany) -> None:
        """Prove live that several profiles work, while the board shows how far that is."""
        if self.told.verifying is None:
            self.tell(verifying=Verifying(len(event.profiles), frozenset(one.id for one in event.profiles)))
            self._of_many = self.walk_many(event.profiles)

    @on(messages.StopVerifying)
    def stop_verifying(self) -> None:
        """Give up what has not been verified by now."""
        if self._of_many is not None:
            self._of_many.cancel()

    @work(group="verify-many")
    async def walk_many(self, profiles: tuple[Profile, ...]) -> None:
        """Verify ``profiles``, not too many at a time; hosts that nobody has confirmed get nothing."""
        from ionapi_tui.usecases.verifying import Listener, verify_all

        connections = self.services.connections
        try:
            verified = await verify_all(connections, profiles, Listener(self._show_check, self._show_outcome), DEADLINE)
        except IonApiError as error:
            self.complain(error)
        else:
            good = sum(one.exit_code == 0 for one in verified)
            told = n_("{n} profile works.", "{n} profiles work.", good)
            if good < len(verified):
                told += " " + n_("{n} does not.", "{n} do not.", len(verified) - good)
            self.notify(told, severity="information" if good == len(verified) else "warning", markup=False)
        finally:
            self.reload_profiles(verifying=None)

    def _show_check(self, profile: Profile, result: CheckResult) -> None:
        state = self.told.verifying
        if state is not None and not result.status.is_final:
            running = {**state.running, profile.id: result.title}
            self.tell(verifying=replace(state, running=running, waiting=state.waiting - {profile.id}))

    def _show_outcome(self, verified: Verified) -> None:
        state, profile = self.told.verifying, verified.profile
        if state is None:
            return
        at = self.services.now().astimezone(UTC).isoformat()
        found = verified.verification
        checked = Checked(at, found.ok, found.headline) if found else Checked(at, False, str(verified.error))
        state = replace(
            state,
            waiting=state.waiting - {profile.id},
            running={id: title for id, title in state.running.items() if id != profile.id},
            outcomes={**state.outcomes, profile.id: checked},
        )
        self.tell(verifying=state, verified={**self.told.verified, **({profile.id: found} if found else {})})
