"""The profiles: the list in the registry and the secrets in their stores, as one."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, NoReturn

from ionapi_tui.base.errors import NoSuchProfile, RegistryError, StoreFailed
from ionapi_tui.base.language import _
from ionapi_tui.base.paths import Paths
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Checked, Profile, check_name, timestamp
from ionapi_tui.profile_store.registry import BrokenRegistry, Contents, Registry, token_item

if TYPE_CHECKING:
    from pathlib import Path

    from ionapi_tui.base.secret import Secret
    from ionapi_tui.domain.credentials import Credentials
    from ionapi_tui.files.atomic import ProcessLock
    from ionapi_tui.profile_store.recovery import Recovered
    from ionapi_tui.profile_store.secret_store import SecretStore


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

    @cached_property
    def _lock(self) -> ProcessLock:
        from ionapi_tui.files.atomic import ProcessLock

        return self._given_lock if isinstance(self._given_lock, ProcessLock) else ProcessLock(self._given_lock)

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

    def credentials(self, name: str | Profile) -> Credentials:
        """Return the credentials of a profile or of the name of one, including the secrets.

        Raises:
            NoSuchProfile: there is none with that name.
            StoreError: the store is not available or locked, or no longer contains the secret.
        """
        profile = self.profile(name) if isinstance(name, str) else name
        store = self._open_store(profile.store)
        secret = store.get(profile.id)
        if secret is None:
            sentence = _(
                "{store} does not hold the secret of {name} any more. Import its file again, or download a new one."
            )
            raise StoreFailed(sentence.format(store=store.label, name=profile.name))
        from ionapi_tui.domain.credentials import Credentials

        try:
            return Credentials.from_parts(profile.public, secret)
        except (ValueError, KeyError, TypeError, AttributeError):
            sentence = _("What {store} holds of {name} is damaged. Import its file again, or download a new one.")
            raise StoreFailed(sentence.format(store=store.label, name=profile.name)) from None

    def token_cache(self, profile: Profile) -> TokenCache:
        """Return the cache of the access token of a profile. May prompt for a password.

        Raises:
            StoreError: the store is not available or locked.
        """
        stamp = Paths(self._registry.path.parent).token_stamp(profile.id)
        return TokenCache(self._open_store(profile.store), token_item(profile.id), stamp)

    def add(self, credentials: Credentials, name: str) -> Profile:
        """Store ``credentials`` as a new profile, and read the secret back.

        Raises:
            UsageError: ``name`` is not valid.
            ProfileExists: the name is already in use.
            StoreError: the store or the registry failed; nothing has changed.
        """
        return self.put(credentials, name, replace=False).profile

    def replace(self, name: str, credentials: Credentials) -> Profile:
        """Replace the credentials of a profile. The old ones are kept until the new ones have been read back.

        The profile keeps its name and gets a new id, so that items of the old one, such as a cached access token, are
        not used for it.

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
        if replace:
            return self._replace(credentials, name)
        check_name(name)
        store = self._open_store(None)
        from ionapi_tui.profile_store import write_ahead

        with self._lock.held():
            contents = self._load(locked=True)
            contents.check_free(name)
            profile = Profile(self._new_id(), name, store.key, self._time(), dict(credentials.public))
            write_ahead.add(self._registry, contents, store, profile, credentials.secret_part())
            return StoredProfile(profile, store.label)

    def _replace(self, credentials: Credentials, name: str) -> StoredProfile:
        from ionapi_tui.profile_store import write_ahead

        with self._lock.held():
            contents = self._load(locked=True)
            old = contents.existing(name)
            store = self._open_store(old.store)
            public, created = dict(credentials.public), self._time()
            new = dataclasses.replace(old, id=self._new_id(), created=created, public=public, checked=None, earlier=())
            write_ahead.replace(self._registry, contents, store, old, new, credentials.secret_part())
            return StoredProfile(new, store.label)

    def rename(self, old: str, new: str) -> Profile:
        """Rename a profile.

        Raises:
            UsageError: ``new`` is not a valid name.
            NoSuchProfile: there is none with the name ``old``.
            ProfileExists: ``new`` is already in use.
            RegistryError: the list cannot be written, and is unchanged.
        """
        check_name(new)
        with self._lock.held():
            contents = self._load(locked=True)
            profile = contents.existing(old)
            if new != old:
                contents.check_free(new)
            return self._put(contents, dataclasses.replace(profile, name=new))

    def succeed(self, name: str, successor: str, retired: str) -> tuple[Profile, Profile]:
        """Rename the profile ``name`` to ``retired``, and the profile ``successor`` to ``name``.

        Both names change in one write. Return the profile that is now called ``name`` first.

        Raises:
            NoSuchProfile: there is none with the name ``name`` or ``successor``.
            ProfileExists: ``retired`` is already in use by a third profile.
            RegistryError: the list cannot be written, and is unchanged.
        """
        check_name(retired)
        with self._lock.held():
            contents = self._load(locked=True)
            old, new = contents.existing(name), contents.existing(successor)
            if retired != successor:
                contents.check_free(retired)
            old, new = dataclasses.replace(old, name=retired), dataclasses.replace(new, name=name)
            self._registry.save(contents.put(old, instead_of=old).put(new, instead_of=new))
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

    def record_checks(self, outcomes: Mapping[str, Checked]) -> None:
        """Record results of verifications by the ids of the profiles; ids that no longer exist are ignored."""
        with self._lock.held():
            contents = self._load(locked=True)
            known = [one.with_check(outcomes[one.id]) if one.id in outcomes else one for one in contents.profiles]
            self._registry.save(dataclasses.replace(contents, profiles=tuple(known)))

    def trust(self, name: str, hosts: tuple[str, ...]) -> Profile:
        """Record the hosts that the user has confirmed for a profile; raises what ``rename`` raises."""
        with self._lock.held():
            contents = self._load(locked=True)
            return self._put(contents, dataclasses.replace(contents.existing(name), trusted_hosts=hosts))

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

        return recover(self._registry, self._open_store, self._lock, self._load)

    def _put(self, contents: Contents, profile: Profile) -> Profile:
        self._registry.save(contents.put(profile, instead_of=profile))
        return profile

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
            sentence = _("The list of profiles {path} is damaged and cannot be moved out of the way: {why}.")
            message = sentence.format(path=safe(self._registry.path), why=safe(error.strerror or error))
            raise RegistryError(message) from error
        sentence = _(
            "The list of profiles was damaged. It is kept as {path}; a new one begins empty. The secrets are still in "
            "their store: mend that file and move it back, or import the .ionapi files again."
        )
        raise RegistryError(sentence.format(path=safe(kept)))


class TokenCache:
    """The cached token of a profile: another item in the store of its secret.

    Reading an item is slow, so it is read again only if another process has changed it: each change also changes the
    stamp, a small file beside the lock of renewals. If a process dies between the two, another one requests at most one
    token that was not needed.
    """

    def __init__(self, store: SecretStore, item: str, stamp: Path) -> None:
        self._store, self._item, self._stamp = store, item, stamp
        self._loaded: tuple[bytes | None, Secret | None] | None = None
        """The stamp before the item was read, and its content."""

    def load(self) -> Secret | None:
        """Return the saved token; None if there is none."""
        stamp = self._read_stamp()
        if self._loaded is None or stamp is None or self._loaded[0] != stamp:
            self._loaded = stamp, self._store.get(self._item)
        return self._loaded[1]

    def save(self, text: Secret) -> None:
        """Replace the saved token by ``text``. The caller holds the lock of renewals."""
        self._store.set(self._item, text)
        self._changed(text)

    def drop(self) -> None:
        """Delete the saved token, if any. The caller holds the lock of renewals."""
        self._store.delete(self._item)
        self._changed(None)

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
