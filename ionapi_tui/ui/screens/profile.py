"""One profile: what is known of it, what its checks found, and how programs use it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe
from ionapi_tui.domain import age
from ionapi_tui.domain.export.snippets import SNIPPETS
from ionapi_tui.domain.guide import flow
from ionapi_tui.domain.profile import Profile, local_time
from ionapi_tui.domain.refreshed import finding_about
from ionapi_tui.ui import messages
from ionapi_tui.ui.messages import AppState
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.widgets.hanging import Hanging, Line, code
from ionapi_tui.ui.widgets.profile_facts import facts, verdict_words
from ionapi_tui.ui.widgets.text import FindingBlock, step_bindings


class ProfilePage(Page):
    """The facts of a profile, its findings, its last checks, and examples for programs; none of it is secret."""

    DEFAULT_CSS = beside(__file__)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "prove", N_("Verify")),
        Binding("enter", "finish", N_("Profiles")),
        Binding("v", "verify", N_("Verify"), show=False),
        Binding("d", "delete_file", N_("Delete file")),
        Binding("e", "example", N_("Example")),
        Binding("y", "copy_example", N_("Copy it")),
        Binding("c", "copy", N_("Copy client ID")),
        Binding("l", "lend", N_("Lend file"), show=False),
        Binding("m", "compare", N_("Compare"), show=False),
        Binding("w", "report", N_("Write report"), show=False),
        Binding("r", "rename", N_("Rename"), show=False),
        Binding("o", "note", N_("Notes"), show=False),
        Binding("b", "addresses", N_("Check addresses"), show=False),
        Binding("p", "rotate", N_("New credentials"), show=False),
        Binding("x,delete", "remove", N_("Remove"), show=False, key_display="x"),
        *step_bindings(),
        Binding("escape", "leave", N_("Close")),
    ]
    HELP_TEXT = N_(
        "This page shows the profile without its secrets. The findings come from the last verification since the app "
        "was started; before that, only the verdict is shown. Press Enter to verify; once the profile works, Enter "
        "goes back to the list, and v verifies again.\n\n"
        "The examples show how programs use the profile: they ask this program for a token, so they contain no "
        "secrets. Press e for the next example, or y to copy it. Press c to copy the client ID, o to note who the "
        "profile belongs to, r to rename it, p to replace the credentials, or x to remove it. Press b to compare the "
        "addresses of all profiles with those their secrets were stored with, and to restore them.\n\n"
        "Press l to write the file of the profile for an upload to DocBits, and delete it afterwards. Press d to "
        "delete the downloaded file."
    )

    example: reactive[int] = reactive(0)
    """Which example is shown."""

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self._profile = profile
        self._drawn: object = None
        self._steps: set[str | None] = set()

    @property
    def heading(self) -> str:
        """What the top bar says."""
        return _("Profile {name}").format(name=safe(self._profile.name, 60))

    def body(self) -> ComposeResult:
        """Compose the facts, the findings, the checks and an example, one below the other."""
        with VerticalScroll(id="body"):
            yield Hanging(id="facts")
            yield Static(_("Findings of the last verification"), classes="subtitle", markup=False)
            yield Container(id="findings")
            yield Static(_("Checks"), classes="subtitle", markup=False)
            yield Static("", id="checks", markup=False)
            yield Static("", id="example-title", classes="subtitle", markup=False)
            yield Hanging(id="snippet")
            yield Static("", id="note", classes="hint", markup=False)

    def begin(self) -> None:
        """Let the arrow keys scroll at once."""
        self.query_one("#body").focus()
        self.call_later(self.watch_example)
        self.post_message(messages.LookForCopies())

    def paint(self, state: AppState) -> None:
        """Show the profile as it is now; go when it is not there any more."""
        stored = {profile.id: profile for profile in state.profiles}
        if self._profile.id not in stored:
            if self.is_current:
                self.dismiss(None)
            return
        self._profile = stored[self._profile.id]
        super().paint(state)
        self.query_one("#facts", Hanging).show(self._facts())
        self.query_one("#checks", Static).update(_history(self._profile))
        self._show_findings()
        self.refresh_bindings()

    def on_screen_resume(self) -> None:
        """Go when the profile was removed meanwhile; look whether its downloaded file is still there."""
        if self.is_up:
            self.paint(self.state)
            self.post_message(messages.LookForCopies())

    def _facts(self) -> list[Line]:
        values = facts(self._profile, self.state.store)
        width = max(len(label) for label, _value in values) + 2
        return [Line(value, Content.styled(label.ljust(width), "$dim")) for label, value in values]

    def _show_findings(self) -> None:
        profile, verification = self._profile, self.state.verified.get(self._profile.id)
        found = list(verification.findings) if verification else []
        refreshed = finding_about(profile, self.state.profiles)
        if refreshed is not None and refreshed.code not in {one.code for one in found}:
            found.append(refreshed)
        found += age.findings_of(profile, datetime.now(UTC))
        drawn = found, verification, profile.checked
        if drawn == self._drawn:
            return
        self._drawn = drawn
        self._steps = {finding.step for finding in found}
        findings = self.query_one("#findings", Container)
        findings.remove_children()
        if verification is None:
            verdict = _last_verdict(profile)
            findings.mount(Static(verdict + Content("\n") if found else verdict, classes="dim", markup=False))
        elif not verification.findings:
            findings.mount(Static(_("Nothing: these credentials work."), classes="dim", markup=False))
        findings.mount_all(map(FindingBlock, found))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Lead on with Enter; offer the steps that findings name, and deleting the downloaded file if there is one."""
        if action == "back_to":
            return parameters[0] in self._steps
        if action in {"prove", "finish"}:
            works = self._profile.checked is not None and self._profile.checked.ok
            return works is (action == "finish")
        return bool(self.state.copies.get(self._profile.id)) if action == "delete_file" else True

    def watch_example(self) -> None:
        """Show the example."""
        if not self.is_up:
            return
        snippet = SNIPPETS[self.example]
        title = _("Example: {tool} ({number} of {all})").format(
            tool=snippet.title, number=self.example + 1, all=len(SNIPPETS)
        )
        self.query_one("#example-title", Static).update(title)
        self.query_one("#snippet", Hanging).show(code(snippet.text(self._profile)))
        self.query_one("#note", Static).update(snippet.told_note())

    def action_example(self) -> None:
        """Show the next example."""
        self.example = (self.example + 1) % len(SNIPPETS)
        self.call_after_refresh(lambda: self.query_one("#note").scroll_visible(animate=False))

    def action_copy_example(self) -> None:
        """Copy the example."""
        self.post_message(messages.Copy(SNIPPETS[self.example].text(self._profile)))

    def action_verify(self) -> None:
        """Prove that it works."""
        self.post_message(messages.Verify(self._profile))

    def action_prove(self) -> None:
        """Prove that it works, because that is not known."""
        self.action_verify()

    def action_finish(self) -> None:
        """Go to the list."""
        self.post_message(messages.Go(flow.HOME))

    def action_copy(self) -> None:
        """Copy the client id."""
        self.post_message(messages.Copy(self._profile.client_id))

    def action_lend(self) -> None:
        """Write its file for an upload."""
        self.post_message(messages.Lend(self._profile))

    def action_delete_file(self) -> None:
        """Delete its downloaded file."""
        self.post_message(messages.DeleteCopies(self._profile))

    def action_compare(self) -> None:
        """Compare it with another profile."""
        self.post_message(messages.Compare(self._profile))

    def action_report(self) -> None:
        """Write a report on it."""
        self.post_message(messages.WriteReport(self._profile))

    def action_rename(self) -> None:
        """Give it another name."""
        self.post_message(messages.Rename(self._profile))

    def action_note(self) -> None:
        """Note who it belongs to."""
        self.post_message(messages.EditNotes(self._profile))

    def action_addresses(self) -> None:
        """Compare the addresses with those that were stored."""
        self.post_message(messages.CheckAddresses())

    def action_rotate(self) -> None:
        """Put new credentials in place of its own."""
        self.post_message(messages.Rotate(self._profile))

    def action_remove(self) -> None:
        """Ask to remove it."""
        self.post_message(messages.Remove(self._profile))

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)

    @on(FindingBlock.BackWanted)
    def redo(self, event: FindingBlock.BackWanted) -> None:
        """Go to the step that a finding names."""
        self.action_back_to(event.step)

    def action_back_to(self, step: str) -> None:
        """Go to a step of the guide."""
        self.post_message(messages.RedoStep(step, self._profile))


def _last_verdict(profile: Profile) -> Content:
    """Return what is remembered of the last verification, which was not made by this run of the app."""
    checked = profile.checked
    if checked is None:
        return Content(_("Not verified yet. Press v to verify."))
    when = _("Last verified {time}: ").format(time=local_time(checked.at))
    details = _("Only this verdict was saved. Press v to verify again and see the details.")
    return Content.assemble(when, verdict_words(checked), "\n", (details, "$dim"))


def _history(profile: Profile) -> Content:
    checks = [] if profile.checked is None else [profile.checked, *profile.earlier]
    if not checks:
        return Content.styled(_("It was never verified."), "$dim")
    return Content("\n").join(
        Content.assemble((local_time(checked.at), "$dim"), "  ", verdict_words(checked)) for checked in checks
    )
