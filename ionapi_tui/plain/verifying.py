"""Verifying a profile, or a file that is not stored, against Infor: one line for each check."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.findings import Severity
from ionapi_tui.domain.guide import flow
from ionapi_tui.domain.handover.requests import request_to_mend
from ionapi_tui.domain.profile import Profile
from ionapi_tui.gateway.checks.check import CheckResult
from ionapi_tui.gateway.verify import Verification, checks_for
from ionapi_tui.plain.console import Choice
from ionapi_tui.plain.conversation import Conversation
from ionapi_tui.plain.prose import say_findings
from ionapi_tui.profile_store.binding import AddressesChanged

if TYPE_CHECKING:
    from ionapi_tui.domain.inspection import Inspection
    from ionapi_tui.usecases.rotation import Replacement, Rotation


MakeChecks = Callable[[Callable[[CheckResult], None]], Coroutine[None, None, Verification]]
"""Makes the checks, and calls what it is given with each of them."""


def verify(conversation: Conversation, profile: Profile) -> str | None:
    """Verify ``profile``, after asking about its hosts, and show what was found.

    Returns:
        The page to go back to; None to go on where it was asked for.
    """
    if not _hosts_are_confirmed(conversation, profile):
        return None
    while True:
        verification = _of_profile(conversation, profile)
        if verification is None:
            return None
        serious = [finding for finding in verification.findings if finding.severity is not Severity.INFO]
        request = request_to_mend(profile, verification.findings)
        if not serious:
            return None
        steps = list(dict.fromkeys(finding.step for finding in serious if finding.step is not None))
        front = conversation.guide.front
        choices = [Choice(_("Go back to: {place}").format(place=flow.position(front, step))) for step in steps]
        if request:
            choices.append(Choice(_("Show a request to send to the administrator")))
        chosen = conversation.console.choose(
            _("What next?"), Choice(_("Continue")), Choice(_("Verify again")), *choices
        )
        if chosen == len(steps) + 2:
            conversation.console.say()
            conversation.console.say(request)
        if chosen != 1:
            return steps[chosen - 2] if 2 <= chosen < len(steps) + 2 else None


def verify_file(conversation: Conversation, inspection: Inspection, name: str) -> None:
    """Verify a file, after asking about its hosts, and show what was found; nothing is stored.

    Args:
        conversation: the run of plain mode.
        inspection: of a file that can be used.
        name: of the file, without its folder; empty for what was pasted.
    """
    from ionapi_tui.usecases import verifying

    console, network = conversation.console, conversation.services.network
    profile = verifying.of_file(inspection, name or _("Pasted content"))
    hosts = verifying.unconfirmed_hosts(profile)
    if hosts and not _agrees_to(conversation, profile.name, hosts, remembered=False):
        return
    confirmed = verifying.with_hosts(profile, hosts)
    _verification(
        conversation, confirmed, lambda say: verifying.verify_file(inspection, confirmed, network, on_progress=say)
    )
    console.say(_("Nothing was stored."))


def replace_verified(
    conversation: Conversation, inspection: Inspection, file: str, replacement: Replacement
) -> Profile | None:
    """Verify new keys, and put them in place of those of a profile, which are kept as another one.

    Args:
        conversation: the run of plain mode.
        inspection: of the file with the new keys.
        file: its name without its folder; empty for what was pasted.
        replacement: the profile with the old ones.

    Returns:
        The profile with the new keys; None if the old ones are still in place.

    Raises:
        StoreError: the new ones could not be stored; the profile is as it was.
    """
    from ionapi_tui.usecases.rotation import Rotation

    services, console, new = conversation.services, conversation.console, inspection.credentials
    assert new is not None
    rotation = Rotation(services.profiles, lambda: services.connections, replacement.profile)
    hosts = rotation.unconfirmed_hosts(new)
    if hosts and not _agrees_to(conversation, replacement.profile.name, hosts, remembered=True):
        return None
    rotation.trust(hosts)
    shown = replace(rotation.profile, name=safe(file or _("Pasted content"), 60))
    verification = _verification(conversation, shown, lambda say: rotation.verify(new, say))
    if verification is None or not verification.ok:
        console.say(_("{name} still has its old keys.").format(name=safe(replacement.profile.name, 60)))
        return None
    return _switched(conversation, rotation, inspection, verification)


def replace_unverified(conversation: Conversation, inspection: Inspection, replacement: Replacement) -> Profile:
    """Put new keys in place of those of a profile without verifying them; else as ``replace_verified``."""
    from ionapi_tui.usecases.rotation import Rotation

    services = conversation.services
    rotation = Rotation(services.profiles, lambda: services.connections, replacement.profile)
    return _switched(conversation, rotation, inspection, None)


def _switched(
    conversation: Conversation, rotation: Rotation, inspection: Inspection, verification: Verification | None
) -> Profile:
    from ionapi_tui.usecases.rotation import kept_in_words

    assert inspection.credentials is not None
    switched = rotation.switch(inspection.credentials, verification, inspection.request)
    conversation.console.say(kept_in_words(switched))
    return switched.new


def _agrees_to(conversation: Conversation, name: str, hosts: Iterable[str], *, remembered: bool) -> bool:
    """Ask whether secrets may go to hosts that are not Infor's.

    Args:
        conversation: the run of plain mode.
        name: what the secrets belong to.
        hosts: where they would go.
        remembered: whether the answer is kept.
    """
    if remembered:
        sentence = _(
            "{hosts} is not in one of Infor's cloud domains that this app knows. That is normal for an on-premises "
            "installation. Say yes only if you know this host; the answer is saved for this profile."
        )
    else:
        sentence = _(
            "{hosts} is not in one of Infor's cloud domains that this app knows. That is normal for an on-premises "
            "installation. Say yes only if you know this host; the answer is not saved."
        )
    console = conversation.console
    console.say(sentence.format(hosts=safe(", ".join(hosts))))
    return console.agrees(_("Send the secrets of {name} there?").format(name=name), _("Yes"), _("No"))


def _hosts_are_confirmed(conversation: Conversation, profile: Profile) -> bool:
    """Ask before anything goes to a host that is not Infor's; return whether it may."""
    # The network is imported by those who want it.
    from ionapi_tui.usecases.verifying import confirm_hosts, unconfirmed_hosts

    hosts = unconfirmed_hosts(profile)
    if not hosts:
        return True
    if not _agrees_to(conversation, profile.name, hosts, remembered=True):
        return False
    try:
        confirm_hosts(conversation.services.connections, [profile], hosts)
    except AddressesChanged as error:
        conversation.say_error(error)
        _offer_to_restore(conversation)
        return False
    except IonApiError as error:
        conversation.say_error(error)
        return False
    return True


