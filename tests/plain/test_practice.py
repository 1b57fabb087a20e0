"""Practising first, line by line."""

from __future__ import annotations

from tests.plain.transcript import converse
from tests.ui.machine import Machine


def test_a_practice_file_is_made_stored_and_tidied_up(machine: Machine) -> None:
    said = converse(machine, "2", "2", "1", "", "1", "1", "6", "6", "2")
    assert said.has(
        "Practice run: a simulated Infor portal",
        "Log in as: practice.admin (no password)",
        "Written: ",
        "1. Practice.ionapi: just now",
        "Stored as practice-tst",
        "practice-tst works.",
        "1 practice profile is stored.",
    )
    assert machine.profiles.profiles() == ()


def test_the_guide_names_its_service_user_and_offers_its_file(machine: Machine) -> None:
    said = converse(machine, "2", "1", *("1",) * 6, "4", "1", "-", "6", "6")
    assert said.has(
        "Step 4 of 5",
        "The service user is practice.service.",
        "4. Write a file of the practice tenant without a browser",
        "Written: ",
        "1. Practice.ionapi: just now",
        "Tenant: PRACTICE_TST",
    )


def test_a_practice_tenant_ends_with_the_input(machine: Machine) -> None:
    assert converse(machine, "2").lines[-1] == "The input has ended. Your progress in the guide is saved."
