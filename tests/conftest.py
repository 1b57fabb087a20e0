"""What every test has: a home of its own, no way out, and a look for leaked secrets afterwards."""

from __future__ import annotations

import gc
import os
import sys
import warnings
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, settings

from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.practice.state.tokens import Budgets
from tests.fixtures import guards, windows
from tests.fixtures.leaks import leaking_files
from tests.fixtures.private_keyring import PrivateKeyring, missing_programs
from tests.samples import MARKER, sample

guards.close_the_doors()
guards.open_the_ears()

# How long an example takes says more about the machine than about the program.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


_left_out = pytest.StashKey[dict[str, int]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is for other systems."""
    config.stash[_left_out] = windows.leave_out(config, items)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which tests were left out, and why."""
    for reason, count in sorted(config.stash.get(_left_out, {}).items()):
        terminalreporter.write_line(f"left out on this system: {count} ({reason})")


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays until the end; looking through it takes a tenth of the time of tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test, and the processes it starts, an empty home and no keyring."""
    home = tmp_path / "home"
    for name, value in guards.environment_of(home).items():
        monkeypatch.setenv(name, value)
    home.mkdir()
    return home


@pytest.fixture(autouse=True)
def no_way_out() -> Iterator[None]:
    """Fail the test that tried to reach something outside this machine."""
    guards.attempts.clear()
    yield
    assert not guards.attempts, "the test tried to leave this machine"


@pytest.fixture(autouse=True, scope="session")
def no_leaks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Search, when all tests are over, everything they left on disk for their secrets."""
    yield
    assert not leaking_files(tmp_path_factory.getbasetemp()), f"files hold a secret ({MARKER})"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run a test once more if it failed and a GNOME Keyring daemon aborted meanwhile.

    That is a fault of the daemon (an assertion of its own, now and then, when somebody comes while another one goes),
    and it takes the secrets of the test along. A daemon that a test kills is none of that.
    """
    if not isinstance(item, pytest.Function) or not {"private_keyring", "own_keyring"} & set(item.fixturenames):
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, log=False, nextitem=nextitem)
    if PrivateKeyring.one_has_aborted() and any(report.failed for report in reports):
        item._initrequest()
        reports = runtestprotocol(item, log=False, nextitem=nextitem)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test whose output, or logging, shows a secret."""
    report = yield
    shown = [title for title, text in report.sections if MARKER in text]
    if report.when == "teardown" and shown and report.passed:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: {', '.join(shown)} shows a secret ({MARKER})"
    return report


@pytest.fixture(scope="session")
def private_keyring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateKeyring]:
    """A real GNOME Keyring, unlocked, shared by the tests; ``env`` leads a process to it. Leave it unlocked."""
    yield from _keyring(tmp_path_factory)


@pytest.fixture
def own_keyring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateKeyring]:
    """A real GNOME Keyring for one test, which may lock and kill it."""
    # keyring's SecretService backend leaves its connection to the garbage collector when it fails.
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "unclosed <socket", ResourceWarning)
        yield from _keyring(tmp_path_factory)
        gc.collect()


@pytest.fixture
def in_private_keyring(private_keyring: PrivateKeyring, monkeypatch: pytest.MonkeyPatch) -> PrivateKeyring:
    """Let the test itself, not only its processes, see the shared GNOME Keyring."""
    enter(private_keyring, monkeypatch)
    return private_keyring


@pytest.fixture
def in_own_keyring(own_keyring: PrivateKeyring, monkeypatch: pytest.MonkeyPatch) -> PrivateKeyring:
    """Let the test itself see a GNOME Keyring of its own."""
    enter(own_keyring, monkeypatch)
    return own_keyring


def enter(keyring: PrivateKeyring, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lead this process to ``keyring`` until the test is over."""
    if "DBUS_SESSION_BUS_ADDRESS" in keyring.env:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", keyring.env["DBUS_SESSION_BUS_ADDRESS"])
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")


@pytest.fixture
def credentials() -> Credentials:
    """Credentials of a backend service in ``ACME_TST``."""
    return Credentials.from_document(sample())


def _keyring(factory: pytest.TempPathFactory) -> Iterator[PrivateKeyring]:
    if sys.platform == "win32":
        yield from windows.credential_manager()
        return
    missing = missing_programs()
    if missing and os.environ.get("CI") != "true":
        pytest.skip(f"not installed: {', '.join(missing)}")
    assert not missing, f"with CI=true these have to be installed: {missing}"
    keyring = PrivateKeyring(factory.mktemp("keyring"))
    yield keyring
    keyring.stop()


@pytest.fixture(scope="session")
def shared_tenant() -> Iterator[PracticeTenant]:
    """A practice tenant without limits, for all tests of a session."""
    with PracticeTenant(budgets=Budgets.unlimited(), secret_marker=MARKER) as tenant:
        yield tenant


@pytest.fixture
def tenant(shared_tenant: PracticeTenant) -> Iterator[PracticeTenant]:
    """The practice tenant, healthy and with an empty journal."""
    shared_tenant.faults.clear()
    shared_tenant.requests.clear()
    yield shared_tenant
    shared_tenant.faults.clear()
