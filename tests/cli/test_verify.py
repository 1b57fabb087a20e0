"""``verify``, ``logout`` and ``import --verify`` against the practice tenant, with secrets in a real keyring."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pytest

from ionapi_tui.cli import run
from ionapi_tui.domain.findings import Code, Severity
from ionapi_tui.practice.faults.fault import Surface
from ionapi_tui.practice.server import PracticeTenant
from tests.cli.conftest import SCRIPT, Cli, Store, write_registry
from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.terminal import end_of
from tests.gateway.live_cases import CASES, LiveCase

pytestmark = pytest.mark.keyring


def test_good_credentials_work_and_the_outcome_is_remembered(cli: Cli, tenant: PracticeTenant, stored: Store) -> None:
    stored("acme-tst", tenant.ionapi())
    ran = cli("verify", "acme-tst")
    assert ran.code == 0, ran.err
    assert "Connection to the gateway" in ran.out
    assert "Practice Service" in ran.out
    assert "Not checked: whether" in " ".join(ran.err.split())
    assert cli("show", "acme-tst", "--json").json["checked"]["ok"] is True
    assert len(tenant.requests.token_requests) == 1


def test_a_red_result_is_explained_and_gives_exit_code_1(cli: Cli, tenant: PracticeTenant, stored: Store) -> None:
    stored("acme-tst", tenant.ionapi("missing-role"))
    ran = cli("verify", "acme-tst")
    assert ran.code == 1
    text = " ".join(ran.out.split())
    assert "does not have the security role IDM-AdvancedUser" in text
    assert "Guide: prerequisites" in text
    assert "skipped" not in text
    assert "does not work" in ran.err
    assert cli("show", "acme-tst", "--json").json["checked"]["ok"] is False


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_every_live_code_reaches_programs(
    case: LiveCase, tenant: PracticeTenant, stored: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    with case.arranged(tenant) as document:
        stored("acme-tst", document)
        trusted = [option for host in case.trusted_hosts for option in ("--trust-host", host)]
        # In this process, because starting one for each case would take most of the time.
        deadline = "3" if case.code is Code.TIMEOUT else "60"
        code = run(["verify", "acme-tst", "--json", "--deadline", deadline, *trusted])
    (verified,) = json.loads(capsys.readouterr().out)
    assert verified["name"] == "acme-tst"
    (finding,) = [one for one in verified["findings"] if one["code"] == case.code]
    assert (finding["field"], finding["step"], finding["severity"]) == (case.field, case.step, case.severity)
    assert case.fix in finding["fix"]
    assert code == (1 if case.severity is Severity.ERROR else 0)
    assert verified["ok"] is (code == 0)


def test_a_confirmed_host_is_remembered(cli: Cli, tenant: PracticeTenant, stored: Store) -> None:
    stored("acme-prem", tenant.ionapi() | {"iu": "https://inforos.invalid:7443"})
    (refused,) = cli("verify", "acme-prem", "--json").json
    assert refused["findings"][0]["code"] == "unknown-host"
    assert not len(tenant.requests)
    wrong = cli("verify", "acme-prem", "--trust-host", "other.invalid")
    assert wrong.code == 2
    assert "inforos.invalid" in wrong.err
    for options in (["--trust-host", "InforOS.invalid"], []):
        (verified,) = cli("verify", "acme-prem", "--json", *options).json
        assert verified["findings"][0]["code"] == "dns"


def test_many_profiles_are_verified_with_one_token_each(cli: Cli, tenant: PracticeTenant, stored: Store) -> None:
    for number in range(3):
        stored(f"good-{number}", tenant.ionapi())
    stored("bad", tenant.ionapi("deleted-account"))
    ran = cli("verify", "--all", "--json")
    assert [(one["name"], one["ok"]) for one in ran.json] == [
        ("bad", False),
        ("good-0", True),
        ("good-1", True),
        ("good-2", True),
    ]
    assert ran.code == 1
    assert len(tenant.requests.token_requests) == 4
    lines = cli("verify", "good-1", "bad")
    assert "good-1: works" in lines.out
    assert "bad: does not work" in lines.out
    assert "open Service Accounts" in " ".join(lines.out.split())
    assert "1 of 2 profiles work" in lines.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["verify"], 2, "Which profile"),
        (["verify", "a", "--all"], 2, "not both"),
        (["verify", "nobody"], 4, "no profile nobody"),
        (["verify", "--all"], 0, "no profiles yet"),
        (["logout", "nobody"], 4, "no profile nobody"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: list[str], code: int, words: str, cli: Cli) -> None:
    ran = cli(*arguments)
    assert ran.code == code
    assert words in ran.err


@pytest.mark.posix("the secret is in a Secret Service")
def test_a_store_that_does_not_have_the_secret_gives_exit_code_5(
    cli: Cli, own_home: Path, in_private_keyring: PrivateKeyring
) -> None:
    write_registry(own_home, "lost")
    ran = cli("verify", "--all", "--json")
    assert ran.code == 5
    assert ran.json == [{"name": "lost", "ok": False, "checks": [], "findings": [], "export_target": None}]
    assert "no longer contains the secret" in " ".join(ran.err.split())


def test_logging_out_revokes_what_verifying_left(cli: Cli, tenant: PracticeTenant, stored: Store) -> None:
    stored("acme-tst", tenant.ionapi())
    cli("verify", "acme-tst")
    ran = cli("logout", "acme-tst")
    assert ran.code == 0
    assert "revoked and forgotten" in ran.err
    assert len(tenant.requests.of(Surface.REVOKE)) == 2
    again = cli("logout", "acme-tst")
    assert (again.code, "no token" in again.err) == (0, True)


def test_a_server_that_cannot_be_told_gives_exit_code_6(cli: Cli, tenant: PracticeTenant, stored: Store) -> None:
    stored("acme-tst", tenant.ionapi())
    cli("verify", "acme-tst")
    tenant.faults.on("cut-off", strikes="revoke")
    assert cli("logout", "acme-tst").code == 6
    tenant.faults.clear()
    assert "no token" in cli("logout", "acme-tst").err


@pytest.mark.posix("signals")
def test_ctrl_c_ends_it_at_once(tenant: PracticeTenant, stored: Store) -> None:
    stored("acme-tst", tenant.ionapi())
    tenant.faults.on("timeout")
    process = subprocess.Popen(
        [SCRIPT, "verify", "acme-tst"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)
    )
    assert process.stdout is not None
    # The first check is over, and the second waits for an answer.
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in err


@pytest.fixture
def file(downloads: Path, in_private_keyring: PrivateKeyring) -> Callable[[dict[str, Any], str], str]:
    """Write a document into the folder of downloads and return where."""

    def write(document: dict[str, Any], name: str = "Doc2Export.ionapi") -> str:
        path = downloads / name
        path.write_text(json.dumps(document))
        path.chmod(0o600)
        return str(path)

    return write


def test_importing_can_end_with_a_verification(cli: Cli, tenant: PracticeTenant, file: Any) -> None:
    ran = cli("import", file(tenant.ionapi()), "--verify")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("practice-tst\n")
    assert "practice-tst works" in ran.err
    assert cli("show", "practice-tst", "--json").json["checked"]["ok"] is True


def test_what_is_imported_stays_stored_though_it_does_not_work(cli: Cli, tenant: PracticeTenant, file: Any) -> None:
    ran = cli("import", file(tenant.ionapi("disabled-account")), "--verify", "--json")
    assert ran.code == 1
    assert ran.json["ok"] is False
    assert ran.json["profile"]["name"] == "practice-tst"
    assert ran.json["verification"]["findings"][0]["code"] == "invalid-grant"
    assert [profile["name"] for profile in cli("list", "--json").json] == ["practice-tst"]


def test_a_folder_is_imported_and_verified(cli: Cli, tenant: PracticeTenant, file: Any) -> None:
    file(tenant.ionapi(), "a.ionapi")
    folder = str(Path(file(tenant.ionapi("no-idm"), "b.ionapi")).parent)
    ran = cli("import", folder, "--verify", "--json")
    assert ran.code == 1
    assert [one["verification"]["ok"] for one in ran.json] == [True, False]


def test_the_findings_of_a_folders_only_file_are_said_by_its_verification(
    cli: Cli, tenant: PracticeTenant, file: Any
) -> None:
    folder = str(Path(file(tenant.ionapi() | {"ti": "OTHER_TST"}, "a.ionapi")).parent)
    ran = cli("import", folder, "--verify")
    assert ran.code == 1
    assert "should begin with the tenant" in " ".join(ran.out.split())


def test_a_file_that_cannot_be_used_is_not_verified(cli: Cli, tenant: PracticeTenant, file: Any) -> None:
    ran = cli("import", file(tenant.ionapi("web-app")), "--verify", "--json")
    assert ran.code == 3
    assert "verification" not in ran.json
    assert not len(tenant.requests)


def test_confirming_a_host_without_verifying_is_pointless(cli: Cli, tenant: PracticeTenant, file: Any) -> None:
    assert cli("import", file(tenant.ionapi()), "--trust-host", "inforos.invalid").code == 2


def in_a_terminal(*arguments: str) -> pexpect.spawn[str]:
    """Start the program in a terminal of the usual size."""
    env = {**os.environ, "TERM": "xterm"}
    return pexpect.spawn(SCRIPT, list(arguments), env=env, encoding="utf-8", dimensions=(24, 80), timeout=60)


@pytest.mark.terminal
def test_a_terminal_shows_how_far_it_is_and_then_the_results(tenant: PracticeTenant, stored: Store) -> None:
    for number in range(3):
        stored(f"p{number}", tenant.ionapi())
    process = in_a_terminal("verify", "--all")
    process.expect("Verifying")
    process.expect("100%")
    for number in range(3):
        process.expect(f"p{number}")
        process.expect("works")
    process.expect("3 of 3 profiles work")
    assert end_of(process) == 0


@pytest.mark.terminal
def test_ctrl_c_gives_the_terminal_back(tenant: PracticeTenant, stored: Store) -> None:
    for number in range(3):
        stored(f"p{number}", tenant.ionapi())
    tenant.faults.on("timeout")
    process = in_a_terminal("verify", "--all")
    process.expect(" 11%")
    process.sendintr()
    end_of(process)
    assert "\x1b[?25h" in str(process.before)
    assert "Traceback" not in str(process.before)
    assert process.exitstatus == 130


def test_what_is_exported_to_is_remembered_until_it_is_forgotten(
    cli: Cli, tenant: PracticeTenant, stored: Store
) -> None:
    stored("acme-tst", tenant.ionapi())
    (document,) = cli("verify", "acme-tst", "--for", "m3", "--json").json
    assert (document["ok"], document["export_target"], document["checks"][-1]["id"]) == (True, "m3", "m3")
    assert cli("show", "acme-tst", "--json").json["export_target"] == "m3"
    assert "Exports to" in cli("show", "acme-tst").out
    (again,) = cli("verify", "--all", "--json").json
    assert again["export_target"] == "m3"
    (forgotten,) = cli("verify", "acme-tst", "--for", "any", "--json").json
    assert (forgotten["ok"], forgotten["export_target"]) == (True, None)
    assert cli("show", "acme-tst", "--json").json["export_target"] is None
    assert "Exports to" not in cli("show", "acme-tst").out


def test_a_file_is_deleted_only_once_its_credentials_work(
    tenant: PracticeTenant, downloads: Path, stored: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = downloads / "several"
    folder.mkdir(mode=0o700)
    for name, document in {"good": tenant.ionapi(), "bad": tenant.ionapi("no-idm")}.items():
        (folder / f"{name}.ionapi").write_text(json.dumps(document))
    good, bad = folder / "good.ionapi", folder / "bad.ionapi"
    assert run(["import", str(bad), "--verify", "--delete-file", "--json"]) == 1
    shown = capsys.readouterr()
    assert json.loads(shown.out)["deleted"] is False
    assert f"{bad} was kept, because the verification of practice-dev failed." in " ".join(shown.err.split())
    assert run(["import", str(folder), "--verify", "--delete-file", "--replace"]) == 1
    said = " ".join(capsys.readouterr().err.split())
    assert f"{good} is deleted." in said
    assert f"{bad} was kept, because the verification of practice-dev failed." in said
    assert (good.exists(), bad.exists()) == (False, True)
