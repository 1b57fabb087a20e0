"""What every page shares: the frame, translated keys, and the polite sentence below 60x16."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.domain.limits import MIN_HEIGHT, MIN_WIDTH, WIDE
from ionapi_tui.profile_store.progress import PRACTICE, UNNAMED
from ionapi_tui.ui.messages import (
    AppState,
    DownloadsSeen,
    Dropped,
    FollowDownloads,
    Go,
    Move,
    NameTenant,
    Pasted,
    Picked,
)
from ionapi_tui.ui.platform.bindings import translate_bindings
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.widgets.frame import KeyBar, NoticeBar, Rail, TopBar
from ionapi_tui.usecases.guides import headed

CHANGE_LANGUAGE: Final = Binding("ctrl+l", "app.change_language", N_("Another language"), show=False)
"""A key of the pages that can be shown in another language: those that are made anew, not what lies above them."""


class Page(Screen[object]):
    """A screen with a top bar, a body and a footer. Subclasses fill the body and paint the state."""

    DEFAULT_CSS = beside(__file__)

    # Textual's own form of these two is a plain list.
    HORIZONTAL_BREAKPOINTS = [(0, "-too-narrow"), (MIN_WIDTH, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-too-short"), (MIN_HEIGHT, "-tall")]  # noqa: RUF012

    HELP_TEXT: ClassVar[str] = ""
    """What F1 says about this page."""

    state: reactive[AppState] = reactive(AppState())
    """What the page shows."""

    def __init__(self) -> None:
        super().__init__()
        self._built = False
        self._is_small = False
        self._hidden_focus: Widget | None = None
        translate_bindings(self)

    @property
    def is_up(self) -> bool:
        """Whether everything the page consists of is there: it is built, and not being taken down."""
        return self._built and self._stays

    @property
    def _stays(self) -> bool:
        # The app may end, or the page be taken down, while it is still being built: then it gets no parts.
        return self.display and self.is_attached

    @property
    def heading(self) -> str:
        """What the top bar says."""
        return self.state.title

    @property
    def is_practice(self) -> bool:
        """Whether the top bar says that this is practice."""
        return self.state.practice

    def rail(self) -> ComposeResult:
        """Compose what is beside the body."""
        return ()

    def body(self) -> ComposeResult:
        """Compose what is between the top bar and the footer."""
        return ()

    def compose(self) -> ComposeResult:
        """Lay out the frame."""
        yield TopBar()
        with Container(id="frame"):
            yield from self.rail()
            yield from self.body()
        yield Static(_too_small(), id="too-small", markup=False)
        yield NoticeBar()
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin, and draw the state that was set before the page was built."""
        if self._stays:
            self.begin()
            self._built = True
            self.paint(self.state)

    def begin(self) -> None:
        """Do what is to be done when all the parts are there; a page of the guide does it again for another tenant."""

    def enter(self) -> None:
        """Prepare the page each time somebody goes to it; not when a dialog above it closes."""

    @on(events.Resize)
    def keep_focus(self, event: events.Resize) -> None:
        """Let the keys work as before when the window was too small for a while: what is hidden has no focus."""
        was_small, self._is_small = self._is_small, event.size.width < MIN_WIDTH or event.size.height < MIN_HEIGHT
        if self._is_small:
            self._hidden_focus = self._hidden_focus or self.focused
        elif was_small:
            self.call_after_refresh(self._focus_again)

    def _focus_again(self) -> None:
        if self.focused is None:
            # A window that was small from the start never had a focus.
            if self._hidden_focus:
                self.set_focus(self._hidden_focus)
            else:
                self.focus_next()
        self._hidden_focus = None

    def on_paste(self, event: events.Paste) -> None:
        """Take a file or folder that is dropped on any page, or the content of a file that is pasted."""
        from ionapi_tui.domain.inspection.inspector import as_path, looks_like_content

        event.stop()
        if looks_like_content(event.text):
            self.take(Pasted(Secret(event.text)))
        elif event.text.strip():
            self.take(Dropped(as_path(event.text)))

    def take(self, dropped: Pasted | Dropped) -> None:
        """Pass on what was dropped or pasted."""
        self.post_message(dropped)

    def watch_state(self, state: AppState) -> None:
        """Draw every new state from then on."""
        if self.is_up:
            self.paint(state)

    def action_stay(self) -> None:
        """Say how to quit, on a page from which there is no way back."""
        self.notify(_("Press Ctrl+Q to quit."), markup=False)

    def paint(self, state: AppState) -> None:
        """Show the state."""
        bar = self.query_one(TopBar)
        bar.title, bar.store, bar.practice = self.heading, state.store, self.is_practice


