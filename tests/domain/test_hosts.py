"""Which hosts are Infor's, this machine, or look-alikes."""

from __future__ import annotations

import pytest

from ionapi_tui.domain.hosts import imitates_infor, is_address, is_known, is_loopback, leads_here, region_of


@pytest.mark.parametrize(
    "host", ["mingle-ionapi.inforcloudsuite.com", "a.EU1.InforCloudSuite.com", "x.inforgov.com", "a.b.infor.com"]
)
def test_hosts_of_infors_cloud_are_known(host: str) -> None:
    assert is_known(host)
    assert not imitates_infor(host)


@pytest.mark.parametrize(
    "host", ["evil-infor.com", "infor.com.evil.example", "inforos.acme.example", "inforcloudsuite"]
)
def test_other_hosts_are_not(host: str) -> None:
    assert not is_known(host)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", "LOCALHOST"])
def test_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["127.0.0.2", "localhost.evil.example", "0.0.0.0", ""])
def test_not_this_machine(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    "url", ["http://localhost:8377/x", "http://127.0.0.1", "http://[::1]:8377", "HTTP://LOCALHOST"]
)
def test_an_address_leads_here_by_its_host(url: str) -> None:
    assert leads_here(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://localhost.evil.example",
        "https://localhost@evil.example",
        "https://evil.example/localhost",
        "https://evil.example?localhost",
        "https://127.0.0.2",
        "localhost",
        "https://[::1",
        "",
    ],
)
def test_no_other_part_of_an_address_makes_it_lead_here(url: str) -> None:
    assert not leads_here(url)


@pytest.mark.parametrize("host", ["10.0.0.1", "::1", "2130706433", "0x7f.1", "a.127"])
def test_addresses_in_any_spelling(host: str) -> None:
    assert is_address(host)


@pytest.mark.parametrize(
    "host",
    [
        "inforcloudsuite.co",
        "a.inf0rcloudsuite.com",
        "a.lnforcloudsuite.com",
        "a.inforcloudsuite.com.example",
        "a.inforcloudsuites.com",
        "infor.com.example",
    ],
)
def test_imitations(host: str) -> None:
    assert imitates_infor(host)


@pytest.mark.parametrize(
    "host",
    [
        "inforos.acme.example",
        "cloud.example",
        "infor.acme.example",
        "inforcloudsuite.acme",
        "inforcloudsuite.cn",
        "inforcloudsuite-x.acme.example",
        "inforcloudsuite",
        "intranet",
        "",
    ],
)
def test_honest_names_of_customers(host: str) -> None:
    assert not imitates_infor(host)


@pytest.mark.parametrize("host", ["inforcloudsuite.com", "inforgov.com"])
def test_infors_domain_by_itself_imitates_nobody(host: str) -> None:
    assert not imitates_infor(host)


def test_the_region_is_what_follows_the_first_label() -> None:
    assert region_of("mingle-sso.eu1.inforcloudsuite.com") == region_of("mingle-ionapi.EU1.inforcloudsuite.com")
    assert region_of("mingle-ionapi.EU1.inforcloudsuite.com") == "eu1.inforcloudsuite.com"


@pytest.mark.parametrize("end", ["co", "cm", "om", "con", "comm", "CO"])
def test_infors_name_below_a_mistyped_com_imitates_it(end: str) -> None:
    assert imitates_infor(f"mingle-ionapi.eu1.inforcloudsuite.{end}")
