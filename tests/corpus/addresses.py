"""Files whose addresses are wrong, hostile, or do not fit the rest."""

from __future__ import annotations

from typing import Final

from ionapi_tui.domain.findings import Code, Step
from tests.corpus.case import ERROR, INFO, WARNING, Case
from tests.samples import CLOUD, as_bytes, on_premises, sample_bytes

_IU = f"https://mingle-ionapi.{CLOUD}"


def _bad_url(name: str, iu: str, says: str = "") -> Case:
    return Case(name, sample_bytes(iu=iu), Code.BAD_URL, "iu", ERROR, Step.DOWNLOAD, says)


ADDRESSES: Final = (
    Case("plain http", sample_bytes(iu=f"http://a.{CLOUD}"), Code.INSECURE_URL, "iu", ERROR, Step.DOWNLOAD),
    Case("http here", sample_bytes(iu="http://127.0.0.1:8080"), Code.INSECURE_URL, "iu", INFO, None),
    Case("http for tokens", sample_bytes(ot=f"http://a.{CLOUD}/t"), Code.INSECURE_URL, "ot", ERROR, Step.DOWNLOAD),
    _bad_url("a user name", f"https://{CLOUD}@evil.example", "user name"),
    _bad_url("a backslash", f"https://evil.example\\@a.{CLOUD}", "backslash"),
    _bad_url("an IP address", "https://192.0.2.7", "IP address"),
    _bad_url("an IPv6 address", "https://[2001:db8::1]:7443", "IP address"),
    _bad_url("an address in one number", "https://3221225991", "IP address"),
    _bad_url("a hexadecimal address", "https://0xC0.0x0.0x2.0x7", "IP address"),
    _bad_url("Cyrillic letters", "https://mingle-ionapi.infоrcloudsuite.com", "letters"),
    _bad_url("punycode", "https://mingle-ionapi.xn--infrcloudsuite-xyz.com", "letters"),
    _bad_url("a zero for an o", "https://mingle-ionapi.inf0rcloudsuite.com", "imitates"),
    _bad_url("one letter less", "https://mingle-ionapi.infocloudsuite.com", "imitates"),
    _bad_url("Infor's domain inside", f"https://mingle-ionapi.{CLOUD}.evil.example", "imitates"),
    _bad_url("another scheme", f"ftp://a.{CLOUD}", "https://"),
    _bad_url("a script", "javascript:alert(1)"),
    _bad_url("no scheme", f"mingle-ionapi.{CLOUD}", "complete address"),
    _bad_url("no host", "https:///x"),
    _bad_url("a broken bracket", "https://[::1", "complete address"),
    _bad_url("a port that cannot be", f"{_IU}:99999"),
    _bad_url("port zero", f"{_IU}:0"),
    _bad_url("an odd port", f"{_IU}:22", "port 22"),
    _bad_url("a query", f"{_IU}?x=1"),
    _bad_url("two dots", "https://a..example"),
    Case("tokens elsewhere", sample_bytes(ot="//1.2.3.4/t"), Code.BAD_URL, "ot", ERROR, Step.DOWNLOAD, "IP address"),
    Case("revoked elsewhere", sample_bytes(**{"or": "https://a@b.c"}), Code.BAD_URL, "or", ERROR, Step.DOWNLOAD),
    Case("on premises", as_bytes(on_premises()), Code.UNKNOWN_HOST, "iu", WARNING, None, "inforos.acme.example"),
    Case("tokens from a stranger", sample_bytes(ot="https://b.example/t"), Code.UNKNOWN_HOST, "ot", WARNING, None),
    Case(
        "the server of another tenant",
        sample_bytes(pu=f"https://mingle-sso.eu1.{CLOUD}:443/GLOBEX_TST/as/"),
        Code.TENANT_MISMATCH,
        "pu",
        WARNING,
        Step.DOWNLOAD,
        "GLOBEX_TST",
    ),
    Case(
        "the server of another environment",
        sample_bytes(pu=f"https://mingle-sso.eu1.{CLOUD}:443/ACME_PRD/as/"),
        Code.TENANT_MISMATCH,
        "pu",
        ERROR,
        Step.DOWNLOAD,
        "ACME_PRD",
    ),
    Case(
        "a path that was edited",
        sample_bytes(pu="https://mingle-sso.eu1.inforcloudsuite.com:443/ACME_TST/asX/"),
        Code.BAD_URL,
        "pu",
        WARNING,
        Step.DOWNLOAD,
        "Authorization server (“pu”) ends in “asX”",
    ),
    Case(
        "another client", sample_bytes(ci="ACME_PRD~a"), Code.TENANT_MISMATCH, "ci", ERROR, Step.DOWNLOAD, "Client ID"
    ),
    Case(
        "another key", sample_bytes(saak="ACME_DEV#a"), Code.TENANT_MISMATCH, "saak", ERROR, Step.DOWNLOAD, "ACME_DEV"
    ),
    Case("two regions", sample_bytes(iu=_IU), Code.REGION_MISMATCH, "pu", WARNING, Step.DOWNLOAD),
    Case(
        "cloud and premises", sample_bytes(iu="https://a.example"), Code.REGION_MISMATCH, "pu", WARNING, Step.DOWNLOAD
    ),
    Case("the farm's client", sample_bytes(ci="FARM~abc"), Code.CLIENT_PREFIX, "ci", WARNING, Step.DOWNLOAD, "FARM"),
    Case("Infor's client", sample_bytes(ci="infor~a_OIDC"), Code.CLIENT_PREFIX, "ci", WARNING, Step.DOWNLOAD, "infor"),
    Case("a client without tenant", sample_bytes(ci="abc"), Code.CLIENT_PREFIX, "ci", WARNING, Step.DOWNLOAD, "~"),
    Case("cut at the #", sample_bytes(saak="ACME_TST"), Code.CLIENT_PREFIX, "saak", ERROR, Step.DOWNLOAD, "cut off"),
    Case("cut behind it", sample_bytes(saak="ACME_TST#"), Code.CLIENT_PREFIX, "saak", ERROR, Step.DOWNLOAD, "cut off"),
)
