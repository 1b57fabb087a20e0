"""What a program needs to call the APIs of a tenant, got in the cheapest way there is."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from ionapi_tui.domain.token import Token
from ionapi_tui.profile_store.write_ahead import token_item

if TYPE_CHECKING:
    from collections.abc import Callable

    from ionapi_tui.base.secret import Secret
    from ionapi_tui.domain.profile import Profile
    from ionapi_tui.profile_store.secret_store import SecretStore
    from ionapi_tui.usecases.connections import Connections


class Access(NamedTuple):
    """An access token, and where and until when it serves."""

    token: Secret
    base_url: str
    """The gateway with the tenant; the path of an API follows after a slash."""
    tenant: str
    expires: float
    """When the token ends, in seconds since 1970."""

    @property
    def expires_at(self) -> str:
        """When the token ends, as ISO 8601 in UTC."""
        return datetime.fromtimestamp(self.expires, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def access_to(
    profile: Profile,
    open_store: Callable[[str | None], SecretStore],
    connections: Callable[[], Connections],
    now: Callable[[], float] = time.time,
) -> Access:
    """Return access to the tenant of ``profile``; Infor is asked only when no token that serves is in the store.

    Args:
        profile: a stored profile.
        open_store: returns the store of a key; may wait for a password.
        connections: what leads to Infor; called, and its libraries imported, only when that is needed.
        now: the time, in seconds since 1970.

    Raises:
        StoreError: the store is missing or locked, or failed.
        TokenRefused, NotReached: there is no token to be had.
    """
    token = _kept(profile, open_store, now()) or connections().source(profile.name).token()
    base_url = f"{profile.gateway.rstrip('/')}/{profile.tenant}"
    return Access(token.access, base_url, profile.tenant, token.expires_at)


def _kept(profile: Profile, open_store: Callable[[str | None], SecretStore], now: float) -> Token | None:
    text = open_store(profile.store).get(token_item(profile.id))
    token = None if text is None else Token.from_cache(text)
    # The monotonic clock counts for tokens of this process alone.
    return token if token is not None and token.remaining(now, monotonic=0) > token.early else None
