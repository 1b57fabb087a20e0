"""One step of the guide: what to do, the picture of the screen, what to see, what goes wrong."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.guide import Kind, Topic
from ionapi_tui.profile_store.progress import PRACTICE, UNNAMED
from ionapi_tui.ui.messages import AppState, Copy, OpenPortal, Screenshots, Ticked
from ionapi_tui.ui.page import WizardPage
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.widgets.controls import DrawnClientId, DrawnUser
from ionapi_tui.ui.widgets.text import NoteBlock, TextBlock
from ionapi_tui.ui.widgets.wireframes import WIREFRAMES


class StepPage(WizardPage):
    """A step; the guide says which one."""

    DEFAULT_CSS = beside(__file__)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", N_("Done")),
        Binding("o", "portal", N_("Portal")),
        Binding("s", "screenshot", N_("Screenshot")),
        Binding("p", "picture", N_("Picture"), show=False),
        Binding("c", "copy", N_("Copy name")),
    ]
    HELP_TEXT = N_(
        "Follow the numbered lines in the browser; the picture shows the same numbers. Then press Enter: the step is "
        "ticked and the next one opens. Press Space to tick or untick a step without leaving it.\n\n"
        "Press o to open the portal of your tenant in the browser; the first time, you are asked for its address. "
        "Press s to open the screenshots of this step in your browser or picture viewer. Press t to set the tenant "
        "of this guide. Below the picture are details that Infor's documentation leaves out, and the most common "
        "problems; scroll with the arrow keys."
    )

    def __init__(self, step: Topic, documentation: str) -> None:
        super().__init__()
        self.step = step
        self._documentation = documentation

    def body(self) -> ComposeResult:
        """Compose the instructions, the picture beside or below them, and the notes."""
        step = self.step
        notes = sorted(step.notes, key=lambda note: note.kind is not Kind.SEE)
        with VerticalScroll(id="body"), Container(id="step"):
            with Container(classes="text"):
                yield Static(step.title, classes="title", markup=False)
                yield TextBlock(*step.paragraphs)
                yield Static("", id="practice", markup=False)
            wireframe = WIREFRAMES.get(step.attributes.get("wireframe", ""))
            if wireframe is not None:
                with Container(classes="picture"):
                    yield wireframe()
                    yield Static(self._picture_hint(), classes="hint", markup=False)
            with Container(classes="notes"):
                for note in notes:
                    yield NoteBlock(note)

    def begin(self) -> None:
        """Let the arrow keys scroll at once."""
        self.query_one("#body").focus()

    def paint(self, state: AppState) -> None:
        """Name the service user where it is known, in the text and in the sketch."""
        super().paint(state)
        user = safe(self._service_user, 60)
        for box in self.query(DrawnUser):
            box.name_user(user)
        for field in self.query(DrawnClientId):
            field.name_tenant(safe(self._tenant, 30))
        hint = self.query_one("#practice", Static)
        hint.display = bool(self._user)
        said = _("The service user is {user}. Press c to copy the name.").format(user=user)
        badge = (f" {_('PRACTICE')} ", "bold $on-accent on $accent")
        hint.update(Content.assemble(badge, " ", said) if state.practice_user == user else said)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer copying and pictures only where the guide names something to copy, and has pictures."""
        if action == "copy":
            return bool(self._copied)
        if action in {"screenshot", "picture"}:
            return bool(self.step.pictures)
        return super().check_action(action, parameters)

    def action_next(self) -> None:
        """Tick the step and go on."""
        self.post_message(Ticked(self.step.id, done=True))
        super().action_next()

    def action_tick(self) -> None:
        """Tick the step, or take the tick away."""
        self.post_message(Ticked(self.step.id, done=self.step.id not in self.state.done))

    def action_portal(self) -> None:
        """Open the portal of the tenant."""
        self.post_message(OpenPortal())

    def action_screenshot(self) -> None:
        """Open the screenshots outside the terminal."""
        self.post_message(Screenshots(self.step, self._documentation, inline=False))

    def action_picture(self) -> None:
        """Show the screenshots inside the terminal."""
        self.post_message(Screenshots(self.step, self._documentation, inline=True))

    def action_copy(self) -> None:
        """Copy the name the guide suggests, or that of the user of the practice tenant."""
        if self._copied:
            self.post_message(Copy(self._copied))

    @property
    def _user(self) -> str:
        """The user that this step asks for; empty where it asks for none, or nobody knows it."""
        return self._service_user if self.step.attributes.get("uses") == "service-user" else ""

    @property
    def _service_user(self) -> str:
        """The service user of the practice tenant, unless the guide is of another one, which the plan may know."""
        tenant = self.state.tenant
        if tenant in {PRACTICE, UNNAMED}:
            return self.state.practice_user
        return next((row.planned.service_user for row in self.state.plan if row.planned.tenant == tenant), "")

    @property
    def _tenant(self) -> str:
        """The tenant that the portal shows; empty where nobody knows it."""
        tenant = self.state.tenant
        return self.state.practice_tenant if tenant == PRACTICE else tenant

    @property
    def _copied(self) -> str:
        return self.step.attributes.get("copy", "") or self._user

    def _picture_hint(self) -> str:
        return _("A sketch. Press s for the screenshot.")
