"""The app: it answers what its pages ask for by passing it on to the controller whose subject it is."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.notifications import SeverityLevel
from textual.screen import Screen

from ionapi_tui.base.background import in_background
from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.domain.guide import flow
from ionapi_tui.ui import messages
from ionapi_tui.ui.controllers.appearance import AppearanceController
from ionapi_tui.ui.controllers.arrivals import Arrivals
from ionapi_tui.ui.controllers.comparing import Comparing
from ionapi_tui.ui.controllers.context import Context
from ionapi_tui.ui.controllers.copies import Copies
from ionapi_tui.ui.controllers.guides import Guides
from ionapi_tui.ui.controllers.imports import Imports
from ionapi_tui.ui.controllers.lending import Lending
from ionapi_tui.ui.controllers.navigation import Navigation
from ionapi_tui.ui.controllers.notices import SECONDS, Notices
from ionapi_tui.ui.controllers.planning import Planning
from ionapi_tui.ui.controllers.practice import Practice
from ionapi_tui.ui.controllers.profiles import Profiles
from ionapi_tui.ui.controllers.removal import Removal
from ionapi_tui.ui.controllers.reports import Reports
from ionapi_tui.ui.controllers.stores import StoresController
from ionapi_tui.ui.controllers.verification import VerificationController
from ionapi_tui.ui.key_names import key_name
from ionapi_tui.ui.messages import AppState
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.platform.app import PlatformApp
from ionapi_tui.ui.platform.bindings import translate_bindings
from ionapi_tui.ui.platform.process import end_on_signals, shell_waits
from ionapi_tui.ui.platform.timers import make_room_for_timers
from ionapi_tui.ui.styling import THEMES
from ionapi_tui.ui.tasks import report, reported, task
from ionapi_tui.ui.widgets.frame import NoticeBar
from ionapi_tui.usecases.guides import guide_of

if TYPE_CHECKING:
    from ionapi_tui.usecases.services import Services

_FIRST_FRAME_SECONDS = 0.1
"""For which the first page has the processor to itself: threads that import would take it away."""


class IonApiApp(PlatformApp):
    """The terminal app."""

    TITLE = "ionapi-tui"
    BINDINGS: ClassVar[list[BindingType]] = [
        # Without words, so that only those pages offer it that can change; the others say why they cannot.
        Binding("ctrl+l", "change_language", show=False),
        Binding("question_mark", "keys", N_("Keys"), key_display="?"),
        Binding("f1", "help", N_("Help"), show=False),
        Binding("ctrl+t", "change_theme", N_("Light or dark"), show=False),
        Binding("ctrl+z", "suspend_process", N_("Suspend (type fg to return)"), show=False, priority=True),
        Binding("f2", "stores", N_("Password store"), show=False),
        Binding("ctrl+o", "home", N_("Profiles"), show=False),
        Binding("ctrl+r", "practice", N_("Practise"), show=False),
        Binding("ctrl+q", "quit", N_("Quit")),
    ]

    def __init__(
        self, services: Services, tenant: str | None = None, notice_seconds: float = SECONDS, notice: str = ""
    ) -> None:
        """Prepare the app.

        Args:
            services: what it works with.
            tenant: whose guide to begin with, where it was left; None for the first page.
            notice_seconds: how long messages are shown that nobody has to answer.
            notice: the first message, about what was done before; empty for none.
        """
        super().__init__()
        self._tenant, self._first_notice = tenant, notice
        self.notices = Notices(self, notice_seconds)
        translate_bindings(self)
        for theme in THEMES:
            self.register_theme(theme)
        self.services = services
        self.context = Context(self, services)
        self.navigation = Navigation(self.context, self)
        self.removal = Removal(self.context)
        self.arrivals = Arrivals(self.context)
        self.copies = Copies(self.context)
        self.profiles = Profiles(self.context, self.navigation, self.removal, self.arrivals)
        self.imports = Imports(self.context, self.navigation, self.removal, self.copies, self.profiles)
        self.verification = VerificationController(self.context, self.navigation)
        self.comparing = Comparing(self.context)
        self.lending = Lending(self.context)
        self.reports = Reports(self.context)
        self.stores = StoresController(self.context)
        self.guides = Guides(self.context, self.navigation)
        self.practice = Practice(self.context, self.navigation, self.removal)
        self.planning = Planning(self.context, self.navigation, self.practice)
        self.appearance = AppearanceController(self.context, self.navigation)
        self.appearance.begin()
        self._first_error: IonApiError | None = None
        try:
            self.context.update(profiles=services.profiles.profiles())
            self.context.reload_plan()
        except IonApiError as error:
            # It is reported once there is a screen to report it on.
            self._first_error = error

    @property
    def state(self) -> AppState:
        """What the pages show."""
        return self.context.state

    def get_default_screen(self) -> Page:
        """Begin with the profiles when there are any, else with the welcome; no blank screen comes before."""
        return self.navigation.page(flow.HOME if self.state.profiles or self.state.plan else flow.WELCOME)

    def on_load(self) -> None:
        """Make room for timers before the first one starts."""
        if sys.platform == "win32":
            make_room_for_timers()

    def on_mount(self) -> None:
        """End in order when the system asks for it, and draw everything again when the shell lets the app go on."""
        end_on_signals(lambda code: self.exit(return_code=code))
        self.screen_change_signal.subscribe(self, self._turn, immediate=True)
        self.app_resume_signal.subscribe(self, lambda _app: self._resume())

    def _resume(self) -> None:
        """Draw everything again; what was locked may have been unlocked in the shell."""
        self.refresh(layout=True)
        if self.state.store.locked:
            self.stores.look()
            from ionapi_tui.ui.screens.store import StorePage

            if isinstance(self.screen, StorePage):
                self.screen.action_look()

    def on_ready(self) -> None:
        """Do what may take a while once the first page is on the screen."""
        if self._first_error is not None:
            report(self, self._first_error)
        if self._tenant is not None:
            self.navigation.start(self._tenant)
        if self._first_notice:
            self.notify(self._first_notice, markup=False)
        self.set_timer(_FIRST_FRAME_SECONDS, self.prepare)

    def prepare(self) -> None:
        """Look for the store, read the guide, and tidy up after an earlier run."""
        # Threads and this one need it soon. Importing a package here and one of its modules there is a deadlock.
        import ionapi_tui.domain.inspection  # noqa: F401

        self.stores.serve()
        self.stores.look()
        self.navigation.read_guide()
        self.recover()

    @task("recover")
    async def recover(self) -> None:
        """Finish or undo what an earlier run left half done, and say so."""
        from ionapi_tui.usecases.recovering import recover

        recovered = await in_background(lambda: recover(self.services))
        for sentence in recovered:
            self.notify(sentence, title=_("Tidied up"), markup=False)
        if recovered:
            self.context.reload_profiles()
        self.copies.look()

    def show(self, page: str) -> None:
        """Bring a page to the front."""
        self.navigation.show(page)

    def _turn(self, _screen: Screen[object]) -> None:
        """Do what is due when another screen comes to the front."""
        if self.notices.shown:
            self.notices.turn()
        else:
            # A page that comes back still has what it showed when it was left.
            for bar in self.screen.query(NoticeBar):
                bar.notices = ()
        if self.state.store.locked:
            # A keyring of the desktop is unlocked elsewhere, and nobody says so.
            self.stores.look()

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody did something before it has its effect."""
        if isinstance(event, events.Key | events.MouseDown) and not event.is_forwarded:
            self.notices.keys += 1
            if self.notices.shown and isinstance(event, events.Key):
                self.notices.pressed()
        await super().on_event(event)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a message above the keys; text in it is never markup.

        Textual's own notifications cover what they lie above.

        Args:
            message: what happened.
            title: what it is about.
            severity: information goes by itself, the others stay until a key is pressed.
            timeout: 0 for what is shown until it is cleared; otherwise how long a message stays is the same for all.
            markup: does not count either.
        """
        text = f"{title}: {message}" if title else message
        self.post_message(messages.Noticed(self.notices.notice(text, severity, lasts=timeout == 0)))

    def clear_notifications(self) -> None:
        """Show no message any more."""
        self.notices.clear()

    @on(messages.Noticed)
    def _notice(self, event: messages.Noticed) -> None:
        self.notices.add(event.notice)

    @on(NoticeBar.Ready)
    def _paint_notices(self, event: NoticeBar.Ready) -> None:
        if self.notices.shown:
            self.notices.paint(event.bar)

    @on(NoticeBar.Closed)
    def _close_notices(self) -> None:
        self.notices.clear()

    # What the pages ask for

    @on(messages.Go)
    def _go(self, event: messages.Go) -> None:
        self.navigation.show(event.page)

    @on(messages.RedoStep)
    def _redo_step(self, event: messages.RedoStep) -> None:
        self.navigation.redo(event.step, guide_of(event.profile))

    @on(messages.StartGuide)
    def _start_guide(self, event: messages.StartGuide) -> None:
        self.navigation.start(event.tenant)

    @on(messages.StartAnother)
    def _start_another(self) -> None:
        self.planning.start_another()

    @on(messages.StartOver)
    def _start_over(self) -> None:
        self.planning.start_over()

    @on(messages.NameTenant)
    def _name_tenant(self) -> None:
        self.planning.name_tenant()

    @on(messages.OpenPortal)
    def _open_portal(self) -> None:
        self.planning.open_portal()

    @on(messages.PlanTenants)
    def _plan_tenants(self) -> None:
        self.planning.plan()

    @on(messages.Unplan)
    def _unplan(self, event: messages.Unplan) -> None:
        self.planning.unplan(event.planned)

    @on(messages.Move)
    def _move(self, event: messages.Move) -> None:
        # A second key press that came too early moves nothing.
        if event.origin is self.screen:
            self.navigation.move(event.offset)

    @on(messages.GoBack)
    def _go_back(self) -> None:
        self.navigation.back()

    @on(messages.Ticked)
    def _tick(self, event: messages.Ticked) -> None:
        self.navigation.tick(event.tick, done=event.done)

    @on(messages.Picked)
    def _review_file(self, event: messages.Picked) -> None:
        self.imports.review_file(event.path)

    @on(messages.Dropped)
    def _take_dropped(self, event: messages.Dropped) -> None:
        self.imports.take_dropped(event.path)

    @on(messages.Pasted)
    def _review_pasted(self, event: messages.Pasted) -> None:
        self.imports.review_pasted(event.content)

    @on(messages.ImportFolder)
    def _import_folder(self, event: messages.ImportFolder) -> None:
        self.imports.import_folder(event.folder)

    @on(messages.Browse)
    def _browse(self, event: messages.Browse) -> None:
        self.imports.browse(event.take)

    @on(messages.ShowProfile)
    def _show_profile(self, event: messages.ShowProfile) -> None:
        self.profiles.show(event.profile)

    @on(messages.Rename)
    def _rename(self, event: messages.Rename) -> None:
        self.profiles.rename(event.profile)

    @on(messages.EditNotes)
    def _edit_notes(self, event: messages.EditNotes) -> None:
        self.profiles.edit_notes(event.profile)

    @on(messages.CheckAddresses)
    def _check_addresses(self) -> None:
        self.profiles.check_addresses()

    @on(messages.Rotate)
    def _rotate(self, event: messages.Rotate) -> None:
        self.profiles.rotate(event.profile)

    @on(messages.Export)
    def _export(self, event: messages.Export) -> None:
        self.profiles.export(event.profile)

    @on(messages.Lend)
    def _lend(self, event: messages.Lend) -> None:
        self.lending.lend(event.profile)

    @on(messages.FollowDownloads)
    def _follow_downloads(self, event: messages.FollowDownloads) -> None:
        if event.follow:
            self.arrivals.follow(event.page)
        else:
            self.arrivals.rest(event.page)

    @on(messages.DownloadsSeen)
    def _downloads_seen(self) -> None:
        self.arrivals.forget()

    @on(messages.LookForCopies)
    def _look_for_copies(self) -> None:
        self.copies.look()

    @on(messages.DeleteCopies)
    def _delete_copies(self, event: messages.DeleteCopies) -> None:
        self.copies.delete(event.profile)

    @on(messages.Compare)
    def _compare(self, event: messages.Compare) -> None:
        self.comparing.compare(event.profile, event.other)

    @on(messages.WriteReport)
    def _write_report(self, event: messages.WriteReport) -> None:
        self.reports.write(event.profile)

    @on(messages.Remove)
    def _remove(self, event: messages.Remove) -> None:
        self.removal.remove(event.profiles, event.kept)

    @on(messages.UndoRemoval)
    def _undo_removal(self) -> None:
        if self.state.unplanned is not None:
            self.planning.undo()
        else:
            self.removal.undo()

    @on(messages.Verify)
    def _verify(self, event: messages.Verify) -> None:
        self.verification.verify(event.profile)

    @on(messages.VerifyFile)
    def _verify_file(self, event: messages.VerifyFile) -> None:
        self.verification.verify_file(event)

    @on(messages.VerifyMany)
    def _verify_many(self, event: messages.VerifyMany) -> None:
        self.verification.verify_many(event.profiles)

    @on(messages.StopVerifying)
    def _stop_verifying(self) -> None:
        self.verification.stop()

    @on(messages.MakeVault)
    def _make_vault(self, event: messages.MakeVault) -> None:
        self.stores.make_vault(event.then, event.otherwise)

    @on(messages.ProfilesChanged)
    def _profiles_changed(self) -> None:
        self.context.reload_profiles()

    @on(messages.LanguageChanged)
    def _language_changed(self) -> None:
        # What the store is called, or why there is none, was said in the language before.
        self.stores.look(anew=self.state.store.missing)

    @on(messages.StoresChanged)
    def _stores_changed(self) -> None:
        self.stores.changed()

    @on(messages.HandOver)
    def _hand_over(self, event: messages.HandOver) -> None:
        self.guides.hand_over(event.tenant or self.state.tenant)

    @on(messages.AskForRoles)
    def _ask_for_roles(self, event: messages.AskForRoles) -> None:
        self.guides.ask_for_roles(event.section, event.assigned)

    @on(messages.PlayGuide)
    @reported
    def _play_guide(self, event: messages.PlayGuide) -> None:
        self.guides.play(event.name)

    @on(messages.Screenshots)
    def _show_screenshots(self, event: messages.Screenshots) -> None:
        self.guides.show_screenshots(event.step, event.documentation, inline=event.inline)

    @on(messages.Practise)
    def _practise(self) -> None:
        self.practice.practise()

    @on(messages.ShowRequest)
    def _show_request(self, event: messages.ShowRequest) -> None:
        from ionapi_tui.ui.dialogs.reading import request_to_send

        self.push_screen(request_to_send(event.text))

    @on(messages.Copy)
    def _copy(self, event: messages.Copy) -> None:
        self.copy_to_clipboard(event.text)
        lines = len(event.text.splitlines())
        copied = _("Copied: {text}").format(text=safe(event.text, 60))
        if lines > 1:
            copied = n_("Copied {n} line.", "Copied {n} lines.", lines)
        self.notify(copied + "\n" + _("If nothing is pasted, your terminal blocks clipboard access."), markup=False)

    # Keys that work on every page

    def action_keys(self) -> None:
        """Show every key that works here."""
        from ionapi_tui.ui.dialogs.reading import Reading, all_keys

        if not isinstance(self.screen, Reading):
            self.push_screen(Reading(_("Keys"), all_keys(self.screen)))

    def action_help(self) -> None:
        """Show the help of this page, and every key that works here."""
        from ionapi_tui.ui.dialogs.reading import Reading, help_and_keys

        if isinstance(self.screen, Page):
            self.push_screen(Reading(_("Help"), help_and_keys(self.screen, _(self.screen.HELP_TEXT))))

    def action_change_theme(self) -> None:
        """Change to the next colour scheme."""
        self.appearance.next_theme()

    def action_change_language(self) -> None:
        """Go on in the next language there is."""
        self.appearance.next_language()

    def action_stores(self) -> None:
        """Show where secrets go."""
        self.stores.show()

    def action_home(self) -> None:
        """Show the profiles."""
        self.navigation.show(flow.HOME)

    def action_practice(self) -> None:
        """Practise on a stand-in for Infor."""
        self.practice.practise()

    def action_suspend_process(self) -> None:
        """Stop until the shell lets the app go on; where there is no shell to do so, say that."""
        if shell_waits():
            super().action_suspend_process()
        else:
            self.notify(_("There is no shell to return to."), severity="warning", markup=False)

    async def action_quit(self) -> None:
        """Leave; first, removals are carried out, a practice tenant is ended, and a file on loan is taken back."""
        if self.practice.process is None and not self.state.undoable and not self.lending.is_due:
            self.exit()
        else:
            self._quit_when_done()

    @task("quit")
    async def _quit_when_done(self) -> None:
        if await self.removal.finish() and await self.practice.end():
            await in_background(self.lending.end)
            self.exit()

    def get_key_display(self, binding: Binding) -> str:
        """Return what a key is called, written out and in the language in use."""
        return binding.key_display or key_name(binding.key)

    def action_command_palette(self) -> None:
        """Show the palette, as Textual does, in the language in use."""
        if not isinstance(self.screen, CommandPalette):
            from ionapi_tui.ui.platform.palette import Palette

            placeholder = _("Search for commands and profiles …")
            self.push_screen(Palette(placeholder=placeholder, id="--command-palette"))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer every page, every key of this page, and every profile in the palette."""
        from ionapi_tui.ui.palette import commands

        yield from commands(screen, self.state, self.navigation.show)
        yield from self.appearance.commands()
        yield SystemCommand(_("Settings: password store"), _("Password store"), self.action_stores)


def run(services: Services, tenant: str | None = None, notice: str = "") -> int:
    """Open the app and return the exit code of the program; the arguments are those of ``IonApiApp``."""
    from ionapi_tui.ui.platform import graphics

    graphics.prepare()
    app = IonApiApp(services, tenant, notice=notice)
    # What has been imported and read is kept until the end. Looking through it for garbage delays the first frame.
    gc.freeze()
    try:
        app.run()
    finally:
        if app.practice.process is not None:
            app.practice.process.stop()
        app.lending.end()
        if app.lending.ended_with is not None:
            sys.stderr.write(f"{app.lending.ended_with.message}\n")
    return app.return_code or 0
