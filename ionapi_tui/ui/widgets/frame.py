"""What is around a page: the bar at the top, the rail through the guide, and the notices and keys at the bottom."""

from __future__ import annotations

from enum import IntEnum
from typing import Final, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from ionapi_tui.base.language import _
from ionapi_tui.domain.guide.flow import Stop, Ticks
from ionapi_tui.ui.messages import AppState, Notice, StoreInUse
from ionapi_tui.ui.platform.bindings import is_ours


class Rank(IntEnum):
    """Which keys the footer shows when it has no room for all; the lowest first."""

    KEYS = 0
    """The key that lists all keys."""
    PAGE = 1
    """What the page is for."""
    APP = 2
    EXTRA = 3
    """Everything else, shown where there is room."""


class Key(NamedTuple):
    """A key that works at the moment."""

    key: str
    """Its name, such as ``ctrl+q``."""
    shown: str
    """What people call it, such as ``Ctrl+Q``."""
    words: str
    """What it does."""
    enabled: bool
    rank: Rank

    def width(self, *, roomy: bool) -> int:
        """Return the columns it takes in the footer."""
        return cell_len(self.shown) + cell_len(self.words) + (3 if roomy else 2)


class KeyBar(Widget):
    """The keys of the screen in one line, as many as fit, drawn by one widget.

    Textual's footer makes a widget of each key, anew with every focus; those take longer than the rest of a page.
    """

    DEFAULT_CSS = "KeyBar { dock: bottom; height: 1; background: $panel; }"

    keys: reactive[tuple[Key, ...]] = reactive(())
    """The keys that work now, in the order in which they are drawn."""
    hovered: reactive[Key | None] = reactive(None)
    """The key under the pointer."""

    def on_mount(self) -> None:
        """Hear of changes."""
        self.screen.bindings_updated_signal.subscribe(self, self._read)

    def _read(self, screen: Screen[object]) -> None:
        if not (self.is_attached and screen is self.screen and self.app.app_focus):
            return
        page: dict[str, Key] = {}
        app: dict[str, Key] = {}
        for active in screen.active_bindings.values():
            binding, named = active.binding, is_ours(active)
            if not binding.show and not (named and active.enabled):
                continue
            keys = app if active.node is self.app else page
            # The same action may be there twice: the footer names it once.
            if binding.action not in page | app:
                shown = self.app.get_key_display(binding)
                rank = _rank(binding, is_app=keys is app)
                keys[binding.action] = Key(binding.key, shown, binding.description, active.enabled, rank)
        if "keys" not in app and "help" in app:
            # Whoever types a text types the question mark, too.
            key = app["help"]
            app["help"] = Key(key.key, key.shown, key.words, key.enabled, Rank.KEYS)
        on_page = sorted(page.values(), key=lambda key: key.rank)
        on_app = sorted(app.values(), key=lambda key: key.rank is not Rank.EXTRA)
        self.keys = (*on_page, *on_app)

    def render(self) -> Content:
        """Draw the keys one after the other, closer together where there is no room."""
        return Content("").join(self._drawn(key, roomy=roomy) for key, roomy in self._fitting())

    def column_of(self, words: str) -> int | None:
        """Return the column at which the key with these words begins; None when it is not there."""
        column = 0
        for key, roomy in self._fitting():
            if key.words == words:
                return column
            column += key.width(roomy=roomy)
        return None

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        if key := self._at(event):
            self.app.simulate_key(key.key)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show which key a click would press."""
        self.hovered = self._at(event)

    def on_leave(self) -> None:
        """Show none any more."""
        self.hovered = None

    def _fitting(self) -> list[tuple[Key, bool]]:
        """Return the keys that there is room for, in the order of ``keys``, and whether there is room between them."""
        room, chosen = self.size.width, set[Key]()
        for key in sorted(self.keys, key=lambda key: key.rank):
            # Those that are only shown where there is room do not make it crowded.
            roomy = key.rank is Rank.EXTRA
            if sum(one.width(roomy=roomy) for one in chosen | {key}) <= room:
                chosen.add(key)
        roomy = sum(key.width(roomy=True) for key in chosen) <= room
        return [(key, roomy) for key in self.keys if key in chosen]

    def _at(self, event: events.MouseEvent) -> Key | None:
        column = event.x
        for key, roomy in self._fitting():
            column -= key.width(roomy=roomy)
            if column < 0:
                return key if key.enabled else None
        return None

    def _drawn(self, key: Key, *, roomy: bool) -> Content:
        words = "$footer-description-foreground" if key.enabled else "$dim"
        before = " " if roomy else ""
        drawn = Content.assemble((f"{before}{key.shown} ", "bold $footer-key-foreground"), (f"{key.words} ", words))
        return drawn.stylize("on $boost") if key == self.hovered else drawn


def _rank(binding: Binding, *, is_app: bool) -> Rank:
    if not binding.show:
        return Rank.EXTRA
    if binding.action == "keys":
        return Rank.KEYS
    return Rank.APP if is_app else Rank.PAGE


class NoticeBar(Widget):
    """The notices of the moment, one below the other; without any it takes no room."""

    DEFAULT_CSS = """
    NoticeBar {
        display: none; height: auto; max-height: 8; padding-left: 1; border-left: outer $success;
        background: $surface; color: $foreground;
    }
    NoticeBar.-shown { display: block; }
    NoticeBar.-warning { border-left: outer $warning; }
    NoticeBar.-error { border-left: outer $error; }
    """

    notices: reactive[tuple[Notice, ...]] = reactive((), layout=True)
    """What is shown."""

    class Ready(Message):
        """The bar is there, and can show what there is."""

        def __init__(self, bar: NoticeBar) -> None:
            super().__init__()
            self.bar = bar

    class Closed(Message):
        """Somebody clicked the notices away."""

    def on_mount(self) -> None:
        """Ask for the notices there are."""
        self.post_message(self.Ready(self))

    def watch_notices(self, notices: tuple[Notice, ...]) -> None:
        """Take room for them."""
        severities = {notice.severity for notice in notices}
        self.set_class(bool(notices), "-shown")
        self.set_class("warning" in severities, "-warning")
        self.set_class("error" in severities, "-error")

    def render(self) -> Content:
        """Draw them."""
        return Content("\n").join(map(_notice, self.notices))

    def on_click(self) -> None:
        """Close them all."""
        self.post_message(self.Closed())


_NOTICE_SIGNS: Final[dict[SeverityLevel, tuple[str, str]]] = {
    "information": ("", ""),
    "warning": ("! ", "bold $text-warning"),
    "error": ("✕ ", "bold $text-error"),
}


def _notice(notice: Notice) -> Content:
    # A sentence a line costs lines that the page needs.
    return Content.assemble(_NOTICE_SIGNS[notice.severity], " · ".join(notice.text.split("\n")))


_APART: Final = 3
"""The columns between both ends of the top bar, at least: the title and the step are two things."""


class TopBar(Widget):
    """One line: the program and the page on the left, the store on the right."""

    title: reactive[str] = reactive("")
    """The page."""
    position: reactive[str] = reactive("")
    """Where the page stands among the others."""
    store: reactive[StoreInUse] = reactive(StoreInUse())
    """Where secrets go on this machine, as far as it is known yet."""

    practice: reactive[bool] = reactive(False)
    """Whether a practice tenant runs: it is said on every page."""

    def render(self) -> Content:
        """Draw both ends; where there is no room for both, first the name of the program goes, then that of the store,
        then the position."""
        practice = (f" {_('PRACTICE')} ", "bold $on-accent on $accent") if self.practice else ""
        title = (self.title, "bold")
        spaces = "  " if practice else ""
        lefts = (
            Content.assemble((" ionapi-tui", "bold $primary"), "  ", practice, spaces, title),
            Content.assemble(" ", practice, spaces, title),
        )
        position = Content.styled(self.position + "   " if self.position else "", "$foreground")
        rights = position + self._store(), position + self._store(brief=True), self._store(brief=True)
        pairs = [(lefts[0], rights[0]), *((lefts[1], right) for right in rights)]
        room = self.size.width - 1
        fitting = (pair for pair in pairs if pair[0].cell_length + _APART + pair[1].cell_length <= room)
        left, right = next(fitting, pairs[-1])
        left = left.truncate(room - _APART - right.cell_length, ellipsis=True)
        return Content.assemble(left, " " * (room - left.cell_length - right.cell_length), right)

    def _store(self, *, brief: bool = False) -> Content:
        """Return the store with its state; ``brief`` without its name."""
        if not self.store.known:
            return Content("")
        if not self.store.label:
            return Content.assemble(("✕ ", "bold $text-error"), _("no password store"))
        name = "" if brief else self.store.label + " "
        if self.store.locked:
            locked = _("store locked") if brief else _("locked")
            return Content.assemble((name, "$dim"), (locked, "$text-warning"), (" ●", "$text-warning"))
        return Content.assemble((name, "$dim"), ("●", "$text-success"))


_SIGNS = {Ticks.ALL: ("✓", "$text-success"), Ticks.SOME: ("◐", "$text-warning"), Ticks.NONE: ("·", "$dim")}


_SIGN = 2
"""The columns of a sign and the space behind it."""


class Rail(Widget):
    """The pages of the wizard with their ticks; a click goes to one."""

    state: reactive[AppState] = reactive(AppState())
    """What is drawn."""

    class Chosen(Message):
        """Somebody clicked a page."""

        def __init__(self, page: str) -> None:
            super().__init__()
            self.page = page

    def render(self) -> Content:
        """Draw the column, or the line."""
        return self._column() if self.size.height > 1 else self._line()

    def column_of(self, page: str) -> int:
        """Return the column at which a page begins, where the pages stand in one line."""
        return next(start for stop, start, _text in self._entries() if stop.id == page)

    def _column(self) -> Content:
        room = self.size.width
        return Content("\n").join(self._drawn(stop, self._cut(stop, room)) for stop in self.state.stops)

    def _cut(self, stop: Stop, width: int) -> str:
        """Return as much of the title of a page as there is room for between its signs."""
        return Content(stop.title).truncate(width - _SIGN - cell_len(self._tick(stop)), ellipsis=True).plain

    def _line(self) -> Content:
        drawn, end = Content(""), 0
        for stop, start, text in self._entries():
            drawn = Content.assemble(drawn, " " * (start - end), self._drawn(stop, text))
            end = start + cell_len(text + self._tick(stop)) + _SIGN
        return drawn

    def _entries(self) -> list[tuple[Stop, int, str]]:
        """Return the pages with the columns at which they begin and what they are called; the one somebody is on has
        its whole title if there is room."""
        stops = self.state.stops
        texts = [stop.title if stop.id == self.state.page else stop.label for stop in stops]
        ticks = sum(cell_len(self._tick(stop)) for stop in stops)
        if sum(cell_len(text) + _SIGN + 1 for text in texts) + ticks > self.size.width:
            texts = [stop.label for stop in stops]
        room = self.size.width - sum(cell_len(text) + _SIGN for text in texts) - ticks
        gap = max(1, min(3, room // max(1, len(stops) - 1)))
        entries, start = [], 0
        for stop, text in zip(stops, texts, strict=True):
            entries.append((stop, start, text))
            start += cell_len(text + self._tick(stop)) + _SIGN + gap
        return entries

    def _tick(self, stop: Stop) -> str:
        """Return the tick behind the title of the page in front, whose sign is an arrow."""
        return " ✓" if stop.id == self.state.page and stop.ticks is Ticks.ALL else ""

    def _drawn(self, stop: Stop, text: str) -> Content:
        if stop.id == self.state.page:
            # No colour of a tick: amber says that something is open.
            return Content.assemble((f"▸ {text}", "bold $primary"), (self._tick(stop), "bold $text-success"))
        sign, style = _SIGNS[stop.ticks]
        words = "$foreground" if stop.ticks is Ticks.ALL else "$dim"
        return Content.assemble((f"{sign} ", f"bold {style}"), (text, words))

    def on_click(self, event: events.Click) -> None:
        """Go to the page under the pointer."""
        stops = self.state.stops
        if not stops:
            return
        # Where it was clicked counts from the corner of the padding.
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if self.size.height > 1:
            page = stops[offset.y].id if offset.y < len(stops) else ""
        else:
            page = next((stop.id for stop, start, _text in reversed(self._entries()) if start <= offset.x), "")
        if page:
            self.post_message(self.Chosen(page))
