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
from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.handover.requests import request_to_mend
from ionapi_tui.domain.profile import Profile
from ionapi_tui.gateway.checks.check import CheckResult
from ionapi_tui.gateway.verify import NOT_PROVEN, Verification
from ionapi_tui.ui.messages import ShowRequest
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.tasks import task
from ionapi_tui.ui.widgets.check_list import CheckList
from ionapi_tui.ui.widgets.text import FindingBlock, step_bindings

Verify = Callable[[Callable[[CheckResult], None]], Awaitable[Verification]]
"""Makes the checks and tells of each check as it goes."""


class VerifyPage(Page):
    """The checks of one profile. It answers with the step to go back to, or with None."""

    DEFAULT_CSS = beside(__file__)

    BINDINGS: ClassVar[list[BindingType]] = [
        *step_bindings(),
        Binding("r", "request", N_("Request")),
        Binding("v", "again", N_("Again")),
        Binding("escape", "leave", N_("Close")),
    ]
    HELP_TEXT = N_(
        "Each line is one check against Infor, from the file up to Infor Document Management; they share one token."
        " A check that failed says why and what to do. Press the number of a step to go back to it in the guide, or r"
        " for a request that you can send to the administrator.\n\n"
        "Esc leaves at any time; a check that is still running is given up. v verifies again."
    )

    verification: reactive[Verification | None] = reactive(None)
    """The outcome, when there is one."""

    def __init__(self, profile: Profile, verify: Verify) -> None:
        super().__init__()
        self._profile = profile
        self._verify = verify

    @property
    def heading(self) -> str:
        """What the top bar says."""
        return _("Verify {name}").format(name=self._profile.name)

    def body(self) -> ComposeResult:
        """Compose the verdict above the checks, with what was learnt below."""
        with VerticalScroll(id="body", can_focus=False):
            yield Static(_("Asking Infor …"), id="verdict", classes="title", markup=False)
            yield CheckList(id="checks")
            yield Static("", id="facts", markup=False)

    def begin(self) -> None:
        """Begin."""
        self.make_checks()

    @task()
    async def make_checks(self) -> None:
        """Make the checks; a later one takes the place of an earlier one."""
        self.verification = None
        self.query_one(CheckList).begin()
        try:
            self.verification = await self._verify(self._show_result)
        except IonApiError as error:
            self.query_one("#verdict", Static).update(Content.assemble(("✕ ", "$text-error"), str(error)))

    def _show_result(self, result: CheckResult) -> None:
        # When the app ends meanwhile there is nothing left to draw on.
        for checks in self.query(CheckList):
            checks.show(result)
            self.refresh_bindings()

    def watch_verification(self, verification: Verification | None) -> None:
        """Say how it ended."""
        if not self.is_up or not self.query(CheckList):
            return
        self.query_one("#verdict", Static).update(_verdict(verification))
        self.query_one("#facts", Static).update(_facts(verification))
        self.refresh_bindings()
        self.query_one(CheckList).focus_worst()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the steps that the findings name, and a request when there is something to ask for."""
        if action == "back_to":
            return parameters[0] in self.query_one(CheckList).steps if self.is_up else False
        if action in {"request", "again"}:
            return self.verification is not None and (action == "again" or bool(self.verification.findings))
        return True

    def action_back_to(self, step: str) -> None:
        """Answer with a step of the guide."""
        self.dismiss(step)

    def action_again(self) -> None:
        """Make the checks again."""
        self.make_checks()

    def action_request(self) -> None:
        """Show a request that can be sent."""
        if self.verification is not None:
            self.post_message(ShowRequest(request_to_mend(self._profile, self.verification.findings)))

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
    if verification.findings:
        return Content.assemble(("! ", "$text-warning"), _("These credentials work, with something to look at"))
    return Content.assemble(("✓ ", "$text-success"), _("These credentials work"))


def _facts(verification: Verification | None) -> Content:
    if verification is None:
        return Content("")
    lines = [Content.assemble((label.ljust(26), "$dim"), value) for label, value in verification.facts.lines()]
    if verification.ok:
        lines += [Content(""), Content.styled(_(NOT_PROVEN), "$dim")]
    return Content("\n").join(lines)
