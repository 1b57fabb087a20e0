"""The same situations, met by the command, the app and plain mode: the same is stored, the same deleted, and said."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest

from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.guide import flow
from ionapi_tui.profile_store.store import ProfileStore
from ionapi_tui.ui.screens.bulk_import import BulkImportPage
from ionapi_tui.ui.screens.import_file import ImportPage
from ionapi_tui.usecases.services import Services
from tests.cli.conftest import SCRIPT
from tests.fixtures.disks import closed_folder, read_only_folder
from tests.fixtures.private_keyring import PrivateKeyring
from tests.plain.transcript import converse
from tests.samples import MARKER, as_bytes, sample
from tests.ui.driving import Person, running
from tests.ui.machine import Machine
from tests.ui.reviewing import review

pytestmark = pytest.mark.keyring

Document = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """What somebody wants with a file, and whether that can be."""

    path: Path
    name: str = ""
    """What is typed as the profile's name; empty for what is proposed."""
    replace: bool = False
    """Whether the credentials of the same app are to be replaced."""
    delete: bool = False
    closed: Path | None = None
    """A folder that cannot be written to meanwhile."""
    fails: bool = False
    """Whether nothing can be stored."""


class FrontEnd(Protocol):
    """One of the three, on a machine of its own."""

    @property
    def profiles(self) -> ProfileStore:
        """The stored profiles, as another process would see them."""

    def take_the_store_away(self) -> None:
        """Leave the machine without a store for secrets."""

    def imports(self, case: Case) -> str:
        """Import a file and return everything that was said."""

    def imports_folder(self, folder: Path) -> str:
        """Import what is best in a folder, and return everything that was said."""


@dataclass
class Command:
    """``ionapi-tui import``."""

    monkeypatch: pytest.MonkeyPatch

    @property
    def profiles(self) -> ProfileStore:
        return Services().profiles

    def take_the_store_away(self) -> None:
        self.monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")

    def imports(self, case: Case) -> str:
        options = ["--name", case.name] * bool(case.name)
        options += ["--replace"] * case.replace + ["--delete-file"] * case.delete
        with ExitStack() as stack:
            prefix = stack.enter_context(read_only_folder(case.closed)) if case.closed else ()
            return self._run(*prefix, SCRIPT, "import", str(case.path), *options)

    def imports_folder(self, folder: Path) -> str:
        return self._run(SCRIPT, "import", str(folder))

    def _run(self, *command: str) -> str:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert MARKER not in done.stdout + done.stderr
        return " ".join((done.stdout + done.stderr).split())


@dataclass
class App:
    """The screens."""

    machine: Machine
    said: list[str] = field(default_factory=list)

    @property
    def profiles(self) -> ProfileStore:
        return self.machine.profiles

    def take_the_store_away(self) -> None:
        self.machine.keyring = None

    def imports(self, case: Case) -> str:
        asyncio.run(self._imports(case))
        return " ".join(self.said)

    def imports_folder(self, folder: Path) -> str:
        asyncio.run(self._imports_folder(folder))
        return " ".join(self.said)

    async def _imports(self, case: Case) -> None:
        async with running(self.machine.app()) as person:
            await review(person, case.path)
            if case.name:
                await person.write(case.name)
            await self._press(person, "ctrl+s", "Stored as", "Not stored.", "Nothing can be stored.")
            if case.delete:
                await self._press(person, "d", "Delete the downloaded file?")
                with closed(case.closed):
                    await self._press(person, "d", "could not be" if case.closed else "file is deleted.")

    async def _imports_folder(self, folder: Path) -> None:
        assert folder == self.machine.downloads
        async with running(self.machine.app()) as person:
            await person.goes_to("import", ImportPage)
            await person.press("b")
            await person.write(str(folder))
            await person.press("enter")
            await person.is_on(BulkImportPage)
            await person.sees("Press Enter to store")
            await self._press(person, "enter", "is stored.")

    async def _press(self, person: Person, key: str, *ends: str) -> None:
        """Press a key, wait for one of ``ends`` on the screen, and note what is there."""
        await person.press(key)
        await person.until(lambda: any(end in person.text() for end in ends))
        self.said.append(person.text())


@dataclass
class Plain:
    """Plain mode."""

    machine: Machine

    @property
    def profiles(self) -> ProfileStore:
        return self.machine.profiles

    def take_the_store_away(self) -> None:
        self.machine.keyring = None

    def imports(self, case: Case) -> str:
        # Not again when it fails; not verified, and the file deleted or kept, when it does not.
        after = ("2",) if case.fails else ("2", "2" if case.delete else "1")
        if case.replace:
            # Without verifying.
            after = ("2", *after)
        with closed(case.closed):
            # The files of the folder come before the line that asks for a path.
            typed = str(len(list(self.machine.downloads.glob("*.ionapi"))) + 2)
            return converse(self.machine, typed, str(case.path), case.name, *after, page=flow.IMPORT).text

    def imports_folder(self, folder: Path) -> str:
        assert folder == self.machine.downloads
        return converse(self.machine, "1", "", "2", "1", page=flow.IMPORT).text


@contextmanager
def closed(folder: Path | None) -> Iterator[None]:
    """Take the right to write from ``folder``, if there is one."""
    with ExitStack() as stack:
        if folder is not None:
            stack.enter_context(closed_folder(folder))
        yield


@pytest.fixture
def machine(own_home: Path) -> Machine:
    """The machine of the test, whose home the command has, too."""
    return Machine(own_home)


