"""``compare``: two profiles side by side, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ionapi_tui.practice.server import PracticeTenant
from tests.cli.conftest import Cli, Store, write_registry


@pytest.fixture
def differing(own_home: Path) -> None:
    """Two profiles, of which only one has a scope."""
    write_registry(own_home, "acme-tst", "acme-prd", sc=["Infor-IDM"])
    registry = own_home / "ionapi-tui" / "profiles.json"
    document = json.loads(registry.read_text())
    document["profiles"][1]["public"] |= {"sc": ["Infor-IDM", "Infor-ION"], "ti": "ACME_PRD"}
    registry.write_text(json.dumps(document))


@pytest.mark.usefixtures("differing")
def test_a_difference_is_marked_and_the_exit_code_is_0_unless_asked_for(cli: Cli) -> None:
    ran = cli("compare", "acme-tst", "acme-prd")
    assert ran.code == 0
    (marked,) = (line.split() for line in ran.out.splitlines() if line.startswith("≠"))
    assert marked == ["≠", "Infor-ION", "–", "yes"]
    assert "1 difference." in ran.err
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    assert cli("compare", "acme-tst", "acme-prd", "--exit-code").code == 1


@pytest.mark.usefixtures("differing")
def test_only_the_differences_are_shown_on_request(cli: Cli) -> None:
    out = cli("compare", "acme-tst", "acme-prd", "--different").out
    assert "Infor-ION" in out
    assert "Infor-IDM" not in out
    assert "Tenant" not in out


@pytest.mark.usefixtures("differing")
def test_the_json_has_the_documented_shape(cli: Cli) -> None:
    ran = cli("compare", "acme-tst", "acme-prd", "--json")
    assert (ran.json["profiles"], ran.json["same"], ran.json["verified"]) == (
        ["acme-tst", "acme-prd"],
        False,
        [False, False],
    )
    assert {"group": "scopes", "id": "Infor-ION", "values": ["", "yes"], "same": False} in ran.json["rows"]
    assert {"group": "identity", "id": "tenant", "values": ["ACME_TST", "ACME_PRD"], "same": None} in ran.json["rows"]


def test_equal_profiles_end_with_0_even_with_exit_code(cli: Cli, own_home: Path) -> None:
    write_registry(own_home, "one", "two")
    ran = cli("compare", "one", "two", "--exit-code")
    assert ran.code == 0
    assert "No differences found, apart from what identifies the two." in ran.err


def test_an_unknown_profile_and_the_same_one_twice_are_errors(cli: Cli, own_home: Path) -> None:
    write_registry(own_home, "one", "two")
    assert cli("compare", "one", "three").code == 4
    ran = cli("compare", "one", "one")
    assert (ran.code, ran.out) == (2, "")
    assert "cannot be compared with itself" in ran.err


@pytest.mark.keyring
def test_roles_and_checks_are_compared_live(cli: Cli, tenant: PracticeTenant, stored: Store) -> None:
    stored("good", tenant.ionapi())
    stored("bad", tenant.ionapi("missing-role"))
    ran = cli("compare", "good", "bad", "--verify", "--exit-code")
    assert ran.code == 1, ran.err
    lines = [line.split() for line in ran.out.splitlines()]
    assert ["≠", "IDM-AdvancedUser", "yes", "–"] in lines
    assert "--verify" not in ran.err
    assert cli("show", "good", "--json").json["checked"]["ok"] is True
