"""Verifying a profile against Infor, one line for each check."""

from __future__ import annotations

import asyncio

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.findings import Severity
from ionapi_tui.domain.guide import flow
from ionapi_tui.domain.handover.requests import request_to_mend
from ionapi_tui.domain.profile import Profile
from ionapi_tui.gateway.checks.check import CheckResult
from ionapi_tui.gateway.verify import CHECKS, NOT_PROVEN, Verification
from ionapi_tui.plain.console import Choice
from ionapi_tui.plain.conversation import Conversation
from ionapi_tui.plain.prose import say_findings


def verify(conversation: Conversation, profile: Profile) -> str | None:
    """Verify ``profile``, after asking about its hosts, and show what was found.

    Returns:
        The page to go back to; None to go on where it was asked for.
    """
    if not _hosts_are_confirmed(conversation, profile):
        return None
    while True:
        verification = _verification(conversation, profile)
        if verification is None:
            return None
        serious = [finding for finding in verification.findings if finding.severity is not Severity.INFO]
        if not serious:
            return None
        steps = list(dict.fromkeys(finding.step for finding in serious if finding.step is not None))
        front = conversation.guide.front
        choices = [Choice(_("Go back to: {place}").format(place=flow.position(front, step))) for step in steps]
        chosen = conversation.console.choose(
            _("And now?"),
            Choice(_("Go on")),
            Choice(_("Verify again")),
            Choice(_("A request to mend this, to send to the administrator")),
            *choices,
        )
        if chosen == 2:
            conversation.console.say()
            conversation.console.say(request_to_mend(profile, verification.findings))
        if chosen != 1:
            return steps[chosen - 3] if chosen > 2 else None


def _hosts_are_confirmed(conversation: Conversation, profile: Profile) -> bool:
    """Ask before anything goes to a host that is not Infor's; return whether it may."""
    # The network is imported by those who want it.
    from ionapi_tui.usecases.verifying import confirm_hosts, unconfirmed_hosts

    hosts = unconfirmed_hosts(profile)
    if not hosts:
        return True
    sentence = _(
        "{hosts} is not in one of the domains of Infor's cloud that are known here. For an on-premises installation"
        " that is as it should be. Say yes only if you know this host; the answer is remembered for this profile."
    )
    conversation.console.say(sentence.format(hosts=safe(", ".join(hosts))))
    if not conversation.console.agrees(
        _("Send the secrets of {name} there?").format(name=profile.name), _("Yes"), _("No")
    ):
        return False
    try:
        confirm_hosts(conversation.services.connections, [profile], hosts)
    except IonApiError as error:
        conversation.say_error(error)
        return False
    return True


def _verification(conversation: Conversation, profile: Profile) -> Verification | None:
    """Verify ``profile``, show what each check found, and return the outcome; None when it could not be verified."""
    from ionapi_tui.usecases.verifying import verify_one

    console = conversation.console
    console.title(_("Verifying {name}: {count} checks").format(name=profile.name, count=len(CHECKS)))
    numbers = {check.id: number for number, check in enumerate(CHECKS, 1)}

    def say_check(result: CheckResult) -> None:
        if result.status.is_final:
            detail = f" ({result.detail})" if result.detail and not result.findings else ""
            console.say(f"{numbers[result.id]}. {result.title}: {result.status.word}{detail}")

    try:
        verification = asyncio.run(verify_one(conversation.services.connections, profile.name, say_check))
    except IonApiError as error:
        conversation.say_error(error)
        return None
    console.say()
    console.facts(verification.facts.lines())
    say_findings(console, verification.findings, conversation.guide.front)
    console.say()
    if verification.ok:
        console.say(_("{name} works.").format(name=profile.name) + " " + _(NOT_PROVEN))
    else:
        console.say(_("{name} does not work like this.").format(name=profile.name))
    return verification
