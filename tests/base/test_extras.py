"""Whoever lacks a part of the program is told the command that gets it."""

from __future__ import annotations

from ionapi_tui.base.extras import command_for


def test_a_package_is_installed_beside_the_program() -> None:
    assert command_for("kdbx", frozen=False) == "pip install 'ionapi-tui[kdbx]'"


def test_nothing_is_installed_into_a_single_file() -> None:
    assert command_for("kdbx", frozen=True) == "pipx install 'ionapi-tui[kdbx]'"
