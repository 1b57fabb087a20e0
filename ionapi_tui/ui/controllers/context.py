"""What the controllers share: the app's public face, the services, and the state that the pages show."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from textual.app import App
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.worker import Worker

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui.messages import AppState
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.tasks import report

if TYPE_CHECKING:
    from ionapi_tui.usecases.services import Services

Answer = TypeVar("Answer")


class Context:
    """One app, as its controllers know it."""

    def __init__(self, app: App[None], services: Services) -> None:
        self.app, self.services = app, services
        self.state = AppState()
        """What the pages show."""
        self.leaving: frozenset[str] = frozenset()
        """The ids of profiles that are being removed, and are not listed any more."""

    def update(self, **changes: object) -> None:
        """Change fields of the state, and bring what is on the screen up to date."""
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        for screen in self.app.screen_stack:
            if isinstance(screen, Page):
                screen.state = self.state

    def reload_profiles(self, stored: Profile | None = None, **changes: object) -> None:
        """Read the list of profiles again; when it cannot be read, say so and leave what is shown."""
        try:
            profiles = self.services.profiles.profiles()
        except IonApiError as error:
            report(self, error)
            changes |= {"stored": stored} if stored else {}
        else:
            listed = tuple(one for one in profiles if one.id not in self.leaving)
            changes["profiles"] = listed
            # As it is listed now; what was removed is not what was stored last any more.
            stored = stored or self.state.stored
            changes["stored"] = next((one for one in listed if stored and one.id == stored.id), None)
        self.update(**changes)
        self.reload_plan()

    def reload_plan(self) -> None:
        """Read the tenant plan again, if there is one; when it cannot be read, say so and leave what is shown."""
        if not self.services.paths.plan.exists():
            return
        from ionapi_tui.usecases.planning import rows_of

        try:
            planned = self.services.plan.load()
        except IonApiError as error:
            report(self, error)
            return
        rows = rows_of(planned, self.services.progress.all(), self.state.profiles)
        waiting = (row for row in rows if row.profile is None)
        self.update(plan=tuple(sorted(waiting, key=lambda row: row.planned.tenant.casefold())))

    def restored(self, id: str, names: str) -> None:
        """Say that a removal was undone, and highlight the first of what is back.

        Args:
            id: of a profile, or the name of a planned tenant.
            names: of all that is back.
        """
        self.update(restored=id)
        # That it was removed is not true any more.
        self.app.clear_notifications()
        self.notify(_("Restored {names}").format(names=names))

    async def ask(self, screen: Screen[Answer]) -> Answer | None:
        """Show a page or a dialog above the others, and return its answer."""
        self.give_state(screen)
        return await self.app.push_screen_wait(screen)

    def open(self, page: Page) -> None:
        """Show a page above the others."""
        self.give_state(page)
        self.app.push_screen(page)

    def give_state(self, screen: Screen[Answer]) -> None:
        """Let a page that is about to be shown know what there is to show."""
        if isinstance(screen, Page):
            screen.state = self.state

    def notify(
        self,
        message: str,
        *,
        severity: SeverityLevel = "information",
        markup: bool = False,
        lasts: bool = False,
    ) -> None:
        """Show a message for a while, or until it is cleared; text in it is never markup."""
        self.app.notify(message, severity=severity, timeout=0 if lasts else None, markup=markup)


class Controller:
    """Something the app does, as an object of its own. Tasks of it run as workers of the app."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.notify = context.notify

    def run_worker(
        self, work: Callable[[], Coroutine[None, None, None]], *, name: str, group: str, exclusive: bool
    ) -> Worker[None]:
        """Start a worker of the app."""
        return self.context.app.run_worker(work, name=name, group=group, exclusive=exclusive)
