"""A short list of ways to go on, each with a word of explanation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ionapi_tui.base.language import N_
from ionapi_tui.ui.platform.bindings import translate_bindings
from ionapi_tui.ui.styling import beside


@dataclass(frozen=True)
class Choice:
    """One way to go on."""

    id: str
    label: str
    hint: str = ""


class Choices(OptionList):
    """Ways to go on, chosen with the arrow keys and Enter, or with the mouse."""

    DEFAULT_CSS = beside(__file__)

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", N_("Open"))]

    class Chosen(Message):
        """Somebody chose."""

        def __init__(self, choice: str) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self, *choices: Choice, id: str | None = None) -> None:
        super().__init__(*map(_option, choices), id=id, markup=False, compact=True)
        self._choices = choices
        translate_bindings(self)

    def show(self, *choices: Choice) -> None:
        """Replace the choices.

        The highlight stays on its choice, so that Enter does what it was meant for, unless another one now comes
        first.
        """
        if choices == self._choices:
            return
        kept = None
        if self.highlighted is not None and [one.id for one in choices[:1]] == [one.id for one in self._choices[:1]]:
            kept = self._choices[self.highlighted].id
        self._choices = choices
        self.clear_options()
        self.add_options(map(_option, choices))
        self.highlighted = next((number for number, one in enumerate(choices) if one.id == kept), 0)

    def highlight(self, id: str) -> None:
        """Highlight a choice; the first one if there is none with this id."""
        self.highlighted = next((number for number, one in enumerate(self._choices) if one.id == id), 0)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Say what was chosen."""
        event.stop()
        self.post_message(self.Chosen(self._choices[event.option_index].id))


def _option(choice: Choice) -> Option:
    label = Content.assemble((choice.label, "bold"), "  ", (choice.hint, "$dim"))
    return Option(label)
