"""The board: what is stored on this machine, and what to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.domain.guide import flow
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui import messages
from ionapi_tui.ui.messages import AppState
from ionapi_tui.ui.page import CHANGE_LANGUAGE, Page
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.widgets.board import Board
from ionapi_tui.ui.widgets.frame import TopBar
from ionapi_tui.ui.widgets.profile_table import ProfileTable

if TYPE_CHECKING:
    from ionapi_tui.domain.planned_tenant import PlannedTenant

_SECONDS_BETWEEN_AGES = 30.0
"""After which how long ago something was is drawn anew."""


class HomePage(Page):
    """Every profile with its last check, and what to do with it."""

    DEFAULT_CSS = beside(__file__)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "guide", N_("Start the guide")),
        Binding("n", f"open('{flow.WELCOME}')", N_("New")),
        Binding("i", f"open('{flow.IMPORT}')", N_("Import")),
        Binding("v", "verify", N_("Verify")),
        Binding("V", "verify_all", N_("Verify all")),
        Binding("ctrl+r", "practise", N_("Practise")),
        Binding("u", "undo", N_("Undo")),
        Binding("b", "import_folder", N_("Import a folder"), show=False),
        Binding("m", "compare", N_("Compare"), show=False),
        Binding("r", "rename", N_("Rename"), show=False),
        Binding("o", "note", N_("Notes"), show=False),
        Binding("p", "rotate", N_("New credentials"), show=False),
        Binding("e", "export", N_("Export"), show=False),
        Binding("c", "copy", N_("Copy client ID"), show=False),
        Binding("h", "hand_over", N_("Hand over")),
        Binding("t", "plan", N_("Plan tenants"), show=False),
        Binding("delete,x", "remove", N_("Remove"), show=False, key_display="x"),
        CHANGE_LANGUAGE,
        # The app would offer the page that is in front.
        Binding("ctrl+o", "app.home", show=False),
        Binding("escape", "leave", show=False),
        Binding("escape", "unmark", N_("Clear marks")),
        Binding("escape", "back", N_("Back")),
        Binding("escape", "stay", show=False),
    ]
    HELP_TEXT = N_(
        "The profiles stored on this computer. Their secrets are in the password store; this list never accesses "
        "them.\n\n"
        "Press Enter to open a profile, n to start the guide for another tenant, i to import a file you already "
        "have, or b to import all files of a folder. Press v to verify a profile, or V to verify all that are "
        "listed; Esc stops.\n\n"
        "Press Space to mark a profile, or a to mark all. Keys work on the marked profiles that are listed, or on "
        "the highlighted one when none of these is marked. Press / to find words in name, tenant, environment, app, "
        "verdict and notes; marks that are hidden are counted and come back with their profiles. Press s to sort by "
        "the next column.\n\n"
        "Press t to plan tenants that need a file: each gets a line with its own guide. On such a line, press Enter "
        "to open the guide, h to write it as a page for the administrator, or x to remove the tenant from the plan.\n\n"
        "Press r to rename, p to replace the credentials with new ones, e to write them to a file, c to copy the "
        "client ID, x to remove, u to undo that for a few seconds, m to compare two profiles, or o to note who a "
        "profile belongs to."
    )

    @property
    def heading(self) -> str:
        """What the top bar says."""
        return _("Profiles")

    def body(self) -> ComposeResult:
        """Compose the board, or what to do as long as there is nothing on it."""
        with Vertical(id="body"):
            yield Board(id="board")
            yield Static(
                _("Nothing is stored yet. Press n for the guide, or i to import a file."), id="empty", markup=False
            )

    def begin(self) -> None:
        """Start in the table, whose moments grow older."""
        self.query_one(ProfileTable).focus()
        self.set_interval(_SECONDS_BETWEEN_AGES, self.query_one(Board).show_ages)

    def paint(self, state: AppState) -> None:
        """List what is stored."""
        super().paint(state)
        board = self.query_one(Board)
        board.display = bool(state.profiles or state.plan)
        self.query_one("#empty").display = not board.display
        board.show(state)
        if board.display:
            self.call_after_refresh(self._focus_table)
        self.show_position()
        self.refresh_bindings()

    def _focus_table(self) -> None:
        # An empty list is hidden, and loses the focus then; Enter has to open what is listed now.
        if self.is_up and self.focused is None:
            self.query_one(ProfileTable).focus()

    @on(Board.Changed)
    def show_position(self) -> None:
        """Say how many are listed, marked, or verified by now."""
        table, verifying = self.query_one(ProfileTable), self.state.verifying
        shown, everything = len(table.profiles), len(self.state.profiles)
        position = _("{shown} of {all}").format(shown=shown, all=everything)
        if self.state.plan:
            planned = n_("{n} planned", "{n} planned", len(self.state.plan))
            position = f"{position}, {planned}" if everything else planned
        if self.query_one(Board).wanted:
            found = _("{shown} of {all} found")
            position = found.format(shown=shown + len(table.planned), all=everything + len(self.state.plan))
        if table.marked:
            hidden = self.query_one(Board).hidden_marks
            marked = n_("{n} marked", "{n} marked", len(table.marked) - hidden)
            if hidden:
                marked += " " + n_("(+{n} hidden)", "(+{n} hidden)", hidden)
            position = marked + ", " + position
        if verifying is not None:
            message = _("Verifying: {done} of {all}, Esc stops")
            position = message.format(done=len(verifying.outcomes), all=verifying.total)
        self.query_one(TopBar).position = position

    @on(ProfileTable.Chosen)
    def show_profile(self, event: ProfileTable.Chosen) -> None:
        """Show the profile that was opened."""
        self.post_message(messages.ShowProfile(event.profile))

    @on(ProfileTable.PlannedChosen)
    def open_guide(self, event: ProfileTable.PlannedChosen) -> None:
        """Open the guide of a planned tenant."""
        self.post_message(messages.StartGuide(event.tenant))

    @on(ProfileTable.Highlighted)
    def offer_keys(self) -> None:
        """Offer what works on the highlighted line."""
        self.refresh_bindings()

    @property
    def _planned(self) -> PlannedTenant | None:
        """The highlighted planned tenant, unless profiles are marked; None if none is highlighted."""
        row = self.query_one(ProfileTable).current_planned if self.is_up else None
        return row.planned if row is not None and not self.query_one(Board).meant else None

    def action_plan(self) -> None:
        """Plan tenants that are to get a file."""
        self.post_message(messages.PlanTenants())

    def action_hand_over(self) -> None:
        """Write the guide of a planned tenant as a page."""
        if self._planned:
            self.post_message(messages.HandOver(self._planned.tenant))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer undoing only while there is something to undo, one verification of many at a time, and what works on
        profiles only when there are any."""
        if action in {"undo", "practise"}:
            # The footer of a narrow terminal has no room for everything; the app knows Ctrl+R anyway.
            if action == "practise" and self._on_escape == "unmark":
                return False
            return bool(self.state.undoable or self.state.unplanned) is (action == "undo")
        if action in {"leave", "unmark", "back", "stay"}:
            return action == self._on_escape
        if action == "guide":
            return not (self.state.profiles or self.state.plan)
        if action == "hand_over" or (action == "remove" and self._planned):
            return bool(self._planned)
        if action in _ON_PROFILES and (not self.state.profiles or (self._planned and action != "verify_all")):
            return False
        return self.state.verifying is None if action == "verify_all" else True

    @property
    def _on_escape(self) -> str:
        """What Esc does: it gives up one thing at a time, and leads back when there is nothing to give up."""
        if self.is_up:
            board = self.query_one(Board)
            if board.is_finding or board.table.marked:
                return "leave" if board.is_finding else "unmark"
        if self.state.verifying is not None:
            return "leave"
        return "back" if self.state.way_back else "stay"

    def action_guide(self) -> None:
        """Start the guide, as long as there is nothing else to do."""
        self.post_message(messages.Go(flow.PREREQUISITES))

    def action_leave(self) -> None:
        """Give up one thing at a time: finding, the marks, verifying."""
        if not self.query_one(Board).leave() and self.state.verifying is not None:
            self.post_message(messages.StopVerifying())

    def action_unmark(self) -> None:
        """Take all marks away."""
        self.query_one(Board).leave()

    def action_back(self) -> None:
        """Go back to where the list was opened."""
        self.post_message(messages.GoBack())

    def action_open(self, page: str) -> None:
        """Go to a page."""
        self.post_message(messages.Go(page))

    def action_verify(self) -> None:
        """Prove that the marked profiles, or the highlighted one, work."""
        self._verify(self.query_one(Board).meant)

    def action_verify_all(self) -> None:
        """Prove that everything listed works."""
        self._verify(self.query_one(ProfileTable).profiles)

    def _verify(self, profiles: tuple[Profile, ...]) -> None:
        if len(profiles) == 1:
            self.post_message(messages.Verify(profiles[0]))
        elif profiles and self.state.verifying is None:
            self.post_message(messages.VerifyMany(profiles))

    def action_undo(self) -> None:
        """Bring back what was removed."""
        self.post_message(messages.UndoRemoval())

    def action_practise(self) -> None:
        """Practise on a stand-in for Infor."""
        self.post_message(messages.Practise())

    def action_import_folder(self) -> None:
        """Import every file of a folder."""
        self.post_message(messages.ImportFolder())

    @property
    def _one(self) -> Profile | None:
        """The profile that a key for one profile works on; when several are marked it says so, and works on none."""
        meant = self.query_one(Board).meant
        if len(meant) > 1:
            message = _("This key works on one profile, and {n} are marked. Esc clears the marks.")
            self.notify(message.format(n=len(meant)), severity="warning", markup=False)
            return None
        return meant[0] if meant else None

    def action_compare(self) -> None:
        """Compare the two marked profiles, or the highlighted one with another."""
        profiles = self.query_one(Board).meant
        if len(profiles) > 2:
            self.notify(_("Mark two profiles to compare them."), severity="warning", markup=False)
        elif profiles:
            self.post_message(messages.Compare(*profiles))

    def action_rename(self) -> None:
        """Give a profile another name."""
        if profile := self._one:
            self.post_message(messages.Rename(profile))

    def action_note(self) -> None:
        """Note who a profile belongs to."""
        if profile := self._one:
            self.post_message(messages.EditNotes(profile))

    def action_rotate(self) -> None:
        """Put new credentials in place of a profile's."""
        if profile := self._one:
            self.post_message(messages.Rotate(profile))

    def action_export(self) -> None:
        """Write the secrets of a profile to a file."""
        if profile := self._one:
            self.post_message(messages.Export(profile))

    def action_copy(self) -> None:
        """Copy the client IDs of the marked profiles, one a line, or that of the highlighted one."""
        if profiles := self.query_one(Board).meant:
            self.post_message(messages.Copy("\n".join(profile.client_id for profile in profiles)))

    def action_remove(self) -> None:
        """Ask to remove the marked profiles, or the highlighted one, or a tenant from the plan."""
        if self._planned:
            self.post_message(messages.Unplan(self._planned))
        if profiles := self.query_one(Board).meant:
            self.post_message(messages.Remove(*profiles, kept=self._highlighted_beside(profiles)))

    def _highlighted_beside(self, profiles: tuple[Profile, ...]) -> str:
        """Return the name of what is highlighted and not among ``profiles``; empty if it is."""
        table = self.query_one(ProfileTable)
        if table.current_planned is not None:
            return table.current_planned.planned.tenant
        return "" if table.current is None or table.current in profiles else table.current.name


_ON_PROFILES = frozenset({"verify", "verify_all", "rename", "rotate", "export", "copy", "remove", "note", "compare"})
"""The actions that need a profile."""
