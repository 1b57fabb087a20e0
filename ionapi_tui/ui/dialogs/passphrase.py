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
from ionapi_tui.secret_stores.vault.passphrases import SHORTEST, Grade, check_new, strength
from ionapi_tui.ui.dialogs.dialog import Dialog
from ionapi_tui.ui.platform.bindings import translate_bindings
from ionapi_tui.ui.platform.line import Line


class _Field(Line):
    """A passphrase that is typed; the footer says what Enter does with it."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id, password=True, compact=True)
        translate_bindings(self)


class _Passphrase(_Field):
    """The passphrase of a vault there is."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", N_("Unlock"))]


class UnlockDialog(Dialog[Secret]):
    """The passphrase; None when somebody would rather not."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", N_("Cancel")),
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
        yield Static(_("You are asked once; the vault stays open until you leave the app."), markup=False)
        yield _Passphrase("passphrase")

    @on(Input.Submitted)
    def unlock(self) -> None:
        """Answer with what was typed."""
        line = self.query_one(Input)
        typed, line.value = Secret(line.value), ""
        self.dismiss(typed)


class _First(_Field):
    """A new passphrase."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", N_("Next"))]


class _Second(_Field):
    """The same one again."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", N_("Use this passphrase"))]


class NewPassphrase(Dialog[Secret]):
    """A new passphrase; None when somebody would rather not."""

    AUTO_FOCUS = "#first"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+g", "generate", N_("Generate one")),
        Binding("escape", "close", N_("Cancel")),
    ]

    def __init__(self, title: str, explanation: str, warning: str) -> None:
        """Ask.

        Args:
            title: of the dialog.
            explanation: what the passphrase is for.
            warning: what somebody has to know before it is too late; it stays in view.
        """
        super().__init__(title)
        self._explanation, self._warning = explanation, warning
        self._agreed: Secret | None = None
        """A weak passphrase that somebody has been warned of."""
        self._generated: Secret | None = None
        """The passphrase that is shown."""

    def content(self) -> ComposeResult:
        """Compose two fields, each with its error or its strength below it."""
        yield Static(
            Content.assemble(f"{self._explanation} " if self._explanation else "", (self._warning, "$text-warning")),
            markup=False,
        )
        yield Static(_rules(), classes="hint", markup=False)
        yield Static("", id="generated", classes="address", markup=False)
        yield Static(_("Passphrase"), classes="label", markup=False)
        yield _First("first")
        yield Static("", id="about-first", markup=False)
        yield Static("")
        yield Static(_("Repeat passphrase"), classes="label", markup=False)
        yield _Second("second")
        yield Static("", id="about-second", markup=False)

    def on_mount(self) -> None:
        """Take no room for what there is nothing to say about."""
        for line in self.query("#generated, #about-first, #about-second"):
            line.display = False

    @on(Input.Changed, "#first")
    def judge(self) -> None:
        """Say how strong it is, with every key."""
        typed = self._typed("first")
        if self._generated != typed:
            # What is shown is what will be used.
            self._say("generated", Content(""))
        judged = strength(typed) if typed else None
        colour = {Grade.WEAK: "$text-error", Grade.FAIR: "$text-warning", Grade.STRONG: "$text-success"}
        self._say("about-first", Content.styled(judged.words, colour[judged.grade]) if judged else Content(""))

    @on(Input.Changed, "#second")
    def forgive(self) -> None:
        """Take back what was said of what is being typed anew."""
        self._say("about-second", Content(""))

    @on(Input.Submitted, "#first")
    def go_on(self) -> None:
        """Go to the second field, unless the first one has to be filled in anew."""
        if self._is_allowed():
            self.query_one("#second").focus()

    @on(Input.Submitted, "#second")
    def accept(self) -> None:
        """Answer with the passphrase, if it was typed twice and is long enough."""
        first = self._typed("first")
        if not self._is_allowed():
            return
        if first != self._typed("second"):
            self._refuse(_("The passphrases do not match."), "second")
            return
        if strength(first).grade is Grade.WEAK and first != self._agreed:
            self._agreed = first
            weak = _("This passphrase can be guessed. Press Enter once more to use it anyway, or choose a longer one.")
            self._say("about-second", Content.styled(weak, "$text-warning"))
            return
        for line in self.query(Line):
            line.value = ""
        self.dismiss(first)

    def action_generate(self) -> None:
        """Fill in a passphrase that nobody has thought of, and show it, to be written down."""
        from ionapi_tui.secret_stores.vault.generating import generate

        self._generated = passphrase = generate()
        for line in self.query(Line):
            line.value = passphrase.reveal()
        self.query_one("#second").focus()
        shown = Content.assemble(
            (passphrase.reveal(), "bold"), "\n", _("Save it in your password manager, then press Enter.")
        )
        self._say("generated", shown)

    def _is_allowed(self) -> bool:
        try:
            check_new(self._typed("first"))
        except UsageError as error:
            self._refuse(str(error), "first")
            return False
        return True

    def _typed(self, line: str) -> Secret:
        return Secret(self.query_one(f"#{line}", Input).value)

    def _refuse(self, why: str, line: str) -> None:
        self._say(f"about-{line}", Content.styled(why, "$text-error"))
        self.query_one(f"#{line}").focus()

    def _say(self, where: str, what: Content) -> None:
        line = self.query_one(f"#{where}", Static)
        line.update(what)
        line.display = bool(what)


def _rules() -> str:
    return _("At least {shortest} characters; five or six unrelated words are a good choice. Enter confirms.").format(
        shortest=SHORTEST
    )
