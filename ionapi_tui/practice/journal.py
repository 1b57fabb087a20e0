"""A journal of the requests, so that tests can count them."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ionapi_tui.practice.faults.fault import Surface, surface_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_NOTES = "practice.notes"
"""A dictionary in the WSGI environment; copies of the environment share it."""


def note_client(environ: WSGIEnvironment, client_id: str) -> None:
    """Leave the client id of a request for the journal."""
    environ.setdefault(_NOTES, {})["client_id"] = client_id


@dataclass(frozen=True)
class Record:
    """One request; nothing secret, no query, no body."""

    method: str
    path: str
    client_id: str | None = None
    """Who asked, as far as the tenant came to look."""
    status: int | None = None
    """None while there is no answer yet."""

    @property
    def surface(self) -> Surface:
        """Which part of the tenant it was for."""
        return surface_of(self.path)


class Journal:
    """Every request since the start or the last ``clear``, in the order they arrived."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._records: list[Record] = []
        self._generation = 0

    def __iter__(self) -> Iterator[Record]:
        with self._lock:
            return iter(list(self._records))

    def __len__(self) -> int:
        return len(self._records)

    def of(self, surface: Surface) -> list[Record]:
        """Return the requests for a part of the tenant."""
        return [record for record in self if record.surface in surface]

    @property
    def token_requests(self) -> list[Record]:
        """The requests for tokens, refused ones included."""
        return self.of(Surface.TOKEN)

    def clear(self) -> None:
        """Forget them all."""
        with self._lock:
            self._records.clear()
            self._generation += 1

    def watching(self, app: WSGIApplication) -> WSGIApplication:
        """Return ``app`` with every request written down on arrival and completed with its answer."""

        def watched(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            notes = environ[_NOTES] = dict[str, str]()
            complete = self._arrived(Record(environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")))

            def answered(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
                complete(notes.get("client_id"), int(status.split(" ", 1)[0]))
                return start_response(status, headers, exc_info)

            return app(environ, answered)

        return watched

    def _arrived(self, record: Record) -> Any:
        with self._lock:
            self._records.append(record)
            position, generation = len(self._records) - 1, self._generation

        def complete(client_id: str | None, status: int) -> None:
            with self._lock:
                if generation == self._generation:
                    self._records[position] = replace(record, client_id=client_id, status=status)

        return complete
