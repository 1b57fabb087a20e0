"""The names that go into the page for somebody else."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.handover.page import Customer
from ionapi_tui.ui.dialogs.dialog import Dialog


class HandOverDialog(Dialog[Customer]):
    """Whom the guide is for. It answers with the names, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "write", N_("Write the page"))]

    def __init__(self) -> None:
        super().__init__(_("The guide as a page for an administrator"))

    def content(self) -> ComposeResult:
        """Compose the lines for the names."""
        yield Static(
            _(
                "The page has the screenshots and these names in it, and nothing secret. Only the first one is needed."
                " Enter writes the page."
            ),
            markup=False,
        )
        for name, label, example in (
            ("name", _("Customer or person"), "Acme GmbH"),
            ("tenant", _("Tenant"), "ACME_TST"),
            ("service-user", _("Service user"), "docbits.service"),
            ("app", _("Authorized app"), "DocBits_TST"),
        ):
            yield Static(label, classes="label", markup=False)
            yield Input(placeholder=example, id=name, compact=True, max_length=100)

    def on_mount(self) -> None:
        """Start where the name is typed."""
        self.query_one("#name").focus()

    @on(Input.Submitted)
    def action_write(self) -> None:
        """Answer with the names, once there is one to address the page to."""
        typed = (self.query_one(f"#{name}", Input).value for name in ("name", "tenant", "service-user", "app"))
        customer = Customer(*typed)
        if customer.name:
            self.dismiss(customer)
        else:
            self.query_one("#name").focus()
            self.notify(_("Say whom the page is for."), severity="warning", markup=False)
