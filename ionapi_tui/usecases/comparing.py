"""Comparing two profiles: what they are, what their users may do, how their checks ended, and what one of them lacks.

What is remembered is always compared. Roles, the acting user and the single checks are known only from a verification;
what is not known of one side is no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.domain.credentials import scopes_of
from ionapi_tui.domain.hosts import is_known, region_of
from ionapi_tui.domain.profile import Checked, Profile
from ionapi_tui.domain.profile_facts import Fact, facts_of

if TYPE_CHECKING:
    from ionapi_tui.gateway.users import User
    from ionapi_tui.gateway.verify import Verification

    _Pair = tuple[Profile, Profile]
    _Found = tuple[Verification | None, Verification | None]

NOTHING: Final = "–"
"""What stands for something that a profile lacks."""

_IDENTITY: Final = ("tenant", "environment", "app", "client_id", "gateway", "created", "checked")
"""Facts that tell two profiles apart. They are shown and are no differences: no two profiles have all of them alike."""


class Group(StrEnum):
    """What a row is about."""

    IDENTITY = "identity"
    """What tells the two apart; not compared."""
    SETTINGS = "settings"
    SCOPES = "scopes"
    ROLES = "roles"
    CHECKS = "checks"

    @property
    def heading(self) -> str:
        """The heading of its rows, in the language in use."""
        return _(_TITLES[self])


_TITLES: Final = {
    Group.IDENTITY: N_("Profiles"),
    Group.SETTINGS: N_("Settings"),
    Group.SCOPES: N_("Scopes"),
    Group.ROLES: N_("Security roles"),
    Group.CHECKS: N_("Checks"),
}


@dataclass(frozen=True)
class Row:
    """One thing that both profiles may have."""

    group: Group
    key: str
    """The fact, the check, or the name of the scope or role."""
    label: str
    """What it is called, in the language in use; safe to show."""
    values: tuple[str | None, str | None]
    """What each profile has, in words, safe to show; empty when it lacks it, None when that is not known."""
    codes: tuple[str | None, str | None]
    """The same for programs: independent of the language, and not made safe."""

    @property
    def same(self) -> bool | None:
        """Whether both have the same; None when that is not known, or not compared."""
        if self.group is Group.IDENTITY or None in self.codes:
            return None
        return self.codes[0] == self.codes[1]

    @property
    def differs(self) -> bool:
        """Whether the profiles are known to differ in it."""
        return self.same is False

    def words(self, side: int) -> str:
        """Return what a profile has, or that it lacks it, or that this is not known.

        Args:
            side: 0 for the first profile, 1 for the second.
        """
        value = self.values[side]
        return _("not known") if value is None else value or NOTHING

    def as_json(self) -> dict[str, Any]:
        """Return the documented shape."""
        return {"group": self.group, "id": self.key, "values": list(self.codes), "same": self.same}


@dataclass(frozen=True)
class Comparison:
    """Two profiles side by side."""

    profiles: tuple[Profile, Profile]
    rows: tuple[Row, ...]
    verified: tuple[bool, bool]
    """Whether the roles and checks of each profile are known."""

    @property
    def differences(self) -> tuple[Row, ...]:
        """The rows in which they are known to differ."""
        return tuple(row for row in self.rows if row.differs)

    @property
    def same(self) -> bool:
        """Whether no difference is known."""
        return not self.differences

    @property
    def summary(self) -> str:
        """How many differences are known, as a sentence in the language in use."""
        count = len(self.differences)
        if count:
            return n_("{n} difference.", "{n} differences.", count)
        unverified = [one for one in self.profiles if one.checked is None]
        if len(unverified) == 1:
            sentence = _("No differences found so far: {name} has never been verified.")
            return sentence.format(name=safe(unverified[0].name, 60))
        found = _("No differences found, apart from what identifies the two.")
        is_one_app = self.profiles[0].client_id == self.profiles[1].client_id
        return f"{found} {_('Both are of the same app; their keys are not compared.')}" if is_one_app else found

    def groups(self, *, different_only: bool = False) -> Iterator[tuple[Group, tuple[Row, ...]]]:
        """Yield the rows by what they are about.

        Args:
            different_only: leave out what is the same, or not known to differ.
        """
        for group, rows in groupby(self.rows, attrgetter("group")):
            chosen = tuple(row for row in rows if row.differs or not different_only)
            if chosen:
                yield group, chosen

    def as_json(self) -> dict[str, Any]:
        """Return the documented shape."""
        return {
            "profiles": [profile.name for profile in self.profiles],
            "same": self.same,
            "verified": list(self.verified),
            "rows": [row.as_json() for row in self.rows],
        }


def compare(left: Profile, right: Profile, verified: Mapping[str, Verification] | None = None) -> Comparison:
    """Compare two profiles. Nothing is sent, and no secret is read.

    Args:
        left: the first one.
        right: the other one.
        verified: verifications whose roles and checks are compared too, by the ids of the profiles.

    Raises:
        UsageError: both are the same profile.
    """
    if left.id == right.id:
        raise UsageError(_("{name} cannot be compared with itself. Name two profiles.").format(name=left.name))
    verified = verified or {}
    found = (verified.get(left.id), verified.get(right.id))
    rows = (
        *_identity((left, right), found),
        *_settings((left, right), found),
        *_scopes((left, right)),
        *_roles(found),
        *_checks((left, right), found),
    )
    return Comparison((left, right), rows, (found[0] is not None, found[1] is not None))


def _identity(profiles: _Pair, found: _Found) -> Iterator[Row]:
    for one, other in _facts(profiles, *_IDENTITY):
        codes = (one.value, other.value)
        words = (_moment(one), _moment(other))
        yield Row(Group.IDENTITY, one.key, one.label, (safe(words[0], 120), safe(words[1], 120)), codes)
    users = _users(found)
    if any(users):
        names = (users[0].name if users[0] else None, users[1].name if users[1] else None)
        yield Row(Group.IDENTITY, "user", _("Acting user"), names, names)


def _facts(profiles: _Pair, *keys: str) -> Iterator[tuple[Fact, Fact]]:
    """Yield the facts that at least one of the profiles has."""
    left, right = profiles
    for one, other in zip(facts_of(left, *keys), facts_of(right, *keys), strict=True):
        if one.value or other.value:
            yield one, other


def _moment(fact: Fact) -> str:
    """Return a fact in words: a moment as people read it, and anything else as it is."""
    if fact.key not in {"created", "checked"}:
        return fact.value
    return f"{fact.value[:16].replace('T', ' ')} UTC" if fact.value else _("never")


def _settings(profiles: _Pair, found: _Found) -> Iterator[Row]:
    for key, label in (("iu", _("Gateway region")), ("pu", _("Sign-in region"))):
        first, second = (_region(str(profile.public.get(key, ""))) for profile in profiles)
        yield Row(Group.SETTINGS, f"region-{key}", label, (safe(first, 120), safe(second, 120)), (first, second))
    if profiles[0].client_id == profiles[1].client_id:
        for one, other in _facts(profiles, "server"):
            shown = (safe(one.value, 120), safe(other.value, 120))
            yield Row(Group.SETTINGS, one.key, one.label, shown, (one.value, other.value))
    for one, other in _facts(profiles, "export_target", "hosts"):
        codes = (one.value, other.value)
        if one.key == "export_target":
            codes = (str(profiles[0].export_target or ""), str(profiles[1].export_target or ""))
        yield Row(Group.SETTINGS, one.key, one.label, (safe(one.value, 120), safe(other.value, 120)), codes)
    users = _users(found)
    if any(users):
        kinds = [None if user is None else user.is_service_user for user in users]
        words = {None: None, True: _("service user"), False: _("user who can sign in")}
        codes_of = {None: None, True: "service", False: "person"}
        values = (words[kinds[0]], words[kinds[1]])
        yield Row(Group.SETTINGS, "user-kind", _("Kind of user"), values, (codes_of[kinds[0]], codes_of[kinds[1]]))


def _users(found: _Found) -> tuple[User | None, User | None]:
    first, second = (one.facts.user if one else None for one in found)
    return first, second


def _region(address: str) -> str:
    """Return region and domain of an address of Infor's cloud; of another address its host."""
    host = _host(address)
    return region_of(host) if is_known(host) else host


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _scopes(profiles: _Pair) -> Iterator[Row]:
    first, second = (scopes_of(profile.public.get("sc")) for profile in profiles)
    yield from _members(Group.SCOPES, first, second)