def _offer_to_restore(conversation: Conversation) -> None:
    """Show what was changed outside this program, and restore what was stored if that is wished."""
    from ionapi_tui.usecases import restoring

    console, profiles = conversation.console, conversation.services.profiles
    try:
        found = restoring.look(profiles)
        for one in found.differing:
            console.say(_("{heading}:").format(heading=safe(one.listed.name, 60)))
            for line in restoring.lines_of(one):
                console.say(line)
        production = next((one.stored.name for one in found.differing if one.stored.is_production), "")
        if production:
            question = _("Type {name} to restore the stored values, or press Enter to change nothing.")
            agreed = console.ask(question.format(name=production)) == production
        else:
            agreed = console.agrees(_("Restore the stored values?"), _("Yes"), _("No"))
        if not agreed:
            return
        for profile in restoring.restore(profiles, found.differing):
            console.say(_("{name} is restored.").format(name=safe(profile.name, 60)))
    except IonApiError as error:
        conversation.say_error(error)


def _of_profile(conversation: Conversation, profile: Profile) -> Verification | None:
    from ionapi_tui.usecases.verifying import verify_one

    connections = conversation.services.connections
    return _verification(conversation, profile, lambda say: verify_one(connections, profile.name, say))


def _verification(conversation: Conversation, profile: Profile, make_checks: MakeChecks) -> Verification | None:
    """Make the checks, show what each found, and return the outcome; None when they could not be made."""
    console = conversation.console
    checks = checks_for(profile.export_target)
    console.title(_("Verifying {name}: {count} checks").format(name=profile.name, count=len(checks)))
    numbers = itertools.count(1)

    def say_check(result: CheckResult) -> None:
        if result.status.is_final:
            detail = f" ({result.detail})" if result.detail and not result.findings else ""
            console.say(f"{next(numbers)}. {result.title}: {result.word}{detail}")

    try:
        verification = asyncio.run(make_checks(say_check))
    except AddressesChanged as error:
        conversation.say_error(error)
        _offer_to_restore(conversation)
        return None
    except IonApiError as error:
        conversation.say_error(error)
        return None
    console.say()
    for group in verification.facts.groups():
        console.say(_("{heading}:").format(heading=group.origin))
        console.facts(group.facts)
    say_findings(console, verification.findings, conversation.guide.front)
    console.say()
    if verification.ok:
        console.say(_("{name} works.").format(name=profile.name) + " " + verification.not_proven)
    else:
        console.say(_("{name} does not work.").format(name=profile.name))
    return verification
