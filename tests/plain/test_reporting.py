"""Writing a report, line by line."""

from __future__ import annotations

from ionapi_tui.domain.guide import flow
from ionapi_tui.practice.server import PracticeTenant
from tests.plain.transcript import converse
from tests.ui.machine import Machine


def test_it_verifies_and_says_where_the_report_is(tenant: PracticeTenant, machine: Machine) -> None:
    machine.store_document(tenant.ionapi("missing-role"), "acme-tst")
    said = converse(machine, "2", "5", "2", str(machine.home / "reports"), page=flow.HOME)
    (path,) = (machine.home / "reports").iterdir()
    assert said.has("Which format?", "Verifying acme-tst", "The credentials do not work.", "Written:")
    assert path.suffix == ".md"
    assert "IDM-AdvancedUser" in path.read_text("utf-8")