def _roles(found: _Found) -> Iterator[Row]:
    first, second = (user.roles if user else None for user in _users(found))
    yield from _members(Group.ROLES, first, second)


def _members(group: Group, first: tuple[str, ...] | None, second: tuple[str, ...] | None) -> Iterator[Row]:
    """Yield a row for each name that one of two sets has, in the order of the alphabet."""
    for name in sorted({*(first or ()), *(second or ())}, key=str.casefold):
        codes = (_member(name, first), _member(name, second))
        words = (codes[0] and _("yes"), codes[1] and _("yes"))
        yield Row(group, name, safe(name, 80), words, codes)


def _member(name: str, names: tuple[str, ...] | None) -> str | None:
    if names is None:
        return None
    return "yes" if name in names else ""


def _checks(profiles: _Pair, found: _Found) -> Iterator[Row]:
    left, right = (profile.checked for profile in profiles)
    outcomes = (_outcome(left), _outcome(right))
    yield Row(Group.CHECKS, "verdict", _("Last verification"), (_verdict(left), _verdict(right)), outcomes)
    worst = (_worst(left), _worst(right))
    if any(worst):
        yield Row(Group.CHECKS, "worst", _("Worst finding"), (_headline(left), _headline(right)), worst)
    titles: dict[str, str] = {}
    for one in found:
        titles |= {result.id: result.title for result in (one.results if one else ())}
    for key, title in titles.items():
        results = [next((one for one in side.results if one.id == key), None) if side else None for side in found]
        first, second = ((None, None) if one is None else (one.word, str(one.status)) for one in results)
        yield Row(Group.CHECKS, key, title, (first[0], second[0]), (first[1], second[1]))


def _outcome(checked: Checked | None) -> str | None:
    return None if checked is None else "ok" if checked.ok else "failed"


def _verdict(checked: Checked | None) -> str | None:
    return None if checked is None else _("works") if checked.ok else _("does not work")


def _headline(checked: Checked | None) -> str | None:
    return None if checked is None else safe(checked.headline, 160)


def _worst(checked: Checked | None) -> str | None:
    """Return the code of the worst finding; None where it was not remembered, as by older versions."""
    return None if checked is None or (checked.headline and not checked.code) else checked.code


def candidates(profile: Profile, profiles: Iterable[Profile]) -> tuple[Profile, ...]:
    """Return the profiles that ``profile`` can be compared with: those of the same customer first, then by name."""
    customer = _customer(profile)
    others = (one for one in profiles if one.id != profile.id)
    return tuple(sorted(others, key=lambda one: (_customer(one) != customer, one.name)))


def _customer(profile: Profile) -> str:
    return profile.tenant.upper().removesuffix(f"_{profile.environment}")
