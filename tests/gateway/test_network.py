from __future__ import annotations

import ssl
from collections.abc import Iterator

import click
import pytest

from ionapi_tui.cli.root import root
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.findings import Code, Severity
from ionapi_tui.gateway.failures import NotReached
from ionapi_tui.gateway.network import Network
from ionapi_tui.gateway.session import open_session
from ionapi_tui.gateway.verify import verify
from ionapi_tui.practice.listener import TlsVariant
from ionapi_tui.practice.server import PracticeTenant
from tests.gateway.servers import OddServer, silent
from tests.samples import MARKER, sample


@pytest.mark.parametrize(
    "url",
    [
        "https://mingle-ionapi.eu1.inforcloudsuite.com",
        "https://MINGLE-SSO.inforcloudsuite.com:443/ACME_TST/as/token.oauth2",
        "https://mingle35-ionapi.inforgov.com/x",
        "http://127.0.0.1:8080/",
        "http://localhost:8080/",
        "http://[::1]:8080/",
        "https://localhost/",
    ],
)
def test_infors_hosts_and_this_machine_may_be_used(url: str) -> None:
    assert Network().refusal(url, "iu") is None


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://mingle-ionapi.inforcloudsuite.com", Code.INSECURE_URL),
        ("http://127.0.0.1.nip.example", Code.INSECURE_URL),
        ("http://127.0.0.2", Code.INSECURE_URL),
        ("https://evil.example", Code.UNKNOWN_HOST),
        ("https://evil-inforcloudsuite.com", Code.UNKNOWN_HOST),
        ("https://inforcloudsuite.com.evil.example", Code.UNKNOWN_HOST),
        ("https://10.0.0.1", Code.UNKNOWN_HOST),
        ("https://user@mingle-ionapi.inforcloudsuite.com", Code.BAD_URL),
        ("https://mingle-ionapi.inforcloudsuite.com@evil.example", Code.BAD_URL),
        ("https://mingle-ionapi.inforcloudsuite.com:x", Code.BAD_URL),
        ("https://[broken", Code.BAD_URL),
        ("ftp://mingle-ionapi.inforcloudsuite.com", Code.BAD_URL),
        ("file:///etc/passwd", Code.BAD_URL),
        ("https:///nowhere", Code.BAD_URL),
        ("", Code.BAD_URL),
    ],
)
def test_nothing_may_be_sent_anywhere_else(url: str, code: Code) -> None:
    finding = Network().refusal(url, "iu")
    assert finding is not None
    assert (finding.code, finding.field, finding.severity) == (code, "iu", Severity.ERROR)
    assert finding.message
    assert finding.fix


def test_a_host_the_user_confirmed_may_be_used_whatever_its_case_but_not_its_neighbour() -> None:
    network = Network(trusted_hosts=frozenset({"inforos.acme.example"}))
    assert network.refusal("https://InforOS.acme.example:7443", "iu") is None
    assert network.refusal("https://other.acme.example", "iu") is not None


@pytest.mark.parametrize("setting", ["check_hostname", "verify_mode"])
def test_a_trust_that_does_not_check_is_not_used(setting: str) -> None:
    context = ssl.create_default_context()
    context.check_hostname = False
    if setting == "verify_mode":
        context.verify_mode = ssl.CERT_NONE
    with pytest.raises(AssertionError, match="does not check"):
        Network(trust=lambda: context).checked_trust()


async def test_nothing_in_the_environment_switches_the_checking_off(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "PYTHONHTTPSVERIFY",
        "SSL_VERIFY",
        "HTTPX_VERIFY",
        "GIT_SSL_NO_VERIFY",
        "NODE_TLS_REJECT_UNAUTHORIZED",
    ):
        monkeypatch.setenv(name, "1" if "NO_" in name else "0")
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, "")
    with PracticeTenant(tls=TlsVariant.UNKNOWN_ISSUER, secret_marker=MARKER) as tenant:
        async with open_session(Network(total=30)) as session:
            with pytest.raises(NotReached) as caught:
                await session.get(tenant.url, "iu")
        assert not len(tenant.requests)
    assert caught.value.finding.code is Code.TLS


def test_no_option_of_any_command_switches_the_checking_off() -> None:
    def options(command: click.Command) -> Iterator[str]:
        for parameter in command.params:
            yield from (*parameter.opts, *parameter.secondary_opts)
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                found = command.get_command(context, name)
                assert found is not None
                yield from options(found)

    known = set(options(root))
    assert {"--verify", "--trust-host", "--store-timeout"} <= known, "commands within commands are looked at"
    words = ("insecure", "no-verify", "no-check", "no-tls", "no-ssl", "certificate")
    assert not [one for one in known if one == "-k" or any(word in one for word in words)]


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "ftp://127.0.0.1:1", "http://[::1"])
async def test_a_proxy_setting_that_cannot_be_used_is_a_finding(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    with pytest.raises(NotReached) as caught:
        async with open_session():
            pass
    assert caught.value.finding.code is Code.PROXY


@pytest.mark.parametrize(
    "changes",
    [
        {"iu": "https://127.0.0.1.nip.example:{port}"},
        {"iu": "https://user@127.0.0.1:{port}"},
        {"pu": "https://127.0.0.1@evil.example:{port}/"},
        {"pu": "http://0.0.0.0:{port}/ACME_TST/as/"},
        {"iu": "http://127.1:{port}"},
        {"iu": "http://2130706433:{port}"},
        {"ot": "http://0.0.0.0:{port}/token"},
    ],
)
async def test_a_file_with_a_hostile_address_causes_no_connection(changes: dict[str, str]) -> None:
    with OddServer(silent) as gateway, OddServer(silent) as elsewhere:
        places = {"iu": gateway.url, "pu": f"{gateway.url}/ACME_TST/as/"}
        hostile = {key: value.format(port=elsewhere.port) for key, value in changes.items()}
        verification = await verify(Credentials.from_document(sample(**places | hostile)), network=Network(total=1))
        assert (gateway.connections, elsewhere.connections) == (0, 0)
    assert not verification.ok
    assert [result.status for result in verification.results] == ["failed", *["skipped"] * 8]
