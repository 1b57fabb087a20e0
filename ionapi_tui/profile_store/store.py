"""The profiles: what the registry remembers and the secret store keeps, as one."""

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
    """A profile whose secret has just been written, read back and found equal."""

    profile: Profile
    store_label: str
    """The store that has the secret, for people."""


class ProfileStore:
    """Every stored profile, and every way to change one.

    Reading the list touches neither the keyring nor the lock. Whatever changes something holds the lock from the
    first look to the last write, and leaves a note in the registry before it touches the secret store. What changes
    need is imported when something is changed, because listing has to be quick.
    """

    def __init__(
        self,
        registry: Registry,
        open_store: Callable[[str | None], SecretStore],
        lock: ProcessLock | Path,
        clock: Callable[[], datetime] = utc_now,
        new_id: Callable[[], str] = random_id,
    ) -> None:
        """Put the parts together.

        Args:
            registry: ``profiles.json``.
            open_store: returns the store of a key, or for None the one for new secrets; raises ``StoreMissing``.
            lock: what every writing process takes, or its file.
            clock: returns the time, in UTC.
            new_id: returns an id that no profile ever had.
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
        """Return every profile, oldest first; the keyring is not touched.

        Raises:
            RegistryError: the list cannot be read; a damaged one is in quarantine now, and the next call starts anew.
        """
        return self._load().profiles

    def profile(self, name: str) -> Profile:
        """Return the profile of that name; the keyring is not touched.

        Raises:
            NoSuchProfile: there is none; names that are similar are in the message.
        """
        return self._load().existing(name)

    def credentials(self, name: str | Profile) -> Credentials:
        """Return the credentials of a profile (its name will do), secrets included.

        Raises:
            NoSuchProfile: there is none of that name.
            StoreError: the store is missing or locked, or does not hold the secret any more.
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
        """Return the cached access token of a profile, which is kept beside its secret. May wait for a password.

        Raises:
            StoreError: the store is missing or locked.
        """
        stamp = Paths(self._registry.path.parent).token_stamp(profile.id)
        return TokenCache(self._open_store(profile.store), token_item(profile.id), stamp)

    def add(self, credentials: Credentials, name: str) -> Profile:
        """Store ``credentials`` as a new profile; return it once the secret has been read back and found equal.

        Raises:
            UsageError: ``name`` cannot be one.
            ProfileExists: the name is taken.
            StoreError: the store or the registry failed; nothing has changed then.
        """
        return self.put(credentials, name, replace=False).profile

    def replace(self, name: str, credentials: Credentials) -> Profile:
        """Put ``credentials`` in place of a profile's; the old ones are kept until the new ones have been read back.

        The profile keeps its name and gets a new id, so that nothing kept under the old one, such as a cached
        access token, is taken for its own.

        Raises:
            NoSuchProfile: there is none of that name.
            StoreError: the store or the registry failed; the old credentials are as they were then.
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
        """Give a profile another name.

        Raises:
            UsageError: ``new`` cannot be a name.
            NoSuchProfile: there is none called ``old``.
            ProfileExists: ``new`` is taken.
            RegistryError: the list cannot be written; nothing has changed then.
        """
        check_name(new)
        with self._lock.held():
            contents = self._load(locked=True)
            profile = contents.existing(old)
            if new != old:
                contents.check_free(new)
            return self._put(contents, dataclasses.replace(profile, name=new))

    def succeed(self, name: str, successor: str, retired: str) -> tuple[Profile, Profile]:
        """Let the profile ``successor`` be called ``name`` from now on, and the one of that name ``retired``.

        Both names change in one write. The profile that is called ``name`` now is returned first.

        Raises:
            NoSuchProfile: there is none called ``name``, or ``successor``.
            ProfileExists: ``retired`` is taken, by another one than the successor.
            RegistryError: the list cannot be written; nothing has changed then.
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
        """Move the secrets of a profile to another store; return the profile once they have been read back.

        The profile is in one store or the other, whatever moment this is interrupted.

        Args:
            name: the profile.
            key: the key of the store they shall be in.

        Raises:
            NoSuchProfile: there is none of that name.
            StoreError: a store or the registry failed; the secrets are where they were then.
        """
        # Both may wait for a password, for as long as nobody else has to wait for the lock.
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
        """Remember outcomes of verifications by the profiles' ids, as far as those are still there."""
        with self._lock.held():
            contents = self._load(locked=True)
            known = [one.with_check(outcomes[one.id]) if one.id in outcomes else one for one in contents.profiles]
            self._registry.save(dataclasses.replace(contents, profiles=tuple(known)))

    def trust(self, name: str, hosts: tuple[str, ...]) -> Profile:
        """Remember which hosts the user has confirmed for a profile; raises as ``rename`` does."""
        with self._lock.held():
            contents = self._load(locked=True)
            return self._put(contents, dataclasses.replace(contents.existing(name), trusted_hosts=hosts))

    def remove(self, name: str | Profile) -> Profile:
        """Remove a profile and its secret; return what it was.

        Args:
            name: the profile, or its name. The profile itself is removed only as long as it has its name and its
                credentials: never what another process has put in its place.

        Raises:
            NoSuchProfile: there is none of that name, or it is another one now.
            StoreError: the store or the registry failed; the profile is still there then, or the next start
                finishes the removal.
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
        """Finish or undo what a process that died has left; call it at the start, before anything is changed.

        The keyring is touched only when there is something to do. While another process is at work nothing is done:
        what looks unfinished may be what it is doing.
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
    """The cached token of a profile: one more item in the store that has its secret.

    Reading an item takes the store's time, so it is read again only when another process may have written it: whoever
    saves or drops a token changes the stamp, a small file beside the lock of renewals. A process that dies in between
    costs the others one token at most.
    """

    def __init__(self, store: SecretStore, item: str, stamp: Path) -> None:
        self._store, self._item, self._stamp = store, item, stamp
        self._loaded: tuple[bytes, Secret | None] | None = None
        """The stamp before the item was read, and what was in it."""

    def load(self) -> Secret | None:
        """Return what was saved; None when there is nothing."""
        stamp = self._read_stamp()
        if self._loaded is None or self._loaded[0] != stamp:
            self._loaded = stamp, self._store.get(self._item)
        return self._loaded[1]

    def save(self, text: Secret) -> None:
        """Keep ``text`` instead of what was there; the caller holds the lock of renewals."""
        self._store.set(self._item, text)
        self._changed(text)

    def drop(self) -> None:
        """Forget what was saved, if anything; the caller holds the lock of renewals."""
        self._store.delete(self._item)
        self._changed(None)

    def _changed(self, text: Secret | None) -> None:
        # Without a stamp the others read the item again, or get a token of their own.
        with suppress(OSError):
            self._stamp.write_bytes(os.urandom(8))
        self._loaded = self._read_stamp(), text

    def _read_stamp(self) -> bytes:
        try:
            return self._stamp.read_bytes()
        except OSError:
            return b""
