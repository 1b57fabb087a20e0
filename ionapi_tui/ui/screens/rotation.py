"""Putting new credentials in place of a profile's: chosen, verified, switched; the old ones kept until confirmed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.reactive import reactive
from textual.widgets import Static

from ionapi_tui.base.background import in_background
from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.findings import Finding
from ionapi_tui.domain.inspection import Inspection, inspect_pasted
from ionapi_tui.domain.profile import Profile
from ionapi_tui.gateway.verify import checks_for
from ionapi_tui.ui import rotation_phases as words
from ionapi_tui.ui.dialogs.confirm import ConfirmHosts, ConfirmRemove
from ionapi_tui.ui.messages import Pasted, Picked, ProfilesChanged, RedoStep
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.rotation_phases import Choosing, Done, Phase, Reviewed, Switching, VerifiedNew, VerifyingNew
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.tasks import report, task
from ionapi_tui.ui.widgets.check_list import CheckList
from ionapi_tui.ui.widgets.file_chooser import FileChooser, FileList
from ionapi_tui.ui.widgets.hanging import Hanging
from ionapi_tui.ui.widgets.text import FindingBlock, step_bindings
from ionapi_tui.usecases.removing import of_the_same_app
from ionapi_tui.usecases.rotation import Rotation

if TYPE_CHECKING:
    from ionapi_tui.gateway.verify import Verification
    from ionapi_tui.usecases.services import Services


class RotationPage(Page):
    """New credentials for one profile.

    It answers with both profiles when both are kept, with the one that is left when the other was removed, or with
    None when nothing has changed.
    """

    DEFAULT_CSS = beside(__file__)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", N_("Continue")),
        Binding("enter", "keep", N_("Keep both")),
        Binding("v", "verify", N_("Verify again")),
        Binding("o", "confirm", N_("Remove the old ones")),
        Binding("z", "go_back", N_("Restore the old ones")),
        *step_bindings(),
        Binding("escape", "choose", N_("Back")),
        Binding("escape", "leave", N_("Close")),
    ]
    HELP_TEXT = N_(
        "First create new credentials in Infor: for the same authorized app, use Download Credentials with Create "
        "Service Account turned on. Then choose the file here.\n\n"
        "The new credentials are verified before anything changes. If they work, press Enter to store them under the "
        "profile's name. The old ones are kept under another name until you confirm that they are no longer used; "
        "press z to restore them. Disable the old service account in Infor afterwards: this app cannot do that."
    )

    phase: reactive[Phase] = reactive[Phase](Choosing())
    """What is happening."""

    def __init__(self, rotation: Rotation, services: Services, reviewed: Reviewed | None = None) -> None:
        """Show the first phase.

        Args:
            rotation: what is done.
            services: where files are looked for.
            reviewed: a file that was looked at already, and is verified at once; None to choose one.
        """
        super().__init__()
        self._is_file_given = reviewed is not None
        if reviewed is not None:
            self.set_reactive(RotationPage.phase, reviewed)
        self._rotation = rotation
        self._services = services

    @property
    def verification(self) -> Verification | None:
        """That of the new credentials, once they are in place."""
        return self.phase.verification if isinstance(self.phase, Done) else None

    @property
    def replaced(self) -> Profile:
        """The profile that gets new credentials."""
        return self._rotation.profile

    @property
    def heading(self) -> str:
        """What the top bar says."""
        return _("New credentials for {name}").format(name=self._rotation.profile.name)

    def body(self) -> ComposeResult:
        """Compose a part for each phase, one of which is shown, above the words on what Enter does."""
        with Vertical(id="body"):
            yield Static("", id="title", classes="title", markup=False)
            yield FileChooser(self._services, id="choose")
            with VerticalScroll(id="review"):
                yield Hanging(id="comparison")
                yield Container(id="findings")
                yield CheckList(checks_for(self._rotation.profile.export_target), id="checks")
            with VerticalScroll(id="done"):
                yield Hanging(id="reminder", classes="measure")
            yield Static("", id="words", markup=False)

    def begin(self) -> None:
        """Begin with the file."""
        self.call_later(lambda: self.watch_phase(self.phase))
        if isinstance(self.phase, Choosing):
            self.query_one(FileList).focus()
            self.query_one(FileChooser).look()
        elif isinstance(self.phase, Reviewed):
            self.query_one("#review").focus()
            if self.phase.can_replace:
                self.verify(self.phase)

    def watch_phase(self, phase: Phase) -> None:
        """Show the part that belongs to the phase."""
        if not self.is_up:
            return
        name = self._rotation.profile.name
        self.query_one("#choose").display = isinstance(phase, Choosing)
        self.query_one("#review").display = not isinstance(phase, Choosing | Done)
        self.query_one("#done").display = isinstance(phase, Done)
        climbing = isinstance(phase, VerifyingNew | VerifiedNew | Switching)
        self.query_one("#checks").display = climbing
        self.query_one("#comparison").display = self.query_one("#findings").display = not climbing
        self.query_one("#title", Static).update(words.title(phase, name))
        self.query_one("#words", Static).update(words.what_next(phase, name))
        if isinstance(phase, Reviewed):
            self._show_review(phase)
        if isinstance(phase, Done):
            self.query_one("#reminder", Hanging).show(words.reminder(phase.switched))
            self.query_one("#done").focus()
        self.refresh_bindings()

    def _show_review(self, reviewed: Reviewed) -> None:
        self.query_one("#comparison", Hanging).show(words.comparison(reviewed, self._rotation.profile))
        findings = self.query_one("#findings", Container)
        findings.remove_children()
        findings.mount_all(map(FindingBlock, reviewed.inspection.findings))
        self.query_one("#review").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what makes sense in this phase."""
        phase = self.phase
        if action == "go_on":
            verified = isinstance(phase, VerifiedNew) and phase.verification.ok
            return verified or (isinstance(phase, Reviewed) and phase.can_replace)
        if action == "verify":
            return isinstance(phase, VerifiedNew) and not phase.verification.ok
        if action == "choose":
            return isinstance(phase, Reviewed | VerifyingNew | VerifiedNew) and not self._is_file_given
        if action == "back_to":
            return parameters[0] in {finding.step for finding in _findings(phase)}
        return isinstance(phase, Done) if action in {"keep", "confirm", "go_back"} else True

    def on_paste(self, event: events.Paste) -> None:
        """Take another file with new credentials, as long as nothing is being verified or stored."""
        event.stop()
        if isinstance(self.phase, Choosing | Reviewed | VerifiedNew) and not self._is_file_given:
            self.query_one(FileChooser).take(event.text)

    @on(Picked)
    def take_file(self, event: Picked) -> None:
        """Look at the file that was chosen."""
        event.stop()
        self.review(lambda: self._services.inspect_file(event.path))

    @on(Pasted)
    def take_pasted(self, event: Pasted) -> None:
        """Look at the content that was pasted."""
        event.stop()
        self.review(lambda: inspect_pasted(event.content, self._services.inspect_content))

    def action_go_on(self) -> None:
        """Do what the words say."""
        if isinstance(self.phase, Reviewed):
            self.verify(self.phase)
        elif isinstance(self.phase, VerifiedNew):
            self.switch(self.phase)

    def action_verify(self) -> None:
        """Verify again."""
        if isinstance(self.phase, VerifiedNew):
            self.verify(self.phase.reviewed)

    @task("steps")
    async def review(self, look: Callable[[], Inspection]) -> None:
        """Inspect a file, and compare it with what the profile has."""
        inspection = await in_background(look)
        credentials = inspection.credentials
        if credentials is None:
            self.phase = Reviewed(inspection)
            return
        self.phase = Reviewed(inspection, await in_background(lambda: self._rotation.compare(credentials)))

    @task("steps")
    async def verify(self, reviewed: Reviewed) -> None:
        """Verify the new credentials; ask before anything goes to a host that is not Infor's."""
        credentials, rotation = reviewed.credentials, self._rotation
        hosts = rotation.unconfirmed_hosts(credentials)
        if hosts and not await self.app.push_screen_wait(ConfirmHosts(rotation.profile, hosts)):
            return
        rotation.trust(hosts)
        self.phase = VerifyingNew(reviewed)
        checks = self.query_one(CheckList)
        await checks.begin(checks_for(rotation.profile.export_target))
        try:
            verification = await rotation.verify(credentials, checks.show)
        except IonApiError as error:
            self.phase = reviewed
            report(self, error)
            return
        self.phase = VerifiedNew(reviewed, verification)
        if not verification.ok:
            checks.focus_worst()

    @task("steps")
    async def switch(self, verified: VerifiedNew) -> None:
        """Store the new credentials under the profile's name, and keep the old ones under another."""
        self.phase = Switching(verified)
        credentials, request = verified.reviewed.credentials, verified.reviewed.inspection.request
        try:
            switched = await in_background(lambda: self._rotation.switch(credentials, verified.verification, request))
        except IonApiError as error:
            self.phase = verified
            report(self, error)
        else:
            self.phase = Done(switched, verified.verification)
            self.post_message(ProfilesChanged())

    @task("steps")
    async def action_confirm(self) -> None:
        """Remove the old credentials, after asking."""
        if isinstance(self.phase, Done) and await self.app.push_screen_wait(self._about_removing()):
            switched = self.phase.switched
            await self._end_with(switched.new, lambda: self._rotation.confirm(switched))

    @task("steps")
    async def action_go_back(self) -> None:
        """Give the old credentials their name back, and remove the new ones."""
        if isinstance(self.phase, Done):
            switched = self.phase.switched
            await self._end_with(switched.old, lambda: self._rotation.go_back(switched))

    def _about_removing(self) -> ConfirmRemove:
        assert isinstance(self.phase, Done)
        switched = self.phase.switched
        return ConfirmRemove(switched.old, note=of_the_same_app([switched.old], [switched.new]))

    async def _end_with(self, left: Profile, change: Callable[[], object]) -> None:
        await in_background(change)
        self.dismiss(left)

    def action_leave(self) -> None:
        """Close, and keep both when the new ones are in place."""
        self.workers.cancel_group(self, "steps")
        self.dismiss(self.phase.switched if isinstance(self.phase, Done) else None)

    def action_keep(self) -> None:
        """Close; the old ones stay beside the new ones."""
        self.action_leave()

    def action_choose(self) -> None:
        """Go back to choosing; nothing has changed yet."""
        self.workers.cancel_group(self, "steps")
        self.phase = Choosing()
        self.query_one(FileList).focus()

    @on(FindingBlock.BackWanted)
    def redo(self, event: FindingBlock.BackWanted) -> None:
        """Go to the step that a finding names."""
        self.action_back_to(event.step)

    def action_back_to(self, step: str) -> None:
        """Go to a step of the guide."""
        self.post_message(RedoStep(step, self._rotation.profile))


def _findings(phase: Phase) -> tuple[Finding, ...]:
    """Return the findings that are shown, whose steps can be gone to."""
    if isinstance(phase, Reviewed):
        return phase.inspection.findings
    return phase.verification.findings if isinstance(phase, VerifiedNew) else ()
