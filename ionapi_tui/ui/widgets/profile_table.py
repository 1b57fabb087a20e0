"""The stored profiles as a table that draws only the lines in view, so that ten thousand are as quick as ten."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from ionapi_tui.ago import ago
from ionapi_tui.language import N_, _
from ionapi_tui.profile import Profile
from ionapi_tui.text import safe
from ionapi_tui.ui.bindings import translate_bindings
from ionapi_tui.ui.prose import badge


class ProfileTable(ScrollView, can_focus=True):
    """Profiles, one a line, with a highlighted one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "step(-10)", show=False),
        Binding("pagedown", "step(10)", show=False),
        Binding("home", "step(-1000000)", show=False),
        Binding("end", "step(1000000)", show=False),
        Binding("enter", "open", N_("Open")),
    ]

    profiles: reactive[tuple[Profile, ...]] = reactive(())
    """What is listed."""
    cursor: reactive[int] = reactive(0)
    """The highlighted line."""

    class Chosen(Message):
        """A profile was opened."""

        def __init__(self, profile: Profile) -> None:
            super().__init__()
            self.profile = profile

    def __init__(self) -> None:
        super().__init__()
        translate_bindings(self)

    @property
    def current(self) -> Profile | None:
        """The highlighted profile."""
        return self.profiles[self.cursor] if self.cursor < len(self.profiles) else None

    def validate_cursor(self, cursor: int) -> int:
        """Keep the highlight inside."""
        return max(0, min(len(self.profiles) - 1, cursor))

    def watch_profiles(self) -> None:
        """Fit the scroll bar to the list."""
        self.virtual_size = Size(0, len(self.profiles) + 1)
        self.cursor = self.validate_cursor(self.cursor)
        self.refresh()

    def watch_cursor(self) -> None:
        """Keep the highlight in view."""
        self.scroll_to_region(Region(0, self.cursor, 1, 2), animate=False)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the heading, or one profile."""
        width = self.size.width
        row = self.scroll_offset.y + y - 1
        if y == 0:
            words = (_("NAME"), _("TENANT"), _("ENV"), _("APP"), _("CHECKED"))
            return self._strip(_columns(width, *(Content.styled(word, "bold $dim") for word in words)))
        if row >= len(self.profiles):
            return self._strip(Content(""))
        highlighted = row == self.cursor
        line = self._line(self.profiles[row], width)
        if highlighted:
            line = line.pad_right(max(0, width - line.cell_length)).stylize_before("on $highlight")
            line = Content.assemble(("▌", "$accent on $highlight"), line[1:])
        return self._strip(line)

    def _line(self, profile: Profile, width: int) -> Content:
        return _columns(
            width,
            Content.styled(safe(profile.name, 60), "bold"),
            Content(safe(profile.tenant, 60)),
            badge(profile),
            Content(safe(profile.app, 60)),
            checked_words(profile),
        )

    def _strip(self, content: Content) -> Strip:
        strips = Visual.to_strips(self, content, self.size.width, 1, self.visual_style)
        return (
            strips[0].adjust_cell_length(self.size.width, self.rich_style) if strips else Strip.blank(self.size.width)
        )

    def action_step(self, lines: int) -> None:
        """Move the highlight."""
        self.cursor += lines

    def action_open(self) -> None:
        """Open the highlighted profile."""
        if self.current is not None:
            self.post_message(self.Chosen(self.current))

    def on_click(self, event: events.Click) -> None:
        """Highlight the profile under the pointer; a second click opens it."""
        row = self.scroll_offset.y + event.y - 1
        if event.y > 0 and row < len(self.profiles):
            if event.chain > 1:
                self.action_open()
            self.cursor = row


def checked_words(profile: Profile) -> Content:
    """Return the last check in a few words: a sign, and when or what."""
    checked = profile.checked
    if checked is None:
        return Content.styled(_("not checked"), "$dim")
    if checked.ok:
        return Content.assemble(("● ", "$text-success"), ago(datetime.fromisoformat(checked.at), datetime.now(UTC)))
    return Content.assemble(("✕ ", "$text-error"), safe(checked.headline, 60))


def _columns(
    width: int, name: Content, tenant: Content, environment: Content, app: Content, checked: Content
) -> Content:
    """Put the five columns side by side, cut to what fits."""
    room = max(30, width - 2)
    sizes = [int(room * 0.2), int(room * 0.2), 11, int(room * 0.17)]
    sizes.append(max(0, room - sum(sizes)))
    cells = (name, tenant, environment, app, checked)
    parts = [
        cell.truncate(size - 1, ellipsis=True).pad_right(max(0, size - min(size - 1, cell.cell_length)))
        for cell, size in zip(cells, sizes, strict=True)
    ]
    return Content.assemble("  ", *parts)
