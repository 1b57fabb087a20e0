"""The passphrase of a vault: asked for, and chosen."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import N_, _
from ionapi_tui.base.secret import Secret
from ionapi_tui.secret_stores.vault.passphrases import Grade, check_new, strength
from ionapi_tui.ui.dialogs.dialog import Dialog


class UnlockDialog(Dialog[Secret]):
    """The passphrase; None when somebody would rather not."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "unlock", N_("Unlock")),
        Binding("escape", "close", N_("Leave it locked")),
    ]

    def __init__(self, store: str, complaint: str = "") -> None:
        """Ask.

        Args:
            store: the vault, for people.
            complaint: why the answer before did not do.
        """
        super().__init__(_("Passphrase of {store}").format(store=store))
        self._complaint = complaint

    def content(self) -> ComposeResult:
        """Compose the line for the passphrase."""
        if self._complaint:
            yield Static(self._complaint, classes="complaint", markup=False)
        yield Static(_("It is asked once; the vault stays open until you leave the app."), markup=False)
        yield Input(password=True, id="passphrase")

    @on(Input.Submitted)
    def action_unlock(self) -> None:
        """Answer with what was typed."""
        line = self.query_one(Input)
        typed, line.value = Secret(line.value), ""
        self.dismiss(typed)


class NewPassphrase(Dialog[Secret]):
    """A new passphrase; None when somebody would rather not."""

    AUTO_FOCUS = "#first"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", N_("Use this passphrase")),
        Binding("escape", "close", N_("Cancel")),
    ]

    def __init__(self, title: str, explanation: str) -> None:
        super().__init__(title)
        self._explanation = explanation

    def content(self) -> ComposeResult:
        """Compose two lines, and the words on the strength between them."""
        yield Static(self._explanation, id="explanation", markup=False)
        yield Static(_("Passphrase"), classes="label", markup=False)
        yield Input(password=True, id="first")
        yield Static(Content.styled(_advice(), "$dim"), id="strength", markup=False)
        yield Static(_("The same again"), classes="label", markup=False)
        yield Input(password=True, id="second")

    @on(Input.Changed, "#first")
    def judge(self) -> None:
        """Say how strong it is, with every key."""
        typed = self._typed("first")
        if typed:
            judged = strength(typed)
            colour = {Grade.WEAK: "$text-error", Grade.FAIR: "$text-warning", Grade.STRONG: "$text-success"}
            shown = Content.assemble((judged.words, colour[judged.grade]), "  ", (_advice(), "$dim"))
        else:
            shown = Content.styled(_advice(), "$dim")
        self.query_one("#strength", Static).update(shown)

    @on(Input.Submitted, "#first")
    def go_on(self) -> None:
        """Go to the second line."""
        self.query_one("#second").focus()

    @on(Input.Submitted, "#second")
    def action_accept(self) -> None:
        """Answer with the passphrase, if it was typed twice and is long enough."""
        first, second = self._typed("first"), self._typed("second")
        try:
            check_new(first)
        except UsageError as error:
            self._refuse(str(error), "first")
            return
        if first != second:
            self._refuse(_("The two are not the same. Type it again."), "second")
            return
        for line in self.query(Input):
            line.value = ""
        self.dismiss(first)

    def _typed(self, line: str) -> Secret:
        return Secret(self.query_one(f"#{line}", Input).value)

    def _refuse(self, why: str, line: str) -> None:
        self.query_one("#explanation", Static).update(Content.styled(why, "$text-error"))
        self.query_one(f"#{line}").focus()


def _advice() -> str:
    return _("Five or six unrelated words are a good one.")
