"""``verify --file`` and ``verify --for`` against the practice tenant and a recorded one."""

from __future__ import annotations

import base64
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ionapi_tui.practice.faults.fault import Surface
from ionapi_tui.practice.server import PracticeTenant
from tests.cli.conftest import SCRIPT, Cli
from tests.gateway.recorded_cases import PING
from tests.gateway.recorded_tenant import Answer, RecordedTenant
from tests.gateway.target_cases import GOOD, M3
from tests.samples import as_bytes, client_credentials


@pytest.fixture(autouse=True)
def nowhere_to_store(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let every look at a keyring fail."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "nowhere.Keyring")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    return own_home


@pytest.fixture
def file(downloads: Path, tenant: PracticeTenant) -> Path:
    """A good file of the practice tenant."""
    path = downloads / "DocBits TST.ionapi"
    path.write_bytes(as_bytes(tenant.ionapi()))
    path.chmod(0o600)
    return path


def test_a_file_works_and_leaves_nothing_behind(cli: Cli, tenant: PracticeTenant, file: Path, own_home: Path) -> None:
    before = {path for path in own_home.rglob("*") if path.is_file()}
    ran = cli("verify", "--file", str(file))
    assert ran.code == 0, ran.err
    assert "Practice Service" in ran.out
    assert "DocBits TST.ionapi works." in " ".join(ran.err.split())
    assert "Nothing was stored." in ran.err
    assert {path for path in own_home.rglob("*") if path.is_file()} == before
    assert len(tenant.requests.token_requests) == 1
    assert tenant.requests.of(Surface.REVOKE)


def test_programs_get_the_shape_of_a_profile_with_the_name_of_the_file(cli: Cli, file: Path) -> None:
    (document,) = cli("verify", "--file", str(file), "--json").json
    assert set(document) == {"name", "ok", "checks", "findings", "export_target"}
    assert (document["name"], document["ok"], document["export_target"]) == ("DocBits TST.ionapi", True, None)
    (piped,) = cli("verify", "--file", "-", "--json", "--for", "ln", stdin=file.read_bytes()).json
    assert (piped["name"], piped["ok"], piped["export_target"]) == (None, True, "ln")


def test_a_variable_is_read_as_json_and_as_base64(cli: Cli, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for content in (file.read_bytes(), base64.b64encode(file.read_bytes())):
        monkeypatch.setenv("IONAPI_CONFIG_TST", content.decode())
        (document,) = cli("verify", "--file", "env:IONAPI_CONFIG_TST", "--json").json
        assert (document["name"], document["ok"]) == (None, True)
        assert cli("check", "env:IONAPI_CONFIG_TST").code == 0
    monkeypatch.delenv("IONAPI_CONFIG_TST")
    ran = cli("verify", "--file", "env:IONAPI_CONFIG_TST")
    assert ran.code == 2
    assert "There is no environment variable IONAPI_CONFIG_TST." in ran.err


def test_a_file_that_cannot_be_used_ends_as_check_does(cli: Cli, tenant: PracticeTenant, file: Path) -> None:
    file.write_bytes(as_bytes(client_credentials()))
    checked, ran = cli("check", str(file)), cli("verify", "--file", str(file))
    assert (ran.code, ran.out, ran.err) == (3, checked.out, checked.err)
    document = cli("verify", "--file", str(file), "--json")
    assert document.code == 3
    assert document.json[0]["findings"] == cli("check", str(file), "--json").json["findings"]
    assert cli("verify", "--file", str(file.parent / "none.ionapi")).code == 3
    assert not len(tenant.requests)


def test_what_is_wrong_in_infor_gives_exit_code_1(cli: Cli, tenant: PracticeTenant, file: Path) -> None:
    file.write_bytes(as_bytes(tenant.ionapi("missing-role")))
    ran = cli("verify", "--file", str(file))
    assert ran.code == 1
    assert "does not have the security role IDM-AdvancedUser" in " ".join(ran.out.split())


@pytest.mark.parametrize("arguments", [["acme-tst"], ["--all"]])
def test_a_file_and_profiles_are_not_mixed(cli: Cli, file: Path, arguments: list[str]) -> None:
    ran = cli("verify", "--file", str(file), *arguments)
    assert ran.code == 2
    assert "not both" in ran.err


def test_a_content_as_an_argument_is_refused(cli: Cli) -> None:
    ran = cli("verify", "--file", '{"ti": "x"}')
    assert ran.code == 2
    assert "Secrets do not belong on a command line" in " ".join(ran.err.split())


def test_hosts_are_confirmed_for_this_run_alone(cli: Cli, tenant: PracticeTenant, file: Path) -> None:
    file.write_bytes(as_bytes(tenant.ionapi() | {"iu": "https://inforos.invalid:7443"}))
    assert cli("verify", "--file", str(file), "--trust-host", "other.invalid").code == 2
    for options, code in ((["--trust-host", "inforos.invalid"], "dns"), ([], "unknown-host")):
        (document,) = cli("verify", "--file", str(file), "--json", *options).json
        assert document["findings"][0]["code"] == code
    assert not len(tenant.requests)


@pytest.mark.posix("signals")
def test_ctrl_c_revokes_the_token(tenant: PracticeTenant, file: Path) -> None:
    tenant.faults.on("timeout", strikes="idm")
    process = subprocess.Popen(
        [SCRIPT, "verify", "--file", str(file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)
    )
    assert process.stdout is not None
    for line in process.stdout:
        if b"Security roles" in line:
            break
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert tenant.requests.of(Surface.REVOKE)


@pytest.mark.parametrize(
    ("target", "answers", "code", "codes"),
    [
        ("m3", {M3: GOOD}, 0, set()),
        ("m3", {M3: Answer(200, {"results": [{"errorMessage": "Illegal impersonation attempt"}]})}, 1, {"no-user"}),
        ("m3", {}, 1, {"m3-not-provisioned"}),
        ("idm", {PING: Answer(404, "")}, 0, {"ims-unreachable"}),
        ("ion", {PING: Answer(404, "")}, 1, {"ims-unreachable"}),
        ("ln", {}, 0, {"ln-not-checked"}),
        ("any", {PING: Answer(404, "")}, 0, {"ims-unreachable"}),
    ],
)
def test_the_export_decides_what_counts(
    cli: Cli, downloads: Path, target: str, answers: dict[str, Any], code: int, codes: set[str]
) -> None:
    with RecordedTenant(answers=answers) as tenant:
        path = downloads / "a.ionapi"
        path.write_bytes(as_bytes(tenant.document))
        path.chmod(0o600)
        ran = cli("verify", "--file", str(path), "--for", target, "--json")
    (document,) = ran.json
    assert ran.code == code
    assert {finding["code"] for finding in document["findings"]} - {"insecure-url"} == codes
    assert document["export_target"] == (None if target == "any" else target)


def test_what_an_export_does_not_need_is_neither_good_nor_bad(cli: Cli, downloads: Path) -> None:
    with RecordedTenant(answers={PING: Answer(404, "")}) as tenant:
        path = downloads / "a.ionapi"
        path.write_bytes(as_bytes(tenant.document))
        ran = cli("verify", "--file", str(path), "--for", "idm")
    assert "(does not count: exports to IDM do not need it)" in ran.out
    assert "Note: The messaging service of ION did not answer" in " ".join(ran.out.split())
    german = cli("--lang", "de", "verify", "--file", str(path), "--for", "ln")
    assert "LN-Zugriff" in german.out


def test_all_profiles_keep_their_own_targets(cli: Cli) -> None:
    ran = cli("verify", "--all", "--for", "m3")
    assert ran.code == 2
    assert "--for" in ran.err
    assert cli("verify", "acme-tst", "--for", "sx").code == 2
