"""The review of a file: what is in it, what is wrong with it, and storing it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.guide import flow
from ionapi_tui.domain.profile import Profile
from ionapi_tui.plain.console import Choice
from ionapi_tui.plain.conversation import Conversation
from ionapi_tui.plain.deleting import offer_to_delete
from ionapi_tui.plain.prose import say_findings
from ionapi_tui.plain.vault import make_vault
from ionapi_tui.plain.verifying import replace_unverified, replace_verified, verify, verify_file
from ionapi_tui.secret_stores.keyring_store import is_vault
from ionapi_tui.usecases import importing, rotation

if TYPE_CHECKING:
    from ionapi_tui.domain.inspection import Inspection


def review(conversation: Conversation, inspection: Inspection, source: Path | None) -> str:
    """Show what is in a file, store it, and return the page to go to.

    Args:
        conversation: the run of plain mode.
        inspection: what was found in the file.
        source: the file; None for what was pasted.
    """
    console = conversation.console
    console.facts((field.label, field.value) for field in inspection.fields)
    say_findings(console, inspection.findings, conversation.guide.front)
    console.say()
    if inspection.credentials is None:
        console.say(_("This file cannot be used. Nothing was stored."))
        return back_to_a_step(conversation, [finding.step for finding in inspection.findings])
    console.say(_("This file can be stored."))
    stored = _store(conversation, inspection, source)
    if stored is None:
        return flow.IMPORT
    profile = stored.profile
    conversation.stored = profile
    conversation.belongs_to(profile)
    conversation.tick(flow.IMPORT)
    console.say(_("Stored as {name}, read back and compared.").format(name=profile.name))
    verify_now = (_("Verify now?"), Choice(_("Yes, verify")), Choice(_("Not now")))
    if not stored.verified and console.choose(*verify_now) == 0:
        step = verify(conversation, profile)
        if step is not None:
            return step
    if source is not None and not inspection.request:
        offer_to_delete(conversation, source)
    return flow.NEXT_STEPS


def back_to_a_step(conversation: Conversation, steps: list[str | None]) -> str:
    """Offer the steps of the guide that findings name, and return the page to go to."""
    named = list(dict.fromkeys(step for step in steps if step is not None))
    choices = [Choice(_("Go back to: {place}").format(place=_step_name(conversation, step))) for step in named]
    chosen = conversation.console.choose(_("What next?"), *choices, Choice(_("Back")), Choice(_("Main menu")))
    return [*named, flow.IMPORT, flow.WELCOME][chosen]


def _step_name(conversation: Conversation, step: str) -> str:
    titles = {one.id: one.title for one in conversation.guide.steps}
    position = flow.position(conversation.guide.front, step)
    return f"{position}, {titles[step]}" if step in titles else position


@dataclass(frozen=True)
class _Stored:
    """What became of a file."""

    profile: Profile
    verified: bool = False
    """Whether it was verified before it was stored."""


def _store(conversation: Conversation, inspection: Inspection, source: Path | None) -> _Stored | None:
    """Store under a name that the user chooses; return None when nothing was stored."""
    console, profiles = conversation.console, conversation.services.profiles
    credentials = inspection.credentials
    assert credentials is not None
    if not _has_store(conversation, inspection, source):
        console.say(_("Nothing was stored."))
        return None
    while True:
        try:
            plan = importing.plan(profiles, credentials, inspection.request, source.name if source else "")
            if plan.same is not None:
                sentence = _(
                    "This app is already stored as {name} (tenant {tenant}). Under this name, the profile gets the new "
                    "keys."
                )
                console.say(sentence.format(name=plan.same.name, tenant=safe(plan.same.tenant, 40)))
            question = _(
                "Enter a name for the profile, or press Enter to use {name}. A dash (-) stores nothing; a question "
                "mark (?) verifies the file without storing it."
            )
            name = console.ask(question.format(name=plan.name)) or plan.name
            if name == "-":
                console.say(_("Nothing was stored."))
                return None
            if name == "?":
                verify_file(conversation, inspection, source.name if source else "")
                continue
            if not _is_open(conversation):
                console.say(_("Storing. The password store may ask for its password now."))
            replacement = rotation.replacement(profiles, plan, name)
            if replacement is not None:
                if replacement.refusal:
                    console.say(replacement.refusal)
                    continue
                chosen = _ask_about_old_keys(conversation, replacement)
                new = None
                if chosen is _Trying.FIRST:
                    new = replace_verified(conversation, inspection, source.name if source else "", replacement)
                elif chosen is _Trying.LATER:
                    new = replace_unverified(conversation, inspection, replacement)
                if new is not None:
                    return _Stored(new, verified=chosen is _Trying.FIRST)
                continue
            return _Stored(importing.store(profiles, plan, name).profile)
        except IonApiError as error:
            conversation.say_error(error)
            if console.choose(_("Try again?"), Choice(_("Yes")), Choice(_("No"))) == 1:
                console.say(_("Nothing was stored."))
                return None


class _Trying(Enum):
    """When new keys of a profile are verified."""

    FIRST = "first"
    """Before they take the place of the old ones."""
    LATER = "later"
    """Perhaps afterwards."""
    NEVER = "never"
    """They do not take their place: the file is stored under another name."""


def _ask_about_old_keys(conversation: Conversation, replacement: rotation.Replacement) -> _Trying:
    name = safe(replacement.profile.name, 60)
    chosen = conversation.console.choose(
        _("{name} has other keys, which may be in use. They are kept as another profile. What next?").format(name=name),
        Choice(_("Verify the new keys and switch {name} to them if they work").format(name=name)),
        Choice(_("Switch {name} to them without verifying").format(name=name)),
        Choice(_("Enter another name for the new ones")),
    )
    return list(_Trying)[chosen]


def _is_open(conversation: Conversation) -> bool:
    """Return whether new secrets go into a vault that is unlocked, which asks for nothing."""
    store = conversation.services.stores.choice.store
    return store is not None and is_vault(store.key) and store.locked() is False


def _has_store(conversation: Conversation, inspection: Inspection, source: Path | None) -> bool:
    """Make a vault where there is no password store, if that is wished; return whether storing may be tried."""
    console, choice = conversation.console, conversation.services.stores.choice
    # A store that the user chose and that cannot be used is not replaced by another one.
    if choice.store is not None or not choice.brief:
        return True
    console.say(choice.brief)
    while True:
        chosen = console.choose(
            _("Where should the secrets be stored?"),
            Choice(_("In a new vault on this computer")),
            Choice(_("Nowhere: verify the file without storing it")),
            Choice(_("Nowhere: leave the file as it is")),
        )
        if chosen == 2:
            return False
        if chosen == 1:
            verify_file(conversation, inspection, source.name if source else "")
            continue
        try:
            if make_vault(conversation):
                return True
        except IonApiError as error:
            conversation.say_error(error)
