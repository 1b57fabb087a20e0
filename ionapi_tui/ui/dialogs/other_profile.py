"""The question which profile another one is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui.dialogs.dialog import Dialog
from ionapi_tui.ui.widgets.choices import Choice, Choices


class _Others(Choices):
    """The profiles; Enter compares with one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", N_("Compare"))]


class OtherProfileDialog(Dialog[Profile]):
    """Which profile to compare with. It answers with the profile, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", N_("Close"))]

    def __init__(self, profile: Profile, others: Sequence[Profile]) -> None:
        """Ask.

        Args:
            profile: the first one.
            others: those to choose from, the likeliest first.
        """
        super().__init__(_("Compare {name} with").format(name=safe(profile.name, 60)))
        self._others = {one.id: one for one in others}

    def content(self) -> ComposeResult:
        """Compose the profiles with their tenants."""
        widest = max(len(one.name) for one in self._others.values())
        yield _Others(
            *(Choice(id, one.name.ljust(widest), safe(one.tenant, 40)) for id, one in self._others.items()), id="others"
        )

    def on_mount(self) -> None:
        """Start at the likeliest."""
        choices = self.query_one(Choices)
        choices.highlighted = 0
        choices.focus()

    @on(Choices.Chosen)
    def answer(self, event: Choices.Chosen) -> None:
        """Answer with the chosen one."""
        self.dismiss(self._others[event.choice])
