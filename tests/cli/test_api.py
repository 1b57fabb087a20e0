"""``api``: a request to any API of the tenant, signed, kept inside the tenant, and shown without harm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from ionapi_tui.practice.server import PracticeTenant
from tests.cli.api_server import BIG, ENDPOINTS, HOSTILE, M3, PDF, ApiServer
from tests.cli.conftest import SCRIPT, Store, write_registry
from tests.fixtures.terminal import end_of
from tests.samples import MARKER

pytestmark = pytest.mark.keyring

Ran = subprocess.CompletedProcess[bytes]


@pytest.fixture
def gateway(tenant: PracticeTenant, stored: Store) -> Iterator[ApiServer]:
    """The gateway of the profile acme-tst, whose authorization server is the practice tenant."""
    with ApiServer() as server:
        stored("acme-tst", tenant.ionapi() | {"iu": server.url})
        yield server


def api(*arguments: str, stdin: bytes = b"") -> Ran:
    """Run the command for the profile acme-tst, into a pipe."""
    command = [SCRIPT, "api", "acme-tst", *arguments]
    ran = subprocess.run(command, input=stdin, capture_output=True, timeout=90, check=False)
    assert b"Traceback" not in ran.stderr
    assert MARKER.encode() not in ran.stderr
    return ran


def said(ran: Ran) -> str:
    """Return what was said on stderr, on one line."""
    return " ".join(ran.stderr.decode().split())


@pytest.mark.parametrize(
    ("path", "code", "body"),
    [
        ("ifsservice/usermgt/v2/users/me", 0, b"DocBits Service"),
        ("/M3/m3api-rest/v2/execute/MNS150MI/GetUserData", 0, b"DOCBITS"),
        ("M3/m3api-rest/v2/execute/CRS610MI/LstByNumber?maxrecs=10", 0, M3),
        ("IDM/api/datamodel/entities", 0, b"M3_SupplierInvoice"),
        ("IDM/api/items/count?$query=/MDS_File&$state=0", 0, b'{"count": "13"}'),
        ("IDM/api/items/xml", 0, b"<items>\n\t<item"),
        ("IDM/api/items/1/resource/stream", 0, PDF),
        ("IDM/api/items/1", 0, b""),
        ("IDM/api/items/forbidden", 1, b"Forbidden"),
        ("IONSERVICES/api/ion/messaging/service/ping", 0, b""),
        ("IONSERVICES/process/application/ping", 0, b"pong"),
        ("IONSERVICES/latin", 0, b"M\xfcller"),
        ("IONSERVICES/datacatalog/v1/object/list", 0, b'{"items":[1,2,3]}'),
        ("DATAFABRIC/datalake/v2/ping", 0, b'{"zipped":true}'),
        ("DATAFABRIC/compass/v2/jobs", 0, b"RUNNING"),
        ("nowhere/at/all", 1, b"Not Found"),
        ("moved/elsewhere", 1, b"moved"),
        ("moved/here", 1, b"moved"),
        ("rejected/once", 0, b'{"ok":true}'),
        ("rejected/always", 7, b"Unauthorized"),
        ("limited", 1, b"Rate limit"),
        ("broken", 1, b"<title>500"),
        ("page", 6, b"Sign in"),
        ("cut", 6, b""),
        ("DATAFABRIC/datalake/v2/cut-gzip", 6, b""),
        ("hostile-text", 0, HOSTILE.encode()),
    ],
)
def test_every_body_goes_into_a_pipe_byte_for_byte_and_the_exit_code_says_how_it_went(
    gateway: ApiServer, path: str, code: int, body: bytes
) -> None:
    ran = api(path)
    assert ran.returncode == code, said(ran)
    assert body in ran.stdout
    assert bool(body) is bool(ran.stdout)
    assert bool(said(ran)) is bool(code)
    rejected = path.startswith("rejected")
    assert len(gateway.journal) == (2 if rejected else 1)
    for asked in gateway.journal:
        assert asked.target == f"/PRACTICE_TST/{path.removeprefix('/')}"
        assert asked.headers["accept-encoding"] == "identity"
        assert asked.headers["accept"] == "application/json"
        assert asked.headers["authorization"].startswith("Bearer ")
    assert len({asked.headers["authorization"] for asked in gateway.journal}) == len(gateway.journal)


def test_what_went_wrong_is_said(gateway: ApiServer) -> None:
    assert "HTTP 429" in said(api("limited"))
    assert "Try again in 17 seconds." in said(api("limited"))
    assert "https://evil.example/steal" in said(api("moved/elsewhere"))
    assert "token=x" not in said(api("moved/elsewhere"))
    assert "web page instead of data" in said(api("page"))
    assert api("page", "-H", "Accept: text/html").returncode == 0


def test_a_server_that_stalls_is_left(gateway: ApiServer) -> None:
    ran = api("stalled", "--timeout", "1")
    assert (ran.returncode, ran.stdout) == (6, b"")


def test_fields_make_a_json_body_and_with_get_a_query(gateway: ApiServer) -> None:
    arguments = ["-f", "a=1", "-F", "b=1", "-F", "c=true", "-F", "d=null", "-F", "e=-0", "-F", "f=@-"]
    assert api("IDM/api/items", *arguments, stdin="ü".encode()).returncode == 1
    asked = gateway.journal[-1]
    assert (asked.method, asked.headers["content-type"]) == ("POST", "application/json")
    assert json.loads(asked.body) == {"a": "1", "b": 1, "c": True, "d": None, "e": 0, "f": "ü"}
    assert api("IDM/api/items/search", "-X", "get", "-f", "$query=/MDS_File[@A = 1]", "-F", "$offset=0").returncode == 0
    asked = gateway.journal[-1]
    assert (asked.method, asked.body) == ("GET", b"")
    assert asked.target == "/PRACTICE_TST/IDM/api/items/search?$query=/MDS_File%5B%40A%20%3D%201%5D&$offset=0"


def test_a_body_is_sent_as_it_is_and_again_after_a_401(gateway: ApiServer, tmp_path: Path) -> None:
    assert api("M3/m3api-rest/v2/execute", "--input", "-", stdin=b'{"program":"X"}').returncode == 0
    assert gateway.journal[-1][0] == "POST"
    assert gateway.journal[-1].body == b'{"program":"X"}'
    (tmp_path / "body").write_bytes(PDF * 100)
    ran = api("rejected/once", "-X", "PUT", "--input", str(tmp_path / "body"), "-H", "Content-Type: application/pdf")
    assert ran.returncode == 0
    first, second = gateway.journal[-2:]
    assert first.body == second.body == PDF * 100
    assert second.headers["content-type"] == "application/pdf"


def test_headers_are_added_and_shown(gateway: ApiServer) -> None:
    ran = api("limited", "-i", "-H", "X-Own: yes", "-H", "Accept: text/plain")
    assert gateway.journal[-1].headers["x-own"] == "yes"
    assert gateway.journal[-1].headers["accept"] == "text/plain"
    head, _empty, body = ran.stdout.partition(b"\n\n")
    assert head.startswith(b"HTTP/1.1 429 Too Many Requests\n")
    assert b"Retry-After: 17" in head
    assert json.loads(body)


def test_head_has_headers_and_no_body(gateway: ApiServer) -> None:
    ran = api("IDM/api/items/count", "-X", "HEAD", "-i")
    assert ran.returncode == 0
    assert ran.stdout.endswith(b"\n\n")


@pytest.mark.posix("memory is measured")
def test_fifty_megabytes_need_a_file_and_little_memory(gateway: ApiServer, downloads: Path) -> None:
    ran = api("IDM/api/items/big")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert "--output FILE" in said(ran)
    for path in ("IDM/api/items/big", "DATAFABRIC/datalake/v2/bomb"):
        file = downloads / path.replace("/", "-")
        peak = _peak_of("api", "acme-tst", path, "--output", str(file))
        small = _peak_of("api", "acme-tst", "IDM/api/items/count", "--output", str(file) + ".small")
        assert file.stat().st_size == BIG
        assert file.stat().st_mode & 0o777 == 0o600
        # In KiB; the body would be 51,200.
        assert peak - small < 15_000


def _peak_of(*arguments: str) -> int:
    code = (
        "import resource, subprocess, sys; code = subprocess.run(sys.argv[1:]).returncode;"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code, SCRIPT, *arguments], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[-1])


def test_a_file_is_kept_only_after_a_success(gateway: ApiServer, downloads: Path) -> None:
    file = downloads / "out"
    for path, code in (("limited", 1), ("page", 6), ("cut", 6), ("moved/here", 1), ("rejected/always", 7)):
        assert api(path, "--output", str(file)).returncode == code
        assert not file.exists(), path
    assert b"Rate limit" in api("limited", "--output", str(file)).stdout
    ran = api("IDM/api/items/1/resource/stream", "--output", str(file))
    assert (ran.returncode, ran.stdout, file.read_bytes()) == (0, b"", PDF)
    assert api("IDM/api/items/1", "--output", f"{file}.empty").returncode == 0
    assert Path(f"{file}.empty").read_bytes() == b""


def test_nothing_is_sent_if_the_file_cannot_be_written(gateway: ApiServer, downloads: Path) -> None:
    file = downloads / "out"
    file.write_text("mine")
    assert api("IDM/api/items/count", "--output", str(file)).returncode == 2
    assert file.read_text() == "mine"
    assert api("IDM/api/items/count", "--output", str(downloads / "no/such")).returncode == 5
    assert gateway.journal == []


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "MERGE"])
def test_production_is_not_written_to_without_confirmation(own_home: Path, method: str) -> None:
    # Its secret is nowhere: a store that is asked gives exit code 5.
    write_registry(own_home, "acme-prd", tenant="ACME_PRD")
    for options, code in (((), 2), (("--confirm", "acme-tst"), 2), (("--confirm", "acme-prd"), 5)):
        command = [SCRIPT, "api", "acme-prd", "IDM/api/items/1", "-X", method, *options]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        assert ran.returncode == code, ran.stderr
        assert ("acme-prd" in ran.stderr) is (code == 2)


def test_reading_from_production_needs_no_confirmation(own_home: Path) -> None:
    write_registry(own_home, "acme-prd", tenant="ACME_PRD")
    command = [SCRIPT, "api", "acme-prd", "IDM/api/items/1"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 5


def test_writing_outside_production_needs_no_confirmation(gateway: ApiServer) -> None:
    assert api("IDM/api/items/1", "-X", "DELETE").returncode == 0


def test_a_path_that_leads_out_of_the_tenant_is_refused_before_anything_is_sent(gateway: ApiServer) -> None:
    for path in ("../OTHER_TST/IDM/api", "IDM/%2e%2e/%2e%2e/x", "https://evil.example/x", "//evil.example/x"):
        assert api(path).returncode == 2, path
    assert gateway.journal == []
    assert api(f"{gateway.url}/PRACTICE_TST/IDM/api/items/count?a=%20b").returncode == 0
    assert gateway.journal[-1].target == "/PRACTICE_TST/IDM/api/items/count?a=%20b"


@pytest.mark.parametrize(
    "options",
    [
        *(("-H", "Authorization: Bearer x"), ("-H", "Host: evil.example"), ("-H", "X: a\r\nY: b"), ("-H", "nothing")),
        *(("-f", "a"), ("-f", "a=1", "-F", "a=2"), ("-f", "a[b]=1"), ("-F", "a=@/no/such/file"), ("-X", "TRACE")),
        *(("--input", "/no/such/file"), ("--input", "-", "-f", "a=1"), ("-X", "GE T")),
    ],
    ids=" ".join,
)
def test_options_that_cannot_be_followed_are_wrong_usage(gateway: ApiServer, options: tuple[str, ...]) -> None:
    ran = api("IDM/api/items/count", *options)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert gateway.journal == []


def test_there_has_to_be_such_a_profile() -> None:
    assert api("IDM").returncode == 4


def shown(*arguments: str) -> tuple[int | None, str]:
    """Run the command in a terminal; return its exit code and what was drawn."""
    environ = dict(os.environ) | {"TERM": "xterm"}
    terminal = pexpect.spawn(
        SCRIPT, ["api", "acme-tst", *arguments], encoding="utf-8", timeout=60, env=environ, dimensions=(40, 200)
    )
    code = end_of(terminal)
    return code, str(terminal.before).replace("\r\n", "\n")


@pytest.mark.posix("a pseudo-terminal")
def test_a_terminal_gets_json_indented_with_its_digits_as_they_are(gateway: ApiServer) -> None:
    code, screen = shown("M3/m3api-rest/v2/execute/CRS610MI/LstByNumber")
    assert code == 0
    assert '\n          "ODUD": 1.10,\n          "CUNM": "Müller"\n' in screen
    assert json.loads(screen) == json.loads(M3)


@pytest.mark.posix("a pseudo-terminal")
@pytest.mark.parametrize("path", ["hostile", "hostile-text"])
def test_control_characters_never_reach_a_terminal(gateway: ApiServer, path: str) -> None:
    code, screen = shown(path, "-i")
    assert code == 0
    for line in screen.split("\n"):
        assert line.isprintable(), line
    assert "‹202E›" in screen


@pytest.mark.posix("a pseudo-terminal")
def test_a_terminal_gets_no_binary_and_no_token(gateway: ApiServer) -> None:
    code, screen = shown("IDM/api/items/1/resource/stream")
    assert code == 0
    assert "application/pdf" in screen
    assert "%PDF" not in screen
    code, screen = shown("echo", "-i")
    token = gateway.journal[-1].headers["authorization"].split()[1]
    assert code == 0
    assert token not in screen
    assert token.encode() in api("echo").stdout, "a pipe gets what came"


def test_there_are_as_many_endpoints_as_the_plan_says() -> None:
    assert len(ENDPOINTS) >= 25
