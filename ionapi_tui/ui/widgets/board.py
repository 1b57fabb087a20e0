"""The profiles as a board: a table that is sorted and searched, and the facts of one profile beside it."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.limits import ROOMY
from ionapi_tui.domain.planned_tenant import PlanRow
from ionapi_tui.domain.profile import Profile
from ionapi_tui.domain.profile_facts import searchable
from ionapi_tui.domain.profile_search import Finder
from ionapi_tui.ui.messages import AppState, StoreInUse
from ionapi_tui.ui.platform.bindings import translate_bindings
from ionapi_tui.ui.platform.line import Line
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.widgets.profile_facts import in_brief, planned_facts, planned_in_brief, stacked
from ionapi_tui.ui.widgets.profile_line import Order, in_order, needed_by
from ionapi_tui.ui.widgets.profile_table import ProfileTable


class Detail(Widget):
    """What the line of the highlighted profile has no room for, in as many lines as there always are."""

    text: reactive[Content] = reactive(Content(""))

    def render(self) -> Content:
        """Draw the text, cut where there is more of it."""
        lines = self.text.wrap(self.size.width)
        shown = lines[: self.size.height]
        if len(lines) > len(shown) > 0:
            shown[-1] = (shown[-1] + " " + lines[len(shown)]).truncate(self.size.width, ellipsis=True)
        return Content("\n").join(shown)


class _Find(Line):
    """The words that are looked for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", N_("To the list")),
        Binding("escape", "stop", N_("List everything")),
    ]

    class Stopped(Message):
        """Nothing is looked for any more."""

    def __init__(self, placeholder: str, id: str, *, compact: bool) -> None:
        super().__init__(placeholder=placeholder, id=id, compact=compact)
        translate_bindings(self)

    def action_stop(self) -> None:
        """Look for nothing any more."""
        self.post_message(self.Stopped())


