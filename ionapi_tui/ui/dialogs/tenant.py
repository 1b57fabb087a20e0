"""Questions about tenants: whose guide this is, and which ones are to get a file."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static, TextArea

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.domain.plan_list import parse_plan
from ionapi_tui.domain.planned_tenant import PlannedTenant
from ionapi_tui.ui.dialogs.dialog import Dialog
from ionapi_tui.ui.platform.line import Line
from ionapi_tui.ui.styling import beside
from ionapi_tui.usecases.planning import portal_address, tenant_of


class TenantDialog(Dialog[PlannedTenant]):
    """Which tenant; its name or an address of its portal. Esc answers with nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer", N_("OK"), priority=True),
        Binding("escape", "close", N_("Cancel")),
    ]

    LABEL: ClassVar[str] = N_("Tenant, or any address of its portal")
    EXAMPLE: ClassVar[str] = N_("such as ACME_TST")

    def __init__(self, title: str, reason: str) -> None:
        """Ask.

        Args:
            title: the question.
            reason: why it is asked.
        """
        super().__init__(title)
        self._reason = reason

    def content(self) -> ComposeResult:
        """Compose the line above what is wrong with it."""
        yield Static(self._reason, classes="reason", markup=False)
        yield Static(_(self.LABEL), classes="label", markup=False)
        yield Line(placeholder=_(self.EXAMPLE), id="tenant", compact=True, max_length=2000)
        yield Static("", id="wrong", classes="complaint", markup=False)

    def on_mount(self) -> None:
        """Start where it is typed."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def forget_mistake(self) -> None:
        """Take back what was wrong with the text before."""
        self.query_one("#wrong", Static).update("")

    def action_answer(self) -> None:
        """Answer with what is typed."""
        self.after_typing(self._answer)

    def _answer(self) -> None:
        """Answer with the tenant, or say what is wrong with it."""
        try:
            self.dismiss(self.meant(self.query_one(Input).value))
        except UsageError as error:
            self.query_one("#wrong", Static).update(str(error))

    def meant(self, text: str) -> PlannedTenant:
        """Return what ``text`` means.

        Raises:
            UsageError: it is not an answer.
        """
        return tenant_of(text)


class PortalDialog(TenantDialog):
    """Where the portal of a tenant is. It answers with the tenant and the address."""

    LABEL = N_("Address of the portal")
    EXAMPLE = N_("such as https://mingle-portal.eu1.inforcloudsuite.com/v2/ACME_TST")

    def __init__(self, tenant: str) -> None:
        """Ask.

        Args:
            tenant: whose; empty if that is not known, and the address says it.
        """
        title = _("Where is the portal of {tenant}?").format(tenant=tenant) if tenant else _("Where is the portal?")
        reason = _(
            "Sign in to the portal in the browser once, and paste the address of any of its pages here. Only the host"
            " and the tenant are remembered. From then on o opens the portal."
        )
        super().__init__(title, reason)
        self._wanted = tenant

    def meant(self, text: str) -> PlannedTenant:
        """Return the tenant with its portal."""
        return portal_address(text, self._wanted)


class PlanDialog(Dialog[tuple[PlannedTenant, ...]]):
    """Which tenants are to get a file. It answers with them, or with None."""

    DEFAULT_CSS = beside(__file__)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "add", N_("Add"), priority=True),
        Binding("escape", "close", N_("Cancel")),
    ]

    def __init__(self, draft: str = "") -> None:
        """Ask.

        Args:
            draft: what was typed before, and not added.
        """
        super().__init__(_("Plan tenants"))
        self.draft = draft
        """What is typed."""

    def content(self) -> ComposeResult:
        """Compose the list above what is in it, or wrong with it."""
        yield Static(
            _(
                "Type or paste one tenant a line: its name, or an address of its portal. Or a table: customer, tenant,"
                " contact, service user, separated by commas, semicolons or tabs."
            ),
            markup=False,
        )
        yield TextArea(self.draft, id="tenants", compact=True, soft_wrap=False, tab_behavior="focus")
        yield Static("", id="said", markup=False)
        yield Static(
            _("Each tenant becomes a line in the list, with its own guide. Nothing in the plan is secret."),
            classes="hint",
            markup=False,
        )

    def on_mount(self) -> None:
        """Put the cursor at the end of the draft."""
        tenants = self.query_one(TextArea)
        tenants.move_cursor(tenants.document.end)
        tenants.focus()

    @on(TextArea.Changed)
    def judge(self) -> None:
        """Say how many tenants are in the list, or what is wrong with it."""
        self.draft = self.query_one(TextArea).text
        said = self.query_one("#said", Static)
        words, wrong = "", False
        if self.query_one(TextArea).text.strip():
            try:
                found = len(parse_plan(self.query_one(TextArea).text))
                words = n_("{n} tenant", "{n} tenants", found)
            except UsageError as error:
                words, wrong = str(error), True
        said.set_class(wrong, "complaint")
        said.update(words)

    def action_add(self) -> None:
        """Answer with the tenants; what is wrong with the list is said already."""
        try:
            self.dismiss(parse_plan(self.query_one(TextArea).text))
        except UsageError as error:
            said = self.query_one("#said", Static)
            said.set_class(True, "complaint")
            said.update(str(error))


class ConfirmUnplan(Dialog[bool]):
    """Whether to remove a tenant from the plan."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "remove", N_("Remove")),
        Binding("escape", "close", N_("Keep")),
    ]

    def __init__(self, planned: PlannedTenant) -> None:
        super().__init__(_("Remove {name} from the plan?").format(name=planned.tenant))
        self._notice = planned.removal_notice

    def content(self) -> ComposeResult:
        """Say what goes."""
        yield Static(self._notice, markup=False)

    def action_remove(self) -> None:
        """Answer with yes."""
        self.dismiss(True)


class ConfirmStartOver(Dialog[bool]):
    """Whether to clear the ticks of a guide."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "clear", N_("Clear the ticks")),
        Binding("escape", "close", N_("Keep")),
    ]

    def __init__(self, tenant: str) -> None:
        """Ask.

        Args:
            tenant: whose guide; empty if that is not known.
        """
        asked = _("Start the guide of {tenant} over?").format(tenant=tenant) if tenant else _("Start the guide over?")
        super().__init__(asked)

    def content(self) -> ComposeResult:
        """Say what goes."""
        yield Static(_("All ticks of this guide are cleared. That cannot be undone."), markup=False)

    def action_clear(self) -> None:
        """Answer with yes."""
        self.dismiss(True)
