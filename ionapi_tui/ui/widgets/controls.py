"""The parts of Infor's screens, drawn as quiet widgets: they show where to click, they do nothing."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from ionapi_tui.base.language import _
from ionapi_tui.ui.styling import beside
from ionapi_tui.ui.widgets.text import chip


class Drawn(Static):
    """A piece of a drawn screen; with a number it is a target of the step."""

    def __init__(self, text: Content | str, number: int | None = None, classes: str = "") -> None:
        body = Content(text) if isinstance(text, str) else text
        if number is not None:
            body = Content.assemble(body, " ", chip(number))
            classes += " target"
        super().__init__(body, classes=classes, markup=False)


class DrawnButton(Drawn):
    """A button."""

    def __init__(self, label: str, number: int | None = None) -> None:
        super().__init__(f" {label} ", number)


class DrawnChoice(Drawn):
    """A radio button."""

    def __init__(self, label: str, chosen: bool, number: int | None = None) -> None:
        sign = ("(●) ", "bold $accent") if chosen else ("( ) ", "$dim")
        super().__init__(Content.assemble(sign, (label, "bold" if chosen else "$dim")), number)


class DrawnSwitch(Drawn):
    """A switch that is on."""

    def __init__(self, label: str, number: int | None = None) -> None:
        super().__init__(Content.assemble((" ━━● ", "bold $on-accent on $success"), " ", (label, "bold")), number)


class DrawnField(Horizontal):
    """A label with its box."""

    def __init__(self, label: str, value: str, number: int | None = None) -> None:
        super().__init__()
        self._parts = label, value, number

    def compose(self) -> ComposeResult:
        """Put the box beside the label."""
        label, value, number = self._parts
        yield Static(label, classes="label", markup=False)
        yield Drawn(value, classes="box")
        if number is not None:
            yield Static(chip(number), classes="callout", markup=False)

    def show(self, value: str) -> None:
        """Put another value into the box."""
        label, _value, number = self._parts
        self._parts = label, value, number
        for box in self.query(Drawn):
            box.update(value)


class DrawnUser(DrawnField):
    """The box for the service user, with the name of the one to enter while practising."""

    def __init__(self, number: int | None = None) -> None:
        super().__init__(_("User Name"), _("the service user"), number)

    def name_user(self, name: str) -> None:
        """Show a name; an empty one for what the box is for."""
        self.show(name or _("the service user"))


class DrawnClientId(DrawnField):
    """The client ID of an app, which begins with the tenant."""

    def __init__(self) -> None:
        super().__init__(_("Client ID"), _client_id(""))

    def name_tenant(self, tenant: str) -> None:
        """Show that of an app of ``tenant``; of an example where the tenant is not known."""
        self.show(_client_id(tenant))


def _client_id(tenant: str) -> str:
    return f"{tenant or 'ACME_TST'}~…"


class DrawnRow(Horizontal):
    """Parts side by side."""


class DrawnWindow(Vertical):
    """A window or dialog of the portal with its title on the border."""

    DEFAULT_CSS = beside(__file__)

    def __init__(self, title: str, *parts: Static | Horizontal | Vertical, classes: str = "") -> None:
        super().__init__(*parts, classes=classes)
        self.border_title = Content(title).markup
