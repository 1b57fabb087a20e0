"""How long an access token serves, whatever the server says and whatever the clock does."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from ionapi_tui.base.secret import Secret

SHORTEST: Final = 5.0
"""Seconds a token is used at least, so that no server is asked at every call."""
LONGEST: Final = 86_400.0
"""Seconds a token is used at most, so that nonsense such as 10^12 does not make it immortal."""
ASSUMED: Final = 600.0
"""Seconds when the server does not say, or says 0 or less; Infor's default is two hours. A token that ends sooner is
answered with 401, and that is handled."""
EARLY: Final = 60.0
"""Seconds before its end that a token is renewed."""


@dataclass(frozen=True)
class Token:
    """An access token with what is known of it."""

    access: Secret
    refresh: Secret | None
    issued_at: float
    """When it came, in seconds since 1970 by this machine's clock."""
    lifetime: float
    """Seconds it serves, within the bounds above."""
    scopes: tuple[str, ...] | None = None
    """What the server says it granted; None when it did not say."""
    basic: bool = False
    """Whether the server wants the client's id and secret by HTTP Basic."""
    born: float | None = None
    """When it came by the monotonic clock of this process; None when another process got it."""

    @property
    def expires_at(self) -> float:
        """When it ends, in seconds since 1970 by this machine's clock."""
        return self.issued_at + self.lifetime

    def remaining(self, now: float, monotonic: float) -> float:
        """Return the seconds it still serves, 0 or less when it is over.

        The clocks are not trusted: the one on the wall may be set, the other may stand still while the machine
        sleeps. The earlier end counts, and a token from the future is over.
        """
        wall = self.expires_at - now if now >= self.issued_at - EARLY else 0.0
        if self.born is None:
            return wall
        return min(wall, self.born + self.lifetime - monotonic)

    @property
    def early(self) -> float:
        """Seconds before its end that its successor is fetched: a minute, less for tokens of a few minutes."""
        return min(EARLY, self.lifetime / 4)

    def serves(self, now: float, monotonic: float) -> bool:
        """Return whether it may be handed out: it does not end so soon that its successor is due."""
        return self.remaining(now, monotonic) > self.early

    def to_cache(self) -> Secret:
        """Return the token as text for the secret store."""
        return Secret(
            json.dumps(
                {
                    "version": 1,
                    "access_token": self.access.reveal(),
                    "refresh_token": self.refresh.reveal() if self.refresh else None,
                    "issued_at": self.issued_at,
                    "lifetime": self.lifetime,
                    "scopes": self.scopes,
                    "basic": self.basic,
                },
                separators=(",", ":"),
            )
        )

    @classmethod
    def from_cache(cls, text: Secret) -> Token | None:
        """Return the token another process put into the store; None when it cannot be read."""
        try:
            kept: dict[str, Any] = json.loads(text.reveal())
            if kept["version"] != 1:
                return None
            return cls(
                access=Secret(_header_safe(kept["access_token"])),
                refresh=Secret(str(kept["refresh_token"])) if kept["refresh_token"] else None,
                issued_at=float(kept["issued_at"]),
                lifetime=bounded(kept["lifetime"]),
                scopes=_scopes(kept["scopes"]),
                basic=bool(kept["basic"]),
            )
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return None


def bounded(expires_in: object) -> float:
    """Return a usable lifetime in seconds for ``expires_in``: a number, or one in a string, or nonsense."""
    try:
        seconds = float(expires_in) if isinstance(expires_in, int | float | str) else ASSUMED
    except (ValueError, OverflowError):
        return ASSUMED
    # Not a number compares false with everything, which makes it nonsense too.
    return min(max(seconds, SHORTEST), LONGEST) if seconds > 0 else ASSUMED


def access_token_in(document: dict[str, Any]) -> Secret | None:
    """Return the access token of a token answer; None when there is none that fits a header."""
    try:
        return Secret(_header_safe(document.get("access_token")))
    except ValueError:
        return None


def _scopes(kept: object) -> tuple[str, ...] | None:
    if kept is not None and not isinstance(kept, list):
        raise TypeError("not scopes")
    return None if kept is None else tuple(scope for scope in kept if isinstance(scope, str) and scope)


def _header_safe(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 32_768 or not value.isascii():
        raise ValueError("not a token")
    if not value.isprintable() or " " in value:
        raise ValueError("not a token")
    return value
