"""What is in the file, what is wrong with it, and storing it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, VerticalScroll
from textual.reactive import reactive
from textual.widgets import Static

from ionapi_tui.base.background import in_background
from ionapi_tui.base.errors import IonApiError, UsageError
from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.domain.findings import Severity
from ionapi_tui.domain.inspection import Field, Inspection
from ionapi_tui.domain.profile import check_name
from ionapi_tui.profile_store.progress import PRACTICE, UNNAMED
from ionapi_tui.ui.messages import AppState, Dropped, MakeVault, Pasted, VerifyFile
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.tasks import report, task
from ionapi_tui.ui.widgets.store_bar import Failed, Phase, Reviewing, StoreBar, Stored, Storing
from ionapi_tui.ui.widgets.text import FindingBlock, step_bindings
from ionapi_tui.usecases import importing

if TYPE_CHECKING:
    from ionapi_tui.domain.profile import Profile
    from ionapi_tui.usecases.rotation import Replacement
    from ionapi_tui.usecases.services import Services


@dataclass(frozen=True)
class BackTo:
    """The answer: redo a step of the guide first."""

    step: str


class ReviewPage(Page):
    """The inspection of one file.

    It answers with the stored profile, with the profile whose keys it would replace, with the step to go back to, or
    with None.
    """

    DEFAULT_CSS = beside(__file__)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", N_("Next steps")),
        Binding("ctrl+s", "store_only", N_("Store only")),
        Binding("up", "line(-1)", show=False),
        Binding("down", "line(1)", show=False),
        Binding("pageup", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(1)", show=False),
        Binding("v", "verify", N_("Verify")),
        Binding("d", "delete_file", N_("Delete the file")),
        Binding("f4", "verify_file", N_("Verify only")),
        *step_bindings(),
        Binding("escape", "leave", N_("Back")),
        Binding("escape", "go_on", N_("Next steps")),
    ]
    HELP_TEXT = N_(
        "Everything that is in the file, with its secrets masked, and all findings. Each finding shows what to "
        "do, and the key that leads back to a step of the guide.\n\nWhen the file can be used, give the "
        "profile a name and press Enter. The secrets go into the password store of this computer, are read "
        "back and compared, and then the app verifies with Infor that they work. New keys of a profile that is "
        "already stored are verified first, and the old ones are kept. Ctrl+S stores without "
        "verifying.\n\nPress F4 to verify the file against Infor without storing it."
    )

    # Where nothing is stored yet, the line for the name gets the focus as soon as there is a name.
    AUTO_FOCUS = ""

    phase: reactive[Phase] = reactive[Phase](Reviewing())
    """What is happening with the file."""
    plan: reactive[importing.Plan | None] = reactive[importing.Plan | None](None)
    """What storing it would do; None before the list of profiles was read."""

    def __init__(
        self,
        inspection: Inspection,
        source: Path | None,
        services: Services,
        on_stored: Callable[[Profile], None],
        name: str = "",
    ) -> None:
        """Show a file.

        Args:
            inspection: what is in it.
            source: its path; None for what was pasted.
            services: where it is stored.
            on_stored: called once the page shows that it is stored; not if it is left before that with an answer.
            name: the name that was typed already; empty for the proposed one.
        """
        super().__init__()
        self._typed = name
        self._on_stored = on_stored
        self._inspection = inspection
        self._source = source
        self._services = services
        self._wanted: StoreBar.Wanted | None = None

    @property
    def heading(self) -> str:
        """What the top bar says."""
        return safe(self._source.name, 60) if self._source else _("Pasted content")

    def body(self) -> ComposeResult:
        """Compose the verdict, the findings and the fields, and the bar that stores."""
        with VerticalScroll(id="body"):
            yield Static(self._verdict(), classes="title", markup=False)
            yield Static("", id="other-tenant", classes="warning", markup=False)
            findings = self._inspection.findings
            with Container(id="review", classes="-found" if findings else ""):
                if findings:
                    is_named = self._inspection.credentials is not None
                    blocks = (FindingBlock(finding, while_typing=is_named) for finding in findings)
                    yield Container(*blocks, classes="findings")
                yield FieldTable(self._inspection.fields)
        if self._inspection.credentials is not None:
            yield StoreBar(self._source, encrypted=bool(self._inspection.request), typed=self._typed)

    def begin(self) -> None:
        """Find out what storing would do, or start with the findings when there is nothing to store."""
        if self._inspection.credentials is None:
            self.query_one("#body").focus()
        else:
            self.make_plan()

    @task()
    async def make_plan(self) -> None:
        """Read the list of profiles; nothing is stored."""
        credentials, request = self._inspection.credentials, self._inspection.request
        assert credentials is not None
        profiles, file = self._services.profiles, self._source.name if self._source else ""
        try:
            self.plan = await in_background(lambda: importing.plan(profiles, credentials, request, file))
        except IonApiError as error:
            self.phase = Failed(str(error))
        else:
            self.phase = Reviewing()

    def watch_plan(self, plan: importing.Plan | None) -> None:
        """Show what storing would do."""
        for bar in self.query(StoreBar):
            bar.plan = plan
            self.refresh_bindings()
            if self.state.store.missing and not self.state.store.vault:
                self.query_one("#body").focus()

    def paint(self, state: AppState) -> None:
        """Say where the secrets will go, and whether the file is for another tenant than the guide."""
        super().paint(state)
        line = self.query_one("#other-tenant", Static)
        credentials, guide = self._inspection.credentials, state.tenant
        belongs = state.apart or guide in {UNNAMED, PRACTICE} or credentials is None or credentials.tenant == guide
        line.display = not belongs
        if credentials is not None and not belongs:
            other = _("This file is for {tenant}, but the guide is for {guide}. Its progress does not change.")
            line.update(other.format(tenant=safe(credentials.tenant, 40), guide=safe(guide, 40)))
        for bar in self.query(StoreBar):
            bar.store = state.store
        if self._wanted is not None and state.store.label:
            wanted, self._wanted = self._wanted, None
            self._do_not_wait()
            self.post_message(StoreBar.Wanted(wanted.name, wanted.verify))

    def watch_phase(self, phase: Phase) -> None:
        """Show what is happening."""
        if self.is_up and (bar := self.query(StoreBar)):
            bar.first().phase = phase
            if isinstance(phase, Stored):
                self.query_one("#body").focus()
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what makes sense in this phase."""
        stored = isinstance(self.phase, Stored)
        if action == "back_to":
            return not stored and parameters[0] in {finding.step for finding in self._inspection.findings}
        if action == "delete_file":
            is_plain = self._source is not None and not self._inspection.request
            return stored and is_plain and not self.phase.file_deleted  # type: ignore[union-attr]
        if action == "store_only":
            return any(bar.is_usable for bar in self.query(StoreBar)) and isinstance(self.phase, Reviewing | Failed)
        if action == "verify_file":
            return self._inspection.credentials is not None and isinstance(self.phase, Reviewing | Failed)
        if action == "leave":
            return not stored
        return stored if action in {"go_on", "verify"} else True

    @on(StoreBar.Wanted)
    def store_it(self, event: StoreBar.Wanted) -> None:
        """Store under the name that was typed, once there is a place for it."""
        if self.plan is None:
            self.make_plan()
            return
        try:
            # Before a vault is made for it.
            check_name(event.name)
        except UsageError as error:
            self.phase = Failed(str(error))
            return
        if self.state.store.missing:
            # What is typed from here on is the passphrase, also before its dialog is there.
            self.query_one(StoreBar).is_waiting = True
            self.post_message(MakeVault(lambda: self._want(event), self._do_not_wait))
        elif not isinstance(self.phase, Storing):
            self.store_as(self.plan, event.name, verify=event.verify)

    def _do_not_wait(self) -> None:
        """Let the name be typed again."""
        for bar in self.query(StoreBar):
            bar.is_waiting = False

    def _want(self, wanted: StoreBar.Wanted) -> None:
        """Store as soon as the vault is known that was made for it."""
        self._wanted = wanted

    @task()
    async def store_as(self, plan: importing.Plan, name: str, *, verify: bool) -> None:
        """Store, read back, compare; the keyring may ask for a password meanwhile.

        Other keys than those of a profile take their place only if they are verified before or nobody wants that, and
        the old ones are kept as another profile.
        """
        profiles = self._services.profiles
        self.phase = Storing()
        try:
            if plan.replaces(name) and await self._replace(plan, name, verify=verify):
                return
            stored = await in_background(lambda: importing.store(profiles, plan, name))
        except IonApiError as error:
            self.phase = Failed(str(error))
        else:
            self.phase = Stored(stored.profile, stored.store_label, verify=verify)
            # After what people wait for. Whoever leaves by a key of the app answers nothing.
            self.call_after_refresh(self._on_stored, stored.profile)
            if verify:
                self.dismiss(self.phase)

    async def _replace(self, plan: importing.Plan, name: str, *, verify: bool) -> bool:
        """Put the keys in place of others of a profile; return False if it has the same, or none that can be read."""
        from ionapi_tui.usecases import rotation

        services, request = self._services, plan.request
        replacement = await in_background(lambda: rotation.replacement(services.profiles, plan, name))
        if replacement is None:
            return False
        if replacement.refusal:
            self.phase = Failed(replacement.refusal)
            return True
        if verify:
            self.dismiss(replacement)
            return True
        switching = rotation.Rotation(services.profiles, lambda: services.connections, replacement.profile)
        switched = await in_background(lambda: switching.switch(plan.credentials, None, request))
        self.phase = Stored(switched.new, services.stores.label_of(switched.new.store))
        self.notify(rotation.kept_in_words(switched))
        self.call_after_refresh(self._on_stored, switched.new)
        return True

    @task("file", exclusive=False)
    async def action_delete_file(self) -> None:
        """Delete the downloaded file after saying what that does not cover."""
        from ionapi_tui.ui.dialogs.confirm import ConfirmDelete

        source, phase = self._source, self.phase
        assert source is not None
        assert isinstance(phase, Stored)
        if await self.app.push_screen_wait(ConfirmDelete(source)):
            try:
                await in_background(lambda: importing.delete_download(source))
            except importing.NotDeleted as error:
                report(self, error)
                if not error.secrets_gone:
                    return
            self.phase = replace(phase, file_deleted=True)

    def action_back_to(self, step: str) -> None:
        """Answer with a step of the guide."""
        self.dismiss(BackTo(step))

    def take(self, dropped: Pasted | Dropped) -> None:
        """Go on with another file, unless this one is being stored or has just been."""
        if isinstance(self.phase, Reviewing | Failed):
            self.dismiss(None)
            self.app.post_message(dropped)
        else:
            self.notify(_("Close this file first."), severity="warning", markup=False)

    def action_store_only(self) -> None:
        """Store under the name that was typed, and verify nothing."""
        self.query_one(StoreBar).ask(verify=False)

    def action_scroll(self, pages: int) -> None:
        """Scroll what is in the file by pages, also while a name is typed."""
        self.action_line(pages * max(1, self.query_one("#body").size.height - 1))

    def action_line(self, lines: int) -> None:
        """Scroll what is in the file by lines, also while a name is typed."""
        self.query_one("#body", VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_go_on(self) -> None:
        """Answer with the stored profile."""
        if isinstance(self.phase, Stored):
            self.dismiss(self.phase)

    def action_verify(self) -> None:
        """Answer with the stored profile, to be verified."""
        if isinstance(self.phase, Stored):
            self.dismiss(replace(self.phase, verify=True))

    def action_verify_file(self) -> None:
        """Verify what is in the file, and store nothing."""
        self.post_message(VerifyFile(self._inspection, self._source.name if self._source else "", self.action_back_to))

    def action_leave(self) -> None:
        """Go back to choosing a file."""
        self.dismiss(None)

    @on(FindingBlock.BackWanted)
    def redo(self, event: FindingBlock.BackWanted) -> None:
        """Answer with the step that a finding names."""
        self.dismiss(BackTo(event.step))

    def _verdict(self) -> str:
        count = dict.fromkeys(Severity, 0)
        for finding in self._inspection.findings:
            count[finding.severity] += 1
        if count[Severity.ERROR]:
            errors = n_("{n} error", "{n} errors", count[Severity.ERROR])
            return _("✕ This file cannot be used: {errors}").format(errors=errors)
        if count[Severity.WARNING]:
            return _("✓ Ready to store ({warnings})").format(
                warnings=n_("{n} warning", "{n} warnings", count[Severity.WARNING])
            )
        return _("✓ This file is complete and can be stored")


class FieldTable(Container):
    """The fields of a file: labels and values side by side, secrets masked; long values wrap in their column."""

    def __init__(self, fields: Iterable[Field]) -> None:
        super().__init__()
        self._fields = tuple(fields)

    def compose(self) -> ComposeResult:
        """Put each value beside its label."""
        for field in self._fields:
            yield Horizontal(
                Static(field.label, classes="label", markup=False),
                Static(field.value, classes="value -secret" if field.secret else "value", markup=False),
            )


Answer: TypeAlias = "Stored | Replacement | BackTo | None"
"""What a review ends with."""
