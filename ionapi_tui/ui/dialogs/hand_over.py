"""The names that go into the page for somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.handover.file_request import FileRequest
from ionapi_tui.domain.handover.page import Customer
from ionapi_tui.ui.dialogs.dialog import Dialog
from ionapi_tui.ui.messages import Copy
from ionapi_tui.ui.platform.line import Line
from ionapi_tui.ui.widgets.hanging import PathText

_MOST_NAMES: Final = 5


class HandOverDialog(Dialog[Customer]):
    """Whom the guide is for. It answers with the names, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the key of the line that is typed in, which has no name in the footer.
        Binding("enter", "write", N_("Write the page"), priority=True),
    ]

    def __init__(self, requests: Sequence[FileRequest] = (), names: Customer | None = None) -> None:
        """Ask.

        Args:
            requests: the open file requests.
            names: what is known already.
        """
        super().__init__(_("Send this guide to an administrator"))
        self._requests, self._names = requests, names or Customer("")

    def content(self) -> ComposeResult:
        """Compose the lines for the names."""
        yield Static(
            _(
                "The page contains the screenshots and these names, but nothing secret. Only the customer is "
                "required. In a browser, the page encrypts the file for this computer. Press Enter to write the page."
            ),
            markup=False,
        )
        if self._requests:
            awaited_from = ", ".join(
                dict.fromkeys(safe(request.customer, 30) for request in self._requests[-_MOST_NAMES:])
            )
            more = len(self._requests) - _MOST_NAMES
            if more > 0:
                awaited_from += " " + _("and {n} more").format(n=more)
            awaited = _("Files are still awaited from: {names}.").format(names=awaited_from)
            yield Static(awaited, id="awaited", classes="hint", markup=False)
        names = self._names
        for name, label, known, example in (
            ("name", _("Customer"), names.name, "Acme GmbH"),
            ("tenant", _("Tenant"), names.tenant, "ACME_TST"),
            ("service-user", _("Service user"), names.service_user, "docbits.service"),
            ("app", _("Authorized app"), names.app_name, "DocBits_TST"),
        ):
            yield Static(label, classes="label", markup=False)
            hint = _("such as {example}").format(example=example)
            yield Line(known, placeholder=hint, id=name, compact=True, max_length=100)

    def on_mount(self) -> None:
        """Start where the name is typed."""
        self.query_one("#name").focus()

    def action_write(self) -> None:
        """Answer with the names, once the line has taken what was typed, or pasted, before the key."""
        self.after_typing(self._write)

    def _write(self) -> None:
        """Answer with the names, if there is one to address the page to."""
        typed = (self.query_one(f"#{name}", Input).value for name in ("name", "tenant", "service-user", "app"))
        customer = Customer(*typed)
        if customer.name:
            self.dismiss(customer)
        else:
            self.query_one("#name").focus()
            self.notify(_("Enter the customer that the page is for."), severity="warning", markup=False)


class HandedOverDialog(Dialog[None]):
    """Where the page is, until somebody has read it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "close", N_("Close")),
        Binding("escape", "close", N_("Close"), show=False),
        Binding("c", "copy", N_("Copy the path")),
    ]

    def __init__(self, path: Path, advice: str) -> None:
        super().__init__(_("The page is ready"))
        self._path, self._advice = path, advice

    def content(self) -> ComposeResult:
        """Compose the path above what to do with the page."""
        yield PathText(self._path)
        yield Static(self._advice, id="advice", markup=False)

    def action_copy(self) -> None:
        """Copy the path."""
        self.post_message(Copy(str(self._path)))
