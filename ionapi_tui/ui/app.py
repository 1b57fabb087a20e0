"""The app: it owns the pages, moves between them, and answers what they ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from ionapi_tui import language
from ionapi_tui.errors import IonApiError
from ionapi_tui.guide import Guide, load, peek
from ionapi_tui.language import N_, _
from ionapi_tui.profile import Profile
from ionapi_tui.text import safe
from ionapi_tui.ui import flow, messages, pages
from ionapi_tui.ui.background import in_background
from ionapi_tui.ui.bindings import translate_bindings
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.state import StoreStatus, Told
from ionapi_tui.ui.theme import DARK, LIGHT

if TYPE_CHECKING:
    from ionapi_tui.inspection import Inspection
    from ionapi_tui.services import Services


class IonApiApp(App[None]):
    """The terminal app."""

    TITLE = "ionapi-tui"
    CSS_PATH = Path(__file__).parent / "styles" / "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "keys", N_("Keys"), key_display="?"),
        Binding("f1", "help", N_("Help"), show=False),
        Binding("ctrl+t", "change_theme", N_("Light or dark"), show=False),
        Binding("ctrl+o", "home", N_("Profiles"), show=False),
        Binding("ctrl+q", "quit", N_("Quit"), key_display="^q"),
    ]

    def __init__(self, services: Services) -> None:
        super().__init__()
        translate_bindings(self)
        self._services = services
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name
        self._pages: dict[str, Page] = {}
        self._progress = services.progress.load()
        self._front = peek(services.paths.assets, language.current())
        self._told = Told(title=self._front.title, profiles=services.profiles.profiles())
        self.tell()

    @cached_property
    def guide(self) -> Guide:
        """The guide in the language in use, read when a page first shows it."""
        return load(self._services.paths.assets, language.current())

    def get_default_screen(self) -> Page:
        """Begin with the profiles when there are any, else with the welcome; no blank screen comes before."""
        return self._page(flow.HOME if self._told.profiles else flow.WELCOME)

    def on_ready(self) -> None:
        """Do what may take a while once the first page is on the screen."""
        self.look_for_store()
        self.read_guide()
        self.recover()

    # What the pages are told

    def tell(self, **news: object) -> None:
        """Bring what is on the screen up to date with ``news``, which are fields of ``Told``."""
        done, page = self._progress.done, self._progress.step
        if "guide" in self.__dict__:
            news["stops"] = flow.stops(self.guide, done)
        news |= {"page": page, "place": flow.place(self._front, page), "done": done}
        self._told = replace(self._told, **news)  # type: ignore[arg-type]
        for shown in self.screen_stack:
            if isinstance(shown, Page):
                shown.told = self._told

    @work(exclusive=True, group="store")
    async def look_for_store(self) -> None:
        """Find out where secrets go on this machine."""
        choice = await in_background(self._services.choose_store)
        label, key = (choice.store.label, choice.store.key) if choice.store else ("", "")
        self.tell(store=StoreStatus(known=True, label=label, key=key, reason=choice.reason))

    @work(exclusive=True, group="guide")
    async def read_guide(self) -> None:
        """Read the guide before somebody asks for it."""
        await in_background(lambda: self.guide)

    @work(exclusive=True, group="recover")
    async def recover(self) -> None:
        """Finish or undo what an earlier run left half done, and say so."""
        try:
            recovered = await in_background(self._services.profiles.recover)
        except IonApiError as error:
            self.notify(str(error), severity="warning", markup=False, timeout=15)
            return
        for what in recovered:
            self.notify(what.message, title=_("Tidied up"), markup=False, timeout=15)
        if recovered:
            self.tell(profiles=self._services.profiles.profiles())

    # Moving between the pages

    def _page(self, page: str) -> Page:
        """Return a page, built when it is first needed and kept: going back finds everything as it was."""
        if page not in self._pages:
            self._pages[page] = pages.build(page, self._front, lambda: self.guide, self._services)
            self.install_screen(self._pages[page], page)
        self.tell()
        self._pages[page].told = self._told
        return self._pages[page]

    @on(messages.Go)
    def go(self, event: messages.Go) -> None:
        """Show a page, and remember it when it belongs to the wizard."""
        self.show(event.page)

    @on(messages.Move)
    def move(self, event: messages.Move) -> None:
        """Show the page before or after."""
        self.show(flow.neighbour(self.guide, self._progress.step, event.offset))

    def show(self, page: str) -> None:
        """Bring ``page`` to the front.

        The first page of the run stays at the bottom of the stack, because Textual's default screen cannot be
        switched; every other page takes the place of the one above it.
        """
        if flow.place(self._front, page):
            self._remember(step=page)
        wanted = self._page(page)
        bottom = wanted is self.screen_stack[0]
        while len(self.screen_stack) > (1 if bottom else 2):
            self.pop_screen()
        if len(self.screen_stack) == 2:
            self.switch_screen(wanted)
        elif not bottom:
            self.push_screen(wanted)

    @on(messages.Ticked)
    def tick(self, event: messages.Ticked) -> None:
        """Keep a tick."""
        done = self._progress.done
        self._remember(done=done | {event.tick} if event.done else done - {event.tick})

    def _remember(self, **changes: object) -> None:
        self._progress = replace(self._progress, guide=self._front.id, **changes)  # type: ignore[arg-type]
        try:
            self._services.progress.save(self._progress)
        except IonApiError as error:
            self.notify(str(error), severity="warning", markup=False)
        self.tell()

    # What the pages ask for

    @on(messages.Picked)
    def inspect_file(self, event: messages.Picked) -> None:
        """Inspect a file."""
        self.review(event.path, lambda: self._services.inspect_file(event.path))

    @on(messages.Pasted)
    def inspect_pasted(self, event: messages.Pasted) -> None:
        """Inspect what was pasted."""
        from ionapi_tui.inspection import inspect

        self.review(None, lambda: inspect(event.content.reveal().encode("utf-8", "surrogatepass")))

    @work(exclusive=True, group="review")
    async def review(self, source: Path | None, inspect: Callable[[], Inspection]) -> None:
        """Show an inspection, and go where it ends."""
        from ionapi_tui.ui.screens.review import BackTo, ReviewPage

        page = ReviewPage(await in_background(inspect), source, self._services)
        page.told = self._told
        answer = await self.push_screen_wait(page)
        if isinstance(answer, BackTo):
            self.show(answer.step)
        elif isinstance(answer, Profile):
            self._remember(done=self._progress.done | {flow.IMPORT})
            self.tell(profiles=self._services.profiles.profiles(), stored=answer)
            self.show(flow.NEXT_STEPS)

    @on(messages.Remove)
    @work(exclusive=True, group="remove")
    async def remove(self, event: messages.Remove) -> None:
        """Remove a profile after asking."""
        from ionapi_tui.ui.dialogs.confirm_remove import ConfirmRemove

        name = event.profile.name
        if not await self.push_screen_wait(ConfirmRemove(event.profile)):
            return
        try:
            await in_background(lambda: self._services.profiles.remove(name))
        except IonApiError as error:
            self.notify(str(error), severity="error", markup=False, timeout=15)
        else:
            self.notify(_("{name} is removed.").format(name=name), markup=False)
        self.tell(profiles=self._services.profiles.profiles())

    @on(messages.ShowProfile)
    def show_profile(self, event: messages.ShowProfile) -> None:
        """Show what is known of a profile."""
        from ionapi_tui.ui.dialogs.profile import ProfileDialog

        self.push_screen(ProfileDialog(event.profile, self._told.store))

    @on(messages.AskForRoles)
    def ask_for_roles(self, event: messages.AskForRoles) -> None:
        """Show a request to grant the roles."""
        from ionapi_tui.ui.dialogs.reading import Reading, request_for_roles

        text = request_for_roles(event.section)
        self.push_screen(Reading(_("A request you can send"), text, copy=text))

    @on(messages.Screenshots)
    def show_screenshots(self, event: messages.Screenshots) -> None:
        """Show the screenshots of a step."""
        from ionapi_tui.ui import screenshots

        screenshots.show(self, event.step, self._front.documentation, self._services.open_address, inline=event.inline)

    @on(messages.Copy)
    def copy(self, event: messages.Copy) -> None:
        """Put a text into the clipboard, as far as the terminal lets us."""
        self.copy_to_clipboard(event.text)
        shown = safe(event.text, 60)
        self.notify(
            _("Copied: {text}\nIf pasting gives nothing, your terminal does not allow it.").format(text=shown),
            markup=False,
        )

    # Keys that work everywhere

    def action_keys(self) -> None:
        """Show every key that works here."""
        from ionapi_tui.ui.dialogs.reading import Reading, all_keys

        if not isinstance(self.screen, Reading):
            self.push_screen(Reading(_("Keys"), all_keys(self.screen)))

    def action_help(self) -> None:
        """Show the help of this page."""
        from ionapi_tui.ui.dialogs.reading import Reading

        if isinstance(self.screen, Page):
            self.push_screen(Reading(_("Help"), _(self.screen.HELP_TEXT)))

    def action_change_theme(self) -> None:
        """Change between light and dark."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def action_home(self) -> None:
        """Show the profiles."""
        self.show(flow.HOME)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer every page, every key of this page, and every profile in the palette."""
        from ionapi_tui.ui.palette import commands

        return commands(self, screen, self._told)


def run(services: Services) -> int:
    """Open the app and return the exit code of the program."""
    from ionapi_tui.ui import screenshots

    screenshots.prepare()
    app = IonApiApp(services)
    app.run()
    return app.return_code or 0
