"""The phases of putting new credentials in place of old ones, and what is said in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content

from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.inspection import Inspection
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui.widgets.hanging import Line
from ionapi_tui.ui.widgets.text import chip
from ionapi_tui.usecases.rotation import Comparison, Switched

if TYPE_CHECKING:
    from ionapi_tui.domain.credentials import Credentials
    from ionapi_tui.gateway.verify import Verification


@dataclass(frozen=True)
class Choosing:
    """Which file it is."""


@dataclass(frozen=True)
class Reviewed:
    """A file was chosen and looked at."""

    inspection: Inspection
    comparison: Comparison | None = None
    """Beside the credentials of the profile; None when the file cannot be used."""

    @property
    def credentials(self) -> Credentials:
        """The new credentials; asked for only when there are any."""
        assert self.inspection.credentials is not None
        return self.inspection.credentials

    @property
    def can_replace(self) -> bool:
        """Whether it can be verified, and then take the place of the old credentials."""
        return self.comparison is not None and self.comparison.can_replace


@dataclass(frozen=True)
class VerifyingNew:
    """The new credentials are being verified."""

    reviewed: Reviewed


@dataclass(frozen=True)
class VerifiedNew:
    """They have been verified, and work or not."""

    reviewed: Reviewed
    verification: Verification


@dataclass(frozen=True)
class Switching:
    """They are being stored."""

    verified: VerifiedNew


@dataclass(frozen=True)
class Done:
    """They are in place; the old ones are kept under another name."""

    switched: Switched
    verification: Verification
    """That of the new ones."""


_LABELS: Final = 18
"""The columns that labels take."""

Phase = Choosing | Reviewed | VerifyingNew | VerifiedNew | Switching | Done


def title(phase: Phase, name: str) -> str:
    """Return the heading of a phase.

    Args:
        phase: what is happening.
        name: the profile that gets new credentials.
    """
    if isinstance(phase, Choosing):
        return _("Choose the file with the new credentials")
    if isinstance(phase, Reviewed):
        return _("File contents")
    if isinstance(phase, Done):
        return _("✓ {name} has the new credentials").format(name=name)
    if isinstance(phase, VerifyingNew):
        return _("Verifying the new credentials before anything changes")
    verification = phase.verified.verification if isinstance(phase, Switching) else phase.verification
    return _("✓ The new credentials work") if verification.ok else _("✕ The new credentials do not work yet")


def comparison(reviewed: Reviewed, profile: Profile) -> list[Line]:
    """Return what is old and what is new."""
    credentials = reviewed.inspection.credentials
    if credentials is None or reviewed.comparison is None:
        return [Line(Content(_("This file cannot be used.")), Content.styled("✕ ", "$text-error"))]
    lines = []
    for label, old, new in (
        (_("Tenant"), profile.tenant, credentials.tenant),
        (_("Authorized app"), profile.app, credentials.app_name),
        (_("Client ID"), profile.client_id, credentials.client_id),
    ):
        before = Content.styled(label.ljust(_LABELS), "$dim")
        if new == old:
            lines.append(Line(Content(safe(new)), before))
            continue
        lines.append(Line(Content.styled(safe(old), "$dim"), before))
        lines.append(Line(Content.styled(safe(new), "bold"), Content("→ ".rjust(_LABELS))))
    return [*lines, Line(Content("")), _judgement(reviewed.comparison, profile)]


def _judgement(comparison: Comparison, profile: Profile) -> Line:
    tenant = safe(profile.tenant, 60)
    sentences = {
        Comparison.OTHER_TENANT: _(
            "This file belongs to another tenant. It cannot replace the credentials of {tenant}: import it as a "
            "separate profile."
        ).format(tenant=tenant),
        Comparison.NOTHING_NEW: _(
            "The profile already has these keys. There is nothing to replace. If addresses differ, import the file "
            "with i."
        ),
        Comparison.NEW_KEYS: _("The same authorized app with new keys."),
        Comparison.NEW_APP: _(
            "Another authorized app of the same tenant. What was set up for the old client ID, such as a connection"
            " point in ION Desk, needs the new one."
        ),
    }
    sign = ("✓ ", "$text-success") if comparison.can_replace else ("✕ ", "$text-error")
    return Line(Content(sentences[comparison]), Content.styled(*sign))


def what_next(phase: Phase, name: str) -> str:
    """Return what can be done now."""
    if isinstance(phase, Choosing):
        return _("Nothing changes before the new credentials have been verified.")
    if isinstance(phase, Reviewed):
        return _("Press Enter to verify them.") if phase.can_replace else _("Press Esc to go back.")
    if isinstance(phase, VerifyingNew):
        return _("Asking Infor …")
    if isinstance(phase, VerifiedNew):
        if phase.verification.ok:
            return _("Verified. Press Enter to switch. The old credentials are kept under another name.")
        return _(
            "The new credentials do not work yet, so {name} is unchanged. Press v to verify again, or Esc to go back."
        ).format(name=name)
    if isinstance(phase, Switching):
        return _("Storing. The password store may ask for its password now.")
    old = phase.switched.old.name
    return _(
        "The old credentials are kept as {old}. Press Enter to keep both, o to remove the old ones, or z to restore "
        "them."
    ).format(old=old)


def reminder(switched: Switched) -> list[Line]:
    """Return what is left to do outside this program, with an empty line behind each step."""
    steps = (
        _("Upload the new file to DocBits: Settings > Document Processing > Export. It has a copy of the old one."),
        _("Scripts that use the profile {name} have the new credentials from now on.").format(name=switched.new.name),
        _("Wait until everything works with them; {old} still has the old ones.").format(old=switched.old.name),
        _then_in_infor(switched),
        _("Finally, remove the old credentials here and delete the downloaded file."),
    )
    numbered = (Line(Content(step), Content.assemble(chip(number), " ")) for number, step in enumerate(steps, 1))
    return [line for step in numbered for line in (step, Line(Content("")))]


def _then_in_infor(switched: Switched) -> str:
    disable = _("Then disable the old service account in Infor: OS > Security > Manage > Service Accounts.")
    if switched.new.client_id == switched.old.client_id:
        return f"{disable} {_('The authorized app stays: both use it.')}"
    delete = _("If the old authorized app is not used any more, delete it under API Gateway > Authorized Apps.")
    return f"{disable} {delete}"
