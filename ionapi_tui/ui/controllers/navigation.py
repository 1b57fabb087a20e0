"""Moving between the pages of the guide, and remembering how far somebody has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from ionapi_tui.base import language
from ionapi_tui.base.background import in_background
from ionapi_tui.base.errors import IonApiError
from ionapi_tui.domain.guide import flow
from ionapi_tui.domain.guide.front import peek
from ionapi_tui.ui.controllers.context import Context, Controller
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.platform.bindings import translate_bindings
from ionapi_tui.ui.tasks import task

if TYPE_CHECKING:
    from ionapi_tui.domain.guide import Front, Guide
    from ionapi_tui.ui.platform.app import PlatformApp
    from ionapi_tui.usecases.services import Services

_READING_SECONDS = 0.25
"""After which a page is there, somebody reads it, and there is time to make the next one."""


class Navigation(Controller):
    """The pages, which of them is in front, and the ticks."""

    def __init__(self, context: Context, app: PlatformApp) -> None:
        super().__init__(context)
        self._app = app
        self._pages: dict[str, Page] = {}
        self._progress = context.services.progress.load()
        self._front = peek(context.services.paths.assets, language.current())
        self.refresh()

    @cached_property
    def guide(self) -> Guide:
        """The guide in the language in use, read when a page first shows it."""
        from ionapi_tui.domain.guide.markdown import load

        return load(self.context.services.paths.assets, language.current())

    @property
    def has_guide(self) -> bool:
        """Whether the guide has been read."""
        return "guide" in self.__dict__

    def refresh(self) -> None:
        """Tell the pages what the guide is called, where somebody is in it, and what is ticked."""
        done, page = self._progress.done, self._progress.step
        stops = {"stops": flow.stops(self.guide, done)} if self.has_guide else {}
        self.context.update(
            title=self._front.title, page=page, position=flow.position(self._front, page), done=done, **stops
        )

    def page(self, page: str) -> Page:
        """Return a page, built when it is first needed and kept: going back finds everything as it was."""
        name = f"{language.current()}/{page}"
        if name not in self._pages:
            self._pages[name] = _build(page, self._front, lambda: self.guide, self.context.services)
            self._app.install_screen(self._pages[name], name)
        self.context.give_state(self._pages[name])
        return self._pages[name]

    def show(self, page: str) -> None:
        """Bring ``page`` to the front, and remember it when it belongs to the guide.

        The first page of the run stays at the bottom of the stack, because Textual's default screen cannot be
        switched; every other page takes the place of the one above it.
        """
        if flow.position(self._front, page):
            self._remember(step=page)
        wanted = self.page(page)
        bottom = wanted is self._app.screen_stack[0]
        while len(self._app.screen_stack) > (1 if bottom else 2):
            self._app.pop_screen()
        if not bottom:
            self._app.show_when_drawn(wanted)
            # Among the app's messages, so that the app does not end in the middle of it.
            self._app.set_timer(_READING_SECONDS, lambda: self._app.call_later(self.preload))

    def move(self, offset: int) -> None:
        """Show the page ``offset`` places on in the guide."""
        self.show(flow.neighbour(self.guide, self._progress.step, offset))

    async def preload(self) -> None:
        """Make the page ready that is likely to come next, when it only shows the guide."""
        if self.has_guide:
            page = flow.neighbour(self.guide, self._progress.step or flow.WELCOME, 1)
            if page == flow.PREREQUISITES or any(page == step.id for step in self.guide.steps):
                await self._app.preload(self.page(page))

    @task("guide")
    async def read_guide(self) -> None:
        """Read the guide before somebody asks for it."""
        await in_background(lambda: self.guide)
        self.refresh()
        self._app.call_later(self.preload)

    def tick(self, tick: str, *, done: bool) -> None:
        """Keep a tick, or take it away."""
        ticked = self._progress.done
        self._remember(done=ticked | {tick} if done else ticked - {tick})

    def set_language(self, code: str) -> bool:
        """Show the page in front in another language; return False when what is in front is no page."""
        page = next((name for name, page in self._pages.items() if page is self._app.screen), None)
        if page is None:
            return False
        language.load(code, language.folder())
        translate_bindings(self._app)
        self.__dict__.pop("guide", None)
        self._front = peek(self.context.services.paths.assets, code)
        self.refresh()
        self.show(page.partition("/")[2])
        self.read_guide()
        return True

    def _remember(self, **changes: object) -> None:
        self._progress = replace(self._progress, guide=self._front.id, **changes)  # type: ignore[arg-type]
        try:
            self.context.services.progress.save(self._progress)
        except IonApiError as error:
            self.notify(str(error), severity="warning")
        self.refresh()


def _build(page: str, front: Front, read: Callable[[], Guide], services: Services) -> Page:
    """Return a new page. Each is imported when it is first needed, so that the first one need not wait for the rest.

    Args:
        page: its id.
        front: what is known of the guide without reading it.
        read: returns the guide; called only for pages that show it.
        services: the outside world.
    """
    if page == flow.HOME:
        from ionapi_tui.ui.screens.home import HomePage

        return HomePage()
    if page == flow.WELCOME:
        from ionapi_tui.ui.screens.welcome import WelcomePage

        return WelcomePage(front)
    if page == flow.PREREQUISITES:
        from ionapi_tui.ui.screens.prerequisites import PrerequisitesPage

        return PrerequisitesPage(read().prerequisites)
    if page == flow.IMPORT:
        from ionapi_tui.ui.screens.import_file import ImportPage

        return ImportPage(services)
    if page == flow.NEXT_STEPS:
        from ionapi_tui.ui.screens.next_steps import NextStepsPage

        return NextStepsPage(read().next_steps)
    from ionapi_tui.ui.screens.step import StepPage

    return StepPage(next(step for step in read().steps if step.id == page), front.documentation)
