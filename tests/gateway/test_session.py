from __future__ import annotations

import gzip
import socket
import ssl
import threading

import pytest
import trustme

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.gateway.client import client
from ionapi_tui.gateway.failures import NotReached
from ionapi_tui.gateway.network import Network
from ionapi_tui.gateway.session import open_session
from ionapi_tui.gateway.tokens import TokenSource
from ionapi_tui.practice.listener import TlsVariant
from ionapi_tui.practice.server import PracticeTenant
from tests.gateway.servers import Handler, OddServer, read_request, response, saying, silent
from tests.samples import MARKER, random_secret, sample


async def finding_at(url: str, network: Network | None = None) -> Finding:
    """Return what a GET request to ``url`` comes to."""
    async with open_session(network or Network(total=30)) as session:
        with pytest.raises(NotReached) as caught:
            await session.get(url, "iu")
    assert caught.value.finding.fix in str(caught.value)
    assert caught.value.finding.field == "iu"
    return caught.value.finding


async def test_a_name_that_does_not_exist_is_named() -> None:
    network = Network(trusted_hosts=frozenset({"nowhere.invalid"}))
    finding = await finding_at("https://nowhere.invalid", network)
    assert finding.code is Code.DNS
    assert "nowhere.invalid" in finding.message


async def test_a_port_where_nothing_listens_is_named_with_the_systems_reason() -> None:
    finding = await finding_at("http://127.0.0.1:1")
    assert finding.code is Code.REFUSED
    assert "practice tenant" in finding.message
    assert "port 1: " in finding.message
    assert "refused" in finding.message.partition("port 1: ")[2]


