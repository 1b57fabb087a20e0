"""File requests: their list and their keys are changed together, whenever the process ends."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from keyring.errors import KeyringLocked

from ionapi_tui.base.access import is_private
from ionapi_tui.base.errors import RegistryError, StoreFailed, StoreLocked
from ionapi_tui.domain.handover.file_request import FileRequest, State
from ionapi_tui.profile_store.file_requests import MOST_CLOSED, FileRequests, NoSuchFileRequest
from ionapi_tui.profile_store.list_file import ListFile
from ionapi_tui.profile_store.store import random_id
from tests.fixtures.fake_keyring import FakeKeyring, ForgetfulKeyring, LockedKeyring, TroubledKeyring
from tests.fixtures.shelf import KEY, NOW, Shelf, numbers
from tests.fixtures.steps import Crash, SteppingKeyring, Steps, crash


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """A folder and a keyring that behaves."""
    return Shelf(tmp_path / "shelf", TroubledKeyring())


def requests_of(shelf: Shelf) -> FileRequests:
    """Return the file requests of ``shelf``."""
    return shelf.store().file_requests


def items(shelf: Shelf) -> set[str]:
    """Return the ids of the requests whose keys are in the keyring."""
    assert isinstance(shelf.backend, FakeKeyring)
    return {service.split(":")[1] for service, _user in shelf.backend.kept}


def test_a_request_is_listed_and_its_key_is_in_the_store_alone(shelf: Shelf) -> None:
    requests = requests_of(shelf)
    request = requests.create("Acme GmbH")
    assert requests.all() == requests.open() == (request,)
    assert (request.customer, request.created, request.store) == ("Acme GmbH", "2026-11-22T07:30:00Z", KEY)
    key = requests.key(request)
    assert key is not None
    private = json.loads(key.reveal())
    written = (shelf.folder / "file-requests.json").read_text()
    assert private["x"] in written
    assert private["d"] not in written
    assert is_private(shelf.folder / "file-requests.json")


def test_every_request_has_a_key_of_its_own(shelf: Shelf) -> None:
    requests = requests_of(shelf)
    one, other = requests.create("Acme"), requests.create("Acme")
    assert one.id != other.id
    assert one.public["x"] != other.public["x"]
    assert requests.key(one) != requests.key(other)


def test_an_answered_request_is_remembered_without_its_key(shelf: Shelf) -> None:
    requests = requests_of(shelf)
    request = requests.create("Acme")
    requests.answered(request.id)
    assert requests.open() == ()
    remembered = requests.find(request.id)
    assert remembered is not None
    assert (remembered.state, remembered.closed, remembered.has_key) == (State.ANSWERED, "2026-11-22T07:30:00Z", False)
    assert items(shelf) == set()


def test_a_request_is_withdrawn_by_the_beginning_of_its_id(shelf: Shelf) -> None:
    requests = requests_of(shelf)
    one, other = requests.create("Acme"), requests.create("Globex")
    assert requests.withdraw(one.short_id.upper()) == one
    assert requests.open() == (other,)
    assert items(shelf) == {other.id}


@pytest.mark.parametrize("beginning", ["", "zz", "\x1b]0;"])
def test_an_id_that_is_not_open_cannot_be_withdrawn(shelf: Shelf, beginning: str) -> None:
    requests = requests_of(shelf)
    request = requests.create("Acme")
    with pytest.raises(NoSuchFileRequest) as caught:
        requests.withdraw(beginning)
    assert "\x1b" not in str(caught.value)
    requests.answered(request.id)
    with pytest.raises(NoSuchFileRequest):
        requests.withdraw(request.id)


def test_closing_twice_changes_nothing(shelf: Shelf) -> None:
    requests = requests_of(shelf)
    request = requests.create("Acme")
    requests.withdraw(request.id)
    closed = requests.all()
    requests.answered(request.id)
    requests.answered("0000000000000000")
    assert requests.all() == closed


@pytest.mark.parametrize("backend", [ForgetfulKeyring, LockedKeyring])
def test_a_store_that_fails_leaves_no_request_behind(tmp_path: Path, backend: type[FakeKeyring]) -> None:
    requests = requests_of(Shelf(tmp_path / "shelf", backend()))
    with pytest.raises((StoreFailed, StoreLocked)):
        requests.create("Acme")
    assert all(request.customer == "Acme" for request in requests.open())
    assert len(requests.open()) == (1 if backend is LockedKeyring else 0), "a locked store cannot delete either"


def test_a_list_that_cannot_be_written_leaves_no_key_behind(shelf: Shelf) -> None:
    requests = FileRequests(
        Path("/proc/none/file-requests.json"), shelf.opener(), lambda: shelf.lock, lambda: NOW, lambda: "1"
    )
    with pytest.raises(RegistryError, match="cannot be written"):
        requests.create("Acme")
    assert items(shelf) == set()


def test_a_key_that_cannot_be_deleted_is_deleted_later(shelf: Shelf) -> None:
    requests = requests_of(shelf)
    request = requests.create("Acme")
    assert isinstance(shelf.backend, TroubledKeyring)
    shelf.backend.troubles = {"delete": locked}
    requests.answered(request.id)
    assert requests.open() == ()
    assert items(shelf) == {request.id}
    shelf.backend.troubles = {}
    shelf.store().recover()
    assert items(shelf) == set()
    found = requests.find(request.id)
    assert found is not None
    assert not found.has_key


def locked() -> None:
    """Refuse, as a locked keyring does."""
    raise KeyringLocked("locked")


class SteppingRequests(FileRequests):
    """File requests for which each writing of the list is a step too."""

    def __init__(self, shelf: Shelf, steps: Steps) -> None:
        opener = shelf.opener(SteppingKeyring(shelf.backend, steps))
        path = shelf.folder / "file-requests.json"
        super().__init__(path, opener, lambda: shelf.lock, lambda: NOW, random_id)
        self._list = SteppingList(self._list, steps)


class SteppingList(ListFile[FileRequest]):
    """A list of which each writing is a step too."""

    def __init__(self, file: ListFile[FileRequest], steps: Steps) -> None:
        self.__dict__.update(vars(file))
        self._steps = steps

    def save(self, items: Iterable[FileRequest]) -> None:
        self._steps.pass_one()
        super().save(items)


@pytest.mark.parametrize("operation", ["create", "answered", "withdraw"])
def test_an_end_at_any_step_leaves_no_key_that_the_list_does_not_name(tmp_path: Path, operation: str) -> None:
    for number in numbers():
        shelf = Shelf(tmp_path / f"{operation}-{number}", FakeKeyring())
        requests = SteppingRequests(shelf, Steps(number, crash))
        known = [] if operation == "create" else [requests_of(shelf).create("Acme")]
        change: Callable[[str], object] = getattr(requests, operation)
        ended = False
        try:
            change(known[0].id if known else "Acme")
        except Crash:
            ended = True
        assert items(shelf) <= {one.id for one in requests_of(shelf).all()}
        shelf.store().recover()
        after = requests_of(shelf)
        assert items(shelf) <= {one.id for one in after.open()}
        for one in after.open():
            after.withdraw(one.id)
        assert items(shelf) == set()
        if not ended:
            assert number >= 2
            return


def test_many_threads_lose_no_request(shelf: Shelf) -> None:
    threads = [threading.Thread(target=lambda: requests_of(shelf).create("Acme")) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(requests_of(shelf).open()) == len(items(shelf)) == 8


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"[]", b'{"version": 1}', b'{"version": "1", "requests": []}', b'{"version":1,"requests":[1]}'),
        b'{"version": 1, "requests": [{"id": "", "customer": "", "created": "", "store": "", "closed": "", '
        b'"has_key": true, "state": "open", "public": ["not a key"]}]}',
    ],
)
def test_a_damaged_list_is_kept_and_said(shelf: Shelf, content: bytes) -> None:
    requests = requests_of(shelf)
    requests.create("Acme")
    path = shelf.folder / "file-requests.json"
    path.write_bytes(content)
    with pytest.raises(RegistryError, match="was damaged"):
        requests.all()
    assert requests.all() == ()
    assert [one.read_bytes() for one in shelf.folder.glob("file-requests.json.broken-*")] == [content]


def test_a_list_of_a_newer_version_is_not_touched(shelf: Shelf) -> None:
    requests = requests_of(shelf)
    requests.create("Acme")
    path = shelf.folder / "file-requests.json"
    path.write_text('{"version": 2, "requests": []}')
    for change in (requests.all, lambda: requests.create("Globex"), lambda: requests.withdraw("0")):
        with pytest.raises(RegistryError, match="newer version"):
            change()
    assert path.read_text() == '{"version": 2, "requests": []}'
    shelf.store().recover()


def test_only_so_many_closed_requests_are_remembered(shelf: Shelf, tmp_path: Path) -> None:
    requests = requests_of(shelf)
    first = requests.create("first")
    requests.withdraw(first.id)
    path = shelf.folder / "file-requests.json"
    document = json.loads(path.read_text())
    document["requests"] += [document["requests"][0] | {"id": f"{n:016x}"} for n in range(MOST_CLOSED)]
    path.write_text(json.dumps(document))
    kept = requests.create("open")
    assert requests.find(first.id) is None
    assert len(requests.all()) == MOST_CLOSED + 1
    assert requests.open() == (kept,)


def test_a_request_shows_no_key() -> None:
    request = FileRequest("0" * 16, "Acme", "2026-11-22T07:30:00Z", KEY, {"x": "AAAA"})
    assert "AAAA" not in repr(request)
