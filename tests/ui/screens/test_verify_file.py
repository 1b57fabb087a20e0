"""A file is verified from the page of its inspection, without being stored."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from ionapi_tui.practice.faults.fault import Surface
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.ui.dialogs.confirm import ConfirmHosts
from ionapi_tui.ui.screens.review import ReviewPage
from ionapi_tui.ui.screens.step import StepPage
from ionapi_tui.ui.screens.verify import VerifyPage
from tests.fixtures.fake_keyring import FakeKeyring
from tests.samples import as_bytes, client_credentials
from tests.ui.driving import NARROW, WIDE, running
from tests.ui.machine import Machine
from tests.ui.reviewing import review


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_checks_are_shown_and_nothing_is_stored(
    machine: Machine, tenant: PracticeTenant, size: tuple[int, int]
) -> None:
    path = machine.download(content=as_bytes(tenant.ionapi()))
    async with running(machine.app(), size) as person:
        await review(person, path)
        await person.sees("Verify only")
        await person.until(lambda: isinstance(person.app.focused, Input))
        await person.write("my-name")
        page = await person.opens("f4", VerifyPage)
        await person.sees("Verify, not stored: Doc2Export.ionapi")
        await person.until(lambda: page.verification is not None)
        assert page.verification is not None
        assert page.verification.ok
        again = await person.opens("escape", ReviewPage)
        assert again.query_one(Input).value == "my-name"
    assert machine.profiles.profiles() == ()
    assert isinstance(machine.keyring, FakeKeyring)
    assert not machine.keyring.kept
    assert tenant.requests.of(Surface.REVOKE)


async def test_a_step_that_a_finding_names_is_gone_back_to(machine: Machine, tenant: PracticeTenant) -> None:
    path = machine.download(content=as_bytes(tenant.ionapi("no-user")))
    async with running(machine.app()) as person:
        await review(person, path)
        page = await person.opens("f4", VerifyPage)
        await person.until(lambda: page.verification is not None)
        step = await person.opens("4", StepPage)
        assert step.step.id == "4"
        await person.until(lambda: not any(worker.name == "_review" for worker in person.app.workers))


async def test_a_token_is_revoked_when_somebody_leaves_in_the_middle(machine: Machine, tenant: PracticeTenant) -> None:
    tenant.faults.on("timeout", strikes="idm")
    path = machine.download(content=as_bytes(tenant.ionapi()))
    async with running(machine.app()) as person:
        await review(person, path)
        await person.opens("f4", VerifyPage)
        await person.until(lambda: tenant.requests.of(Surface.SUITES))
        await person.opens("escape", ReviewPage)
        await person.until(lambda: tenant.requests.of(Surface.REVOKE))


async def test_an_unknown_host_is_asked_about_and_the_answer_is_not_remembered(
    machine: Machine, tenant: PracticeTenant
) -> None:
    path = machine.download(content=as_bytes(tenant.ionapi() | {"iu": "https://inforos.invalid:7443"}))
    async with running(machine.app()) as person:
        await review(person, path)
        for _time in range(2):
            await person.opens("f4", ConfirmHosts)
            await person.sees("inforos.invalid", "The answer is not saved")
            await person.opens("escape", ReviewPage)
        await person.opens("f4", ConfirmHosts)
        page = await person.opens("y", VerifyPage)
        await person.until(lambda: page.verification is not None)
        assert page.verification is not None
        assert "dns" in {finding.code for finding in page.verification.findings}
    assert not len(tenant.requests)


async def test_a_file_that_cannot_be_used_cannot_be_verified(machine: Machine) -> None:
    path = machine.download(content=as_bytes(client_credentials()))
    async with running(machine.app()) as person:
        await review(person, path)
        await person.press("f4")
        await person.is_on(ReviewPage)
        assert "Verify only" not in person.text()
