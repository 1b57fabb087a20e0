"""A file is verified line by line, without being stored."""

from __future__ import annotations

from ionapi_tui.domain.guide import flow
from ionapi_tui.practice.faults.fault import Surface
from ionapi_tui.practice.server import PracticeTenant
from tests.plain.transcript import converse
from tests.samples import as_bytes
from tests.ui.machine import Machine


def test_a_question_mark_instead_of_a_name_verifies_and_stores_nothing(
    machine: Machine, tenant: PracticeTenant
) -> None:
    machine.download(content=as_bytes(tenant.ionapi()))
    said = converse(machine, "1", "?", "-", page=flow.IMPORT)
    assert said.has(
        "a question mark (?) verifies the file without storing it",
        "Verifying Doc2Export.ionapi: 9 checks",
        "Doc2Export.ionapi works.",
        "Nothing was stored.",
        "a name for the profile",
        "Nothing was stored.",
    )
    assert machine.profiles.profiles() == ()
    assert tenant.requests.of(Surface.REVOKE)


def test_an_unknown_host_is_asked_about_first(machine: Machine, tenant: PracticeTenant) -> None:
    machine.download(content=as_bytes(tenant.ionapi() | {"iu": "https://inforos.invalid:7443"}))
    said = converse(machine, "1", "?", "2", "?", "1", "-", page=flow.IMPORT)
    assert said.has(
        "the answer is not saved", "Send the secrets of Doc2Export.ionapi there?", "Verifying Doc2Export.ionapi"
    )
    assert not len(tenant.requests)
