"""Waiting for a download."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from ionapi_tui.domain.guide import flow
from ionapi_tui.files.downloads import Download, find
from ionapi_tui.plain.console import Console
from ionapi_tui.plain.menu import run
from tests.ui.machine import Machine


def test_a_file_that_arrives_is_looked_at(machine: Machine) -> None:
    machine.download("Old.ionapi", tenant="OLD_TST")

    async def arriving(folder: Path, _stop: object) -> AsyncIterator[tuple[Download, ...]]:
        yield find(folder)
        machine.download("New.ionapi", tenant="NEW_TST")
        yield find(folder)

    answers = ["2", ""]
    said: list[str] = []
    services = machine.services(watch_downloads=arriving)
    run(services, Console(lambda: answers.pop(0) if answers else None, said.append), flow.IMPORT)
    assert "A file has arrived: New.ionapi" in said
    assert [profile.name for profile in machine.profiles.profiles()] == ["new-tst"]


def test_a_wait_that_is_interrupted_goes_back_to_the_choice(machine: Machine) -> None:
    async def interrupted(_folder: Path, _stop: object) -> AsyncIterator[tuple[Download, ...]]:
        yield ()
        raise KeyboardInterrupt

    answers = ["1"]
    said: list[str] = []
    services = machine.services(watch_downloads=interrupted)
    run(services, Console(lambda: answers.pop(0) if answers else None, said.append), flow.IMPORT)
    assert "No new file has arrived." in said
    assert said.count("Which file?") == 2
