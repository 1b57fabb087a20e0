"""The stored profiles as a table that draws only the lines in view, so that ten thousand are as quick as ten."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.guide import Front
from ionapi_tui.domain.planned_tenant import PlanRow
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui.messages import Verifying
from ionapi_tui.ui.platform.bindings import translate_bindings
from ionapi_tui.ui.widgets.painter import Painter
from ionapi_tui.ui.widgets.profile_line import Needed, Order, Standing, columns, heading, line, planned_line


class ProfileTable(ScrollView, can_focus=True):
    """Profiles, one a line, with a highlighted one and any number of marked ones."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "step(-1000000)", show=False),
        Binding("end", "step(1000000)", show=False),
        Binding("enter", "open", N_("Open"), show=False),
        Binding("space", "mark", N_("Mark"), show=False),
        Binding("a", "mark_all", N_("Mark all"), show=False),
    ]

    profiles: reactive[tuple[Profile, ...]] = reactive(())
    """What is listed, in this order."""
    planned: reactive[tuple[PlanRow, ...]] = reactive(())
    """The planned tenants that are listed below the profiles."""
    front: reactive[Front | None] = reactive(None)
    """The guide of the planned tenants."""
    cursor: reactive[int] = reactive(0)
    """The highlighted line."""
    marked: reactive[frozenset[str]] = reactive(frozenset())
    """The ids of the marked profiles; some of them may not be listed now."""
    order: reactive[Order] = reactive(Order.NAME)
    """What the heading says about the order."""
    has_facts_beside: reactive[bool] = reactive(False)
    """Whether the facts of the highlighted profile, such as its app, stand beside the list."""
    needed: reactive[Needed] = reactive(Needed())
    """What the columns need; those that the filter hides count, so that nothing moves while somebody types."""
    verifying: reactive[Verifying | None] = reactive(None)
    """How far the verification of several profiles is."""
    away: reactive[frozenset[str]] = reactive(frozenset())
    """The keys of stores that cannot be used now."""

    class Chosen(Message):
        """A profile was opened."""

        def __init__(self, profile: Profile) -> None:
            super().__init__()
            self.profile = profile

    class PlannedChosen(Message):
        """A planned tenant was opened."""

        def __init__(self, tenant: str) -> None:
            super().__init__()
            self.tenant = tenant

    class Highlighted(Message):
        """Another line, or none, is highlighted."""

    class Marked(Message):
        """A profile was marked, or its mark taken away."""

    def __init__(self) -> None:
        self._painter = Painter(self)
        super().__init__()
        self._announced: Profile | PlanRow | None = None
        translate_bindings(self)

    @property
    def current(self) -> Profile | None:
        """The highlighted profile."""
        return self.profiles[self.cursor] if self.cursor < len(self.profiles) else None

    @property
    def current_planned(self) -> PlanRow | None:
        """The highlighted planned tenant."""
        at = self.cursor - len(self.profiles)
        return self.planned[at] if 0 <= at < len(self.planned) else None

    def highlight(self, id: str) -> None:
        """Highlight a profile with this id, or the planned tenant of this name, if it is listed."""
        ids = [profile.id for profile in self.profiles] + [row.planned.tenant for row in self.planned]
        if id in ids:
            self.cursor = ids.index(id)

    @property
    def _count(self) -> int:
        return len(self.profiles) + len(self.planned)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter to the page while nothing is listed; only profiles can be marked."""
        if action == "mark":
            return self._count > 0
        if action == "mark_all":
            return bool(self.profiles)
        return self._count > 0 if action == "open" else True

    def validate_cursor(self, cursor: int) -> int:
        """Keep the highlight inside."""
        return max(0, min(self._count - 1, cursor))

    def watch_profiles(self, before: tuple[Profile, ...], profiles: tuple[Profile, ...]) -> None:
        """Fit the scroll bar to the list, and leave the highlight on its profile."""
        at, planned = self.cursor, self.cursor - len(before)
        if planned < 0:
            current = before[at].id
            at = next((at for at, profile in enumerate(profiles) if profile.id == current), at)
        elif planned < len(self.planned):
            at = planned + len(profiles)
        self._fit(at)

    def watch_planned(self, before: tuple[PlanRow, ...], planned: tuple[PlanRow, ...]) -> None:
        """Fit the scroll bar to the list, and leave the highlight on its tenant, which may have a profile now."""
        at, highlighted = self.cursor, self.cursor - len(self.profiles)
        if 0 <= highlighted < len(before):
            tenant, first = before[highlighted].planned.tenant, len(self.profiles)
            lines = {profile.tenant: at for at, profile in enumerate(self.profiles)}
            lines |= {row.planned.tenant: first + at for at, row in enumerate(planned)}
            at = lines.get(tenant, at)
        self._fit(at)

    def _fit(self, cursor: int) -> None:
        """Fit the scroll bar to the list, and highlight a line of it."""
        self.virtual_size = Size(0, self._count + 1)
        self.set_reactive(ProfileTable.cursor, self.validate_cursor(cursor))
        self.watch_cursor()

    def watch_cursor(self) -> None:
        """Keep the highlight in view, and say what is highlighted."""
        self.scroll_to_region(Region(0, self.cursor, 1, 2), animate=False)
        self.refresh()
        current = self.current or self.current_planned
        if current != self._announced:
            self._announced = current
            self.post_message(self.Highlighted())

    def watch_marked(self) -> None:
        """Say that other profiles are marked."""
        self.post_message(self.Marked())

    def render_line(self, y: int) -> Strip:
        """Draw the heading, a profile, or a planned tenant."""
        width = self.size.width
        layout = columns(width, self.needed, self.order, has_facts_beside=self.has_facts_beside)
        if y == 0:
            return self._painter.strip(heading(layout, self.order), width)
        row = self.scroll_offset.y + y - 1
        highlighted = row == self.cursor
        style = "on $highlight" if highlighted else ""
        if row >= self._count:
            return self._painter.strip((), width)
        if row >= len(self.profiles):
            planned = self.planned[row - len(self.profiles)]
            position = planned.position(self.front) if self.front else ""
            return self._painter.strip(planned_line(planned, position, layout, highlighted=highlighted), width, style)
        profile = self.profiles[row]
        away = profile.store in self.away
        cells = line(profile, layout, Standing(highlighted, profile.id in self.marked, away), self.verifying)
        return self._painter.strip(cells, width, style)

    def notify_style_update(self) -> None:
        """Paint in the new styles."""
        super().notify_style_update()
        self._painter.forget()

    def action_step(self, lines: int) -> None:
        """Move the highlight."""
        self.cursor += lines

    def action_page(self, pages: int) -> None:
        """Move the highlight by as many lines as there are."""
        self.cursor += pages * max(1, self.size.height - 2)

    def action_open(self) -> None:
        """Open the highlighted profile, or the guide of the highlighted tenant."""
        if self.current is not None:
            self.post_message(self.Chosen(self.current))
        elif self.current_planned is not None:
            self.post_message(self.PlannedChosen(self.current_planned.planned.tenant))

    def action_mark(self) -> None:
        """Mark the highlighted profile, or take its mark away, and go on to the next."""
        if self.current is not None:
            self.marked ^= {self.current.id}
            self.cursor += 1
        else:
            self.notify(_("Only profiles can be marked."), severity="warning", markup=False)

    def action_mark_all(self) -> None:
        """Mark everything listed; when all of it is marked, take the marks away."""
        listed = frozenset(profile.id for profile in self.profiles)
        self.marked = self.marked - listed if listed <= self.marked else self.marked | listed

    def on_click(self, event: events.Click) -> None:
        """Highlight the profile under the pointer; a second click opens it, one at the edge marks it."""
        row = self.scroll_offset.y + event.y - 1
        if event.y > 0 and row < self._count:
            self.cursor = row
            if event.chain > 1:
                self.action_open()
            elif event.x < 2 and row < len(self.profiles):
                self.marked ^= {self.profiles[row].id}
