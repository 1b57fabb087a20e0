"""``token``, ``exec`` and ``api`` with ``--file``: where there is no password store, no D-Bus, and an empty home."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest

from ionapi_tui.practice.faults.fault import Surface
from ionapi_tui.practice.server import PracticeTenant
from tests.cli.conftest import SCRIPT, Cli
from tests.gateway.servers import OddServer, read_request
from tests.samples import as_bytes, client_credentials

VARIABLE = "IONAPI_JSON"
TOKEN_OF_CHILD = "import os; print(os.environ['IONAPI_TOKEN'])"
FOUND = "import json, os; print(json.dumps({k: v for k, v in os.environ.items() if k.startswith('IONAPI_')}))"
PATH = "IDM/api/datamodel/entities"


@pytest.fixture(autouse=True)
def nowhere_to_store(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let every look at a keyring fail."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "nowhere.Keyring")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    return own_home


@pytest.fixture
def document(tenant: PracticeTenant, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A good file of the practice tenant, which is in a variable as Base64."""
    document = tenant.ionapi()
    monkeypatch.setenv(VARIABLE, base64.b64encode(as_bytes(document)).decode())
    return document


def raw(*arguments: str, stdin: bytes = b"", **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program, whose output may hold a token."""
    done = subprocess.run(
        [SCRIPT, *arguments], input=stdin, env=os.environ | variables, capture_output=True, timeout=60, check=False
    )
    assert b"Traceback" not in done.stderr
    return done


def status_with(token: str, document: dict[str, Any]) -> int:
    """Return the status of a request with ``token``."""
    url = f"{document['iu'].rstrip('/')}/{document['ti']}/{PATH}"
    return httpx.get(url, headers={"Authorization": f"Bearer {token}"}).status_code


def files_in(home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file()]


def test_a_token_of_a_variable_serves_and_is_not_revoked(
    document: dict[str, Any], tenant: PracticeTenant, own_home: Path
) -> None:
    done = raw("token", "--file", f"env:{VARIABLE}")
    assert done.returncode == 0, done.stderr
    assert status_with(done.stdout.decode().strip(), document) == 200
    assert not tenant.requests.of(Surface.REVOKE)
    assert files_in(own_home) == []


def test_a_token_of_standard_input_and_of_a_file_tells_its_tenant(
    document: dict[str, Any], downloads: Path, tenant: PracticeTenant
) -> None:
    file = downloads / "DocBits.ionapi"
    file.write_bytes(as_bytes(document))
    file.chmod(0o600)
    for source, stdin in ((str(file), b""), ("-", file.read_bytes())):
        found = json.loads(raw("token", "--file", source, "--json", stdin=stdin).stdout)
        assert (found["tenant"], status_with(found["access_token"], document)) == (tenant.tenant, 200)


def test_a_program_finds_a_token_that_is_revoked_when_it_ends(
    document: dict[str, Any], tenant: PracticeTenant, own_home: Path
) -> None:
    done = raw("exec", "--file", f"env:{VARIABLE}", "--", sys.executable, "-c", FOUND)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["IONAPI_TENANT"] == tenant.tenant
    assert "IONAPI_PROFILE" not in found
    assert tenant.requests.of(Surface.REVOKE)
    assert status_with(found["IONAPI_TOKEN"], document) == 401
    assert files_in(own_home) == []


@pytest.mark.parametrize("name", [VARIABLE, "CI_SECRET"])
def test_the_variable_with_the_secrets_is_not_passed_on(
    document: dict[str, Any], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    script = f"import os; print({name!r} in os.environ, 'OTHER' in os.environ)"
    monkeypatch.setenv(name, os.environ[VARIABLE])
    monkeypatch.setenv("OTHER", "x")
    done = raw("exec", "--file", f"env:{name}", "--", sys.executable, "-c", script)
    assert done.stdout.split() == [b"False", b"True"], done.stderr


def test_the_exit_code_of_the_program_is_kept(document: dict[str, Any], tenant: PracticeTenant) -> None:
    done = raw("exec", "--file", f"env:{VARIABLE}", "--", sys.executable, "-c", "raise SystemExit(43)")
    assert done.returncode == 43
    assert tenant.requests.of(Surface.REVOKE)


@pytest.mark.posix("signals")
def test_a_program_that_is_asked_to_end_has_its_token_revoked(document: dict[str, Any], tenant: PracticeTenant) -> None:
    script = "import sys, time; print('up', flush=True); time.sleep(60)"
    command = [SCRIPT, "exec", "--file", f"env:{VARIABLE}", "--", sys.executable, "-c", script]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"up\n"
    process.terminate()
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGTERM
    assert tenant.requests.of(Surface.REVOKE)


def test_the_file_is_named_in_the_variable_that_another_tool_reads(document: dict[str, Any]) -> None:
    script = (
        "import json, os; found = {name: os.environ[name] for name in ('IONAPI_FILE', 'IONAPI_PATH', 'TOOL_FILE')}; "
        "print(len(set(found.values())), json.load(open(found['IONAPI_PATH']))['ti'])"
    )
    options = ("--file-variable", "IONAPI_PATH", "--file-variable", "TOOL_FILE")
    done = raw("exec", "--file", f"env:{VARIABLE}", *options, "--", sys.executable, "-c", script)
    assert done.stdout.decode().split() == ["1", document["ti"]], done.stderr


@pytest.mark.parametrize("name", ["", "A=B", "1ST", "with space", "ÄRGER"])
def test_what_cannot_name_a_variable_is_refused(document: dict[str, Any], tenant: PracticeTenant, name: str) -> None:
    done = raw("exec", "--file", f"env:{VARIABLE}", "--file-variable", name, "--", "true")
    assert done.returncode == 2
    assert not len(tenant.requests)


def test_a_request_is_sent_and_its_token_revoked(
    cli: Cli, document: dict[str, Any], tenant: PracticeTenant, own_home: Path
) -> None:
    ran = cli("api", "--file", f"env:{VARIABLE}", PATH)
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)
    assert len(tenant.requests.token_requests) == 1
    assert tenant.requests.of(Surface.REVOKE)
    assert files_in(own_home) == []


def test_a_failed_request_revokes_its_token_too(cli: Cli, document: dict[str, Any], tenant: PracticeTenant) -> None:
    assert cli("api", "--file", f"env:{VARIABLE}", "nowhere/at/all").code == 1
    assert tenant.requests.of(Surface.REVOKE)


@pytest.mark.posix("signals")
@pytest.mark.parametrize("command", [("api", PATH), ("verify",)], ids=["api", "verify"])
def test_a_job_that_is_cancelled_has_its_token_revoked(
    document: dict[str, Any], tenant: PracticeTenant, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    asked, done = threading.Event(), threading.Event()

    def keep_waiting(connection: socket.socket) -> None:
        if b"bearer " in read_request(connection).lower():
            asked.set()
            done.wait(60)
        else:
            connection.sendall(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    with OddServer(keep_waiting) as gateway:
        monkeypatch.setenv(VARIABLE, base64.b64encode(as_bytes(document | {"iu": gateway.url})).decode())
        process = subprocess.Popen([SCRIPT, *command, "--file", f"env:{VARIABLE}"], stderr=subprocess.PIPE)
        try:
            assert asked.wait(60)
            process.terminate()
            _out, err = process.communicate(timeout=60)
        finally:
            done.set()
    assert process.returncode == 128 + signal.SIGTERM, err
    assert tenant.requests.of(Surface.REVOKE)


def test_a_change_in_production_wants_the_tenant_as_a_confirmation(
    cli: Cli, tenant: PracticeTenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tenant.ionapi() | {"ti": "ACME_PRD", "iu": "https://mingle-ionapi.inforcloudsuite.com"}
    monkeypatch.setenv(VARIABLE, as_bytes(document).decode())
    ran = cli("api", "--file", f"env:{VARIABLE}", "-X", "DELETE", "IDM/api/items/1")
    assert ran.code == 2
    assert "add --confirm ACME_PRD" in " ".join(ran.err.split())
    assert cli("api", "--file", f"env:{VARIABLE}", "-X", "DELETE", "x", "--confirm", "other").code == 2
    assert not len(tenant.requests)


@pytest.mark.parametrize(
    "arguments",
    [
        ("token", "acme-tst", "--file", "x.ionapi"),
        ("token",),
        ("exec", "--file", "x.ionapi"),
        ("exec",),
        ("exec", "acme-tst"),
        ("api", "acme-tst", PATH, "--file", "x.ionapi"),
        ("api", "acme-tst"),
        ("api", "--file", "x.ionapi"),
        ("api", PATH, "--file", "-", "--input", "-"),
        ("api", PATH, "--file", "-", "-F", "name=@-"),
        ("token", "acme-tst", "--trust-host", "acme.example"),
        ("exec", "acme-tst", "--trust-host", "acme.example", "--", sys.executable),
        ("api", "acme-tst", PATH, "--trust-host", "acme.example"),
    ],
    ids=" ".join,
)
def test_a_profile_and_a_file_are_not_mixed(cli: Cli, tenant: PracticeTenant, arguments: tuple[str, ...]) -> None:
    ran = cli(*arguments)
    assert ran.code == 2, ran
    assert not len(tenant.requests)


@pytest.mark.parametrize("command", [("token",), ("exec", "--", sys.executable), ("api", PATH)], ids=lambda one: one[0])
def test_a_file_that_cannot_be_used_sends_nothing(
    cli: Cli, tenant: PracticeTenant, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv(VARIABLE, as_bytes(client_credentials()).decode())
    ran = cli(command[0], "--file", f"env:{VARIABLE}", *command[1:])
    assert (ran.code, ran.out) == (3, "")
    assert "Nothing was sent." in ran.err
    assert cli(command[0], "--file", "env:NOT_THERE", *command[1:]).code == 2
    assert not len(tenant.requests)


@pytest.mark.parametrize("command", [("token",), ("exec", "--", sys.executable), ("api", PATH)], ids=lambda one: one[0])
def test_an_unknown_host_gets_nothing_until_it_is_confirmed(
    cli: Cli, tenant: PracticeTenant, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    document = tenant.ionapi() | {"pu": "https://inforos.invalid:7443/", "iu": "https://inforos.invalid:7443"}
    monkeypatch.setenv(VARIABLE, as_bytes(document).decode())
    said = []
    for options in (), ("--trust-host", "inforos.invalid"):
        ran = cli(command[0], "--file", f"env:{VARIABLE}", *options, *command[1:])
        assert ran.code == 6, ran
        said.append(" ".join(ran.err.split()))
    assert "inforos.invalid" in said[0]
    assert said[0] != said[1]
    assert cli(command[0], "--file", f"env:{VARIABLE}", "--trust-host", "other.invalid", *command[1:]).code == 2
    assert not len(tenant.requests)


def test_a_program_under_a_profile_is_not_run_with_a_file(document: dict[str, Any], tenant: PracticeTenant) -> None:
    done = raw("exec", "--file", f"env:{VARIABLE}", "--", sys.executable, IONAPI_PROFILE="acme-tst")
    assert done.returncode == 2
    assert not len(tenant.requests)
