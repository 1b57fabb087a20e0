"""Calls that may wait for a password on the desktop, given up after a while."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final, TypeVar

from ionapi_tui.base.errors import StoreLocked
from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.profile_store.secret_store import SecretStore

T = TypeVar("T")

_MOMENT: Final = 2.0
"""Seconds after which somebody should be told what is waited for."""


class PatientStore:
    """A store whose calls are given up after some seconds.

    A call that is given up goes on in its thread, because nobody can stop a library that waits for a window. Until it
    comes back no other call is begun: each would only open one more window.
    """

    def __init__(
        self, store: SecretStore, seconds: float, announce: Callable[[str], None] = lambda _sentence: None
    ) -> None:
        """Make a patient store of ``store``.

        Args:
            store: what does the work.
            seconds: how long one call may take.
            announce: told what is waited for when a call takes more than a moment.
        """
        self._announce = announce
        self._store = store
        self._seconds = seconds
        self._given_up: threading.Thread | None = None

    @property
    def key(self) -> str:
        """What a profile remembers of the store."""
        return self._store.key

    @property
    def label(self) -> str:
        """The store's name for people."""
        return self._store.label

    def locked(self) -> bool | None:
        """Return whether the store waits for a password, without asking for it; None when nobody can tell."""
        return self._store.locked()

    def get(self, item: str) -> Secret | None:
        """Return the secret of ``item``; None when there is none."""
        return self._within(lambda: self._store.get(item))

    def set(self, item: str, secret: Secret) -> None:
        """Keep ``secret`` under ``item``, in place of what was there."""
        self._within(lambda: self._store.set(item, secret))

    def delete(self, item: str) -> None:
        """Remove ``item``; fine when there is none."""
        self._within(lambda: self._store.delete(item))

    def _within(self, call: Callable[[], T]) -> T:
        """Return what ``call`` returns, or raise what it raises.

        Raises:
            StoreLocked: it takes too long, or an earlier one has still not come back.
        """
        if self._given_up is not None and self._given_up.is_alive():
            raise self._too_long()
        answers: list[T] = []
        failures: list[BaseException] = []
        given_up = threading.Event()

        def run() -> None:
            try:
                answers.append(call())
            except BaseException as error:  # noqa: BLE001 - raised again in the thread that asked
                if not given_up.is_set():
                    failures.append(error)

        thread = threading.Thread(target=run, name="store", daemon=True)
        thread.start()
        thread.join(min(_MOMENT, self._seconds))
        if thread.is_alive() and self._seconds > _MOMENT:
            self._announce(self._waiting())
            thread.join(self._seconds - _MOMENT)
        if thread.is_alive():
            given_up.set()
            self._given_up = thread
            raise self._too_long()
        if failures:
            raise failures.pop()
        return answers[0]

    def _waiting(self) -> str:
        sentence = _("Waiting for {store}. If a window of your desktop asks for its password, enter it there.")
        return sentence.format(store=self.label)

    def _too_long(self) -> StoreLocked:
        sentence = _(
            "{store} has not answered within {seconds:g} seconds. It probably waits for its password in a window of "
            "your desktop: enter it there, or unlock the store, and try again."
        )
        return StoreLocked(sentence.format(store=self.label, seconds=self._seconds))
