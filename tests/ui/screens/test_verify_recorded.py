"""The verify page against everything that live tenants were recorded to answer."""

from __future__ import annotations

import pytest

from ionapi_tui.ui.widgets.check_list import CheckLine
from tests.gateway.recorded_cases import CASES, RecordedCase
from tests.ui.machine import Machine
from tests.ui.screens.test_verify import finished, verifying

TALL = (120, 200)
"""A window in which the whole page is visible."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
async def test_what_was_recorded_is_shown(case: RecordedCase, machine: Machine) -> None:
    with case.arranged() as tenant:
        profile = machine.store_document(tenant.document, "acme-tst")
        async with verifying(machine, profile, size=TALL) as (person, page):
            await finished(person, page)
            assert page.verification is not None
            assert page.verification.ok is case.works
            for line in page.query(CheckLine):
                if not line.is_open:
                    line.action_unfold()
            await person.sees(*case.words)
