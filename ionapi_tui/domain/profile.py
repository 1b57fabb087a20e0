"""A profile: what we remember of stored credentials that is not secret."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field, fields, make_dataclass, replace
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe

if TYPE_CHECKING:
    from ionapi_tui.domain.export_target import ExportTarget

PRODUCTION: Final = "PRD"
"""The suffix of production, where a mistake costs most."""

ENVIRONMENTS: Final = (PRODUCTION, "PP1", "TST", "TRN", "DEV", "DEM", "AX1", "AX2", "AX3", "AX4", "AX5")
"""The known suffixes of tenant names, in the order they are sorted by. Infor may use others."""

_SUFFIX: Final = re.compile(r"[A-Z][A-Z0-9]{1,3}")
"""What the suffix of an environment looks like; a longer last part of a name is taken for a word."""

NAME_LENGTH = 60
"""The most characters of a profile's name."""

BOUND_KEYS: Final = ("iu", "pu", "oa", "ot", "or", "ci", "ti")
"""The keys of the file that decide where its secrets are sent, and for whom."""

CHECKS_KEPT = 9
"""How many verifications are remembered besides the last one."""


def timestamp(moment: datetime) -> str:
    """Return a time in the form that is stored and shown to programs: ISO 8601 in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local_time(at: str) -> str:
    """Return a moment, given in ISO 8601, on the clock of this machine, as people read it; other text as it is."""
    try:
        return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError):
        return safe(at, 40)


def environment_of(tenant: str) -> str:
    """Return the environment a tenant's name ends in (``ACME_TST`` gives ``TST``), or an empty string.

    The suffixes are an open set: an unknown one is returned as it is.
    """
    name, _underscore, suffix = tenant.upper().rpartition("_")
    return suffix if suffix in ENVIRONMENTS or (name and _SUFFIX.fullmatch(suffix)) else ""


@dataclass(frozen=True, slots=True)
class Checked:
    """The last verification of a profile."""

    at: str
    """When, as ISO 8601 in UTC."""
    ok: bool
    headline: str = ""
    """The worst finding in one line; empty when all is well."""
    code: str = ""
    """The code of the finding in ``headline``; empty when there is none, and where it is not remembered."""

    def ago(self, now: datetime) -> str:
        """Return how long before ``now`` it was, in words."""
        from ionapi_tui.base.relative_time import ago

        return ago(datetime.fromisoformat(self.at), now)


@dataclass(frozen=True, slots=True)
class Notes:
    """What people have noted about a profile. None of it is secret; ``domain.notes`` checks what may be noted."""

    service_user: str = ""
    """The Infor user that the service account acts for."""
    contact: str = ""
    """Who is asked when something has to be done in Infor."""
    ticket: str = ""
    """Where the work is written down."""

    def __bool__(self) -> bool:
        return any(self.texts)

    @property
    def texts(self) -> tuple[str, str, str]:
        """All of them, in the order in which they are shown; empty where nothing is noted."""
        return self.service_user, self.contact, self.ticket

    def as_json(self) -> dict[str, str | None]:
        """Return the documented shape."""
        return {
            "service_user": self.service_user or None,
            "contact": self.contact or None,
            "ticket": self.ticket or None,
        }


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
    export_target: ExportTarget | None = None
    """What DocBits exports to with these credentials; None when nobody has chosen."""
    newer: Mapping[str, Any] = field(default_factory=dict)
    """What a newer version of this program wrote about the profile, verbatim, so that it is not lost."""
    notes: Notes = Notes()
    reported: bool | None = None
    """Whether it worked when changes were last reported; None when they never were."""

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
    def binding(self) -> dict[str, Any]:
        """What a secret belongs to: the name of its profile, the confirmed hosts, and the values of ``BOUND_KEYS``."""
        own = {"name": self.name, "hosts": sorted(self.trusted_hosts)}
        return own | {key: self.public[key] for key in BOUND_KEYS if key in self.public}

    @property
    def is_practice(self) -> bool:
        """Whether it belongs to a practice tenant: its gateway is on this machine."""
        return _leads_here(self.gateway)

    @property
    def is_production(self) -> bool:
        """Whether its name has to be typed before something is done that cannot be undone: a practice tenant is never
        production, whatever its name ends in."""
        return self.environment == PRODUCTION and not self.is_practice

    def age(self, now: datetime) -> int | None:
        """Return how many whole days before ``now`` its credentials were stored; None when that cannot be read."""
        try:
            return max(0, (now - datetime.fromisoformat(self.created)).days)
        except (ValueError, TypeError):
            return None

    def with_check(self, checked: Checked) -> Profile:
        """Return this profile after one more verification.

        The last one that was fine stays in the history, so that it can be told since when the profile does not work.
        """
        before = self.earlier if self.checked is None else (self.checked, *self.earlier)
        kept, dropped = before[:CHECKS_KEPT], before[CHECKS_KEPT:]
        if any(one.ok for one in dropped) and not any(one.ok for one in (checked, *kept)):
            kept = (*kept[:-1], next(one for one in dropped if one.ok))
        return replace(self, checked=checked, earlier=kept)

    @property
    def has_choices(self) -> bool:
        """Whether users have chosen anything for it, besides hosts, that its file does not say."""
        return bool(self.export_target or self.newer or self.notes)

    def with_choices_of(self, other: Profile) -> Profile:
        """Return this profile with what users have chosen and noted for ``other``, but not its confirmed hosts."""
        return replace(self, export_target=other.export_target, newer=other.newer, notes=other.notes)

    def with_export_target(self, target: ExportTarget | None) -> Profile:
        """Return this profile for exports to ``target``."""
        # One that only a newer version knows is replaced too.
        newer = {key: value for key, value in self.newer.items() if key != "export_target"}
        return replace(self, export_target=target, newer=newer)

    def as_json(self, now: datetime | None = None) -> dict[str, Any]:
        """Return the documented shape of ``list --json``.

        Args:
            now: the time that the age is counted to; by default the time it is.
        """
        return {
            "name": self.name,
            "tenant": self.tenant,
            "environment": self.environment,
            "app": self.app,
            "client_id": self.client_id,
            "gateway": self.gateway,
            "store": self.store,
            "created": self.created,
            "age_days": self.age(now or datetime.now(UTC)),
            "checked": None if self.checked is None else {"at": self.checked.at, "ok": self.checked.ok},
            "export_target": self.export_target,
            "notes": self.notes.as_json(),
        }


@lru_cache(maxsize=256)
def _leads_here(url: str) -> bool:
    """Return whether ``url`` leads to this machine; thousands of profiles share a few addresses."""
    # Imported late: few commands ask, and once for each address.
    from ionapi_tui.domain.hosts import leads_here

    return leads_here(url)


@cache
def profile_maker() -> Callable[..., Profile]:
    """Return a function that makes a ``Profile`` of its fields in order, in a fifth of the time; for thousands of them.

    A frozen dataclass is filled by a function call for each field. What is made here is filled like any other object,
    and then becomes a profile.
    """
    like_profile = [(one.name, one.type, one) for one in fields(Profile)]
    twin = make_dataclass("Twin", like_profile, slots=True, eq=False, repr=False)

    def make(*values: object) -> Profile:
        made: Any = twin(*values)
        made.__class__ = Profile
        profile: Profile = made
        return profile

    return make


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
    if not text.strip():
        raise UsageError(_("Enter a name."))
    if not is_name(text):
        sentence = _(
            "{name} cannot be the name of a profile. Use small letters a to z, digits, dots and dashes, such as "
            "acme-tst."
        )
        raise UsageError(sentence.format(name=safe(text, 80)))
    if _is_device(text):
        sentence = _("{name} cannot be the name of a profile: Windows allows no file of that name. Choose another one.")
        raise UsageError(sentence.format(name=text))


def _is_device(name: str) -> bool:
    """Return whether a file with the name of a profile would be a device on Windows."""
    from ionapi_tui.base.windows_names import DEVICES

    return name.partition(".")[0].lower() in DEVICES


RETIRED: Final = "old"
"""What the name of a profile ends with whose credentials were replaced."""
_IS_RETIRED: Final = re.compile(rf".*-{RETIRED}(-\d+)?")


def is_retired(name: str) -> bool:
    """Return whether a profile of this name was kept when its credentials were replaced."""
    return _IS_RETIRED.fullmatch(name) is not None


def propose_name(tenant: str, app: str, taken: Container[str]) -> str:
    """Return a free profile name for an app of a tenant.

    ``acme-tst`` from ``ACME_TST``; with the app's name behind it when that is taken; then numbered.
    """
    base = slug(tenant) or slug(app) or "profile"
    if _is_device(base):
        base = f"profile-{base}"
    longer = slug(f"{base[:30]}-{app}") or base
    for name in (base, longer):
        if name not in taken:
            return name
    number = 2
    while f"{longer[:50]}-{number}" in taken:
        number += 1
    return f"{longer[:50]}-{number}"
