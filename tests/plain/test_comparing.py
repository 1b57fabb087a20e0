"""Comparing two profiles, line by line."""

from __future__ import annotations

from ionapi_tui.domain.guide import flow
from ionapi_tui.practice.server import PracticeTenant
from tests.plain.transcript import converse
from tests.ui.machine import Machine


def test_the_differences_come_first(machine: Machine) -> None:
    machine.store("ACME_PRD", sc=["Infor-IDM", "Infor-ION"])
    machine.store("ACME_TST", sc=["Infor-IDM"])
    assert converse(machine, "2", "4", "1", "1", page=flow.HOME).has(
        "Compare with which profile?",
        "1. acme-tst: ACME_TST",
        "acme-prd and acme-tst",
        "1 difference.",
        "Scopes, Infor-ION: acme-prd has yes; acme-tst has nothing",
        "Infor-IDM: yes (both)",
    )


def test_both_are_verified_on_request(tenant: PracticeTenant, machine: Machine) -> None:
    machine.store_document(tenant.ionapi("missing-role"), "bad")
    machine.store_document(tenant.ionapi(), "good")
    assert converse(machine, "2", "4", "1", "2", page=flow.HOME).has(
        "Verify both profiles first?", "Security roles, IDM-AdvancedUser: bad has nothing; good has yes"
    )


def test_a_lone_profile_has_no_match(machine: Machine) -> None:
    machine.store("ACME_PRD")
    assert converse(machine, "2", "4", page=flow.HOME).has("There is no other profile to compare with.")
