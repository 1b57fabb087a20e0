from __future__ import annotations

import ssl

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as some

from ionapi_tui.gateway.certificates import issuer_at, issuer_in
from tests.gateway.servers import OddServer, read_request, silent


def certificate(authority: trustme.CA) -> bytes:
    pem = authority.issue_cert("127.0.0.1").cert_chain_pems[0].bytes().decode()
    return ssl.PEM_cert_to_DER_cert(pem)


def test_the_issuer_is_named_by_organization_and_common_name() -> None:
    authority = trustme.CA(organization_name="Acme Inspection", organization_unit_name="Proxies")
    assert "Acme Inspection" in issuer_in(certificate(authority))


def test_an_issuers_control_characters_are_made_visible() -> None:
    shown = issuer_in(certificate(trustme.CA(organization_name="Ac\x1b[2Jme\u202e")))
    assert shown.isprintable()
    assert "Ac␛[2Jme‹202E›" in shown


@given(some.binary(max_size=300))
def test_no_bytes_at_all_make_it_fail(rubbish: bytes) -> None:
    assert isinstance(issuer_in(rubbish), str)


@given(cut=some.integers(0, 700), flipped=some.integers(0, 255))
def test_no_damaged_certificate_makes_it_fail(cut: int, flipped: int) -> None:
    damaged = bytearray(GENUINE[: len(GENUINE) - cut])
    if damaged:
        damaged[cut % len(damaged)] = flipped
    assert isinstance(issuer_in(bytes(damaged)), str)


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
