"""Terminal, clock, proxy and trust."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ionapi_tui.usecases.examination import surroundings
from ionapi_tui.usecases.examination.probe import Status
from tests.usecases.examination.machines import machine


@pytest.mark.parametrize(
    ("environ", "status", "words"),
    [
        ({}, Status.OK, "none is named"),
        ({"HTTPS_PROXY": "http://bob:CANARY@proxy.acme.example:3128"}, Status.OK, "http:3128, with a password in it"),
        ({"HTTPS_PROXY": "proxy.acme.example:3128", "NO_PROXY": "x"}, Status.OK, "http:3128, without a password in it"),
        ({"ALL_PROXY": "socks5://proxy.acme.example"}, Status.OK, "socks5:-"),
        ({"https_proxy": "http://[::1"}, Status.ERROR, "https_proxy is not a valid proxy address"),
        ({"HTTPS_PROXY": "ftp://proxy.acme.example"}, Status.ERROR, "is not a valid proxy address"),
    ],
)
def test_a_proxy_is_reported_without_its_name(
    tmp_path: Path, environ: dict[str, str], status: Status, words: str
) -> None:
    probe = surroundings.proxy(machine(tmp_path, environ=environ))
    assert (probe.status, words in probe.detail) == (status, True), probe
    for private in ("bob", "CANARY", "proxy.acme"):
        assert private not in probe.detail


def test_a_clock_before_this_program_was_written_is_wrong(tmp_path: Path) -> None:
    probe = surroundings.clock(machine(tmp_path, now=lambda: datetime(2001, 1, 1, tzinfo=UTC)))
    assert (probe.status, "2001" in probe.detail) == (Status.ERROR, True)


def test_a_clock_that_differs_from_the_disks_is_a_warning(tmp_path: Path) -> None:
    def ahead() -> datetime:
        return datetime.now(UTC) + timedelta(days=400)

    assert surroundings.clock(machine(tmp_path, now=ahead)).status is Status.WARNING


def test_certificates_that_are_named_and_not_there_are_an_error(tmp_path: Path) -> None:
    assert surroundings.trust(machine(tmp_path)).status is Status.OK
    probe = surroundings.trust(machine(tmp_path, environ={"SSL_CERT_FILE": str(tmp_path / "acme.pem")}))
    assert probe.status is Status.ERROR
    assert "acme" not in str(probe)


def test_versions_are_listed_and_a_missing_library_too(tmp_path: Path) -> None:
    probe = surroundings.software(machine(tmp_path))
    assert probe.detail.startswith("ionapi-tui 0")
    assert "Python 3" in probe.detail


def test_a_pipe_is_no_terminal(tmp_path: Path) -> None:
    assert surroundings.terminal(machine(tmp_path)).status is Status.SKIPPED
