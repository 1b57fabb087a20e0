"""Writing a report from the page of a profile."""

from __future__ import annotations

import pytest

from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.ui import messages
from ionapi_tui.ui.dialogs.report import ReportDialog
from ionapi_tui.ui.screens.profile import ProfilePage
from tests.ui.driving import NARROW, WIDE, running
from tests.ui.looking import faults
from tests.ui.machine import Machine


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_w_verifies_and_writes_a_report_to_the_downloads_folder(
    tenant: PracticeTenant, machine: Machine, size: tuple[int, int]
) -> None:
    profile = machine.store_document(tenant.ionapi(), "acme-tst")
    async with running(machine.app(), size) as person:
        person.app.post_message(messages.ShowProfile(profile))
        await person.is_on(ProfilePage)
        await person.opens("w", ReportDialog)
        await person.sees("Report on acme-tst", "The profile is verified first.", "Markdown")
        await person.until(lambda: not faults(person.app.screen))
        await person.opens("enter", ProfilePage)
        # The name is taken first and filled in one step: until then the file is empty.
        await person.until(lambda: any(page.stat().st_size for page in machine.downloads.glob("*.html")))
        assert "IDM-AdvancedUser" in next(machine.downloads.glob("*.html")).read_text("utf-8")
        assert profile.id in person.app.state.verified
        await person.opens("w", ReportDialog)
        await person.until(lambda: "The profile is verified first." not in person.text())