@pytest.mark.parametrize(
    ("handler", "code", "words"),
    [
        (saying(b""), Code.REFUSED, "without an answer"),
        (saying(b"220 mail.example ESMTP\r\n\r\n"), Code.NOT_A_GATEWAY, "no HTTP"),
        (saying(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"), Code.BAD_ANSWER, "ends in the middle"),
        (saying(response(b"not gzip", Content_Encoding="gzip")), Code.BAD_ANSWER, "compressed wrongly"),
        (silent, Code.TIMEOUT, "within 1 seconds"),
    ],
)
async def test_what_odd_servers_do_is_explained(handler: Handler, code: Code, words: str) -> None:
    with OddServer(handler) as server:
        finding = await finding_at(server.url, Network(total=1 if code is Code.TIMEOUT else 30))
    assert finding.code is code
    assert words in finding.message


@pytest.mark.parametrize("head_too", [False, True], ids=["body", "head"])
async def test_one_byte_at_a_time_does_not_outwit_the_deadline(head_too: bool) -> None:
    going = threading.Event()
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + b"x" * 1000

    def drip(connection: socket.socket) -> None:
        read_request(connection)
        start = 0 if head_too else answer.index(b"\r\n\r\n") + 4
        connection.sendall(answer[:start])
        for position in range(start, len(answer)):
            if going.wait(0.05):
                return
            connection.sendall(answer[position : position + 1])

    with OddServer(drip) as server:
        finding = await finding_at(server.url, Network(total=0.6))
        going.set()
    assert finding.code is Code.TIMEOUT


@pytest.mark.parametrize("compressed", [False, True], ids=["plain", "gzip bomb"])
async def test_a_huge_body_is_not_read_to_its_end(compressed: bool) -> None:
    sent: list[int] = []

    def flood(connection: socket.socket) -> None:
        read_request(connection)
        chunk = gzip.compress(b"x" * 2_000_000) if compressed else b"x" * 65_536
        encoding = b"Content-Encoding: gzip\r\n" if compressed else b""
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + encoding + b"\r\n")
        for _number in range(800):
            connection.sendall(chunk)
            sent.append(len(chunk))

    with OddServer(flood) as server:
        finding = await finding_at(server.url, Network(total=30))
    assert finding.code is Code.BAD_ANSWER
    assert "longer than 1 MiB" in finding.message
    assert sum(sent) < 40_000_000


async def test_the_beginning_of_a_long_body_is_enough_where_it_is_asked_for() -> None:
    with OddServer(saying(response(b"[" + b"1," * 5_000_000 + b"1]"))) as server:
        async with open_session() as session:
            answer = await session.get(server.url, "iu", first=100)
    assert len(answer.body) == 100


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"])
async def test_a_redirect_is_an_answer_and_the_other_server_sees_nothing(status: str) -> None:
    with OddServer(silent) as elsewhere:
        answer = response(b"", status, Location=elsewhere.url)
        with OddServer(saying(answer)) as server:
            async with open_session() as session:
                got = await session.post(server.url, "pu", {"password": Secret(random_secret())})
    assert got.is_redirect
    assert elsewhere.connections == 0


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "ALL_PROXY"])
async def test_no_proxy_sees_what_is_for_this_machine(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with OddServer(silent) as proxy, OddServer(saying(response(b"{}"))) as server:
        monkeypatch.setenv(variable, proxy.url)
        for host in ("127.0.0.1", "localhost"):
            async with open_session(Network(total=30)) as session:
                await session.get(f"http://{host}:{server.port}", "iu")
        with client(TokenSource(Credentials.from_document(sample(iu=server.url)))) as api:
            api.get("x", auth=None)
        assert (proxy.connections, server.connections) == (0, 3)


@pytest.mark.parametrize(
    "url",
    [
        "https://mingle-ionapi.inforcloudsuite.com/\n",
        "https://\u200b.inforcloudsuite.com",
    ],
)
async def test_an_address_that_the_http_library_refuses_is_a_finding(url: str) -> None:
    assert (await finding_at(url)).code in {Code.BAD_URL, Code.DNS}


async def test_cookies_are_not_kept() -> None:
    seen: list[bytes] = []
    with OddServer(saying(response(b"{}", Set_Cookie="session=1; Path=/"), seen=seen)) as server:
        async with open_session() as session:
            await session.get(server.url, "iu")
            await session.get(server.url, "iu")
    assert len(seen) == 2
    assert b"cookie" not in b"".join(seen).lower()


async def test_a_form_is_encoded_so_that_the_access_key_arrives_whole() -> None:
    seen: list[bytes] = []
    key = random_secret()
    with OddServer(saying(response(b"{}"), seen=seen)) as server:
        async with open_session() as session:
            await session.post(server.url, "pu", {"username": Secret(f"ACME#{key}"), "scope": "a b&c"})
    assert seen[0].endswith(f"username=ACME%23{key}&scope=a+b%26c".encode())


@pytest.mark.parametrize(
    ("variant", "reason"),
    [
        (TlsVariant.EXPIRED, "has expired"),
        (TlsVariant.WRONG_HOST, "belongs to another host"),
        (TlsVariant.UNKNOWN_ISSUER, "is not known to this computer"),
    ],
)
@pytest.mark.posix("Wine compares no addresses with certificates")
async def test_a_bad_certificate_is_refused_with_its_issuer(
    variant: TlsVariant, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with PracticeTenant(tls=variant, secret_marker=MARKER) as tenant:
        # This is how OpenSSL is told of another authority; the code under test is the one that users run.
        monkeypatch.setenv("SSL_CERT_FILE", str(tenant.ca_pem))
        finding = await finding_at(tenant.url)
        assert not len(tenant.requests)
    assert finding.code is Code.TLS
    assert reason in finding.message
    assert "trustme" in finding.message


@pytest.mark.posix("SSL_CERT_FILE is for OpenSSL")
async def test_a_private_authority_that_the_system_trusts_is_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    with PracticeTenant(tls=TlsVariant.GOOD, secret_marker=MARKER) as tenant:
        monkeypatch.setenv("SSL_CERT_FILE", str(tenant.ca_pem))
        async with open_session() as session:
            answer = await session.get(tenant.url, "iu")
    assert answer.status == 400


async def test_a_server_that_does_not_speak_tls_is_explained() -> None:
    def complain(connection: socket.socket) -> None:
        connection.recv(65_536)
        connection.sendall(response(b"You are speaking TLS to a plain port", "400 Bad Request"))

    with OddServer(complain) as server:
        finding = await finding_at(server.url.replace("http:", "https:"))
    assert finding.code is Code.TLS
    assert "does not use TLS" in finding.message


@pytest.mark.posix("Wine compares no addresses with certificates")
async def test_an_inspecting_proxy_is_named_by_its_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    authority = trustme.CA(organization_name="Acme Inspection")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("mingle-ionapi.inforcloudsuite.com").configure_cert(context)

    def intercept(connection: socket.socket) -> None:
        request = read_request(connection)
        assert request.startswith(b"CONNECT mingle-ionapi.inforcloudsuite.com:443")
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with context.wrap_socket(connection, server_side=True) as wrapped:
            wrapped.recv(65_536)

    with OddServer(intercept) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        finding = await finding_at("https://mingle-ionapi.inforcloudsuite.com")
    assert finding.code is Code.TLS
    assert "issued by" in finding.message
    assert "Acme Inspection" in finding.message


@pytest.mark.parametrize(
    ("handler", "reason"),
    [
        (saying(response(b"", "407 Proxy Authentication Required")), "407"),
        (saying(response(b"", "403 Forbidden by Acme")), "403"),
        (None, "refused"),
    ],
)
async def test_a_proxy_that_does_not_let_through_is_named_without_its_password(
    handler: Handler | None, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OddServer(handler or silent) as proxy:
        port = proxy.port if handler else 1
        monkeypatch.setenv("HTTPS_PROXY", f"http://me:{random_secret(20)}@127.0.0.1:{port}")
        finding = await finding_at("https://mingle-ionapi.inforcloudsuite.com")
    assert finding.code is Code.PROXY
    assert f"127.0.0.1:{port}" in finding.message
    assert reason in finding.message
    assert MARKER not in finding.message


async def test_a_proxy_whose_name_nobody_knows_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.invalid:3128")
    finding = await finding_at("https://mingle-ionapi.inforcloudsuite.com")
    assert finding.code is Code.PROXY
    assert "proxy.invalid:3128" in finding.message
    assert "Unknown error" not in finding.message
