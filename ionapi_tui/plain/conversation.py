"""What the pages of plain mode share: the services, the console, and the progress in the guide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ionapi_tui.base import language
from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.domain.guide import Guide, flow, load
from ionapi_tui.plain.console import Console
from ionapi_tui.profile_store.progress import PRACTICE, UNNAMED, Progress
from ionapi_tui.usecases import guides

if TYPE_CHECKING:
    from ionapi_tui.domain.profile import Profile
    from ionapi_tui.usecases.practice_process import PracticeProcess
    from ionapi_tui.usecases.services import Services

QUIT: Final = "quit"
"""The id that stands for no page: end the program."""


@dataclass
class Conversation:
    """One run of plain mode."""

    services: Services
    console: Console
    stored: Profile | None = None
    """The profile stored last in this run."""
    practice: PracticeProcess | None = None
    """The practice tenant that runs, if any."""
    tenant: str = UNNAMED
    """Whose guide this is."""

    @cached_property
    def guide(self) -> Guide:
        """The guide in the language in use."""
        return load(self.services.paths.assets, language.current())

    @property
    def practises(self) -> PracticeProcess | None:
        """The practice tenant, if it runs and this is its guide."""
        return self.practice if self.tenant == PRACTICE else None

    @property
    def last_page(self) -> str:
        """The page of the guide that the last run ended on; empty when none was begun."""
        step = self.services.progress.load(self.tenant).step
        return step if step in flow.order(self.guide) and step != flow.WELCOME else ""

    @property
    def under_way(self) -> tuple[Progress, ...]:
        """The guides that were started and not finished, the one that was open last first; practice runs are none."""
        return guides.under_way(self.services.progress.all(), self.guide.front)

    @property
    def stored_now(self) -> Profile | None:
        """The profile stored last in this run, as it is listed now; None if there is none."""
        if self.stored is None:
            return None
        try:
            return next((one for one in self.services.profiles.profiles() if one.id == self.stored.id), None)
        except IonApiError:
            return self.stored

    @property
    def done(self) -> frozenset[str]:
        """Everything ticked, here or in the app: both keep the same ticks."""
        return self.services.progress.load(self.tenant).done

    def belongs_to(self, profile: Profile) -> None:
        """Go on in the guide of a profile's tenant; a guide without a tenant becomes it."""
        progress = self.services.progress
        try:
            self.tenant = guides.guide_for(progress, progress.load(self.tenant), profile).tenant
        except IonApiError as error:
            self.say_error(error)

    def remember_page(self, page: str) -> None:
        """Remember the page, so that the next run can go on there."""
        self._save(step=page)

    def tick(self, *ticks: str, done: bool = True) -> None:
        """Save ticks, or remove them."""
        before = self.done
        self._save(done=before | set(ticks) if done else before - set(ticks))

    def say_error(self, error: IonApiError) -> None:
        """Say what went wrong."""
        self.console.say(_("Error: {what}").format(what=error))

    def _save(self, **changes: object) -> None:
        progress = replace(self.services.progress.load(self.tenant), guide=self.guide.front.id, **changes)  # type: ignore[arg-type]
        try:
            self.services.progress.save(progress)
        except IonApiError as error:
            self.say_error(error)
