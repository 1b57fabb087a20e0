"""A file on loan is there for an upload, and gone afterwards, whatever happens; nothing else is ever deleted."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from ionapi_tui.base.errors import RegistryError
from ionapi_tui.domain.inspection import inspect
from ionapi_tui.files.private_file import FileInTheWay
from ionapi_tui.profile_store.loans import Loan
from ionapi_tui.usecases.lending import Return, lend, take_back_left_over, upload_page
from ionapi_tui.usecases.recovering import recover
from ionapi_tui.usecases.services import Services
from tests.samples import sample
from tests.ui.machine import Machine


@pytest.fixture
def machine(own_home: Path) -> Machine:
    """A machine of the test's own."""
    return Machine(own_home)


@pytest.fixture
def services(machine: Machine) -> Services:
    """What a front end has, with one profile."""
    machine.store_document(sample(), "acme-tst")
    return machine.services()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the upload."""
    folder = tmp_path / "upload"
    folder.mkdir()
    return folder


def profile(services: Services) -> Any:
    return services.profiles.profile("acme-tst")


def left(services: Services, folder: Path) -> list[str]:
    """Return what is left of loans anywhere."""
    home = services.paths.home
    return sorted(
        path.name for where in (folder, home) for path in where.iterdir() if "loan" in path.name or where == folder
    )


def test_it_is_the_whole_file_and_gone_afterwards(services: Services, folder: Path) -> None:
    with lend(services, profile(services), folder) as lent:
        assert lent.path == folder / "acme-tst.ionapi"
        assert inspect(lent.path.read_bytes()).credentials == services.profiles.credentials("acme-tst")
        assert lent.is_private
        assert [path.name for path in folder.iterdir()] == ["acme-tst.ionapi"]
    assert lent.returned is not None
    assert lent.returned.how is Return.DELETED
    assert left(services, folder) == []


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
@pytest.mark.posix("symbolic links need a right on Windows")
def test_what_is_there_already_stays(services: Services, folder: Path, kind: str) -> None:
    path = folder / "acme-tst.ionapi"
    if kind == "file":
        path.write_text("mine")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("nowhere")
    with pytest.raises(FileInTheWay, match="already"):
        lend(services, profile(services), folder)
    assert left(services, folder) == ["acme-tst.ionapi"]
    assert kind != "file" or path.read_text() == "mine"


def change(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


def exchange(path: Path) -> None:
    copy = path.with_name("copy")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)


def link(path: Path) -> None:
    kept = path.with_name("kept")
    path.rename(kept)
    path.symlink_to(kept)


@pytest.mark.posix("symbolic links need a right on Windows")
@pytest.mark.parametrize("doing", [change, exchange, link])
def test_what_is_not_ours_any_more_is_said_and_left(services: Services, folder: Path, doing: Any) -> None:
    with lend(services, profile(services), folder) as lent:
        doing(lent.path)
    assert lent.returned is not None
    assert lent.returned.how is Return.CHANGED
    assert "was not deleted" in lent.returned.message
    assert os.path.lexists(lent.path)
    assert not services.paths.loans.exists()
    for path in folder.iterdir():
        path.unlink()


def test_a_file_that_was_moved_is_said_and_not_hunted(services: Services, folder: Path) -> None:
    with lend(services, profile(services), folder) as lent:
        moved = lent.path.rename(folder / "moved")
    assert lent.returned is not None
    assert lent.returned.how is Return.GONE
    assert moved.exists()
    moved.unlink()


def test_the_next_start_takes_back_what_a_process_left(services: Services, folder: Path, machine: Machine) -> None:
    lent = lend(services, profile(services), folder)
    assert recover(machine.services()) == (), "a living process has lent it"
    assert lent.path.exists()
    lent._held.close()
    (said,) = recover(machine.services())
    assert said.endswith("was deleted again.")
    assert left(services, folder) == []
    assert recover(machine.services()) == ()


@pytest.mark.parametrize("written", ["nothing", "the part", "both"])
def test_what_was_interrupted_leaves_nothing(services: Services, folder: Path, written: str) -> None:
    loan = Loan("ab12", "acme-tst", str(folder / "acme-tst.ionapi"), "0" * 64)
    if written != "nothing":
        loan.part.write_text("CANARY half")
    if written == "both":
        loan = Loan(loan.id, loan.profile, loan.path, loan.digest, loan.part.stat().st_ino)
        os.link(loan.part, loan.path)
    services.loans.put(loan)
    returned = take_back_left_over(services.loans)
    # Its content is not what was to be written, so somebody has changed it.
    assert [one.how for one in returned] == ([Return.CHANGED] if written == "both" else [])
    assert left(services, folder) == (["acme-tst.ionapi"] if written == "both" else [])
    for path in folder.iterdir():
        path.unlink()


def test_a_file_of_somebody_with_the_same_content_is_not_deleted(services: Services, folder: Path) -> None:
    with lend(services, profile(services), folder) as lent:
        content, loan = lent.path.read_bytes(), lent.loan
    path = folder / "acme-tst.ionapi"
    path.write_bytes(content)
    services.loans.put(Loan(loan.id, loan.profile, loan.path, loan.digest))
    assert take_back_left_over(services.loans) == ()
    assert path.exists()
    path.unlink()


@pytest.mark.posix("permissions")
def test_one_that_cannot_be_deleted_is_tried_again(
    services: Services, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path.name == "acme-tst.ionapi":
            raise PermissionError(errno.EPERM, "not allowed")
        unlink(path, missing_ok)

    with monkeypatch.context() as patched, lend(services, profile(services), folder) as lent:
        patched.setattr(Path, "unlink", refuse)
        returned = lent.take_back()
    assert returned.how is Return.STUCK
    assert "not allowed" in returned.message
    (said,) = recover(services)
    assert said.endswith("was deleted again.")
    assert left(services, folder) == []


def test_a_disk_without_hard_links_does(services: Services, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "not supported")

    monkeypatch.setattr(os, "link", refuse)
    with lend(services, profile(services), folder) as lent:
        assert lent.path.exists()
        with pytest.raises(FileInTheWay):
            lend(services, profile(services), folder)
    assert left(services, folder) == []


def test_what_cannot_be_remembered_is_not_written(services: Services, folder: Path) -> None:
    services.paths.loans.mkdir(parents=True)
    with pytest.raises(RegistryError):
        lend(services, profile(services), folder)
    services.paths.loans.rmdir()
    assert left(services, folder) == []


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"version": 1}', '{"version": true, "loans": []}', '{"version": 1, "loans": [1]}',
     json.dumps({"version": 1, "loans": [{"id": "../x", "profile": "a", "path": "/a", "digest": "d", "inode": 1}]}),
     json.dumps({"version": 1, "loans": [{"id": "x", "profile": "a", "path": "a", "digest": "d", "inode": 1}]}),
     json.dumps({"version": 1, "loans": [{"id": "x", "profile": "a", "path": "/a", "digest": "d", "inode": "1"}]})],
)  # fmt: skip
def test_a_damaged_list_is_kept_and_said_once(services: Services, content: str) -> None:
    services.paths.loans.write_text(content)
    with pytest.raises(RegistryError, match="scan"):
        recover(services)
    assert recover(services) == ()
    (kept,) = services.paths.home.glob("loans.json.broken-*")
    assert kept.read_text() == content


def test_a_list_of_a_newer_version_is_said_and_left(services: Services) -> None:
    services.paths.loans.write_text('{"version": 2}')
    with pytest.raises(RegistryError, match="newer"):
        recover(services)
    assert services.paths.loans.exists()


def test_the_page_on_the_upload_is_the_guides(services: Services) -> None:
    assert upload_page(services).startswith("https://docs.docbits.com/")
