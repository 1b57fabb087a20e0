"""Writing a report from the screens."""

from __future__ import annotations

from ionapi_tui.base.background import in_background
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui.controllers.context import Controller
from ionapi_tui.ui.tasks import task


class Reports(Controller):
    """Writes printable pages about profiles."""

    @task("report")
    async def write(self, profile: Profile) -> None:
        """Ask for format and folder, verify the profile unless this run has, and write the report."""
        from ionapi_tui.ui.dialogs.report import ReportDialog
        from ionapi_tui.usecases import reporting
        from ionapi_tui.usecases.report import Report

        services, state = self.context.services, self.context.state
        verification = state.verified.get(profile.id)
        wish = await self.context.ask(
            ReportDialog(profile, services.paths.downloads, verified=verification is not None)
        )
        if wish is None:
            return
        if verification is None:
            self.notify(_("Verifying {name}…").format(name=safe(profile.name, 60)))
            (report,) = await reporting.gather(services.connections, [profile], services.now())
            if report.verification is not None:
                self.context.update(verified={**self.context.state.verified, profile.id: report.verification})
            self.context.reload_profiles()
        else:
            report = Report(profile, services.now(), verification)
        path = await in_background(lambda: reporting.write(report, wish.folder, wish.form))
        self.notify(_("Written: {path}").format(path=safe(path, 300)))
