"""Access to Infor for stored profiles: the secret from its store, the cached token, the hosts that were confirmed."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping
from contextlib import ExitStack, asynccontextmanager, suppress
from datetime import datetime
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from ionapi_tui.base.background import in_background
from ionapi_tui.base.errors import StoreError
from ionapi_tui.base.paths import Paths
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.domain.hosts import is_known, is_loopback
from ionapi_tui.domain.profile import Checked, Profile, timestamp
from ionapi_tui.files.atomic import ProcessLock
from ionapi_tui.gateway.checks.check import CheckResult, Status
from ionapi_tui.gateway.network import Network
from ionapi_tui.gateway.session import Session
from ionapi_tui.gateway.tokens import TokenSource
from ionapi_tui.gateway.verify import DEADLINE, Verification, verify
from ionapi_tui.profile_store.store import ProfileStore, TokenCache, utc_now
from ionapi_tui.usecases.token_keeper import TokenKeeper

_ASKING_THE_GATEWAY: Final = frozenset({"user", "roles", "idm"})
"""The checks that pass only if the gateway accepts the token."""


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
        return network_for(profile, self._network)

    def source(
        self, profile: str | Profile, cache: TokenCache | None = None, secret: Secret | None = None
    ) -> TokenSource:
        """Return the tokens of a profile, shared with every other process of this machine. May wait for a password.

        Args:
            profile: it, or its name.
            cache: its cached token, when that has been looked at already.
            secret: what ``connected`` read ahead for it, if it did.

        Raises:
            NoSuchProfile: there is none of that name.
            StoreError: its secret cannot be read.
        """
        if isinstance(profile, str):
            profile = self.profiles.profile(profile)
        credentials = self.profiles.credentials(profile, secret)
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
        secret: Secret | None = None,
        keeper: TokenKeeper | None = None,
    ) -> Verification:
        """Verify a profile for what it exports to; ``remember`` keeps the outcome. May be cancelled at any time.

        Args:
            profile: it, or its name.
            session: connections to share with other verifications.
            on_progress: called with each check when it starts and when it ends.
            deadline: seconds for the checks; the secret store takes its own time before.
            secret: what ``connected`` read ahead for the profile, if it did.
            keeper: saves the token later; None to save it before this returns.

        Raises:
            NoSuchProfile: there is none of that name.
            StoreError: its secret cannot be read.
        """
        if isinstance(profile, str):
            name = profile
            profile = await in_background(lambda: self.profiles.profile(name))
        listed = profile
        # A thread each would cost more than the rest of what is done for a profile, where there is nothing to wait for.
        source = self.source(listed, secret=secret) if secret else await in_background(lambda: self.source(listed))
        verification = await verify(
            source.credentials,
            source=source if keeper is None else keeper.for_source(source),
            network=source.network,
            session=session.with_network(source.network) if session else None,
            on_progress=on_progress,
            deadline=deadline,
            target=listed.export_target,
        )
        if not (_gateway_answered(verification) and self.profiles.is_unbound(listed)):
            return verification
        if await in_background(lambda: self._bind(listed)):
            bound = Finding(Code.ADDRESSES_BOUND, None, {"name": listed.name})
            return dataclasses.replace(verification, findings=(*verification.findings, bound))
        return verification

    @asynccontextmanager
    async def connected(self, profiles: Collection[Profile]) -> AsyncIterator[Mapping[str, Secret]]:
        """Keep one connection to each store of ``profiles`` open within the block. May wait for a password.

        Yields:
            The secrets that could be read ahead, by the ids of their profiles.
        """
        secrets: dict[str, Secret] = {}
        with ExitStack() as stack:
            for key in dict.fromkeys(profile.store for profile in profiles):
                # A store that is not available is an error of each of its profiles, which are verified one by one.
                with suppress(StoreError):
                    stack.enter_context(await in_background(partial(self.profiles.connected, key)))
                    secrets |= await in_background(partial(self.profiles.read_ahead, key, profiles))
            yield secrets

    def _bind(self, profile: Profile) -> bool:
        """Bind the secret of a profile that has just worked, if an older version stored it; return whether it was."""
        with suppress(StoreError):
            return self.profiles.bind(profile)
        # The next verification tries again.
        return False

    def outcomes(self, verifications: Mapping[str, Verification]) -> dict[str, Checked]:
        """Return verifications that have just ended, by the ids of their profiles, as the list of profiles has them."""
        now = self._now()
        return {id: checked_of(one, now) for id, one in verifications.items()}

    def remember(self, verifications: Mapping[str, Verification]) -> None:
        """Keep the outcomes of verifications, by the ids of their profiles, for the list of profiles.

        Raises:
            RegistryError: the list cannot be written.
        """
        self.profiles.record_checks(self.outcomes(verifications))

    def trust(self, names: Iterable[str], hosts: Iterable[str]) -> None:
        """Remember that the user has confirmed ``hosts`` for each profile of ``names`` whose file names them."""
        wanted = {host.lower() for host in hosts}
        for name in names:
            profile = self.profiles.profile(name)
            own = wanted & hosts_of(profile)
            if own - set(profile.trusted_hosts):
                self.profiles.trust(name, tuple(sorted(own | set(profile.trusted_hosts))))


def checked_of(verification: Verification, now: datetime) -> Checked:
    """Return the outcome of a verification in the form that the list of profiles has."""
    worst = verification.worst
    return Checked(timestamp(now), verification.ok, verification.headline, "" if worst is None else worst.code)


def network_for(profile: Profile, network: Network) -> Network:
    """Return ``network`` with the hosts that the user has confirmed for ``profile``."""
    return dataclasses.replace(network, trusted_hosts=network.trusted_hosts | frozenset(profile.trusted_hosts))


def _gateway_answered(verification: Verification) -> bool:
    """Return whether the gateway accepted the token: all is well, or a check that asks it has passed."""
    passed = {result.id for result in verification.results if result.status is Status.PASSED}
    return verification.ok or bool(passed & _ASKING_THE_GATEWAY)


def hosts_of(profile: Profile) -> frozenset[str]:
    """Return the hosts that the addresses of a profile lead to, in lower case."""
    addresses = [str(profile.public.get(key, "")) for key in ("iu", "pu", "ot", "or")]
    return frozenset(split.hostname or "" for address in addresses if (split := urlsplit(address)).netloc)


def unconfirmed_hosts(profile: Profile) -> tuple[str, ...]:
    """Return the hosts of a profile that nothing is sent to before the user has confirmed them."""
    hosts = (host for host in hosts_of(profile) if not is_known(host) and not is_loopback(host))
    return tuple(sorted(set(hosts) - set(profile.trusted_hosts)))
