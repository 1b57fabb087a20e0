"""What pages ask for and the app does: it opens what they need and knows where an answer leads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import App

from ionapi_tui.base.background import in_background
from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.guide import flow
from ionapi_tui.ui import messages
from ionapi_tui.ui.state import Told

if TYPE_CHECKING:
    from ionapi_tui.domain.inspection import Inspection
    from ionapi_tui.usecases.services import Services


class Errands(App[None]):
    """The app's answers to its pages. ``IonApiApp`` adds the pages themselves."""

    services: Services
    told: Told
    """What the pages are told."""

    def tell(self, **news: object) -> None:
        """Bring what is on the screen up to date."""
        raise NotImplementedError

    def show(self, page: str) -> None:
        """Bring a page to the front."""
        raise NotImplementedError

    leaving: frozenset[str] = frozenset()
    """The ids of profiles that are on their way out, and are not listed any more."""

    async def finish_removals(self) -> bool:
        """Carry out at once what could still be undone; return False when the store refused."""
        raise NotImplementedError

    def reload_profiles(self, **news: object) -> None:
        """Read the list of profiles again."""
        try:
            profiles = self.services.profiles.profiles()
        except IonApiError as error:
            self.complain(error)
        else:
            self.tell(profiles=tuple(one for one in profiles if one.id not in self.leaving), **news)

    def complain(self, error: IonApiError) -> None:
        """Say what went wrong, long enough to be read."""
        self.notify(str(error), severity="error", markup=False, timeout=20)

    @on(messages.Picked)
    def inspect_file(self, event: messages.Picked) -> None:
        """Inspect a file."""
        self.review(event.path, lambda: self.services.inspect_file(event.path))

    @on(messages.Pasted)
    def inspect_pasted(self, event: messages.Pasted) -> None:
        """Inspect what was pasted."""
        from ionapi_tui.domain.inspection import inspect_pasted

        self.review(None, lambda: inspect_pasted(event.content))

    @work(exclusive=True, group="review")
    async def review(self, source: Path | None, inspect: Callable[[], Inspection]) -> None:
        """Show an inspection, and go where it ends."""
        from ionapi_tui.ui.screens.review import BackTo, ReviewPage
        from ionapi_tui.ui.widgets.store_bar import Stored

        # What was removed a moment ago must not be in the way of what is imported.
        await self.finish_removals()
        page = ReviewPage(await in_background(inspect), source, self.services)
        page.told = self.told
        answer = await self.push_screen_wait(page)
        if isinstance(answer, BackTo):
            self.show(answer.step)
        elif isinstance(answer, Stored):
            self.post_message(messages.Ticked(flow.IMPORT, done=True))
            self.reload_profiles(stored=answer.profile)
            self.show(flow.NEXT_STEPS)
            if answer.verify:
                self.post_message(messages.Verify(answer.profile))

    @on(messages.ShowRequest)
    def show_request(self, event: messages.ShowRequest) -> None:
        """Show a request that can be copied and sent."""
        from ionapi_tui.ui.dialogs.reading import Reading

        self.push_screen(Reading(_("A request you can send"), event.text, copy=event.text))

    @on(messages.Screenshots)
    def show_screenshots(self, event: messages.Screenshots) -> None:
        """Show the screenshots of a step."""
        from ionapi_tui.ui import screenshots

        screenshots.show(self, event.step, event.documentation, self.services.open_address, inline=event.inline)

    @on(messages.Copy)
    def copy(self, event: messages.Copy) -> None:
        """Put a text into the clipboard, as far as the terminal lets us."""
        self.copy_to_clipboard(event.text)
        said = _("Copied: {text}\nIf pasting gives nothing, your terminal does not allow it.")
        self.notify(said.format(text=safe(event.text.partition("\n")[0], 60)), markup=False)
