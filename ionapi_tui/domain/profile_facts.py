"""The facts of a profile: what is known of it that is not secret, and what each is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.credentials import label_of, scopes_of
from ionapi_tui.domain.notes import LABELS as NOTES
from ionapi_tui.domain.profile import Profile

_LABELS: Final = {
    "name": N_("Name"),
    "environment": N_("Environment"),
    "store": N_("Secrets kept in"),
    "created": N_("Stored"),
    "checked": N_("Verified"),
    "headline": N_("Outcome"),
    "hosts": N_("Confirmed hosts"),
    "export_target": N_("Exports to"),
    "age": N_("Age"),
    **NOTES,
}
_SHORT: Final = {"store": N_("Secrets in"), "checked": N_("Checked")}
_IN_THE_FILE: Final = {"tenant": "ti", "app": "cn", "client_id": "ci", "gateway": "iu", "server": "pu", "scopes": "sc"}
"""Facts that are fields of the file and called like them."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One of them."""

    key: str
    """Which one: ``tenant``, ``checked`` and so on."""
    value: str
    """As it is remembered; empty when it is not known. Not made safe yet."""

    @property
    def label(self) -> str:
        """What it is called, in the language in use."""
        return label_of(_IN_THE_FILE[self.key]) if self.key in _IN_THE_FILE else _(_LABELS[self.key])

    @property
    def short_label(self) -> str:
        """What it is called where there is little room."""
        return _(_SHORT[self.key]) if self.key in _SHORT else self.label


def facts_of(profile: Profile, *keys: str, **worded: str) -> Iterator[Fact]:
    """Yield the facts of ``profile``.

    Args:
        profile: what they are about.
        keys: which of them, in this order.
        worded: values that whoever asks has put in words, by their keys.
    """
    checked = profile.checked
    values = {
        "name": profile.name,
        "tenant": profile.tenant,
        "environment": environment_in_words(profile),
        "app": profile.app,
        "client_id": profile.client_id,
        "gateway": profile.gateway,
        "server": str(profile.public.get("pu", "")),
        "scopes": ", ".join(scopes_of(profile.public.get("sc"))),
        "store": profile.store,
        "created": profile.created,
        "checked": checked.at if checked else "",
        "headline": checked.headline if checked else "",
        "hosts": ", ".join(profile.trusted_hosts),
        "export_target": profile.export_target.label if profile.export_target else "",
        "age": "",
        **dict(zip(NOTES, profile.notes.texts, strict=True)),
    }
    values |= worded
    for key in keys:
        yield Fact(key, values[key])


def environment_in_words(profile: Profile) -> str:
    """Return the environment of a profile as lists show it; a practice tenant has none of Infor's."""
    return _("PRACTICE") if profile.is_practice else profile.environment


def searchable(profile: Profile) -> str:
    """Return all text that a profile is found by: name, tenant, environment, app, last verdict, and notes."""
    environment = environment_in_words(profile)
    texts = (profile.name, profile.tenant, environment, profile.app, _verdict(profile), *profile.notes.texts)
    return " ".join(filter(None, texts))


def for_practice_only() -> str:
    """Return what to say wherever somebody is about to give the file of a practice tenant to DocBits."""
    return _("This is a practice file: DocBits cannot use it.")


def stored_in_words(profile: Profile, is_copy_left: bool | None = None) -> Iterator[str]:
    """Yield what there is to say about a profile that was just stored, before the next steps.

    Args:
        profile: what was stored.
        is_copy_left: whether a downloaded file still contains its secrets; None where nobody has looked.
    """
    stored = _("Stored: {name}, client ID {client_id}")
    yield stored.format(name=profile.name, client_id=safe(profile.client_id, 70))
    if profile.is_practice:
        yield f"{for_practice_only()} {_('The steps below are for a file from Infor.')}"
    if profile.checked is None:
        yield _("It has not been verified yet.")
    elif not profile.checked.ok:
        failed = _("The last verification failed: {headline} Correct this first.")
        yield failed.format(headline=safe(profile.checked.headline, 160))
    if is_copy_left is False:
        yield _("No copy of the file is left in Downloads.")


def _verdict(profile: Profile) -> str:
    checked = profile.checked
    if checked is None:
        return _("not checked")
    return f"{_('works') if checked.ok else _('does not work')} {checked.headline}"
