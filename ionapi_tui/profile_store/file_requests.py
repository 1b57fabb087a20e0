"""The file requests: their list in ``file-requests.json``, and their private keys in the password store."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from ionapi_tui.base.errors import ProfileError, StoreError, StoreFailed
from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.handover.file_request import FileRequest, State
from ionapi_tui.domain.profile import timestamp
from ionapi_tui.profile_store.list_file import ListFile, Sentences

if TYPE_CHECKING:
    from pathlib import Path

    from ionapi_tui.base.secret import Secret
    from ionapi_tui.files.atomic import ProcessLock
    from ionapi_tui.profile_store.secret_store import SecretStore

_SENTENCES: Final = Sentences(
    unreadable=N_("The list of file requests {path} cannot be read: {why}."),
    unwritable=N_("The list of file requests {path} cannot be written: {why}."),
    unmovable=N_("The list of file requests {path} is damaged and cannot be moved: {why}."),
    damaged=N_(
        "The list of file requests was damaged. It was moved to {path}, and a new list starts empty. Files from "
        "earlier hand-over pages can no longer be opened: create new pages."
    ),
    newer=N_("The list of file requests was written by a newer version of ionapi-tui. Update this one."),
)
MOST_CLOSED: Final = 200
"""How many requests are remembered after they were closed; the oldest are dropped."""


class NoSuchFileRequest(ProfileError):
    """No open file request has that id."""


class FileRequests:
    """The file requests, and all changes to them.

    The list names a request before its key is stored, and until its key is deleted. So however a process ends, no key
    is left that the list does not name. ``settle`` deletes the keys of requests that were closed.
    """

    def __init__(
        self,
        path: Path,
        open_store: Callable[[str | None], SecretStore],
        lock: Callable[[], ProcessLock],
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        """Configure; nothing is read.

        Args:
            path: ``file-requests.json``.
            open_store: returns the store with a key (None: of new secrets).
            lock: returns the lock that every writing process takes.
            clock: returns the time, in UTC.
            new_id: returns a unique id.
        """
        self._list = ListFile(path, "requests", _request, _document, _SENTENCES, clock)
        self._open_store, self._lock = open_store, lock
        self._clock, self._new_id = clock, new_id

    def all(self) -> tuple[FileRequest, ...]:
        """Return all remembered requests, oldest first. The password store is not accessed.

        Raises:
            RegistryError: the list cannot be read. A damaged one is in quarantine now; the next call succeeds.
        """
        return self._list.load()

    def open(self) -> tuple[FileRequest, ...]:
        """Return the requests whose file is still expected, oldest first; raises what ``all`` raises."""
        return tuple(request for request in self.all() if request.is_open)

    def find(self, id: str) -> FileRequest | None:
        """Return the request with that id, open or not; None if there is none."""
        return next((request for request in self.all() if request.id == id), None)

    def create(self, customer: str) -> FileRequest:
        """Create a request with a key pair of its own, and read the private key back. May prompt for a password.

        Raises:
            LibraryMissing: the library for the keys is not installed.
            StoreError: the password store or the list failed; nothing has changed.
        """
        from ionapi_tui.domain.handover.encrypted_file import new_key

        public, key = new_key()
        store = self._open_store(None)
        with self._lock().held():
            known = self._settled(self.all())
            request = FileRequest(self._new_id(), customer, self._time(), store.key, public)
            self._list.save((*known, request))
            try:
                _set(store, _item(request), key)
            except BaseException:
                # If the store fails again, the request stays in the list and can be withdrawn.
                with suppress(StoreError):
                    store.delete(_item(request))
                    self._list.save(known)
                raise
            return request

    def key(self, request: FileRequest) -> Secret | None:
        """Return the private key of an open request; None if the store no longer contains it. May prompt."""
        return self._open_store(request.store).get(_item(request))

    def answered(self, id: str) -> None:
        """Close a request whose file was stored as a profile, and delete its key.

        If the key cannot be deleted now, a later change does it.

        Raises:
            RegistryError: the list cannot be written.
        """
        with self._lock().held():
            self._close(id, State.ANSWERED)

    def withdraw(self, beginning: str) -> FileRequest:
        """Close an open request without a file, and delete its key.

        Args:
            beginning: its id, or as much of it as only one open request has.

        Raises:
            NoSuchFileRequest: none, or more than one, begins like this.
            RegistryError: the list cannot be written.
        """
        with self._lock().held():
            found = [one for one in self.open() if beginning and one.id.startswith(beginning.lower())]
            if len(found) != 1:
                sentence = _("There is no open file request {id}. “ionapi-tui guide --requests” lists them.")
                raise NoSuchFileRequest(sentence.format(id=safe(beginning, 40)))
            self._close(found[0].id, State.WITHDRAWN)
            return found[0]

    def settle(self) -> None:
        """Delete the keys of closed requests that are still there, as after a crash. Nothing is said about it."""
        with suppress(StoreError):
            if any(not one.is_open and one.has_key for one in self.all()):
                with self._lock().held(timeout=0):
                    known = self.all()
                    settled = self._settled(known)
                    if settled != known:
                        self._list.save(settled)

    def _close(self, id: str, state: State) -> None:
        known = self.all()
        if not any(one.id == id and one.is_open for one in known):
            return
        closed = tuple(
            dataclasses.replace(one, state=state, closed=self._time()) if one.id == id else one for one in known
        )
        # First the list: a key that remains is deleted later, but no file is taken twice.
        self._list.save(closed)
        settled = self._settled(closed)
        if settled != closed:
            self._list.save(settled)

    def _settled(self, known: tuple[FileRequest, ...]) -> tuple[FileRequest, ...]:
        """Delete the keys of closed requests where possible, and return the list without the oldest of those."""
        settled = [self._without_key(one) if one.has_key and not one.is_open else one for one in known]
        forgotten = [one.id for one in settled if not one.is_open and not one.has_key][:-MOST_CLOSED]
        return tuple(one for one in settled if one.id not in forgotten)

    def _without_key(self, request: FileRequest) -> FileRequest:
        try:
            self._open_store(request.store).delete(_item(request))
        except StoreError:
            return request
        return dataclasses.replace(request, has_key=False)

    def _time(self) -> str:
        return timestamp(self._clock())


def _set(store: SecretStore, item: str, key: Secret) -> None:
    """Store ``key`` and read it back.

    Raises:
        StoreError: the store failed, or did not return the key.
    """
    store.set(item, key)
    if store.get(item) != key:
        sentence = _("{store} did not return what was stored in it. Nothing was written.")
        raise StoreFailed(sentence.format(store=store.label))


def _item(request: FileRequest) -> str:
    """Return the name of the item that keeps the private key."""
    return f"{request.id}:request"


def _document(request: FileRequest) -> dict[str, Any]:
    return {**dataclasses.asdict(request), "public": dict(request.public)}


def _request(fields: dict[str, Any]) -> FileRequest:
    texts = {name: fields[name] for name in ("id", "customer", "created", "store", "closed")}
    public, has_key = fields["public"], fields["has_key"]
    if not isinstance(public, dict):
        raise TypeError
    if not all(isinstance(text, str) for text in (*texts.values(), *public.values())) or not isinstance(has_key, bool):
        raise TypeError
    return FileRequest(**texts, public=dict(public), state=State(fields["state"]), has_key=has_key)
