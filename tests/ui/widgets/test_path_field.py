"""A line for a path takes what is dropped or pasted, wherever the focus is, and never shows the content of a file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.screen import Screen

from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui.dialogs.export import ExportDialog
from ionapi_tui.ui.dialogs.folder import FolderDialog
from ionapi_tui.ui.dialogs.report import ReportDialog
from ionapi_tui.ui.widgets.path_field import PathInput
from tests.samples import MARKER, sample_bytes
from tests.ui.driving import NARROW, WIDE, running
from tests.ui.looking import faults
from tests.ui.machine import Machine

Make = Callable[[Profile, Machine], Screen[object]]
DIALOGS: dict[str, Make] = {
    "export": lambda profile, machine: ExportDialog(profile, machine.downloads),  # type: ignore[dict-item, return-value]
    "report": lambda profile, machine: ReportDialog(profile, machine.downloads, verified=True),  # type: ignore[dict-item, return-value]
    "folder": lambda _profile, machine: FolderDialog(machine.downloads),  # type: ignore[dict-item, return-value]
}


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("make", DIALOGS.values(), ids=DIALOGS)
async def test_pasted_content_is_refused_beside_the_line_and_not_shown(
    machine: Machine, make: Make, size: tuple[int, int]
) -> None:
    dialog = make(machine.store(), machine)
    async with running(machine.app(), size) as person:
        person.app.push_screen(dialog)
        await person.is_on(type(dialog))
        before = dialog.query_one(PathInput).value
        await person.paste(sample_bytes().decode())
        await person.sees("This is the content of a file. Enter a path.")
        line = dialog.query_one(PathInput)
        assert MARKER not in line.value
        assert line.value == before
        assert person.app.focused is line
        await person.until(lambda: not faults(dialog))


@pytest.mark.parametrize("make", DIALOGS.values(), ids=DIALOGS)
async def test_a_dropped_path_takes_the_place_of_what_is_there(machine: Machine, make: Make) -> None:
    dialog = make(machine.store(), machine)
    async with running(machine.app(), NARROW) as person:
        person.app.push_screen(dialog)
        await person.is_on(type(dialog))
        await person.paste(f"'{machine.home}'")
        await person.until(lambda: dialog.query_one(PathInput).value == str(machine.home))
