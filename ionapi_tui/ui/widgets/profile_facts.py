"""What is known of a profile, in words; none of it is secret."""

from __future__ import annotations

from datetime import UTC, datetime

from textual.content import Content

from ionapi_tui.base.language import _
from ionapi_tui.base.relative_time import ago
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Checked, Profile
from ionapi_tui.ui.prose import badge
from ionapi_tui.ui.state import StoreStatus
from ionapi_tui.ui.widgets.profile_line import checked_words


def facts(profile: Profile, store: StoreStatus) -> list[tuple[str, Content]]:
    """Return labels and values.

    Args:
        profile: what they are about.
        store: the store of this machine, which has a name for people.
    """
    where = store.label if store.key == profile.store else safe(profile.store)
    if profile.store in store.away:
        where = _("{store}, which is not available now (F2)").format(store=where)
    values = [
        (_("Tenant"), Content.assemble(safe(profile.tenant), "  ", badge(profile))),
        (_("Authorized app"), Content(safe(profile.app))),
        (_("Client ID"), Content(safe(profile.client_id))),
        (_("Gateway"), Content(safe(profile.gateway))),
        (_("Secrets in"), Content(where)),
        (_("Stored"), Content(local_time(profile.created))),
        (_("Checked"), _checked(profile.checked)),
    ]
    if profile.trusted_hosts:
        values.append((_("Confirmed hosts"), Content(safe(", ".join(profile.trusted_hosts)))))
    return values


def _checked(checked: Checked | None) -> Content:
    """Return a check with its time, which the words on one that failed leave out."""
    words = checked_words(checked)
    if checked is None or checked.ok:
        return words
    when = ago(datetime.fromisoformat(checked.at), datetime.now(UTC))
    return Content.assemble(words, (f"  {when}", "$dim"))


def local_time(at: str) -> str:
    """Return a moment, given in ISO 8601, on the clock of this machine."""
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"


def stacked(profile: Profile, store: StoreStatus) -> Content:
    """Return the facts one below the other, each value below its label, for a narrow column."""
    parts = [Content.styled(safe(profile.name, 60), "bold $primary"), Content("")]
    for label, value in facts(profile, store):
        parts += [Content.styled(label, "$dim"), value, Content("")]
    return Content("\n").join(parts)
