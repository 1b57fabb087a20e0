"""The app: it owns the pages, moves between them, and answers what they ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from ionapi_tui.base import language
from ionapi_tui.base.background import in_background
from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.guide import flow
from ionapi_tui.domain.guide.front import peek
from ionapi_tui.ui import messages, pages
from ionapi_tui.ui.controllers.guides import GuideErrands
from ionapi_tui.ui.controllers.practice import Rehearsing
from ionapi_tui.ui.controllers.stores import StoreErrands
from ionapi_tui.ui.everywhere import Everywhere
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.platform.bindings import translate_bindings
from ionapi_tui.ui.platform.crashes import Crashes
from ionapi_tui.ui.platform.preload import Ahead
from ionapi_tui.ui.platform.signals import end_on_signals
from ionapi_tui.ui.platform.suspend import Stopping
from ionapi_tui.ui.state import Told
from ionapi_tui.ui.theme import THEMES

if TYPE_CHECKING:
    from ionapi_tui.domain.guide import Guide
    from ionapi_tui.usecases.services import Services


_FIRST_FRAME = 0.1
"""Seconds in which the first page has the processor to itself: threads that import would take it away."""


class IonApiApp(Crashes, Stopping, Ahead, Everywhere, StoreErrands, GuideErrands, Rehearsing):
    """The terminal app."""

    TITLE = "ionapi-tui"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "stores", N_("Where secrets go"), show=False),
        Binding("ctrl+o", "home", N_("Profiles"), show=False),
        Binding("ctrl+r", "practice", N_("Practise"), show=False),
        Binding("ctrl+q", "quit", N_("Quit"), key_display="^q"),
    ]

    def __init__(self, services: Services) -> None:
        super().__init__()
        translate_bindings(self)
        self.services = services
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self._pages: dict[str, Page] = {}
        self._progress = services.progress.load()
        self._front = peek(services.paths.assets, language.current())
        self.told = Told(title=self._front.title)
        self._first_complaint: IonApiError | None = None
        try:
            self.told = replace(self.told, profiles=services.profiles.profiles())
        except IonApiError as error:
            # It is told once there is a screen to tell it on.
            self._first_complaint = error
        self.tell()

    @cached_property
    def guide(self) -> Guide:
        """The guide in the language in use, read when a page first shows it."""
        from ionapi_tui.domain.guide.markdown import load

        return load(self.services.paths.assets, language.current())

    def get_default_screen(self) -> Page:
        """Begin with the profiles when there are any, else with the welcome; no blank screen comes before."""
        return self._page(flow.HOME if self.told.profiles else flow.WELCOME)

    def on_mount(self) -> None:
        """End in order when the system asks for it."""
        end_on_signals(lambda code: self.exit(return_code=code))

    def on_ready(self) -> None:
        """Do what may take a while once the first page is on the screen."""
        if self._first_complaint is not None:
            self.complain(self._first_complaint)
        self.set_timer(_FIRST_FRAME, self.prepare)

    def prepare(self) -> None:
        """Look for the store, read the guide, and tidy up after an earlier run."""
        self.serve_stores()
        self.look_for_store()
        self.read_guide()
        self.recover()

    # What the pages are told

    def tell(self, **news: object) -> None:
        """Bring what is on the screen up to date with ``news``, which are fields of ``Told``."""
        done, page = self._progress.done, self._progress.step
        if "guide" in self.__dict__:
            news["stops"] = flow.stops(self.guide, done)
        news |= {"page": page, "place": flow.position(self._front, page), "done": done}
        self.told = replace(self.told, **news)  # type: ignore[arg-type]
        for shown in self.screen_stack:
            if isinstance(shown, Page):
                shown.told = self.told

    @work(exclusive=True, group="guide")
    async def read_guide(self) -> None:
        """Read the guide before somebody asks for it."""
        await in_background(lambda: self.guide)
        self.tell()
        self.call_later(self.read_on)

    @work(exclusive=True, group="recover")
    async def recover(self) -> None:
        """Finish or undo what an earlier run left half done, and say so."""
        try:
            recovered = await in_background(self.services.profiles.recover)
        except IonApiError as error:
            self.complain(error)
            return
        for what in recovered:
            self.notify(what.message, title=_("Tidied up"), markup=False, timeout=15)
        if recovered:
            self.reload_profiles()

    # Moving between the pages

    def _page(self, page: str) -> Page:
        """Return a page, built when it is first needed and kept: going back finds everything as it was."""
        name = f"{language.current()}/{page}"
        if name not in self._pages:
            self._pages[name] = pages.build(page, self._front, lambda: self.guide, self.services)
            self.install_screen(self._pages[name], name)
        self.tell()
        self._pages[name].told = self.told
        return self._pages[name]

    def speak(self, code: str) -> bool:
        """Show the page in front in another language; return False when what is in front is no page."""
        page = next((name for name, page in self._pages.items() if page is self.screen), None)
        if page is None:
            return False
        language.load(code, language.folder())
        translate_bindings(self)
        self.__dict__.pop("guide", None)
        self._front = peek(self.services.paths.assets, code)
        self.tell(title=self._front.title)
        self.show(page.partition("/")[2])
        self.read_guide()
        return True

    @on(messages.Go)
    def go(self, event: messages.Go) -> None:
        """Show a page, and remember it when it belongs to the wizard."""
        self.show(event.page)

    @on(messages.Move)
    def move(self, event: messages.Move) -> None:
        """Show the page before or after; a second key press that came too early moves nothing."""
        if event.origin is self.screen:
            self.show(flow.neighbour(self.guide, self._progress.step, event.offset))

    def show(self, page: str) -> None:
        """Bring ``page`` to the front.

        The first page of the run stays at the bottom of the stack, because Textual's default screen cannot be
        switched; every other page takes the place of the one above it.
        """
        if flow.position(self._front, page):
            self._remember(step=page)
        wanted = self._page(page)
        bottom = wanted is self.screen_stack[0]
        while len(self.screen_stack) > (1 if bottom else 2):
            self.pop_screen()
        if not bottom:
            self.bring(wanted)

    async def read_on(self) -> None:
        """Make the next page ready, when it only shows the guide."""
        if "guide" in self.__dict__:
            page = flow.neighbour(self.guide, self._progress.step or flow.WELCOME, 1)
            if page == flow.PREREQUISITES or any(page == step.id for step in self.guide.steps):
                await self.make_ready(self._page(page))

    @on(messages.Ticked)
    def tick(self, event: messages.Ticked) -> None:
        """Keep a tick."""
        done = self._progress.done
        self._remember(done=done | {event.tick} if event.done else done - {event.tick})

    def _remember(self, **changes: object) -> None:
        self._progress = replace(self._progress, guide=self._front.id, **changes)  # type: ignore[arg-type]
        try:
            self.services.progress.save(self._progress)
        except IonApiError as error:
            self.notify(str(error), severity="warning", markup=False)
        self.tell()

    # Keys that work everywhere

    def action_practice(self) -> None:
        """Practise on a stand-in for Infor."""
        self.post_message(messages.Rehearse())

    async def action_quit(self) -> None:
        """Leave; first, removals are carried out and a practice tenant that runs is ended."""
        if self.rehearsal is None and not self.told.undoable:
            self.exit()
        else:
            self.quit_when_done()

    def action_home(self) -> None:
        """Show the profiles."""
        self.show(flow.HOME)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer every page, every key of this page, and every profile in the palette."""
        from ionapi_tui.ui.palette import commands

        return commands(self, screen, self.told)


def run(services: Services) -> int:
    """Open the app and return the exit code of the program."""
    from ionapi_tui.ui import screenshots

    screenshots.prepare()
    app = IonApiApp(services)
    try:
        app.run()
    finally:
        if app.rehearsal is not None:
            app.rehearsal.end()
    return app.return_code or 0
