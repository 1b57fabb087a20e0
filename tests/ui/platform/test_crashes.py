"""A bug in the app ends it with a traceback that shows no value of any variable."""

from __future__ import annotations

import asyncio
from typing import NoReturn

import pytest
from textual.worker import WorkerFailed

from tests.fixtures.private_keyring import wait_until
from tests.samples import MARKER, random_secret
from tests.ui.driving import running
from tests.ui.machine import Machine


async def test_a_crash_shows_where_it_happened_and_no_local_variables(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    def choose_store() -> NoReturn:
        pasted = random_secret()
        raise ZeroDivisionError(f"something that is {len(pasted)} letters long")

    with pytest.raises(WorkerFailed):
        async with running(machine.app(choose_store=choose_store)) as person:
            await person.until(lambda: not person.app.is_running)
    shown = "".join(capsys.readouterr())
    assert "something that is 86 letters long" in shown
    assert "choose_store" in shown, "it says where it happened"
    assert "locals" not in shown
    assert MARKER not in shown


async def test_a_page_that_is_opened_while_the_app_ends_is_no_crash(machine: Machine) -> None:
    async with running(machine.app()) as person:
        # Both in one moment, as when a signal comes with the key; from then on Textual mounts nothing.
        person.app.show("1")
        person.app.exit(return_code=143)
        # The person's own way of waiting asks the page, which is never whole.
        await asyncio.to_thread(wait_until, lambda: not person.app.is_running, 60)
    assert person.app.return_code == 143
