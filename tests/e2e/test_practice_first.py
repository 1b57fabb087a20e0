"""Practice run: the whole job on a machine without a browser, by keyboard alone, and no trace of it afterwards."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from tests.e2e.conftest import Desktop
from tests.fixtures.private_keyring import PrivateKeyring, wait_until
from tests.fixtures.processes import is_running
from tests.fixtures.terminal import DOWN, ENTER, ESCAPE, NARROW, Terminal, control

pytestmark = [pytest.mark.terminal, pytest.mark.keyring]


def practise(window: Terminal) -> None:
    """Choose Practice run on the welcome page, and read what is offered."""
    window.sees("Start the guide", "Practice run")
    window.press(DOWN, ENTER)
    window.sees("Practice run: a simulated Infor portal", "PRACTICE_TST", "practice.admin", "practice.service")


def store_and_verify(window: Terminal) -> None:
    """Let the practice tenant write a file, and take it all the way to green."""
    window.press("f")
    window.sees("PRACTICE", "Choose the file", " Practice.ionapi just now")
    window.press(ENTER)
    window.sees("PRACTICE", "can be stored", "Store and verify", "Enter to store the secrets")
    window.press(ENTER)
    window.sees("PRACTICE", "Verify practice-tst", "These credentials work")


def tenant_of(desktop: Desktop) -> int:
    """Return the process of the practice tenant that runs."""
    sign = desktop.program_home / "practice/running.json"
    process = json.loads(sign.read_text())["process"]
    assert is_running(process)
    return int(process)


def profiles(desktop: Desktop) -> list[str]:
    """Return the names of the stored profiles."""
    return [profile["name"] for profile in json.loads((desktop.program_home / "profiles.json").read_text())["profiles"]]


def test_from_the_welcome_page_to_green_and_everything_is_gone_again(
    desktop: Desktop, own_keyring: PrivateKeyring
) -> None:
    with desktop.open(NARROW) as window:
        practise(window)
        store_and_verify(window)
        tenant = tenant_of(desktop)
        secrets = secrets_in(desktop.downloads / "Practice.ionapi")
        assert profiles(desktop) == ["practice-tst"]
        assert all(secret in "".join(own_keyring.items().values()) for secret in secrets)
        window.press(control("o"))
        window.sees("PRACTICE", "Profiles", "practice-tst")
        window.press(control("q"))
        window.sees("End the practice run?", "1 practice profile is stored")
        window.press(ESCAPE)
        window.loses("End the practice run?")
        window.sees("PRACTICE", "Profiles", "practice-tst")
        assert is_running(tenant)
        window.press(control("q"))
        window.sees("End the practice run?")
        window.press(ENTER)
        assert window.ends() == 0
        assert not any(secret.encode() in window.raw for secret in secrets)
    assert not is_running(tenant)
    assert profiles(desktop) == []
    assert own_keyring.items() == {}
    assert not (desktop.program_home / "practice/running.json").exists()


def test_with_nothing_stored_it_ends_without_a_question(desktop: Desktop) -> None:
    with desktop.open(NARROW) as window:
        practise(window)
        tenant = tenant_of(desktop)
        window.press(ESCAPE)
        window.loses("Practice run: a simulated")
        window.sees("PRACTICE", "Practice run")
        window.press(control("q"))
        assert window.ends() == 0
    assert not is_running(tenant)


def test_a_kept_profile_works_after_the_next_start(desktop: Desktop) -> None:
    with desktop.open(NARROW) as window:
        practise(window)
        store_and_verify(window)
        window.press(control("q"))
        window.sees("End the practice run?", "End, keep profiles")
        window.press("k")
        assert window.ends() == 0
    with desktop.open(NARROW) as window:
        window.sees("Profiles", "practice-tst")
        assert "PRACTICE " not in window.text().partition("Profiles")[0]
        window.press(control("r"))
        window.sees("Practice run: a simulated Infor portal")
        window.press(ESCAPE)
        window.loses("Practice run: a simulated")
        window.sees("PRACTICE", "Profiles")
        window.press("v")
        window.sees("Verify practice-tst", "These credentials work")


@pytest.mark.parametrize("sign", ["SIGKILL", "SIGTERM", "SIGHUP"])
def test_the_practice_tenant_ends_with_the_app_however_that_ends(desktop: Desktop, sign: str) -> None:
    with desktop.open(NARROW) as window:
        practise(window)
        tenant = tenant_of(desktop)
        window.process.kill(signal.Signals[sign])
        window.ends()
    wait_until(lambda: not is_running(tenant))


def secrets_in(file: Path) -> list[str]:
    """Return the secrets of a file, which the practice tenant made without the tests' marker."""
    document = json.loads(file.read_text())
    return [document[key] for key in ("cs", "saak", "sask")]
