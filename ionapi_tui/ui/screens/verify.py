"""Proving live that a profile works: the checks tick one by one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.domain.export_target import ExportTarget, export_target_of, label_of_target
from ionapi_tui.domain.findings import Severity
from ionapi_tui.domain.handover.requests import request_to_mend
from ionapi_tui.domain.profile import Profile
from ionapi_tui.gateway.checks.check import CheckResult
from ionapi_tui.gateway.verify import Verification, checks_for
from ionapi_tui.ui.messages import ShowRequest
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.tasks import task
from ionapi_tui.ui.widgets.check_list import CheckLine, CheckList
from ionapi_tui.ui.widgets.text import FindingBlock, finding_text, step_bindings

Verify = Callable[[ExportTarget | None, Callable[[CheckResult], None]], Awaitable[Verification]]
"""Makes the checks for exports to a target, and tells of each check as it goes."""


class VerifyPage(Page):
    """The checks of one profile, or of a file. It answers with the step to go back to, or with None."""

    DEFAULT_CSS = beside(__file__)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", N_("Continue")),
        Binding("enter", "close_file", N_("Back to the file")),
        *step_bindings(),
        Binding("r", "request", N_("Request")),
        Binding("v", "again", N_("Again")),
        Binding("f", "choose_target", N_("Export target")),
        Binding("escape", "leave", N_("Close")),
    ]
    HELP_TEXT = N_(
        "Each line is one check against Infor, from the file to Infor Document Management; they share one "
        "token. A failed check shows the cause and what to do. Press the number of a step to go back to it in "
        "the guide. If an administrator of the tenant can correct it, press r for a request that you can "
        "send.\n\nWhen the credentials work, press Enter to continue. Press Space to collapse or expand the "
        "findings of a check.\n\nPress Esc to leave at any time; a running check is canceled. Press v to "
        "verify again. Press f to choose what DocBits exports to: IDM, ION, M3 or LN. This determines which "
        "checks count; M3 adds another check."
    )

    verification: reactive[Verification | None] = reactive(None)
    """The outcome, when there is one."""

    target: reactive[ExportTarget | None] = reactive[ExportTarget | None](None)
    """What DocBits exports to; it decides which checks count."""

    def __init__(self, profile: Profile, verify: Verify, *, stored: bool = True) -> None:
        """Show ``profile``.

        Args:
            profile: what is verified.
            verify: makes the checks.
            stored: whether it is a stored profile, not a file.
        """
        super().__init__()
        self._profile = profile
        self._verify = verify
        self._is_stored = stored
        self.has_failed = False
        """Whether nothing could be verified, such as with a vault that stays closed."""
        self.set_reactive(VerifyPage.target, profile.export_target)

    @property
    def heading(self) -> str:
        """What the top bar says."""
        name = self._profile.name or _("Pasted content")
        if self._is_stored:
            return _("Verify {name}").format(name=name)
        return _("Verify, not stored: {name}").format(name=name)

    def body(self) -> ComposeResult:
        """Compose the verdict above the checks, with what was learnt below."""
        with VerticalScroll(id="body", can_focus=False):
            yield Static(_("Asking Infor …"), id="verdict", classes="title", markup=False)
            yield Static(self._for(), id="target", markup=False)
            yield CheckList(checks_for(self.target), id="checks")
            yield Static("", id="facts", markup=False)

    def begin(self) -> None:
        """Begin."""
        self.make_checks()

    @task()
    async def make_checks(self) -> None:
        """Make the checks; a later one takes the place of an earlier one."""
        self.verification, self.has_failed = None, False
        await self.query_one(CheckList).begin(checks_for(self.target))
        try:
            self.verification = await self._verify(self.target, self._show_result)
        except IonApiError as error:
            self.query_one("#verdict", Static).update(Content.assemble(("✕ ", "$text-error"), str(error)))
            self.has_failed = True
            self.refresh_bindings()

    def _show_result(self, result: CheckResult) -> None:
        # When the app ends meanwhile there is nothing left to draw on.
        for checks in self.query(CheckList):
            checks.show(result)
            self.refresh_bindings()

    def watch_verification(self, verification: Verification | None) -> None:
        """Say how it ended."""
        # What is deepest in a page that is left goes first.
        if not self.is_up or not self.query(CheckLine):
            return
        self.query_one("#verdict", Static).update(_verdict(verification))
        self.query_one("#facts", Static).update(_facts(verification))
        self.refresh_bindings()
        self.query_one(CheckList).focus_worst()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the steps that the findings name, and a request when there is something to ask for."""
        if action == "back_to":
            return parameters[0] in self.query_one(CheckList).steps if self.is_up else False
        if action == "request":
            return bool(self._request)
        if action in {"go_on", "close_file"}:
            works = self.verification is not None and self.verification.ok
            return works and self._is_stored is (action == "go_on")
        if action in {"again", "choose_target"}:
            return self.verification is not None or self.has_failed
        return True

    def action_back_to(self, step: str) -> None:
        """Answer with a step of the guide."""
        self.dismiss(step)

    def action_again(self) -> None:
        """Make the checks again."""
        self.make_checks()

    @task("target", exclusive=False)
    async def action_choose_target(self) -> None:
        """Ask what DocBits exports to, and make the checks for it."""
        from ionapi_tui.ui.dialogs.export_target import ExportTargetDialog

        answer = await self.app.push_screen_wait(ExportTargetDialog(self.target, remembered=self._is_stored))
        if answer is not None:
            self.target = export_target_of(answer)
            self.make_checks()

    def watch_target(self) -> None:
        """Show the target."""
        if self.is_up:
            self.query_one("#target", Static).update(self._for())

    def _for(self) -> Content:
        return Content.styled(_("For: {target}").format(target=label_of_target(self.target)), "$dim")

    def action_request(self) -> None:
        """Show a request that can be sent."""
        if self._request:
            self.post_message(ShowRequest(self._request))

    @property
    def _request(self) -> str:
        """What to ask an administrator for; empty if there is nothing."""
        return request_to_mend(self._profile, self.verification.findings) if self.verification else ""

    def action_go_on(self) -> None:
        """Go on: the credentials work."""
        self.dismiss(None)

    def action_close_file(self) -> None:
        """Go back to the file, which is not stored yet."""
        self.dismiss(None)

    def action_leave(self) -> None:
        """Give up what is still running, and close."""
        self.workers.cancel_node(self)
        self.dismiss(None)

    @on(FindingBlock.BackWanted)
    def redo(self, event: FindingBlock.BackWanted) -> None:
        """Answer with the step that a finding names."""
        self.dismiss(event.step)


