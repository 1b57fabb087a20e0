"""``verify --changes`` and ``--format prometheus``: what a scheduler and a monitoring system get."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from ionapi_tui.domain.profile import Checked
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.usecases.services import Services
from tests.cli.conftest import Cli, Store, write_registry

pytestmark = pytest.mark.keyring


def worked_before(*names: str) -> None:
    """Let profiles have worked in an earlier run that was reported."""
    profiles = Services().profiles
    ids = [profiles.profile(name).id for name in names]
    outcome = Checked("2026-01-01T00:00:00Z", ok=True)
    profiles.record_checks(dict.fromkeys(ids, outcome), dict.fromkeys(ids, True))


def test_only_changes_are_written_and_only_they_fail(cli: Cli, tenant: PracticeTenant, stored: Store) -> None:
    stored("good", tenant.ionapi())
    stored("bad", tenant.ionapi("missing-role"))
    first = cli("verify", "--all", "--changes")
    assert (first.code, first.out) == (0, "")
    assert "This is the baseline: 2 profiles were verified." in " ".join(first.err.split())
    assert "Not working: bad." in " ".join(first.err.split())
    again = cli("verify", "--all", "--changes")
    assert (again.code, again.out, again.err) == (0, "", "")
    tenant.faults.on("idm-forbidden")
    red = cli("verify", "--all", "--changes")
    assert (red.code, red.err) == (1, "")
    assert "good: worked the last time, does not work now" in red.out
    assert "bad" not in red.out
    tenant.faults.clear()
    document = cli("verify", "--all", "--changes", "--json")
    assert document.code == 1
    (change,) = document.json["changes"]
    assert (change["name"], change["turned"], change["ok"]) == ("good", "green", True)
    assert [one["id"] for one in change["checks"]][:2] == ["file", "reachable"]
    assert {key: document.json[key] for key in ("first", "verified", "baseline", "findings")} == {
        "first": False,
        "verified": 2,
        "baseline": [],
        "findings": [],
    }
    assert cli("verify", "--all", "--changes", "--json").json["changes"] == []


def test_a_refresh_of_the_tenant_is_said_once_with_what_to_redo(
    cli: Cli, tenant: PracticeTenant, stored: Store
) -> None:
    stored("a", tenant.ionapi())
    stored("b", tenant.ionapi())
    worked_before("a", "b")
    tenant.faults.on("invalid-client")
    ran = cli("verify", "--all", "--changes")
    text = " ".join(ran.out.split())
    assert ran.code == 1
    refreshed = "The tenant PRACTICE_TST was probably refreshed: 2 profiles stopped working together (a, b)."
    assert text.count(refreshed) == 1
    assert "Guide: " in text.partition(refreshed)[2]
    plain = " ".join(cli("verify", "--all").out.split())
    assert plain.count("was probably refreshed") == 1
    assert cli("verify", "--all", "--changes").out == ""


def test_a_profile_that_cannot_be_verified_is_red(cli: Cli, tenant: PracticeTenant, stored: Store) -> None:
    profile = stored("a", tenant.ionapi())
    worked_before("a")
    services = Services()
    services.profiles._open_store(None).delete(profile.id)  # type: ignore[attr-defined]
    ran = cli("verify", "--all", "--changes")
    assert ran.code == 1
    assert "no longer contains the secret" in " ".join(ran.out.split())
    assert cli("verify", "--all", "--changes").code == 0


def test_prometheus_can_read_the_metrics(cli: Cli, tenant: PracticeTenant, stored: Store, own_home: Path) -> None:
    stored("good", tenant.ionapi())
    stored("bad", tenant.ionapi("missing-role"))
    file = own_home / "ionapi.prom"
    ran = cli("verify", "--all", "--format", "prometheus", "--output", str(file))
    assert ran.code == 1
    assert "good: works" in ran.out
    families = {family.name: family for family in text_string_to_metric_families(file.read_text())}
    assert set(families) == {
        *("ionapi_profile_up", "ionapi_profile_age_seconds", "ionapi_profile_finding"),
        "ionapi_verify_timestamp_seconds",
    }
    assert all(family.type == "gauge" and family.documentation for family in families.values())
    up = {sample.labels["profile"]: (sample.value, sample.labels) for sample in families["ionapi_profile_up"].samples}
    assert {name: value for name, (value, _labels) in up.items()} == {"good": 1.0, "bad": 0.0}
    assert up["bad"][1] == {"profile": "bad", "tenant": "PRACTICE_TST", "environment": "TST"}
    codes = {sample.labels["code"] for sample in families["ionapi_profile_finding"].samples}
    assert "role-missing" in codes
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o644
    assert [path.name for path in own_home.glob("*.prom*")] == ["ionapi.prom"]
    to_stdout = cli("verify", "good", "--format", "prometheus")
    assert to_stdout.code == 0
    assert {family.name for family in text_string_to_metric_families(to_stdout.out)} == set(families)


def test_metrics_come_with_the_exit_code_of_changes(
    cli: Cli, tenant: PracticeTenant, stored: Store, own_home: Path
) -> None:
    stored("bad", tenant.ionapi("missing-role"))
    file = own_home / "ionapi.prom"
    ran = cli("verify", "--all", "--changes", "--json", "--format", "prometheus", "--output", str(file))
    assert (ran.code, ran.json["first"]) == (0, True)
    assert 'profile="bad"' in file.read_text()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--all", "--output", "x.prom"], 2, "Add --format prometheus"),
        (["--all", "--json", "--format", "prometheus"], 2, "Choose --json or --format prometheus"),
        (["--file", "x.ionapi", "--changes"], 2, "for stored profiles"),
        (["--file", "x.ionapi", "--format", "prometheus"], 2, "for stored profiles"),
    ],
)
def test_what_does_not_go_together_is_said(arguments: list[str], code: int, words: str, cli: Cli) -> None:
    ran = cli("verify", *arguments)
    assert ran.code == code
    assert words in " ".join((ran.json["error"]["message"] if "--json" in arguments else ran.err).split())


def test_a_folder_that_is_not_there_is_said_and_not_made(cli: Cli, own_home: Path) -> None:
    write_registry(own_home)
    file = own_home / "nowhere" / "ionapi.prom"
    ran = cli("verify", "--all", "--format", "prometheus", "--output", str(file))
    assert ran.code == 1
    assert "the folder does not exist" in " ".join(ran.err.split())
    assert not file.parent.exists()
