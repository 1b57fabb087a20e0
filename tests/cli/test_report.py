"""``report``: a page for each profile, by name or all of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ionapi_tui.practice.server import PracticeTenant
from tests.cli.conftest import Cli, Store, write_registry


def test_all_profiles_are_reported_without_sending_anything_on_request(cli: Cli, own_home: Path) -> None:
    write_registry(own_home, "acme-tst", "acme-prd")
    folder = own_home / "reports"
    ran = cli("report", "--all", "--offline", "--format", "md", "--output", str(folder))
    assert ran.code == 0, ran.err
    written = sorted(folder.iterdir())
    assert ran.out.splitlines() == [str(path) for path in written]
    assert [path.suffix for path in written] == [".md", ".md"]
    assert "never verified" in written[0].read_text("utf-8")


@pytest.mark.keyring
def test_a_profile_is_verified_and_reported_in_the_language_asked_for(
    cli: Cli, tenant: PracticeTenant, stored: Store, own_home: Path
) -> None:
    stored("acme-tst", tenant.ionapi("missing-role"))
    ran = cli("--lang", "de", "report", "acme-tst", "--output", str(own_home), "--json")
    assert ran.code == 0, ran.err
    (report,) = json.loads(ran.out)
    assert (report["name"], report["verdict"]) == ("acme-tst", "failed")
    text = Path(report["file"]).read_text("utf-8")
    assert "IDM-AdvancedUser" in text
    assert "Prüfbericht" in text


def test_a_store_that_is_away_is_reported_and_gives_its_exit_code(cli: Cli, own_home: Path) -> None:
    write_registry(own_home, "acme-tst")
    ran = cli("report", "acme-tst", "--output", str(own_home / "reports"))
    assert ran.code == 5
    assert "could not be verified" in Path(ran.out.strip()).read_text("utf-8")


def test_names_or_all_and_a_folder_are_needed(cli: Cli, own_home: Path) -> None:
    write_registry(own_home, "acme-tst")
    for arguments in (["--output", "x"], ["acme-tst", "--all", "--output", "x"], ["acme-tst"]):
        assert cli("report", *arguments).code == 2
    assert cli("report", "no-such", "--output", "x").code == 4