def _verdict(verification: Verification | None) -> Content:
    if verification is None:
        return Content(_("Asking Infor …"))
    if not verification.ok:
        return Content.assemble(("✕ ", "$text-error"), _("These credentials do not work yet"))
    warnings = sum(finding.severity is Severity.WARNING for finding in verification.findings)
    if warnings:
        verdict = n_("These credentials work ({n} warning)", "These credentials work ({n} warnings)", warnings)
        return Content.assemble(("! ", "$text-warning"), verdict)
    return Content.assemble(("✓ ", "$text-success"), _("These credentials work"))


def _facts(verification: Verification | None) -> Content:
    if verification is None:
        return Content("")
    of_checks = {id(one) for result in verification.results for one in result.findings}
    lines: list[Content] = []
    for finding in verification.findings:
        # What follows from the other profiles too, such as a refresh of the tenant, is found by no single check.
        if id(finding) not in of_checks and finding.severity is not Severity.INFO:
            lines += [finding_text(finding), Content("")]
    for group in verification.facts.groups():
        lines.append(Content.styled(group.origin, "bold"))
        lines += [Content.assemble((f"  {label:<24}", "$dim"), value) for label, value in group.facts]
    if verification.ok:
        lines += [Content(""), Content.styled(verification.not_proven, "$dim")]
    return Content("\n").join(lines)
