"""The first page: what will happen, how long it takes, what is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widgets import OptionList, Static

from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.domain.guide import flow
from ionapi_tui.ui.messages import (
    AppState,
    Go,
    GoBack,
    MakeVault,
    Practise,
    StartAnother,
    StartGuide,
    StartOver,
    UnderWay,
)
from ionapi_tui.ui.page import CHANGE_LANGUAGE, Page
from ionapi_tui.ui.widgets.choices import Choice, Choices

if TYPE_CHECKING:
    from ionapi_tui.domain.guide import Front


class WelcomePage(Page):
    """What will happen, and where to begin."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", N_("Open")),
        Binding("i", f"open('{flow.IMPORT}')", N_("Import a file")),
        Binding("escape", "back", N_("Back")),
        Binding("escape", "stay", show=False),
        CHANGE_LANGUAGE,
    ]
    HELP_TEXT = N_(
        "Choose with the arrow keys and Enter. Press Ctrl+Q to leave the guide at any time: your progress is "
        "saved, and you can continue from this page.\n\nIf somebody has already given you an .ionapi file, "
        "import it now."
    )

    def __init__(self, front: Front) -> None:
        super().__init__()
        self._front = front

    def body(self) -> ComposeResult:
        """Compose the introduction and the ways to begin."""
        with VerticalScroll(id="body", can_focus=False):
            yield Static(_("What you will create"), classes="title", markup=False)
            yield Static(_introduction(), classes="measure", markup=False)
            yield Static("", id="no-store", classes="warning", markup=False)
            yield Choices(id="begin")
            yield Static(
                _("Choose with ↑ ↓ and Enter. Ctrl+Q quits; your progress is saved."),
                classes="hint",
            )

    def begin(self) -> None:
        """Let the arrow keys choose at once."""
        self.query_one(Choices).focus()

    def enter(self) -> None:
        """Highlight what comes first; a new guide for those who come from the list, which has the other ones."""
        for choices in self.query(Choices):
            is_above_list = self.state.way_back == flow.HOME
            choices.highlight("another" if is_above_list else "")

    def paint(self, state: AppState) -> None:
        """Offer to go on where the guide was left."""
        super().paint(state)
        self.refresh_bindings()
        choices = self.query_one(Choices)
        is_first = choices.highlighted is None
        choices.show(*self._choices(state))
        if is_first:
            # Now, not after the next frame: a key may have moved the highlight by then.
            self.enter()
        warning = self.query_one("#no-store", Static)
        warning.update(state.store.reason)
        warning.display = state.store.missing

    @on(OptionList.OptionHighlighted)
    def show_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Keep what is highlighted in a small window; with the last choice everything below it, too."""
        body, choices = self.query_one("#body", VerticalScroll), self.query_one(Choices)
        if event.option_index == 0:
            body.scroll_home(animate=False)
        elif event.option_index == choices.option_count - 1:
            body.scroll_end(animate=False)
        else:
            line = choices.virtual_region.y + event.option_index
            body.scroll_to_region(Region(0, line, 1, 2), animate=False, x_axis=False)

    @on(Choices.Chosen)
    def open_chosen(self, event: Choices.Chosen) -> None:
        """Go where the choice leads."""
        if event.choice.startswith(_CONTINUE):
            self.post_message(StartGuide(event.choice.removeprefix(_CONTINUE)))
        elif event.choice in _MESSAGES:
            self.post_message(_MESSAGES[event.choice]())
        else:
            self.action_open(event.choice)

    def action_open(self, page: str) -> None:
        """Go to a page."""
        self.post_message(Go(page))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the way back to the list of profiles where there is one."""
        return bool(self.state.way_back) is (action == "back") if action in {"back", "stay"} else True

    def action_back(self) -> None:
        """Go back to the list of profiles."""
        self.post_message(GoBack())

    def action_choose(self) -> None:
        """Open what is highlighted, wherever the focus is."""
        self.query_one(Choices).action_select()

    def _choices(self, state: AppState) -> list[Choice]:
        front = self._front
        length = n_("{n} step", "{n} steps", front.steps) + ", " + n_("{n} minute", "{n} minutes", front.minutes)
        hint = _("{length}; you need the Infor portal").format(length=length)
        choices = [Choice(flow.PREREQUISITES, _("Start the guide"), hint)]
        if state.under_way:
            choices = [_continue(one) for one in state.under_way[:_MOST]]
            more = len(state.under_way) - _MOST
            if more > 0 and state.plan:
                choices.append(Choice(flow.HOME, n_("{n} more guide", "{n} more guides", more), _("on the list")))
            choices.append(Choice("another", _("Start the guide for another tenant"), hint))
        if state.store.missing and state.store.vault:
            hint = _("a KeePass file with a passphrase, for your secrets")
            # Not first: the store is looked for while somebody may already press Enter.
            choices.insert(1, Choice("vault", _("Create a vault"), hint))
        choices.append(Choice("practice", _("Practice run"), _("on a simulated Infor portal on this computer")))
        choices.append(Choice(flow.IMPORT, _("Import a file"), _("you already have an .ionapi file")))
        if state.profiles or state.plan:
            choices.append(Choice(flow.HOME, _("Profiles"), _("the profiles on this computer")))
        if state.under_way and state.under_way[0].tenant == state.tenant:
            choices.append(Choice("over", _("Start over"), _cleared(state.tenant)))
        return choices


def _cleared(tenant: str) -> str:
    return _("clear the ticks of {tenant}").format(tenant=safe(tenant, 40)) if tenant else _("clear all ticks")


_CONTINUE: Final = "continue "
_MOST: Final = 4
"""How many guides can be continued here; the list has all that are planned."""
_MESSAGES: Final = {"practice": Practise, "vault": MakeVault, "another": StartAnother, "over": StartOver}


def _continue(under_way: UnderWay) -> Choice:
    label = _("Continue: {tenant}").format(tenant=under_way.tenant) if under_way.tenant else _("Continue")
    return Choice(_CONTINUE + under_way.tenant, label, under_way.position)


def _introduction() -> Content:
    return Content.assemble(
        _(
            "An ION API file lets DocBits export documents to Infor. It is a small file whose name ends in "
            ".ionapi. You generate it in the Infor portal. It contains the keys a program needs to sign in on "
            "its own."
        ),
        "\n\n",
        _(
            "This guide leads you through the Infor portal step by step. Then the app checks the file, stores "
            "its secrets in the password store of your system, and helps you delete the copy in your Downloads "
            "folder."
        ),
        "\n",
    )
