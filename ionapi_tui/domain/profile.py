"""A profile: what we remember of stored credentials that is not secret."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe

if TYPE_CHECKING:
    from datetime import datetime

ENVIRONMENTS: Final = ("PRD", "TST", "TRN", "DEV", "DEM", "AX1", "AX2", "AX3")
"""The suffixes of tenant names that say what an environment is for."""

PRODUCTION: Final = ENVIRONMENTS[0]

NAME_LENGTH = 60
"""The most characters of a profile's name."""

CHECKS_KEPT = 9
"""How many verifications are remembered besides the last one."""


def timestamp(moment: datetime) -> str:
    """Return a time in the form that is stored and shown to programs: ISO 8601 in UTC, to the second."""
    from datetime import UTC

    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def environment_of(tenant: str) -> str:
    """Return the environment a tenant's name ends in (``ACME_TST`` gives ``TST``), or an empty string."""
    suffix = tenant.rpartition("_")[2].upper()
    return suffix if suffix in ENVIRONMENTS else ""


@dataclass(frozen=True, slots=True)
class Checked:
    """The last verification of a profile."""

    at: str
    """When, as ISO 8601 in UTC."""
    ok: bool
    headline: str = ""
    """The worst finding in one line; empty when all is well."""

    def ago(self, now: datetime) -> str:
        """Return how long before ``now`` it was, in words."""
        from datetime import datetime

        from ionapi_tui.base.relative_time import ago

        return ago(datetime.fromisoformat(self.at), now)


@dataclass(frozen=True, slots=True)
class Profile:
    """A stored set of credentials, without its secrets."""

    id: str
    """Random; names the items in the secret store. Renaming keeps it, replaced credentials get a new one."""
    name: str
    """What people call it; unique."""
    store: str
    """The key of the store that holds the secret, such as ``keyring:SecretService``."""
    created: str
    """When it was stored, as ISO 8601 in UTC."""
    public: Mapping[str, Any] = field(default_factory=dict)
    """The keys of the file that are not secret, verbatim."""
    checked: Checked | None = None
    trusted_hosts: tuple[str, ...] = ()
    """Hosts outside Infor's domains that the user has confirmed for these credentials, in lower case."""
    earlier: tuple[Checked, ...] = ()
    """The verifications before the last one, newest first; at most ``CHECKS_KEPT``."""

    @property
    def tenant(self) -> str:
        """The tenant, such as ``ACME_TST``."""
        return str(self.public.get("ti", ""))

    @property
    def environment(self) -> str:
        """``PRD``, ``TST`` and so on; empty when the tenant's name does not say."""
        return environment_of(self.tenant)

    @property
    def app(self) -> str:
        """The name of the authorized app."""
        return str(self.public.get("cn", ""))

    @property
    def client_id(self) -> str:
        """The OAuth client id."""
        return str(self.public.get("ci", ""))

    @property
    def gateway(self) -> str:
        """The gateway URL."""
        return str(self.public.get("iu", ""))

    @property
    def is_practice(self) -> bool:
        """Whether it belongs to a practice tenant: its gateway is on this machine."""
        from urllib.parse import urlsplit

        from ionapi_tui.domain.hosts import is_loopback

        return is_loopback(urlsplit(self.gateway).hostname or "")

    @property
    def is_production(self) -> bool:
        """Whether its name has to be typed before something is done that cannot be undone: a practice tenant is never
        production, whatever its name ends in."""
        return self.environment == PRODUCTION and not self.is_practice

    def with_check(self, checked: Checked) -> Profile:
        """Return this profile after one more verification."""
        before = self.earlier if self.checked is None else (self.checked, *self.earlier)
        return replace(self, checked=checked, earlier=before[:CHECKS_KEPT])

    def as_json(self) -> dict[str, Any]:
        """Return the documented shape of ``list --json``."""
        return {
            "name": self.name,
            "tenant": self.tenant,
            "environment": self.environment,
            "app": self.app,
            "client_id": self.client_id,
            "gateway": self.gateway,
            "store": self.store,
            "created": self.created,
            "checked": None if self.checked is None else {"at": self.checked.at, "ok": self.checked.ok},
        }


def slug(text: str) -> str:
    """Return ``text`` as a profile name: lower case, ASCII letters, digits, dots and dashes (``ACME_TST`` gives
    ``acme-tst``); empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")[:NAME_LENGTH].strip("-.")


def is_name(text: str) -> bool:
    """Return whether ``text`` may be a profile's name: a slug as it stands."""
    return bool(text) and slug(text) == text


def check_name(text: str) -> None:
    """Make sure that ``text`` may be a profile's name.

    Raises:
        UsageError: it may not.
    """
    if not is_name(text):
        sentence = _(
            "{name} cannot be the name of a profile. Use small letters a to z, digits, dots and dashes, such as "
            "acme-tst."
        )
        raise UsageError(sentence.format(name=safe(text, 80) or "“”"))


def propose_name(tenant: str, app: str, taken: Container[str]) -> str:
    """Return a free profile name for an app of a tenant.

    ``acme-tst`` from ``ACME_TST``; with the app's name behind it when that is taken; then numbered.
    """
    base = slug(tenant) or slug(app) or "profile"
    longer = slug(f"{base[:30]}-{app}") or base
    for name in (base, longer):
        if name not in taken:
            return name
    number = 2
    while f"{longer[:50]}-{number}" in taken:
        number += 1
    return f"{longer[:50]}-{number}"