@pytest.fixture(params=["command", "app", "plain"])
def front_end(
    request: pytest.FixtureRequest,
    machine: Machine,
    in_private_keyring: PrivateKeyring,
    monkeypatch: pytest.MonkeyPatch,
) -> FrontEnd:
    """Each of the three."""
    made: dict[str, Callable[[], FrontEnd]] = {
        "command": lambda: Command(monkeypatch),
        "app": lambda: App(machine),
        "plain": lambda: Plain(machine),
    }
    return made[request.param]()


def stored(front_end: FrontEnd) -> dict[str, Document]:
    """Return the documents of all profiles, secrets included, by their names."""
    profiles = front_end.profiles
    names = [profile.name for profile in profiles.profiles()]
    return {name: json.loads(profiles.credentials(name).to_document().reveal()) for name in names}


def another_key(document: Document) -> Document:
    """Return what a second download of the same app holds."""
    return document | {key: sample()[key] for key in ("saak", "sask")}


def put(front_end: FrontEnd, document: Document, name: str) -> None:
    """Store a profile, as an earlier run would have."""
    front_end.profiles.add(Credentials.from_document(document), name)


def test_a_new_app_is_stored_under_the_proposed_name(front_end: FrontEnd, machine: Machine) -> None:
    document = sample()
    path = machine.download(content=as_bytes(document))
    assert "Stored as acme-tst" in front_end.imports(Case(path))
    assert stored(front_end) == {"acme-tst": document}
    assert path.exists()


def test_a_second_app_of_a_tenant_gets_a_longer_name(front_end: FrontEnd, machine: Machine) -> None:
    first, second = sample(), sample(app="Invoices")
    put(front_end, first, "acme-tst")
    front_end.imports(Case(machine.download(content=as_bytes(second))))
    assert stored(front_end) == {"acme-tst": first, "acme-tst-invoices": second}


def test_the_same_app_keeps_its_name_and_gets_the_new_keys(front_end: FrontEnd, machine: Machine) -> None:
    old = sample()
    new = another_key(old)
    put(front_end, old, "mine")
    assert "Stored as mine" in front_end.imports(Case(machine.download(content=as_bytes(new)), replace=True))
    # A command was told to replace them; a person may not know what they are needed for.
    kept = {} if isinstance(front_end, Command) else {"mine-old": old}
    assert stored(front_end) == {"mine": new, **kept}


def test_a_name_that_another_app_has_is_not_taken_away(front_end: FrontEnd, machine: Machine) -> None:
    theirs = sample(tenant="GLOBEX_PRD")
    put(front_end, theirs, "mine")
    said = front_end.imports(Case(machine.download(), "mine", fails=True))
    assert "There is already a profile mine" in said
    assert stored(front_end) == {"mine": theirs}


@pytest.mark.parametrize(("older", "newer"), [("Doc2Export.ionapi", "Doc2Export (1).ionapi"), ("a.ionapi", "b.ionapi")])
def test_of_two_downloads_of_an_app_the_newer_one_is_stored(
    front_end: FrontEnd, machine: Machine, older: str, newer: str
) -> None:
    old = sample()
    new = another_key(old)
    for age, (name, document) in enumerate({older: old, newer: new}.items()):
        os.utime(machine.download(name, as_bytes(document)), (1_700_000_000 + age,) * 2)
    front_end.imports_folder(machine.downloads)
    assert stored(front_end) == {"acme-tst": new}
    assert {path.name for path in machine.downloads.iterdir()} == {older, newer}


def test_a_file_is_deleted_when_that_is_wished(front_end: FrontEnd, machine: Machine) -> None:
    path = machine.download()
    assert "is deleted." in front_end.imports(Case(path, delete=True))
    assert not path.exists()


@pytest.mark.posix("symbolic links need a right on Windows")
def test_a_link_is_deleted_with_the_file_it_leads_to(front_end: FrontEnd, machine: Machine) -> None:
    file = machine.elsewhere("Doc2Export.ionapi")
    link = machine.downloads / "link.ionapi"
    link.symlink_to(file)
    assert "is deleted." in front_end.imports(Case(link, delete=True))
    assert not file.exists()
    assert not link.is_symlink()


def test_a_file_that_cannot_be_deleted_is_stored_and_said(front_end: FrontEnd, machine: Machine) -> None:
    file = machine.elsewhere("Doc2Export.ionapi")
    said = front_end.imports(Case(file, delete=True, closed=file.parent))
    why = "" if sys.platform == "win32" else "Permission denied"
    assert f"could not be deleted: {why}" in said
    assert "is deleted." not in said
    assert list(stored(front_end)) == ["acme-tst"]
    assert file.exists()


@pytest.mark.posix("symbolic links need a right on Windows")
def test_a_link_that_cannot_be_deleted_is_told_from_its_file(front_end: FrontEnd, machine: Machine) -> None:
    file = machine.download()
    link = machine.elsewhere("link.ionapi")
    link.unlink()
    link.symlink_to(file)
    said = front_end.imports(Case(link, delete=True, closed=link.parent))
    assert "is deleted, but the link" in said
    assert not file.exists()
    assert link.is_symlink()


def test_without_a_store_nothing_is_stored_and_the_reason_given(front_end: FrontEnd, machine: Machine) -> None:
    path = machine.download()
    front_end.take_the_store_away()
    said = front_end.imports(Case(path, fails=True))
    assert any(reason in said for reason in ("Nothing can be stored.", "Error: "))
    assert front_end.profiles.profiles() == ()
    assert path.exists()
