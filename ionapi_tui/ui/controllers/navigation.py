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
from ionapi_tui.ui.messages import UnderWay
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.platform.bindings import translate_bindings
from ionapi_tui.ui.tasks import task
from ionapi_tui.usecases import guides

if TYPE_CHECKING:
    from ionapi_tui.domain.guide import Front, Guide
    from ionapi_tui.domain.profile import Profile
    from ionapi_tui.profile_store.progress import Progress, ProgressFile
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
        self._progress = guides.left_off(context.services.progress.all())
        self._front = peek(context.services.paths.assets, language.current())
        self._entrance, self._origin = "", ""
        """The page of the guide that was opened from the list of profiles or the welcome, and from which of them."""
        self._is_welcome_above_list = False
        """Whether the welcome was opened from the list of profiles, and leads back to it."""
        self._place: str | None = None
        """Where the guide in front was left, while a file is imported that need not belong to it."""
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
            title=self._front.title,
            front=self._front,
            tenant=self._progress.tenant,
            under_way=tuple(
                UnderWay(one.tenant, flow.position(self._front, one.step))
                for one in guides.under_way(self._guides(), self._front)
            ),
            page=page,
            apart=self._place is not None,
            position=flow.position(self._front, page),
            done=done,
            **stops,
        )

    def _guides(self) -> tuple[Progress, ...]:
        """Return the progress of every guide, the one in front first: also where it cannot be written."""
        others = (one for one in self.context.services.progress.all() if one.tenant != self._progress.tenant)
        return self._progress, *others

    def begin(self, tenant: str) -> None:
        """Put the guide of a tenant in front, where it was left; a guide without a tenant stays what it is."""
        if tenant != self._progress.tenant:
            self._go_on(self.context.services.progress.load(tenant))

    def start(self, tenant: str) -> None:
        """Show the guide of a tenant where it was left, or its beginning."""
        self.begin(tenant)
        # Also its import is a page of the way then, not one that was opened by itself.
        self.show(self._progress.step or flow.PREREQUISITES, is_of_guide=True)
        self._entrance = ""

    @property
    def is_in_guide(self) -> bool:
        """Whether the page in front, whatever lies above it, is one of the guide in front."""
        return self._place is None and bool(flow.position(self._front, self._shown()))

    def redo(self, step: str, tenant: str) -> None:
        """Show a step that is to be done again for ``tenant``, which need not be whose guide was open last."""
        self.begin(tenant)
        self.show(step, is_of_guide=True)

    def start_over(self) -> None:
        """Clear the ticks of the guide in front, and show its beginning."""
        self._remember(done=frozenset())
        self.show(flow.PREREQUISITES)

    def name(self, tenant: str) -> None:
        """Make the guide in front, which belongs to no tenant yet, that of ``tenant``."""
        self._save(lambda progress: self._go_on(guides.named(progress, tenant)))

    def belongs_to(self, profile: Profile) -> None:
        """Put the guide of a profile's tenant in front; one without a tenant becomes it."""
        self._save(lambda progress: self._go_on(guides.guide_for(progress, self._progress, profile)))

    def forget(self, tenant: str) -> None:
        """Forget the guide of a tenant, and put the one in front that was open before it."""
        self._save(lambda progress: progress.forget(tenant))
        if self._progress.tenant == tenant:
            self._go_on(guides.left_off(self.context.services.progress.all()))

    def _go_on(self, progress: Progress) -> None:
        """Put a guide in front; its last page shows the profile of its tenant."""
        if progress.tenant != self._progress.tenant and self.context.state.way_back != flow.HOME:
            # A page of this guide is not the one that the list of profiles was opened from.
            self.context.update(way_back="")
        self._progress, self._place = progress, None
        of_tenant = (one for one in self.context.state.profiles if guides.guide_of(one) == progress.tenant)
        self.context.update(stored=max(of_tenant, key=lambda one: one.created, default=None))
        self.refresh()

    def _save(self, change: Callable[[ProgressFile], None]) -> None:
        try:
            change(self.context.services.progress)
        except IonApiError as error:
            self.notify(str(error), severity="warning")

    def page(self, page: str) -> Page:
        """Return a page, built when it is first needed and kept: going back finds everything as it was."""
        name = f"{language.current()}/{page}"
        if name not in self._pages:
            self._pages[name] = _build(page, self._front, lambda: self.guide, self.context.services)
            self._app.install_screen(self._pages[name], name)
        self.context.give_state(self._pages[name])
        return self._pages[name]

    def show(self, page: str, *, is_of_guide: bool = False) -> None:
        """Bring ``page`` to the front, and remember it when it belongs to the guide.

        Args:
            page: its id.
            is_of_guide: whether it is a page of the guide in front wherever it was opened; otherwise an import that is
                opened from the list of profiles or the welcome stands by itself.

        The first page of the run stays at the bottom of the stack, because Textual's default screen cannot be
        switched; every other page takes the place of the one above it.
        """
        self._note_place(page, is_of_guide=is_of_guide)
        if page == flow.HOME:
            # How far the planned tenants are depends on their guides.
            self.context.reload_plan()
        if page == flow.NEXT_STEPS and self.context.state.stored is None:
            self._go_on(self._progress)
        self._note_way_back(page)
        wanted = self.page(page)
        wanted.enter()
        bottom = wanted is self._app.screen_stack[0]
        while len(self._app.screen_stack) > (1 if bottom else 2):
            self._app.pop_screen()
        if not bottom:
            self._app.show_when_drawn(wanted)
            # Among the app's messages, so that the app does not end in the middle of it.
            self._app.set_timer(_READING_SECONDS, lambda: self._app.call_later(self.preload))

    def _note_place(self, page: str, *, is_of_guide: bool) -> None:
        """Remember that the guide in front is on ``page`` now, if that belongs to it."""
        place, self._place = self._place, None
        if page == flow.IMPORT and not is_of_guide and self._shown() in {flow.HOME, flow.WELCOME}:
            # Nobody knows yet whose file it will be: no guide is at its import for that.
            self._place = self._progress.step
            self._progress = replace(self._progress, step=page)
            self.refresh()
        elif flow.position(self._front, page):
            self._remember(step=page)
        elif place is not None:
            self._progress = replace(self._progress, step=place)
            self.refresh()

    def _note_way_back(self, page: str) -> None:
        """Remember where Esc leads to from ``page``, which is about to be shown."""
        before = self._shown()
        if page == flow.HOME:
            way_back = before if before != flow.HOME else self.context.state.way_back
        else:
            if before in {flow.HOME, flow.WELCOME} and page != before:
                if page == flow.WELCOME:
                    self._is_welcome_above_list = True
                else:
                    self._entrance, self._origin = page, before
            way_back = flow.HOME if self._is_welcome_above_list else ""
        self.context.update(way_back=way_back)

    def _shown(self) -> str:
        """Return the page in front, whatever lies above it; empty before there is one."""
        shown = {page: name for name, page in self._pages.items()}
        names = (shown[screen] for screen in reversed(self._app.screen_stack) if screen in shown)
        return next(names, "").partition("/")[2]

    def move(self, offset: int) -> None:
        """Show the page ``offset`` places on in the guide; its beginning leads back to where it was opened."""
        page = flow.neighbour(self.guide, self._progress.step, offset)
        # An import can be opened by itself; a step is part of the way, wherever somebody continues.
        is_out = page == flow.WELCOME or self._progress.step == self._entrance == flow.IMPORT
        leaves = offset < 0 and is_out and self._origin
        self.show(self._origin if leaves else page)
        if leaves == flow.HOME:
            # Esc leads out, not in circles.
            self.context.update(way_back="")

    def back(self) -> None:
        """Show the page from which the one in front was opened."""
        if way_back := self.context.state.way_back:
            self.show(way_back)
            self.context.update(way_back="")

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
        self._save(lambda progress: progress.save(self._progress))
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
