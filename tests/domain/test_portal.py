"""Portals of tenants: recognized in addresses and files, and never guessed."""

from __future__ import annotations

import pytest

from ionapi_tui.domain.portal import Portal, portal_in, portal_of, tenant_in

EU = "https://mingle-portal.eu1.inforcloudsuite.com/v2/ACME_TST"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (EU, EU),
        (f" {EU}/0b1c/apps?x=1#top\n", EU),
        ("https://mingle-portal.eu1.inforcloudsuite.com/ACME_TST", EU),
        ("https://MINGLE-PORTAL.eu1.inforcloudsuite.com:443/v2/acme_tst/", EU),
        ("https://mingle-sso.eu1.inforcloudsuite.com:443/ACME_TST/as/authorization.oauth2?code=secret", EU),
        ("https://mingle-ionapi.eu1.inforcloudsuite.com/ACME_TST", EU),
        (
            "https://mingle-portal.inforcloudsuite.com/v2/ACME_PRD",
            "https://mingle-portal.inforcloudsuite.com/v2/ACME_PRD",
        ),
        (
            "https://mingle-ionapi.us2.prd3.inforcloudsuite.com/A1B2C3D4E5F6G7H8_AX4",
            "https://mingle-portal.us2.prd3.inforcloudsuite.com/v2/A1B2C3D4E5F6G7H8_AX4",
        ),
        (
            "https://mingle-cqa-sso.cqa.inforcloudsuite.com/ACME_TST/as/",
            "https://mingle-cqa-portal.cqa.inforcloudsuite.com/v2/ACME_TST",
        ),
    ],
)
def test_an_address_from_the_browser_names_the_portal_and_nothing_of_the_rest_is_kept(text: str, address: str) -> None:
    portal = portal_in(text)
    assert portal is not None
    assert portal.address == address
    assert address.endswith(f"/{portal.tenant}")


@pytest.mark.parametrize(
    "text",
    [
        *("", "ACME_TST", "http://mingle-portal.inforcloudsuite.com/v2/ACME_TST", "https://example.com/v2/ACME_TST"),
        "https://mingle-portal.inforcloudsuite.com",
        "https://mingle-portal.inforcloudsuite.com/v2/",
        "https://mingle-portal.inforcloudsuite.com/v2/no-tenant",
        "https://mingle-portal.inforcloudsuite.com.example.com/v2/ACME_TST",
        "https://user@mingle-portal.inforcloudsuite.com/v2/ACME_TST",
        "https://mingle-portal.inforcloudsuite.com:8443/v2/ACME_TST",
        "https://mingle-portal.inforcloudsuite.com:x/v2/ACME_TST",
        "https://acme.m3.eu1.inforcloudsuite.com/ACME_TST",
        "https://[",
    ],
)
def test_any_other_text_is_no_portal(text: str) -> None:
    assert portal_in(text) is None


def test_the_gateway_of_a_file_says_where_the_portal_is_in_the_cloud_alone() -> None:
    assert portal_of("https://mingle-ionapi.eu1.inforcloudsuite.com", "ACME_TST") == Portal("ACME_TST", EU)
    for gateway in ("https://infor.acme.example:7443", "http://127.0.0.1:8080", "https://mingle35-ionapi.inforgov.com"):
        assert portal_of(gateway, "ACME_TST") is None
    assert portal_of("https://mingle-ionapi.eu1.inforcloudsuite.com:x", "ACME_TST") is None


@pytest.mark.parametrize(
    ("text", "tenant"),
    [
        *((" acme_tst ", "ACME_TST"), ("ACME_AX9", "ACME_AX9"), ("A1B2C3D4E5F6G7H8_PRD", "A1B2C3D4E5F6G7H8_PRD")),
        *(("my-company_dev", "MY-COMPANY_DEV"), ("infor", ""), ("ACME", ""), ("ACME_", ""), ("ACME TST", "")),
        *(("ACME_TOOLONG", ""), ("_TST", ""), ("A" * 90 + "_TST", ""), ("ACME_TST\n[x", "")),
    ],
)
def test_the_names_of_cloud_tenants_are_recognized(text: str, tenant: str) -> None:
    assert tenant_in(text) == tenant
