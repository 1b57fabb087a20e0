"""The profiles: the list in the registry and the secrets in their stores, as one."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Container, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final, NoReturn

from ionapi_tui.base.errors import NoSuchProfile, RegistryError, StoreError, StoreFailed
from ionapi_tui.base.language import _
from ionapi_tui.base.paths import PLAN_FILE, Paths
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import BOUND_KEYS, Checked, Notes, Profile, check_name, timestamp
from ionapi_tui.profile_store.registry import BrokenRegistry, Contents, Registry, token_item

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from ionapi_tui.domain.credentials import Credentials
    from ionapi_tui.domain.export_target import ExportTarget
    from ionapi_tui.files.atomic import ProcessLock
    from ionapi_tui.profile_store.binding import Rebinding
    from ionapi_tui.profile_store.file_requests import FileRequests
    from ionapi_tui.profile_store.plan_file import PlanFile
    from ionapi_tui.profile_store.recovery import Recovered
    from ionapi_tui.profile_store.secret_store import SecretStore
    from ionapi_tui.profile_store.survey import Survey


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def random_id() -> str:
    """Return a new profile id: 16 hexadecimal digits."""
    return os.urandom(8).hex()


@dataclass(frozen=True, slots=True)
class StoredProfile:
    """A profile whose secret has just been written and read back."""

    profile: Profile
    store_label: str
    """The display name of the store of the secret."""


class ProfileStore:
    """The stored profiles, and all changes to them.

    Reading the list needs neither the secret store nor the lock. A change holds the lock from the first read to the
    last write, and is recorded in the registry before the secret store is changed. Modules that only changes need are
    imported late, because reading has to be quick.
    """

    def __init__(
        self,
        registry: Registry,
        open_store: Callable[[str | None], SecretStore],
        lock: ProcessLock | Path,
        clock: Callable[[], datetime] = utc_now,
        new_id: Callable[[], str] = random_id,
    ) -> None:
        """Configure; nothing is read.

        Args:
            registry: ``profiles.json``.
            open_store: returns the store with a key (None: of new secrets); may raise ``StoreMissing``.
            lock: the lock that every writing process takes, or its path.
            clock: returns the time, in UTC.
            new_id: returns a unique id.
        """
        self._registry = registry
        self._open_store = open_store
        self._given_lock = lock
        self._clock = clock
        self._new_id = new_id
        self._unbound: set[str] = set()
        """The ids of profiles whose items were found not to be bound yet."""

    @cached_property
    def _lock(self) -> ProcessLock:
        from ionapi_tui.files.atomic import ProcessLock

        return self._given_lock if isinstance(self._given_lock, ProcessLock) else ProcessLock(self._given_lock)

    @cached_property
    def file_requests(self) -> FileRequests:
        """The files that others are to send back; their list is beside that of the profiles, with the same lock."""
        from ionapi_tui.profile_store.file_requests import FileRequests

        path = Paths(self._registry.path.parent).file_requests
        return FileRequests(path, self._open_store, lambda: self._lock, self._clock, self._new_id)

    @property
    def plan(self) -> PlanFile | None:
        """The tenant plan beside the list of profiles; None if there is none."""
        path = self._registry.path.with_name(PLAN_FILE)
        if not path.exists():
            return None
        from ionapi_tui.profile_store.plan_file import PlanFile

        return PlanFile(path, self._clock)

    def profiles(self) -> tuple[Profile, ...]:
        """Return all profiles, oldest first. The secret store is not accessed.

        Raises:
            RegistryError: the list cannot be read. A damaged one is in quarantine now; the next call succeeds.
        """
        return self._load().profiles

    def profile(self, name: str) -> Profile:
        """Return the profile with that name. The secret store is not accessed.

        Raises:
            NoSuchProfile: there is none; the message suggests similar names.
        """
        return self._load().existing(name)

    def credentials(self, name: str | Profile, secret: Secret | None = None) -> Credentials:
        """Return the credentials of a profile or of the name of one, including the secrets.

        Args:
            name: the profile, or its name.
            secret: what ``read_ahead`` returned for it, if it did.

        Raises:
            NoSuchProfile: there is none with that name.
            AddressesChanged: the profile is not listed as its secret was stored.
            StoreError: the store is not available or locked, or no longer contains the secret.
        """
        profile = self.profile(name) if isinstance(name, str) else name
        store = self._open_store(profile.store)
        secret = secret or store.get(profile.id)
        if secret is None:
            sentence = _(
                "{store} no longer contains the secret of {name}. Import its file again, or download a new one."
            )
            raise StoreFailed(sentence.format(store=store.label, name=profile.name))
        from ionapi_tui.domain.credentials import Credentials
        from ionapi_tui.profile_store import binding

        if not binding.check(profile, secret):
            self._unbound.add(profile.id)
        try:
            return Credentials.from_parts(profile.public, secret)
        except (ValueError, KeyError, TypeError, AttributeError):
            sentence = _("The data of {name} in {store} is damaged. Import its file again, or download a new one.")
            raise StoreFailed(sentence.format(store=store.label, name=profile.name)) from None

    def connected(self, key: str) -> AbstractContextManager[None]:
        """Return a context that keeps one connection to a store open, for many items in a row. May prompt now.

        Args:
            key: of the store.

        Raises:
            StoreError: the store is not available or locked.
        """
        return self._open_store(key).connected()

    def read_ahead(self, key: str, profiles: Iterable[Profile]) -> dict[str, Secret]:
        """Return the secrets of those of ``profiles`` that a store sends in one reply, by the ids of the profiles.

        Args:
            key: of the store, which is ``connected``.
            profiles: whose secrets.

        Raises:
            StoreError: the store is not available or locked.
        """
        return self._open_store(key).read_ahead([profile.id for profile in profiles if profile.store == key])

    def token_cache(self, profile: Profile) -> TokenCache:
        """Return the cache of the access token of a profile. May prompt for a password.

        Raises:
            StoreError: the store is not available or locked.
        """
        stamp = Paths(self._registry.path.parent).token_stamp(profile.id)
        return TokenCache(self._open_store(profile.store), profile, stamp, self._is_known)

    def _is_known(self, profile: Profile, mark: str) -> bool:
        """Return whether ``mark`` is that of ``profile`` as it is listed now, with the same addresses.

        Raises:
            AddressesChanged: the profile is not listed as its secret was stored.
        """
        listed = next((one for one in self.profiles() if one.id == profile.id), None)
        self.credentials(listed or profile)
        if listed is None or _mark(listed) != mark:
            return False
        # Another name, or another confirmed host, since ``profile`` was read.
        return all(listed.public.get(key) == profile.public.get(key) for key in BOUND_KEYS)

    def is_unbound(self, profile: Profile) -> bool:
        """Return whether the secret of a profile was read by this object and was not bound to its addresses then."""
        return profile.id in self._unbound

    def bind(self, profile: Profile) -> bool:
        """Bind the secret of a profile to its addresses, if that was not done when it was stored.

        Call it for a profile that has just been verified.

        Returns:
            Whether it was done now.

        Raises:
            StoreError: the store is not available or locked, or failed; the secret is as it was.
        """
        if not self.is_unbound(profile):
            return False
        from ionapi_tui.profile_store import binding

        store = self._open_store(profile.store)
        with self._lock.held():
            listed = next((one for one in self._load(locked=True).profiles if one.id == profile.id), None)
            secret = store.get(profile.id)
            # What was verified is bound, and nothing that took its place meanwhile.
            if listed is None or listed.binding != profile.binding or secret is None or binding.bound_in(secret):
                return False
            bound = binding.sealed(secret, profile)
            store.set(profile.id, bound)
            if store.get(profile.id) != bound:
                store.set(profile.id, secret)
                sentence = _("{store} did not return what was written to it. Nothing has been changed.")
                raise StoreFailed(sentence.format(store=store.label))
        self._unbound.discard(profile.id)
        return True

    def survey(self, can_read: Callable[[str], bool] = lambda _key: True) -> Survey:
        """Return which profiles are not listed as their secrets were stored. May prompt for passwords.

        Args:
            can_read: returns whether the secrets in the store with that key may be read.

        Raises:
            RegistryError: the list cannot be read.
        """
        from ionapi_tui.profile_store.survey import survey

        return survey(self.profiles(), self._open_store, can_read)

    def restore(self, ids: Container[str]) -> tuple[Profile, ...]:
        """List profiles again as their secrets were stored; return them as they are then. May prompt for passwords.

        Args:
            ids: the ids of profiles that ``survey`` found.

        Raises:
            ProfileExists: another profile has the name of one of them; nothing has changed.
            RegistryError: the list cannot be written, and is unchanged.
        """
        from ionapi_tui.profile_store import survey
        from ionapi_tui.profile_store.binding import restored

        # The stores may prompt, so open them before the lock is taken.
        found = self.survey()
        with self._lock.held():
            contents = self._load(locked=True)
            chosen = tuple(one for one in found.differing if one.listed.id in ids and one.listed in contents.profiles)
            mended = restored(contents, chosen)
            survey.check_names(mended)
            self._registry.save(mended)
        return tuple(one for one in mended.profiles if one not in contents.profiles)

    def add(self, credentials: Credentials, name: str, trusted_hosts: tuple[str, ...] = ()) -> Profile:
        """Store ``credentials`` as a new profile, and read the secret back.

        Args:
            credentials: what is stored.
            name: of the new profile.
            trusted_hosts: hosts that the user has confirmed for these credentials.

        Raises:
            UsageError: ``name`` is not valid.
            ProfileExists: the name is already in use.
            StoreError: the store or the registry failed; nothing has changed.
        """
        return self._add(credentials, name, trusted_hosts).profile

    def replace(self, name: str, credentials: Credentials) -> Profile:
        """Replace the credentials of a profile. The old ones are kept until the new ones have been read back.

        The profile keeps its name and gets a new id, so that items of the old one, such as a cached access token, are
        not used for it. The hosts that were confirmed for the old ones are not confirmed for the new ones.

        Raises:
            NoSuchProfile: there is none with that name.
            StoreError: the store or the registry failed; the old credentials are unchanged.
        """
        return self.put(credentials, name, replace=True).profile

    def put(self, credentials: Credentials, name: str, *, replace: bool) -> StoredProfile:
        """Store ``credentials`` as ``add`` or as ``replace`` does, and return also which store has them.

        Args:
            credentials: what is stored.
            name: of the new profile, or of the one whose credentials are replaced.
            replace: which of the two.
        """
        return self._replace(credentials, name) if replace else self._add(credentials, name, ())

    def _add(self, credentials: Credentials, name: str, hosts: tuple[str, ...]) -> StoredProfile:
        check_name(name)
        store = self._open_store(None)
        from ionapi_tui.profile_store import binding, write_ahead

        with self._lock.held():
            contents = self._load(locked=True)
            contents.check_free(name)
            public = dict(credentials.public)
            profile = Profile(self._new_id(), name, store.key, self._time(), public, trusted_hosts=hosts)
            secret = binding.sealed(credentials.secret_part(), profile)
            write_ahead.add(self._registry, contents, store, profile, secret)
            return StoredProfile(profile, store.label)

    def _replace(self, credentials: Credentials, name: str) -> StoredProfile:
        from ionapi_tui.profile_store import binding, write_ahead

        with self._lock.held():
            contents = self._load(locked=True)
            old = contents.existing(name)
            store = self._open_store(old.store)
            new = dataclasses.replace(
                old,
                id=self._new_id(),
                created=self._time(),
                public=dict(credentials.public),
                checked=None,
                trusted_hosts=(),
                earlier=(),
            )
            secret = binding.sealed(credentials.secret_part(), new)
            write_ahead.replace(self._registry, contents, store, old, new, secret)
            return StoredProfile(new, store.label)

    def rename(self, old: str, new: str) -> Profile:
        """Rename a profile. May prompt for a password, because the secret belongs to the name.

        Raises:
            UsageError: ``new`` is not a valid name.
            NoSuchProfile: there is none with the name ``old``.
            ProfileExists: ``new`` is already in use.
            AddressesChanged: the profile is not listed as its secret was stored.
            StoreError: the store or the registry failed, and the list is unchanged.
        """
        check_name(new)
        contents = self._load()
        profile = contents.existing(old)
        if new == old:
            return profile
        contents.check_free(new)
        # It may prompt for a password, so open it before the lock is taken.
        self._open_store(profile.store)
        with self._lock.held():
            contents = self._load(locked=True)
            profile = contents.existing(old)
            contents.check_free(new)
            return self._change(contents, profile, dataclasses.replace(profile, name=new))

    def succeed(self, name: str, successor: str, retired: str) -> tuple[Profile, Profile]:
        """Rename the profile ``name`` to ``retired``, and the profile ``successor`` to ``name``.

        Both names change in one write. Return the profile that is now called ``name`` first.

        Raises:
            NoSuchProfile: there is none with the name ``name`` or ``successor``.
            ProfileExists: ``retired`` is already in use by a third profile.
            AddressesChanged: the profile ``successor`` is not listed as its secret was stored. If ``name`` is not, it
                is renamed and stays refused.
            StoreError: a store or the registry failed, and the list is unchanged.
        """
        check_name(retired)
        for one in (name, successor):
            self._open_store(self.profile(one).store)
        from ionapi_tui.profile_store.binding import Rebinding

        with self._lock.held():
            contents = self._load(locked=True)
            old, new = contents.existing(name), contents.existing(successor)
            if retired != successor:
                contents.check_free(retired)
            before = new, old
            old, new = dataclasses.replace(old, name=retired), dataclasses.replace(new, name=name)
            changes = [
                Rebinding(self._open_store(was.store), was, now, lenient=now is old)
                for was, now in zip(before, (new, old), strict=True)
            ]
            for change in changes:
                change.widen()
            self._registry.save(contents.put(old, instead_of=old).put(new, instead_of=new))
            self._narrow(*changes)
            return new, old

    def move(self, name: str, key: str) -> Profile:
        """Move the secrets of a profile to another store, and read them back.

        If this is interrupted, the secrets are complete in one of the stores.

        Args:
            name: the profile.
            key: the key of the other store.

        Raises:
            NoSuchProfile: there is none with that name.
            StoreError: a store or the registry failed; the profile is unchanged.
        """
        # Both may prompt for a password, so open them before the lock is taken.
        self._open_store(self.profile(name).store)
        target = self._open_store(key)
        from ionapi_tui.profile_store import write_ahead

        with self._lock.held():
            contents = self._load(locked=True)
            old = contents.existing(name)
            if old.store == key:
                return old
            new = dataclasses.replace(old, id=self._new_id(), store=key)
            write_ahead.move(self._registry, contents, (self._open_store(old.store), target), old, new)
            return new

    def record_checks(self, outcomes: Mapping[str, Checked], reported: Mapping[str, bool] | None = None) -> None:
        """Record results of verifications, in one write, by the ids of the profiles.

        Args:
            outcomes: of verifications; ids that no longer exist are ignored.
            reported: whether profiles worked, as it has been reported to somebody who watches for changes.
        """
        reported = reported or {}

        def recorded(one: Profile) -> Profile:
            if one.id in outcomes:
                one = one.with_check(outcomes[one.id])
            return dataclasses.replace(one, reported=reported[one.id]) if one.id in reported else one

        with self._lock.held():
            contents = self._load(locked=True)
            self._registry.save(dataclasses.replace(contents, profiles=tuple(map(recorded, contents.profiles))))

    def set_notes(self, name: str, notes: Notes) -> Profile:
        """Record what somebody has noted about a profile, instead of what was noted before, and return the profile.

        Raises:
            NoSuchProfile: there is none of that name.
            RegistryError: the list cannot be written, and is unchanged.
        """
        with self._lock.held():
            contents = self._load(locked=True)
            old = contents.existing(name)
            new = dataclasses.replace(old, notes=notes)
            if new != old:
                self._registry.save(contents.put(new, instead_of=old))
            return new

    def trust(self, name: str, hosts: tuple[str, ...]) -> Profile:
        """Record the hosts that the user has confirmed for a profile; raises what ``rename`` raises."""
        self._open_store(self.profile(name).store)
        with self._lock.held():
            contents = self._load(locked=True)
            profile = contents.existing(name)
            return self._change(contents, profile, dataclasses.replace(profile, trusted_hosts=hosts))

    def set_export_target(self, names: Iterable[str], target: ExportTarget | None) -> tuple[Profile, ...]:
        """Record what DocBits exports to with each profile of ``names``; raises what ``rename`` raises."""
        with self._lock.held():
            contents, changed = self._load(locked=True), []
            for name in names:
                old = contents.existing(name)
                changed.append(old.with_export_target(target))
                contents = contents.put(changed[-1], instead_of=old)
            self._registry.save(contents)
            return tuple(changed)

    def inherit(self, name: str, other: Profile) -> Profile:
        """Give a profile what users have chosen for ``other``, such as what it exports to, but not its confirmed hosts.

        Raises:
            NoSuchProfile: there is none with the name ``name``.
            RegistryError: the list cannot be written, and is unchanged.
        """
        with self._lock.held():
            contents = self._load(locked=True)
            old = contents.existing(name)
            new = old.with_choices_of(other)
            self._registry.save(contents.put(new, instead_of=old))
            return new

    def remove(self, name: str | Profile) -> Profile:
        """Remove a profile and its secret; return the removed profile.

        Args:
            name: the profile, or its name. The profile itself is removed only as long as it has its name and its
                credentials: never what another process has put in its place.

        Raises:
            NoSuchProfile: there is none of that name, or it is another one now.
            StoreError: the store or the registry failed; the profile is unchanged, or the next start completes the
                removal.
        """
        from ionapi_tui.profile_store import write_ahead

        with self._lock.held():
            contents = self._load(locked=True)
            profile = contents.existing(name if isinstance(name, str) else name.name)
            if isinstance(name, Profile) and profile.id != name.id:
                raise NoSuchProfile(_("There is no profile {name}.").format(name=safe(name.name, 80)))
            write_ahead.remove(self._registry, contents, self._open_store(profile.store), profile)
            return profile

    def recover(self) -> tuple[Recovered, ...]:
        """Complete or undo what crashed processes began. Call it at the start, before any change.

        The secret store is accessed only if there is something to do. Nothing is done while another process makes
        changes: what is pending may be its own.
        """
        from ionapi_tui.profile_store.recovery import recover

        recovered = recover(self._registry, self._open_store, self._lock, self._load)
        if Paths(self._registry.path.parent).file_requests.exists():
            self.file_requests.settle()
        return recovered

    def _change(self, contents: Contents, old: Profile, new: Profile) -> Profile:
        """List ``new`` instead of ``old``, which has the same id, and let the secret belong to it."""
        from ionapi_tui.profile_store.binding import Rebinding

        change = Rebinding(self._open_store(old.store), old, new)
        change.widen()
        self._registry.save(contents.put(new, instead_of=old))
        self._narrow(change)
        return new

    def _narrow(self, *changes: Rebinding) -> None:
        # The change is made: an item that goes on accepting the old values as well does no harm.
        with suppress(StoreError):
            for change in changes:
                change.narrow()

    def _time(self) -> str:
        return timestamp(self._clock())

    def _load(self, *, locked: bool = False) -> Contents:
        try:
            return self._registry.load()
        except BrokenRegistry:
            if locked:
                self._quarantine()
        with self._lock.held():
            return self._load(locked=True)

    def _quarantine(self) -> NoReturn:
        from ionapi_tui.files.quarantine import quarantine

        try:
            kept = quarantine(self._registry.path, self._clock().astimezone(UTC))
        except OSError as error:
            sentence = _("The list of profiles {path} is damaged and cannot be moved: {why}.")
            message = sentence.format(path=safe(self._registry.path), why=safe(error.strerror or error))
            raise RegistryError(message) from error
        sentence = _(
            "The list of profiles was damaged. It was moved to {path}, and a new list starts empty. The "
            "secrets are still in their password store: repair that file and move it back, or import the .ionapi files "
            "again."
        )
        raise RegistryError(sentence.format(path=safe(kept)))


class TokenCache:
    """The cached token of a profile: another item in the store of its secret.

    Reading an item is slow, so it is read again only if another process has changed it: each change also changes the
    stamp, a small file beside the lock of renewals. If a process dies between the two, another one requests at most one
    token that was not needed.
    """

    def __init__(
        self, store: SecretStore, profile: Profile, stamp: Path, is_known: Callable[[Profile, str], bool]
    ) -> None:
        """Configure; nothing is read.

        Args:
            store: holds the item.
            profile: whose token it is.
            stamp: the file that changes with the item.
            is_known: returns whether a mark that is not that of ``profile`` is that of the profile as it is listed;
                raises ``AddressesChanged`` if the profile is not listed as its secret was stored.
        """
        self._store, self._profile, self._stamp, self._is_known = store, profile, stamp, is_known
        self._item = token_item(profile.id)
        self._loaded: tuple[bytes | None, Secret | None] | None = None
        """The stamp before the item was read, and its content."""

    def load(self) -> Secret | None:
        """Return the saved token; None if there is none, or it does not belong to the profile as it is.

        Raises:
            AddressesChanged: the profile is not listed as its secret was stored.
        """
        stamp = self._read_stamp()
        if self._loaded is None or stamp is None or self._loaded[0] != stamp:
            self._loaded = stamp, self._opened(self._store.get(self._item))
        return self._loaded[1]

    def save(self, text: Secret) -> None:
        """Replace the saved token by ``text``. The caller holds the lock of renewals."""
        self._store.set(self._item, Secret(f"{_mark(self._profile)} {text.reveal()}"))
        self._changed(text)

    def drop(self) -> None:
        """Delete the saved token, if any. The caller holds the lock of renewals."""
        self._store.delete(self._item)
        self._changed(None)

    def _opened(self, item: Secret | None) -> Secret | None:
        """Return the token in an item, if the item belongs to the profile."""
        mark, space, text = ("", "", "") if item is None else item.reveal().partition(" ")
        if not space or len(mark) != _MARK_LENGTH:
            # There is none, or an older version has written it: a token is soon replaced.
            return None
        return Secret(text) if mark == _mark(self._profile) or self._is_known(self._profile, mark) else None

    def _changed(self, text: Secret | None) -> None:
        # On a full disk an empty stamp remains, and everybody reads the item each time.
        with suppress(OSError):
            self._stamp.write_bytes(os.urandom(8))
        self._loaded = self._read_stamp(), text

    def _read_stamp(self) -> bytes | None:
        """Return the stamp, empty if nobody has written one yet; None if it does not say whether the item changed."""
        try:
            return self._stamp.read_bytes() or None
        except FileNotFoundError:
            return b""
        except OSError:
            return None


_MARK_LENGTH: Final = 64


def _mark(profile: Profile) -> str:
    """Return what a cached token begins with: a digest of all that its profile is bound to.

    The profile's own item has the values; a digest keeps the token's short, and is enough to notice a difference.
    """
    # Imported late: most changes do not need them.
    import json
    from hashlib import sha256

    text = json.dumps(["ionapi-tui token 1", profile.binding], sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("ascii")).hexdigest()
