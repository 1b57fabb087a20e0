"""The list of what is stored on this machine."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.reactive import reactive
from textual.widgets import Input, Static

from ionapi_tui import flow
from ionapi_tui.language import N_, _
from ionapi_tui.ui.messages import Copy, Go, Remove, ShowProfile, Verify
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.state import Told
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.widgets.profile_table import ProfileTable
from ionapi_tui.ui.widgets.top_bar import TopBar


class HomePage(Page):
    """What is stored, and what to do with it."""

    DEFAULT_CSS = beside(__file__)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", f"open('{flow.WELCOME}')", N_("New")),
        Binding("i", f"open('{flow.IMPORT}')", N_("Import")),
        Binding("v", "verify", N_("Verify")),
        Binding("slash", "find", N_("Find"), key_display="/"),
        Binding("c", "copy", N_("Copy client ID"), show=False),
        Binding("delete,x", "remove", N_("Remove"), key_display="x"),
        Binding("escape", "stop_finding", show=False),
    ]
    HELP_TEXT = N_(
        "The profiles stored on this machine. Their secrets are in the password store; this list never touches"
        " them.\n\n"
        "Enter shows one profile. n starts the guide for another tenant, i imports a file you already have, v proves"
        " that a profile works, / finds by"
        " name, tenant or app, c copies the client ID, x removes."
    )

    wanted: reactive[str] = reactive("")
    """What is looked for."""

    @property
    def heading(self) -> str:
        """What the top bar says."""
        return _("Profiles")

    def body(self) -> ComposeResult:
        """Compose the table above the line that finds."""
        with Vertical(id="body"):
            yield ProfileTable()
            yield Static(
                _("Nothing is stored yet. Press n for the guide, or i to import a file."), id="empty", markup=False
            )
            yield Input(placeholder=_("name, tenant or app"), id="find", compact=True)

    def on_mount(self) -> None:
        """Start in the table."""
        self.query_one(ProfileTable).focus()

    def watch_wanted(self) -> None:
        """List what is looked for."""
        if self.is_mounted:
            self.paint(self.told)

    def paint(self, told: Told) -> None:
        """List what is stored, as far as it is looked for."""
        super().paint(told)
        wanted = self.wanted.casefold()
        listed = tuple(
            profile
            for profile in told.profiles
            if not wanted or wanted in f"{profile.name} {profile.tenant} {profile.app}".casefold()
        )
        table = self.query_one(ProfileTable)
        table.profiles = listed
        table.display = bool(told.profiles)
        self.query_one("#empty").display = not told.profiles
        self.query_one(TopBar).place = _("{shown} of {all}").format(shown=len(listed), all=len(told.profiles))

    @on(Input.Changed, "#find")
    def find(self, event: Input.Changed) -> None:
        """Narrow the list with every key."""
        self.wanted = event.value

    @on(Input.Submitted, "#find")
    def found(self) -> None:
        """Go to what was found; the list stays narrow."""
        self.query_one(ProfileTable).focus()

    def action_find(self) -> None:
        """Show the line that finds."""
        find = self.query_one("#find", Input)
        find.display = True
        find.focus()

    def action_stop_finding(self) -> None:
        """List everything again."""
        find = self.query_one("#find", Input)
        find.value = ""
        find.display = False
        self.query_one(ProfileTable).focus()

    @on(ProfileTable.Chosen)
    def show_profile(self, event: ProfileTable.Chosen) -> None:
        """Show the profile that was opened."""
        self.post_message(ShowProfile(event.profile))

    def action_open(self, page: str) -> None:
        """Go to a page."""
        self.post_message(Go(page))

    def action_verify(self) -> None:
        """Prove that the highlighted profile works."""
        if profile := self.query_one(ProfileTable).current:
            self.post_message(Verify(profile))

    def action_copy(self) -> None:
        """Copy the client id of the highlighted profile."""
        if profile := self.query_one(ProfileTable).current:
            self.post_message(Copy(profile.client_id))

    def action_remove(self) -> None:
        """Ask to remove the highlighted profile."""
        if profile := self.query_one(ProfileTable).current:
            self.post_message(Remove(profile))