class WizardPage(Page):
    """A page of the wizard: it has a rail, a position in the order, and a way on and back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open_arrived", N_("Open file")),
        Binding("enter", "next", N_("Next")),
        Binding("escape", "back", N_("Back")),
        Binding("shift+tab,alt+left,alt+b", "back", N_("Back"), show=False),
        Binding("alt+right,alt+f", "skip", N_("Skip"), show=False),
        Binding("t", "tenant", N_("Tenant"), show=False),
        CHANGE_LANGUAGE,
    ]

    says_arrivals: ClassVar[bool] = True
    """Whether the page says that a file has arrived, and Enter opens it."""

    def __init__(self) -> None:
        super().__init__()
        self._guide_of = UNNAMED

    def rail(self) -> ComposeResult:
        """Compose the way through the wizard."""
        yield Rail()

    def compose(self) -> ComposeResult:
        """Lay out the frame, above the words on a file that has arrived."""
        yield from super().compose()
        yield Static("", id="arrived", markup=False)

    def on_screen_resume(self) -> None:
        """Watch for a download while the page is in front."""
        if self.says_arrivals:
            self.post_message(FollowDownloads(self, follow=True))

    def on_screen_suspend(self) -> None:
        """Stop watching."""
        self.post_message(FollowDownloads(self, follow=False))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let Enter open a file that has arrived before it goes on; ask for the tenant only while it is not known."""
        if action == "tenant":
            return not self.state.tenant
        if action in {"open_arrived", "next"} and self.says_arrivals:
            return (self.state.arrived is not None) is (action == "open_arrived")
        return action != "open_arrived"

    def paint(self, state: AppState) -> None:
        """Show how far the wizard has come; another tenant's guide from the top."""
        super().paint(state)
        before, self._guide_of = self._guide_of, state.tenant
        if before not in {UNNAMED, state.tenant}:
            self.call_after_refresh(self.begin)
            self.query_one("#body").scroll_home(animate=False)
        self.query_one(Rail).state = state
        self.query_one(TopBar).position = state.position
        arrived, line = state.arrived if self.says_arrivals else None, self.query_one("#arrived", Static)
        line.display = arrived is not None
        if arrived is not None:
            said = _("{file} arrived: press Enter to open it").format(file=safe(arrived.name, 50))
            line.update(Content.assemble(("● ", "bold $text-success"), said))
        self.refresh_bindings()

    @property
    def is_practice(self) -> bool:
        """Whether the top bar says that this is practice; the guide of a tenant of Infor's is none."""
        return self.state.practice and self.state.tenant in {PRACTICE, UNNAMED}

    @property
    def heading(self) -> str:
        """The guide, after the tenant that it is for; that it is a practice run is said beside it."""
        return headed(self.state.title, UNNAMED if self.state.apart else self.state.tenant)

    def on_rail_chosen(self, event: Rail.Chosen) -> None:
        """Go where somebody clicked."""
        self.post_message(Go(event.page))

    def action_open_arrived(self) -> None:
        """Open the file that has arrived."""
        if self.state.arrived is not None:
            self.post_message(DownloadsSeen())
            self.post_message(Picked(self.state.arrived))

    def action_next(self) -> None:
        """Go on."""
        self.post_message(Move(self, 1))

    def action_tenant(self) -> None:
        """Say whose guide this is, as long as that is not known."""
        self.post_message(NameTenant())

    def action_skip(self) -> None:
        """Go on without a tick."""
        self.post_message(Move(self, 1))

    def action_back(self) -> None:
        """Go back."""
        self.post_message(Move(self, -1))


def _too_small() -> str:
    return _(
        "This window is too small for the app.\nPlease make it at least {width} columns wide and {height} lines high;"
        " nothing is lost meanwhile."
    ).format(width=MIN_WIDTH, height=MIN_HEIGHT)
