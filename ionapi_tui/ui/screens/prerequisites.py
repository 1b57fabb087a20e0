"""The two users and their six roles, as a list to tick off."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.widgets import Static

from ionapi_tui.base.language import N_
from ionapi_tui.domain.guide import Section, Topic
from ionapi_tui.ui.messages import AppState, AskForRoles, HandOver
from ionapi_tui.ui.page import WizardPage
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.widgets.text import NoteBlock, TextBlock
from ionapi_tui.ui.widgets.tick import RoleTick


class PrerequisitesPage(WizardPage):
    """What has to be in place before the first step."""

    DEFAULT_CSS = beside(__file__)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "request", N_("Request the roles")),
        Binding("h", "hand_over", N_("Hand over")),
    ]
    HELP_TEXT = N_(
        "Go through the roles with the arrow keys and press Space to tick those that are assigned. You can "
        "continue without ticking all of them; the guide keeps showing what is still open.\n\nIf you cannot "
        "grant roles yourself, press r: this shows a request that you can copy and send to the person who can. "
        "Press h to save the whole guide as a page for an administrator who creates the file for you."
    )

    AUTO_FOCUS = ""

    def __init__(self, section: Section) -> None:
        super().__init__()
        self._section = section

    def body(self) -> ComposeResult:
        """Compose both users with their roles and notes."""
        with VerticalScroll(id="body", can_focus=False):
            yield Static(self._section.title, classes="title", markup=False)
            yield TextBlock(*self._section.paragraphs)
            with Container(id="users"):
                for user in self._section.topics:
                    yield from self._user(user)

    def _user(self, user: Topic) -> ComposeResult:
        with Container(classes="user"):
            yield Static(user.title, classes="subtitle", markup=False)
            yield TextBlock(*user.paragraphs)
            for role in user.roles:
                yield RoleTick(f"{user.id}/{role.canonical}", role)
            for note in user.notes:
                yield NoteBlock(note)

    def begin(self) -> None:
        """Start at the first role, with the title still in view."""
        self.call_after_refresh(lambda: self.query(RoleTick).first().focus(scroll_visible=False))

    def paint(self, state: AppState) -> None:
        """Show the ticks."""
        super().paint(state)
        for tick in self.query(RoleTick):
            tick.done = tick.tick in state.done
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the request while a role is missing."""
        if action == "request" and self.is_up:
            return not all(tick.done for tick in self.query(RoleTick))
        return super().check_action(action, parameters)

    def action_request(self) -> None:
        """Ask for the text of the request."""
        assigned = {tick.tick for tick in self.query(RoleTick) if tick.done}
        self.post_message(AskForRoles(self._section, frozenset(assigned)))

    def action_hand_over(self) -> None:
        """Ask for a page that can be sent."""
        self.post_message(HandOver())
