"""``rename``: another name, the same secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from ionapi_tui.usecases.services import Services
from tests.cli.conftest import Cli, Store, write_registry
from tests.samples import sample


@pytest.mark.keyring
def test_a_renamed_profile_keeps_its_secrets(cli: Cli, stored: Store) -> None:
    document = sample()
    stored("acme-tst", document)
    ran = cli("rename", "acme-tst", "acme-new")
    assert (ran.code, ran.out) == (0, "")
    assert "is now called acme-new" in " ".join(ran.err.split())
    assert Services().profiles.credentials("acme-new").client_secret.reveal() == document["cs"]
    assert cli("show", "acme-tst").code == 4


def test_an_empty_name_is_asked_for(cli: Cli, own_home: Path) -> None:
    write_registry(own_home, "acme-one")
    ran = cli("rename", "acme-one", "")
    assert (ran.code, ran.out, ran.err) == (2, "", "Error: Enter a name.\n")


@pytest.mark.parametrize(("new", "code"), [("acme-two", 4), ("Not A Name", 2), ("acme-one", 0)])
def test_a_name_has_to_be_free_and_fit(cli: Cli, own_home: Path, new: str, code: int) -> None:
    write_registry(own_home, "acme-one", "acme-two")
    assert cli("rename", "acme-one", new).code == code
    assert [profile["name"] for profile in cli("list", "--json").json] == ["acme-one", "acme-two"]
