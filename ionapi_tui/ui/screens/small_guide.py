"""A guide that is read in one place, such as the one for the upload to DocBits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.guide import Guide, Topic, flow
from ionapi_tui.ui.messages import AppState, Copy, DeleteCopies, LookForCopies, Ticked
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.widgets.frame import Rail, TopBar
from ionapi_tui.ui.widgets.text import NoteBlock, TextBlock, role_line


class SmallGuidePage(Page):
    """A whole guide, one part at a time. Its ticks are kept under the guide's id."""

    DEFAULT_CSS = beside(__file__)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", N_("Next")),
        Binding("enter", "finish", N_("Finish")),
        Binding("shift+tab,alt+left,alt+b", "back", N_("Back")),
        Binding("space", "tick", N_("Done")),
        Binding("c", "copy", N_("Copy client ID")),
        Binding("d", "delete_file", N_("Delete file")),
        Binding("escape", "leave", N_("Close")),
    ]
    HELP_TEXT = N_(
        "Follow the numbered lines, then press Enter: the step is ticked and the next one opens. Press Space "
        "to tick or untick a step. Press Esc to close this guide; your progress is saved. Where the client ID of the "
        "app is asked for, press c to copy that of the profile stored last. On the last page, press d to "
        "delete the downloaded file."
    )

    part: reactive[int] = reactive(0)
    """Which part is shown."""

    def __init__(self, guide: Guide) -> None:
        super().__init__()
        self._guide = guide
        self._parts = (flow.PREREQUISITES, *(step.id for step in guide.steps), flow.NEXT_STEPS)

    @property
    def heading(self) -> str:
        """What the top bar says."""
        return self._guide.front.title

    def rail(self) -> ComposeResult:
        """Compose the way through the guide."""
        yield Rail()

    def body(self) -> ComposeResult:
        """Compose the first part."""
        yield VerticalScroll(*self._content(), id="body")

    def begin(self) -> None:
        """Let the arrow keys scroll at once."""
        self.query_one("#body").focus()
        self.post_message(LookForCopies())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to delete the downloaded file once DocBits has it, as long as there is one."""
        is_last = self.part + 1 == len(self._parts)
        if action in {"next", "finish"}:
            return is_last is (action == "finish")
        stored = self.state.stored
        if action == "copy":
            return stored is not None and self._uses_client_id
        if action == "delete_file":
            return is_last and stored is not None and bool(self.state.copies.get(stored.id))
        return True

    def paint(self, state: AppState) -> None:
        """Show how far this guide has come."""
        super().paint(state)
        prefix = f"{self._guide.front.id}/"
        done = frozenset(tick.removeprefix(prefix) for tick in state.done if tick.startswith(prefix))
        numbers = {step.id for step in self._guide.steps}
        stops = tuple(
            # Where there is no room for the title of a step, it goes by its number, which is its id.
            flow.Stop(
                part,
                title,
                flow.Ticks.ALL if part in done else flow.Ticks.NONE,
                part if part in numbers else title,
            )
            for part, title in zip(self._parts, self._titles(), strict=True)
        )
        self.query_one(Rail).state = replace(state, stops=stops, page=self._parts[self.part])
        self.query_one(TopBar).position = flow.position(self._guide.front, self._parts[self.part])
        self.refresh_bindings()

    async def watch_part(self) -> None:
        """Show another part, from its beginning."""
        if self.is_up:
            body = self.query_one("#body", VerticalScroll)
            await body.remove_children()
            await body.mount_all(self._content())
            body.scroll_home(animate=False)
            self.paint(self.state)

    def action_next(self) -> None:
        """Tick the part and go on."""
        self._tick(done=True)
        self.part += 1

    def action_finish(self) -> None:
        """Tick the last part and close."""
        self._tick(done=True)
        self.dismiss(None)

    def action_back(self) -> None:
        """Go back; from the first part close."""
        if self.part:
            self.part -= 1
        else:
            self.dismiss(None)

    def action_tick(self) -> None:
        """Tick the part, or take the tick away."""
        self._tick(done=f"{self._guide.front.id}/{self._parts[self.part]}" not in self.state.done)

    def action_copy(self) -> None:
        """Copy the client id."""
        if self.state.stored is not None:
            self.post_message(Copy(self.state.stored.client_id))

    def action_delete_file(self) -> None:
        """Delete the downloaded file."""
        if self.state.stored is not None:
            self.post_message(DeleteCopies(self.state.stored))

    def action_leave(self) -> None:
        """Close the guide."""
        self.dismiss(None)

    def on_rail_chosen(self, event: Rail.Chosen) -> None:
        """Go where somebody clicked."""
        self.part = self._parts.index(event.page)

    @property
    def _uses_client_id(self) -> bool:
        """Whether the part that is shown asks for the client ID of the app."""
        part = self._parts[self.part]
        return any(step.id == part and step.attributes.get("uses") == "client-id" for step in self._guide.steps)

    def _tick(self, *, done: bool) -> None:
        self.post_message(Ticked(f"{self._guide.front.id}/{self._parts[self.part]}", done=done))

    def _titles(self) -> Iterator[str]:
        yield self._guide.prerequisites.title
        yield from (f"{step.id} {step.title}" for step in self._guide.steps)
        yield self._guide.next_steps.title

    def _content(self) -> list[Widget]:
        part = self._parts[self.part]
        for section in (self._guide.prerequisites, self._guide.next_steps):
            if part == section.id:
                opening = [Static(section.title, classes="title", markup=False), TextBlock(*section.paragraphs)]
                return opening + [widget for topic in section.topics for widget in _widgets(topic, "subtitle")]
        widgets = list(_widgets(next(step for step in self._guide.steps if step.id == part), "title"))
        if self._uses_client_id and self.state.stored is not None:
            widgets.append(Static(_("Press c to copy the client ID."), classes="do", markup=False))
        return widgets


def _widgets(topic: Topic, style: str) -> Iterator[Widget]:
    yield Static(topic.title, classes=style, markup=False)
    yield TextBlock(*topic.paragraphs)
    for role in topic.roles:
        yield Static(role_line(role), classes="role", markup=False)
    yield from map(NoteBlock, topic.notes)
