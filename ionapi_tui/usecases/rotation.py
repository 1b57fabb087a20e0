"""New credentials for a profile: verified first, then switched; the old ones are kept until somebody confirms."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from ionapi_tui.base.errors import StoreError, StoreFailed
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import NAME_LENGTH, RETIRED, Profile
from ionapi_tui.profile_store.store import ProfileStore
from ionapi_tui.usecases.importing import Plan, close_request

if TYPE_CHECKING:
    from ionapi_tui.domain.credentials import Credentials
    from ionapi_tui.gateway.checks.check import CheckResult
    from ionapi_tui.gateway.verify import Verification
    from ionapi_tui.usecases.connections import Connections


class Comparison(Enum):
    """How new credentials compare with those of the profile."""

    OTHER_TENANT = "other tenant"
    """They cannot replace those of the profile, whose name and users mean one tenant."""
    NOTHING_NEW = "nothing new"
    """They are the same as those of the profile."""
    NEW_KEYS = "new keys"
    """The same authorized app with another service account, or another secret."""
    NEW_APP = "new app"
    """Another authorized app of the tenant."""

    @property
    def can_replace(self) -> bool:
        """Whether they can replace the old ones."""
        return self in (Comparison.NEW_KEYS, Comparison.NEW_APP)


@dataclass(frozen=True)
class Switched:
    """Two profiles after the switch."""

    new: Profile
    """It has the name now."""
    old: Profile
    """It has another name, and the old credentials until somebody confirms that they are not needed any more."""


def kept_in_words(switched: Switched) -> str:
    """Return what has become of the old credentials, in the language in use."""
    kept = _("The old credentials are kept as {name}. Remove them when nothing uses them any more.")
    return kept.format(name=safe(switched.old.name, 60))


@dataclass(frozen=True)
class Replacement:
    """An import that would put other keys in place of those of a profile, which may be in use."""

    profile: Profile
    comparison: Comparison
    """What the new ones are beside the old ones."""

    @property
    def refusal(self) -> str:
        """Why the new ones cannot replace the old ones, as a sentence; empty if they can."""
        if self.comparison.can_replace:
            return ""
        sentence = _("{name} belongs to the tenant {tenant}. Enter another name.")
        return sentence.format(name=safe(self.profile.name, 60), tenant=safe(self.profile.tenant, 40))


def replacement(profiles: ProfileStore, plan: Plan, name: str) -> Replacement | None:
    """Return what storing ``plan`` under ``name`` would replace without need.

    May wait for a password.

    Returns:
        None if nothing is lost: no profile of the same app has the name, it has the same keys, or none that can be
        read any more.
    """
    if not plan.replaces(name):
        return None
    profile = plan.named[name]
    try:
        kept = profiles.credentials(profile)
    except StoreFailed:
        return None
    except StoreError:
        # They are locked away, or belong to other addresses than those that are listed.
        kept = None
    comparison = _compared(profile, plan.credentials, kept)
    return None if comparison is Comparison.NOTHING_NEW else Replacement(profile, comparison)


def _compared(profile: Profile, new: Credentials, kept: Credentials | None) -> Comparison:
    """Return what ``new`` is beside the credentials of ``profile``; those that cannot be read, None, count as old."""
    if new.tenant != profile.tenant:
        return Comparison.OTHER_TENANT
    if new.client_id != profile.client_id:
        return Comparison.NEW_APP
    if kept is not None and kept.secret_part() == new.secret_part():
        return Comparison.NOTHING_NEW
    return Comparison.NEW_KEYS


class Rotation:
    """The steps, in their order: ``compare``, ``verify``, ``switch``, then ``confirm`` or ``go_back``.

    Both profiles are whole at every moment, whenever the process ends: each step is one change of the profile store.
    """

    def __init__(self, profiles: ProfileStore, connections: Callable[[], Connections], profile: Profile) -> None:
        """Begin; nothing is read, sent or changed.

        Args:
            profiles: the stored profiles.
            connections: gives access to Infor; called when something is verified.
            profile: the one that gets new credentials.
        """
        # The hosts that were confirmed for the old credentials are asked for again: another file may name others.
        self.profile = replace(profile, trusted_hosts=())
        self._profiles, self._connections = profiles, connections

    def compare(self, new: Credentials) -> Comparison:
        """Return how ``new`` compares with the credentials of the profile. May wait for a password."""
        kept = None
        if new.tenant == self.profile.tenant and new.client_id == self.profile.client_id:
            # Without the old secret, lost or locked away, they count as new.
            with suppress(StoreError):
                kept = self._profiles.credentials(self.profile.name)
        return _compared(self.profile, new, kept)

    def unconfirmed_hosts(self, new: Credentials) -> tuple[str, ...]:
        """Return the hosts of ``new`` that get nothing before the user has confirmed them."""
        from ionapi_tui.usecases.connections import unconfirmed_hosts

        return unconfirmed_hosts(self._with(new))

    def trust(self, hosts: tuple[str, ...]) -> None:
        """Let the new credentials be sent to ``hosts``, which the user has confirmed."""
        self.profile = replace(self.profile, trusted_hosts=tuple(sorted({*self.profile.trusted_hosts, *hosts})))

    async def verify(self, new: Credentials, on_progress: Callable[[CheckResult], None]) -> Verification:
        """Verify ``new`` against Infor, before anything of it is stored. May be cancelled at any time."""
        from ionapi_tui.gateway.verify import verify

        network = self._connections().network(self._with(new))
        target = self.profile.export_target
        return await verify(new, network=network, on_progress=on_progress, target=target)

    def switch(self, new: Credentials, verification: Verification | None, request: str = "") -> Switched:
        """Store ``new`` and give it the profile's name; the old profile is kept under another one.

        The new profile has the hosts that were confirmed, what the old one exports to, and the outcome of the
        verification.

        Args:
            new: the new credentials.
            verification: its outcome; None for what was not verified.
            request: the file request that their file answers, which is closed; empty for none.

        Raises:
            StoreError: it could not be stored; the profile is as it was.
        """
        name = self.profile.name
        taken = {profile.name for profile in self._profiles.profiles()}
        added = self._profiles.add(new, _free(name, "new", taken), self.profile.trusted_hosts)
        close_request(self._profiles, request)
        if self.profile.has_choices:
            self._profiles.inherit(added.name, self.profile)
        if verification is not None:
            self._connections().remember({added.id: verification})
        return Switched(*self._profiles.succeed(name, added.name, _free(name, RETIRED, taken)))

    def go_back(self, switched: Switched) -> Profile:
        """Give the old profile its name back, and remove the new one with its secret.

        Raises:
            ProfileError, StoreError: one of the two steps failed; both profiles may still be there.
        """
        name, taken = switched.new.name, {profile.name for profile in self._profiles.profiles()}
        old, new = self._profiles.succeed(name, switched.old.name, _free(name, "new", taken))
        self._profiles.remove(new)
        return old

    def confirm(self, switched: Switched) -> None:
        """Remove the old profile with its secret.

        Raises:
            ProfileError, StoreError: it could not be removed.
        """
        self._profiles.remove(switched.old)

    def _with(self, new: Credentials) -> Profile:
        """Return the profile as it would be with ``new``."""
        return replace(self.profile, public=dict(new.public))


def _free(name: str, ending: str, taken: set[str]) -> str:
    """Return a name that no profile has, such as ``acme-tst-old`` or ``acme-tst-old-2``."""
    base = f"{name[: NAME_LENGTH - 10]}-{ending}"
    return next(one for one in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)
