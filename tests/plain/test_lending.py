"""A file on loan, line by line."""

from __future__ import annotations

from pathlib import Path

from ionapi_tui.domain.guide import flow
from ionapi_tui.plain.console import Console
from ionapi_tui.plain.menu import run
from ionapi_tui.usecases.lending import upload_page
from tests.plain.transcript import converse
from tests.samples import sample
from tests.ui.machine import Machine
from tests.ui.practising import PRACTICE


def watching(machine: Machine, path: Path, *answers: str) -> tuple[list[str], list[bool]]:
    """Answer questions about the first profile; return what was said, and whether ``path`` was there at each question.

    After the answers the input ends.
    """
    left, said, there = list(answers), [], []  # type: ignore[var-annotated]

    def read() -> str | None:
        there.append(path.exists())
        return left.pop(0) if left else None

    run(machine.services(), Console(read, said.append), flow.HOME)
    return said, there


def test_the_file_is_there_until_enter_is_pressed(machine: Machine) -> None:
    machine.store("ACME_TST")
    machine.downloads.mkdir()
    path = machine.downloads / "acme-tst.ionapi"
    said, there = watching(machine, path, "2", "7", "")
    assert there == [False, False, True, False]
    text = " ".join(said)
    assert f"Written to {path}. Only you can read it." in text
    assert "press Enter to delete it. It is deleted after 15 minutes at the latest." in " ".join(text.split())
    assert f"{path} was deleted again." in text
    assert machine.opened == [upload_page(machine.services())]


def test_the_file_of_a_practice_tenant_is_said_to_be_of_no_use(machine: Machine) -> None:
    machine.store_document(sample(**PRACTICE), "practice-tst")
    machine.downloads.mkdir()
    said, _there = watching(machine, machine.downloads / "practice-tst.ionapi", "2", "7", "")
    assert "This is a practice file: DocBits cannot use it." in said


def test_the_file_is_taken_back_when_the_input_ends(machine: Machine) -> None:
    machine.store("ACME_TST")
    machine.downloads.mkdir()
    path = machine.downloads / "acme-tst.ionapi"
    said, there = watching(machine, path, "2", "7")
    assert there == [False, False, True]
    assert f"{path} was deleted again." in " ".join(said)
    assert list(machine.downloads.iterdir()) == []


def test_production_is_written_only_when_its_name_is_typed(machine: Machine) -> None:
    machine.store("ACME_PRD")
    machine.downloads.mkdir()
    path = machine.downloads / "acme-prd.ionapi"
    said, there = watching(machine, path, "2", "7", "yes")
    assert not any(there)
    assert "Nothing was written." in said
    _said, there = watching(machine, path, "2", "7", "acme-prd", "")
    assert there == [False, False, False, True, False]


def test_without_a_browser_the_address_is_said(machine: Machine) -> None:
    machine.store("ACME_TST")
    machine.downloads.mkdir()
    machine.opens = False
    assert converse(machine, "2", "7", "", page=flow.HOME).has(
        "The documentation of DocBits:", "https://docs.docbits.com/infor-integration", "deleted again"
    )


def test_a_file_that_is_in_the_way_is_named_and_stays(machine: Machine) -> None:
    machine.store("ACME_TST")
    machine.downloads.mkdir()
    (machine.downloads / "acme-tst.ionapi").write_text("{}")
    assert converse(machine, "2", "7", page=flow.HOME).has("Error: There is already a file", "Move or delete it")
    assert (machine.downloads / "acme-tst.ionapi").read_text() == "{}"


def test_it_is_offered_after_an_import(machine: Machine) -> None:
    machine.downloads.mkdir()
    machine.download("Doc2Export.ionapi")
    said = converse(machine, "1", "", "2", "1", "4", "", "5", "6", page=flow.IMPORT)
    assert said.has("4. Write the file for an upload, and delete it afterwards", "deleted again")
