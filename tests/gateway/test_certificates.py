from __future__ import annotations

import asyncio
import queue
import ssl
import warnings
from datetime import UTC, datetime

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as some

from ionapi_tui.gateway.certificates import installed_loader, issuer_at, issuer_in
from tests.gateway.servers import OddServer, read_request, silent


def certificate(authority: trustme.CA) -> bytes:
    pem = authority.issue_cert("127.0.0.1").cert_chain_pems[0].bytes().decode()
    return ssl.PEM_cert_to_DER_cert(pem)


def test_the_issuer_is_named_by_organization_and_common_name() -> None:
    authority = trustme.CA(organization_name="Acme Inspection", organization_unit_name="Proxies")
    assert "Acme Inspection" in issuer_in(certificate(authority), load_der_x509_certificate)


def test_an_issuers_control_characters_are_made_visible() -> None:
    shown = issuer_in(certificate(trustme.CA(organization_name="Ac\x1b[2Jme\u202e")), load_der_x509_certificate)
    assert shown.isprintable()
    assert "Ac␛[2Jme‹202E›" in shown


@pytest.mark.parametrize(
    ("common", "organization", "shown"),
    [
        ("Proxy CA", "Acme", "Proxy CA (Acme)"),
        ("Acme", "Acme", "Acme"),
        ("Proxy CA", "", "Proxy CA"),
        ("", "Acme", "Acme"),
        ("", "", ""),
        ("C" * 200, "", "C" * 119 + "…"),
    ],
)
def test_the_issuer_is_shown_by_what_its_names_say(common: str, organization: str, shown: str) -> None:
    assert issuer_in(issued_by(common, organization), load_der_x509_certificate) == shown


def issued_by(common: str, organization: str) -> bytes:
    """Return a certificate whose issuer has these names, empty ones left out."""
    wanted = {NameOID.COMMON_NAME: common, NameOID.ORGANIZATION_NAME: organization}
    # Names that are longer than they may be are met in practice; the library only warns of them.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        names = [x509.NameAttribute(oid, name, _validate=False) for oid, name in wanted.items() if name]
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    builder = x509.CertificateBuilder(x509.Name(names), x509.Name([]), key.public_key(), 1, now, now)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


@given(some.binary(max_size=300))
def test_no_bytes_at_all_make_it_fail(rubbish: bytes) -> None:
    assert isinstance(issuer_in(rubbish, load_der_x509_certificate), str)


@given(cut=some.integers(0, 700), flipped=some.integers(0, 255))
def test_no_damaged_certificate_makes_it_fail(cut: int, flipped: int) -> None:
    damaged = bytearray(GENUINE[: len(GENUINE) - cut])
    if damaged:
        damaged[cut % len(damaged)] = flipped
    assert isinstance(issuer_in(bytes(damaged), load_der_x509_certificate), str)


GENUINE = certificate(trustme.CA())


async def test_the_issuer_is_fetched_without_sending_a_request() -> None:
    seen: list[bytes] = []
    authority = trustme.CA(organization_name="Acme Inspection")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with OddServer(lambda connection: seen.append(read_request(connection)), tls=context) as server:
        assert "Acme Inspection" in await issuer_at(server.url, 5)
        # The first connection has ended, or there would be no second one to count.
        await issuer_at(server.url, 5)
    assert not b"".join(seen)


@pytest.mark.parametrize("url", ["https://127.0.0.1:1", "https://nowhere.invalid", "http://127.0.0.1:1"])
async def test_a_server_that_cannot_be_reached_has_no_issuer(url: str) -> None:
    assert await issuer_at(url, 1) == ""


async def test_a_server_that_hangs_has_no_issuer() -> None:
    with OddServer(silent) as server:
        assert await issuer_at(server.url.replace("http:", "https:"), 0.2) == ""


async def test_without_the_library_the_issuer_is_not_shown_and_nobody_is_asked() -> None:
    seen: queue.Queue[bytes] = queue.Queue()
    with OddServer(lambda connection: seen.put(read_request(connection))) as server:
        assert await issuer_at(server.url, 5, loader=lambda: None) == ""
        assert await issuer_at(server.url, 5) == ""
        # The server takes note of a request when the client has gone.
        await asyncio.to_thread(seen.get, timeout=60)
    # The first one did not even connect.
    assert seen.empty()


def test_the_library_is_used_where_it_is_installed() -> None:
    assert installed_loader() is load_der_x509_certificate
