"""Access to Infor for stored profiles: the secret from its store, the cached token, the hosts that were confirmed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from ionapi_tui.base.background import in_background
from ionapi_tui.base.paths import Paths
from ionapi_tui.domain.hosts import is_known, is_loopback
from ionapi_tui.domain.profile import Checked, Profile, timestamp
from ionapi_tui.files.atomic import ProcessLock
from ionapi_tui.gateway.checks.check import CheckResult
from ionapi_tui.gateway.network import Network
from ionapi_tui.gateway.session import Session
from ionapi_tui.gateway.tokens import TokenSource
from ionapi_tui.gateway.verify import DEADLINE, Verification, verify
from ionapi_tui.profile_store.store import ProfileStore, TokenCache, utc_now


class Connections:
    """Gives the profiles of this machine access to Infor."""

    def __init__(
        self,
        profiles: ProfileStore,
        paths: Paths,
        network: Network | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        """Put the parts together; nothing is opened or sent.

        Args:
            profiles: the stored profiles.
            paths: where the locks of renewals are.
            network: how to reach Infor; the confirmed hosts of a profile are added.
            now: returns the time of a verification.
        """
        self.profiles = profiles
        self._paths = paths
        self._network, self._now = network or Network(), now

    def network(self, profile: Profile) -> Network:
        """Return how to reach Infor for ``profile``."""
        hosts = self._network.trusted_hosts | frozenset(profile.trusted_hosts)
        return dataclasses.replace(self._network, trusted_hosts=hosts)

    def source(self, profile: str | Profile, cache: TokenCache | None = None) -> TokenSource:
        """Return the tokens of a profile, shared with every other process of this machine. May wait for a password.

        Args:
            profile: it, or its name.
            cache: its cached token, when that has been looked at already.

        Raises:
            NoSuchProfile: there is none of that name.
            StoreError: its secret cannot be read.
        """
        if isinstance(profile, str):
            profile = self.profiles.profile(profile)
        credentials = self.profiles.credentials(profile)
        cache = cache or self.profiles.token_cache(profile)
        lock = ProcessLock(self._paths.token_lock(profile.id))
        return TokenSource(credentials, self.network(profile), cache=cache, lock=lock.held)

    async def verify(
        self,
        profile: str | Profile,
        *,
        session: Session | None = None,
        on_progress: Callable[[CheckResult], None] | None = None,
        deadline: float = DEADLINE,
    ) -> Verification:
        """Verify a profile; ``remember`` keeps the outcome. May be cancelled at any time.

        Args:
            profile: it, or its name.
            session: connections to share with other verifications.
            on_progress: called with each check when it starts and when it ends.
            deadline: seconds for the checks; the secret store takes its own time before.

        Raises:
            NoSuchProfile: there is none of that name.
            StoreError: its secret cannot be read.
        """
        source = await in_background(lambda: self.source(profile))
        return await verify(
            source.credentials,
            source=source,
            network=source.network,
            session=session.with_network(source.network) if session else None,
            on_progress=on_progress,
            deadline=deadline,
        )

    def remember(self, verifications: Mapping[str, Verification]) -> None:
        """Keep the outcomes of verifications, by the ids of their profiles, for the list of profiles.

        Raises:
            RegistryError: the list cannot be written.
        """
        at = timestamp(self._now())
        self.profiles.record_checks({id: Checked(at, one.ok, one.headline) for id, one in verifications.items()})

    def trust(self, names: Iterable[str], hosts: Iterable[str]) -> None:
        """Remember that the user has confirmed ``hosts`` for each profile of ``names`` whose file names them."""
        wanted = {host.lower() for host in hosts}
        for name in names:
            profile = self.profiles.profile(name)
            own = wanted & hosts_of(profile)
            if own - set(profile.trusted_hosts):
                self.profiles.trust(name, tuple(sorted(own | set(profile.trusted_hosts))))


def hosts_of(profile: Profile) -> frozenset[str]:
    """Return the hosts that the addresses of a profile lead to, in lower case."""
    addresses = [str(profile.public.get(key, "")) for key in ("iu", "pu", "ot", "or")]
    return frozenset(split.hostname or "" for address in addresses if (split := urlsplit(address)).netloc)


def unconfirmed_hosts(profile: Profile) -> tuple[str, ...]:
    """Return the hosts of a profile that nothing is sent to before the user has confirmed them."""
    hosts = (host for host in hosts_of(profile) if not is_known(host) and not is_loopback(host))
    return tuple(sorted(set(hosts) - set(profile.trusted_hosts)))