class Board(Vertical):
    """The table, the facts beside it or, where there is no room, a few of them below it, and the line that finds."""

    DEFAULT_CSS = beside(__file__)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", N_("Find"), key_display="/"),
        Binding("s", "sort", N_("Sort"), show=False),
    ]

    wanted: reactive[str] = reactive("")
    """What is looked for."""
    order: reactive[Order] = reactive(Order.NAME)
    """How the list is sorted."""

    class Changed(Message):
        """Something else is listed, or marked."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._profiles: tuple[Profile, ...] = ()
        self._store = StoreInUse()
        self._sorted: tuple[Profile, ...] = ()
        self._finder: Finder[Profile] | None = None
        self._plan: tuple[PlanRow, ...] = ()
        self._restored = ""
        translate_bindings(self)

    def compose(self) -> ComposeResult:
        """Compose the table beside the facts, above the line that finds."""
        with Horizontal(id="columns"):
            yield ProfileTable()
            with VerticalScroll(id="details", can_focus=False):
                yield Static(id="facts", markup=False)
        yield Static(_("Nothing here has these words. Esc lists everything again."), id="nothing", markup=False)
        yield Detail(id="detail")
        yield _Find(placeholder=_("words of name, tenant, app, verdict or notes"), id="find", compact=True)

    @property
    def table(self) -> ProfileTable:
        """The table."""
        return self.query_one(ProfileTable)

    @property
    def meant(self) -> tuple[Profile, ...]:
        """What keys work on: the marked profiles that are listed; the highlighted one when none of those is marked."""
        table = self.table
        marked = tuple(profile for profile in table.profiles if profile.id in table.marked)
        return marked or ((table.current,) if table.current else ())

    @property
    def hidden_marks(self) -> int:
        """How many marked profiles are not listed now; no key works on them."""
        table = self.table
        return len(table.marked) - sum(profile.id in table.marked for profile in table.profiles)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer finding and sorting where there is something to find, and no slash to whoever types one."""
        if action in {"find", "sort"}:
            return bool(self._profiles or self._plan) and not self.query_one("#find").has_focus
        return True

    def show(self, state: AppState) -> None:
        """Draw the state."""
        self._store = state.store
        self.table.verifying = state.verifying
        self.table.away = state.store.away
        self.table.front = state.front
        if self._profiles != state.profiles or self._plan != state.plan:
            self._profiles, self._plan = state.profiles, state.plan
            self.table.needed = needed_by(state.profiles, state.plan)
            self.table.marked &= {profile.id for profile in state.profiles}
            self._read()
        if state.restored != self._restored:
            self._restored = state.restored
            self.table.highlight(state.restored)
        # How long ago something was is said in the lines and below them.
        self.table.refresh()
        self._show_facts()

    def show_ages(self) -> None:
        """Draw anew how long ago everything was."""
        if self.is_mounted:
            self.table.refresh()
            self._show_facts()

    @property
    def is_finding(self) -> bool:
        """Whether the line that finds is shown."""
        return bool(self.query_one("#find").display)

    def leave(self) -> bool:
        """Give up finding, or else the marks; return False when there was neither."""
        find, table = self.query_one("#find", Input), self.table
        if find.display:
            find.value = ""
            find.display = False
            table.focus()
            return True
        marked, table.marked = table.marked, frozenset()
        return bool(marked)

    def watch_order(self) -> None:
        """Sort anew."""
        if self.is_mounted:
            self.table.order = self.order
            self._read()

    def watch_wanted(self) -> None:
        """List what is looked for, the first one highlighted."""
        if self.is_mounted:
            self._list()
            self.table.cursor = 0

    def _read(self) -> None:
        self._sorted, self._finder = in_order(self._profiles, self.order), None
        self._list()

    def _list(self) -> None:
        if self.wanted and self._finder is None:
            # Not before somebody looks for something: with thousands of profiles it takes longer than a frame.
            self._finder = Finder(self._sorted, searchable)
        self.table.profiles = self._finder.find(self.wanted) if self._finder else self._sorted
        self.table.planned = Finder(self._plan, lambda row: row.searchable).find(self.wanted)
        is_nothing_found = bool(self.wanted) and not (self.table.profiles or self.table.planned)
        self.query_one("#nothing").display = is_nothing_found
        self.post_message(self.Changed())

    @on(ProfileTable.Marked)
    def tell_marks(self) -> None:
        """Say that something is marked."""
        self.post_message(self.Changed())

    @on(ProfileTable.Highlighted)
    def _show_facts(self) -> None:
        current, planned = self.table.current, self.table.current_planned
        if self.has_class("-roomy"):
            shown = stacked(current, self._store) if current else planned_facts(planned) if planned else Content("")
            self.query_one("#facts", Static).update(shown)
        else:
            shown = in_brief(current) if current else planned_in_brief(planned) if planned else Content("")
            self.query_one(Detail).text = shown

    def on_resize(self, event: events.Resize) -> None:
        """Show the facts when there is room for them."""
        self.table.has_facts_beside = event.size.width >= ROOMY
        self.set_class(event.size.width >= ROOMY, "-roomy")
        self._show_facts()

    @on(Input.Changed, "#find")
    def find(self, event: Input.Changed) -> None:
        """Narrow the list with every key."""
        event.stop()
        self.wanted = event.value

    @on(Input.Submitted, "#find")
    def found(self, event: Input.Submitted) -> None:
        """Go to what was found; the list stays narrow."""
        event.stop()
        self.table.focus()

    @on(_Find.Stopped)
    def stop_finding(self, event: _Find.Stopped) -> None:
        """List everything again."""
        event.stop()
        self.leave()

    def action_find(self) -> None:
        """Show the line that finds."""
        find = self.query_one("#find", Input)
        find.display = True
        find.focus()

    def action_sort(self) -> None:
        """Sort by the next column."""
        self.order = self.order.next
