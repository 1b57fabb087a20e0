"""Verifying from the screens: one profile, or a file, on a page of its own; many on the board."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.worker import Worker

from ionapi_tui.base.background import in_background
from ionapi_tui.base.language import n_
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui import messages
from ionapi_tui.ui.controllers.context import Context, Controller
from ionapi_tui.ui.controllers.navigation import Navigation
from ionapi_tui.ui.messages import Verifying
from ionapi_tui.ui.tasks import task
from ionapi_tui.usecases.guides import guide_of

if TYPE_CHECKING:
    from ionapi_tui.domain.export_target import ExportTarget
    from ionapi_tui.gateway.checks.check import CheckResult
    from ionapi_tui.gateway.verify import Verification
    from ionapi_tui.usecases.verifying import Verified


class VerificationController(Controller):
    """Proves live that profiles work."""

    def __init__(self, context: Context, navigation: Navigation) -> None:
        super().__init__(context)
        self._navigation = navigation
        self._of_many: Worker[None] | None = None

    @task("verify")
    async def verify(self, profile: Profile) -> None:
        """Verify one profile; ask before anything goes to a host that is not Infor's."""
        from ionapi_tui.ui.screens.verify import VerifyPage
        from ionapi_tui.usecases.verifying import choose_target, verify_one

        if not await self._hosts_are_confirmed(profile):
            return
        connections = self.context.services.connections

        async def make_checks(target: ExportTarget | None, on_progress: Callable[[CheckResult], None]) -> Verification:
            nonlocal profile
            if target is not profile.export_target:
                (profile,) = await in_background(lambda: choose_target(connections, [profile], target))
            verification = await verify_one(connections, profile.name, on_progress)
            # At once: whoever leaves by a key of the app does not close the page first.
            self.context.reload_profiles(verified={**self.context.state.verified, profile.id: verification})
            return verification

        answer = await self.context.ask(VerifyPage(profile, make_checks))
        self.context.reload_profiles()
        if isinstance(answer, str):
            self._navigation.redo(answer, guide_of(profile))

    @task("verify")
    async def verify_file(self, wanted: messages.VerifyFile) -> None:
        """Verify a file and store nothing; ask before anything goes to a host that is not Infor's."""
        from ionapi_tui.ui.dialogs.confirm import ConfirmHosts
        from ionapi_tui.ui.screens.verify import VerifyPage
        from ionapi_tui.usecases.verifying import of_file, unconfirmed_hosts, verify_file, with_hosts

        profile = of_file(wanted.inspection, wanted.name)
        hosts = unconfirmed_hosts(profile)
        if hosts:
            if not await self.context.ask(ConfirmHosts(profile, hosts, remembered=False)):
                return
            profile = with_hosts(profile, hosts)
        network = self.context.services.network

        async def make_checks(target: ExportTarget | None, on_progress: Callable[[CheckResult], None]) -> Verification:
            return await verify_file(wanted.inspection, replace(profile, export_target=target), network, on_progress)

        answer = await self.context.ask(VerifyPage(profile, make_checks, stored=False))
        if isinstance(answer, str):
            wanted.go_back(answer)

    async def _hosts_are_confirmed(self, profile: Profile) -> bool:
        from ionapi_tui.ui.dialogs.confirm import ConfirmHosts
        from ionapi_tui.usecases.verifying import confirm_hosts, unconfirmed_hosts

        hosts = unconfirmed_hosts(profile)
        if not hosts:
            return True
        if not await self.context.ask(ConfirmHosts(profile, hosts)):
            return False
        connections = self.context.services.connections
        await in_background(lambda: confirm_hosts(connections, [profile], hosts))
        return True

    def verify_many(self, profiles: tuple[Profile, ...]) -> None:
        """Verify several profiles, while the board shows how far that is."""
        if self.context.state.verifying is None:
            self.context.update(verifying=Verifying(len(profiles), frozenset(one.id for one in profiles)))
            self._of_many = self._verify_many(profiles)

    def stop(self) -> None:
        """Give up what has not been verified by now."""
        if self._of_many is not None:
            self._of_many.cancel()

    @task("verify-many", exclusive=False)
    async def _verify_many(self, profiles: tuple[Profile, ...]) -> None:
        """Verify ``profiles``, not too many at a time; hosts that nobody has confirmed get nothing."""
        from ionapi_tui.usecases.verifying import Listener, refreshed_in, summary_of, verify_all

        try:
            listener = Listener(self._show_check, self._show_outcome)
            verified = await verify_all(self.context.services.connections, profiles, listener)
            summary = summary_of(verified)
            message = n_("{n} profile works.", "{n} profiles work.", summary.working)
            if summary.failing:
                message += " " + n_("{n} does not.", "{n} do not.", summary.failing)
            self.notify(message, severity="warning" if summary.failing else "information")
            found = {one.profile.id: one.verification for one in verified if one.verification}
            self.context.update(verified={**self.context.state.verified, **found})
            for finding in refreshed_in(verified):
                self.notify(f"{finding.message}\n{finding.fix}", severity="warning")
        finally:
            self.context.reload_profiles(verifying=None)

    def _show_check(self, profile: Profile, result: CheckResult) -> None:
        state = self.context.state.verifying
        if state is not None and not result.status.is_final:
            running = {**state.running, profile.id: result.title}
            self.context.update(verifying=replace(state, running=running, waiting=state.waiting - {profile.id}))

    def _show_outcome(self, verified: Verified) -> None:
        state, profile = self.context.state.verifying, verified.profile
        if state is None:
            return
        found = verified.verification
        state = replace(
            state,
            waiting=state.waiting - {profile.id},
            running={id: title for id, title in state.running.items() if id != profile.id},
            outcomes={**state.outcomes, profile.id: verified.checked(self.context.services.now())},
        )
        known = self.context.state.verified
        self.context.update(verifying=state, verified={**known, profile.id: found} if found else known)
