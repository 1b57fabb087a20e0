"""Two profiles side by side: what each has, and in what they differ."""

from __future__ import annotations

from itertools import zip_longest
from textwrap import wrap
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui import messages
from ionapi_tui.ui.messages import AppState
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.widgets.frame import TopBar
from ionapi_tui.usecases.comparing import Comparison, Row, compare

_LONGEST_LABEL: Final = 24
_GAP: Final = 2
"""Columns between the label and the values."""
_AROUND: Final = 8
"""Columns for the mark, the margins of a wide page, and the scroll bar."""


class ComparePage(Page):
    """A table of both profiles; roles and checks are those of the last verification of this run."""

    DEFAULT_CSS = beside(__file__)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "verify", N_("Verify both")),
        Binding("d", "different", N_("Differences only")),
        Binding("escape", "leave", N_("Close")),
    ]
    HELP_TEXT = N_(
        "Two profiles side by side. A difference is marked with ≠. Names, tenants, apps and dates are listed, but they"
        " do not count as differences.\n\n"
        "Security roles and checks are known only from a verification: press v to verify both profiles. Press d to show"
        " only what differs, and d again to show everything."
    )

    different_only: reactive[bool] = reactive(False)
    """Whether only the differences are shown."""

    def __init__(self, left: Profile, right: Profile) -> None:
        super().__init__()
        self._profiles = (left, right)

    @property
    def heading(self) -> str:
        """What the top bar says."""
        return _("Compare profiles")

    def body(self) -> ComposeResult:
        """Compose the names above the table, which scrolls, and the summary below it."""
        with Vertical(id="body"):
            yield Static("", id="names", markup=False)
            with VerticalScroll(id="rows"):
                yield Static("", id="table", markup=False)
            yield Static("", id="summary", classes="hint", markup=False)

    def begin(self) -> None:
        """Let the arrow keys scroll at once."""
        self.query_one("#rows").focus()

    def paint(self, state: AppState) -> None:
        """Show both profiles as they are now; go when one of them is not there any more."""
        stored = {profile.id: profile for profile in state.profiles}
        if any(profile.id not in stored for profile in self._profiles):
            if self.is_current:
                self.dismiss(None)
            return
        left, right = (stored[profile.id] for profile in self._profiles)
        self._profiles = (left, right)
        super().paint(state)
        verifying = state.verifying
        message = _("Verifying: {done} of {all}")
        self.query_one(TopBar).position = (
            "" if verifying is None else message.format(done=len(verifying.outcomes), all=verifying.total)
        )
        self._draw(compare(left, right, state.verified))
        self.refresh_bindings()

    def on_screen_resume(self) -> None:
        """Go when a profile was removed meanwhile."""
        if self.is_up:
            self.paint(self.state)

    def on_resize(self, _event: events.Resize) -> None:
        """Use the width there is."""
        self.call_after_refresh(self._redraw)

    def watch_different_only(self) -> None:
        """Show more, or less."""
        self._redraw()

    def _redraw(self) -> None:
        if self.is_up:
            self.paint(self.state)

    def _draw(self, comparison: Comparison) -> None:
        groups = list(comparison.groups(different_only=self.different_only))
        rows = [row for _group, members in comparison.groups() for row in members]
        label = min(_LONGEST_LABEL, max(len(row.label) for row in rows))
        room = max(10, (self.size.width - _AROUND - label - 2 * _GAP) // 2)
        first, second = (
            Content.styled(one.name, "bold $primary").truncate(room, ellipsis=True) for one in comparison.profiles
        )
        self.query_one("#names", Static).update(_line("  ", "", first, second, (label, room)))
        drawn: list[Content] = []
        for group, members in groups:
            drawn += [Content(""), Content.styled(group.heading, "bold")]
            drawn += [line for row in members for line in _lines(row, label, room)]
        nothing = Content.styled(comparison.summary, "$text-success")
        self.query_one("#table", Static).update(Content("\n").join(drawn[1:] or [nothing]))
        self.query_one("#summary", Static).update(_summary(comparison))

    def action_verify(self) -> None:
        """Verify both profiles."""
        self.post_message(messages.VerifyMany(self._profiles))

    def action_different(self) -> None:
        """Show only the differences, or everything."""
        self.different_only = not self.different_only

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer one verification of several profiles at a time."""
        return self.state.verifying is None if action == "verify" else True


def _summary(comparison: Comparison) -> str:
    hint = "" if all(comparison.verified) else " " + _("Press v to compare roles and checks as well.")
    return comparison.summary + hint


def _lines(row: Row, label: int, room: int) -> list[Content]:
    style = "bold $text-warning" if row.differs else ""
    cells = (wrap(row.label, label), _wrapped(row.words(0), room), _wrapped(row.words(1), room))
    return [
        _line(
            "≠ " if row.differs and not number else "  ",
            name,
            Content.styled(left, style),
            Content.styled(right, style),
            (label, room),
        )
        for number, (name, left, right) in enumerate(zip_longest(*cells, fillvalue=""))
    ]


def _wrapped(text: str, room: int) -> list[str]:
    # Client IDs and names of roles have hyphens; only what does not fit at all is broken.
    return wrap(text, room, break_on_hyphens=False)


def _line(mark: str, name: str, left: Content, right: Content, widths: tuple[int, int]) -> Content:
    label, room = widths
    return Content.assemble(
        (mark, "bold $text-warning"),
        (name.ljust(label + _GAP), "$dim"),
        left,
        " " * (room + _GAP - left.cell_length),
        right,
    )
