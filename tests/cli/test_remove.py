"""``remove`` takes a profile and its secrets away, after being sure, and says what it leaves."""

from __future__ import annotations

import pexpect
import pytest

from tests.cli.conftest import SCRIPT, Cli
from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.terminal import end_of
from tests.samples import sample_bytes

pytestmark = pytest.mark.keyring


@pytest.fixture(autouse=True)
def stored(cli: Cli, in_private_keyring: PrivateKeyring) -> None:
    """One profile in a real GNOME Keyring."""
    assert cli("import", "-", stdin=sample_bytes()).code == 0


def names(cli: Cli) -> list[str]:
    return [profile["name"] for profile in cli("list", "--json").json]


def test_confirmed_it_is_gone_from_list_and_keyring(cli: Cli, in_private_keyring: PrivateKeyring) -> None:
    before = set(in_private_keyring.items())
    ran = cli("remove", "acme-tst", "--confirm", "acme-tst")
    assert (ran.code, ran.out) == (0, "")
    assert "still exist in Infor" in ran.err
    assert "Service Accounts" in ran.err
    assert names(cli) == []
    assert len(before - set(in_private_keyring.items())) == 1


def test_without_a_terminal_it_has_to_be_confirmed(cli: Cli) -> None:
    ran = cli("remove", "acme-tst")
    assert ran.code == 2
    assert "--confirm acme-tst" in ran.err
    assert names(cli) == ["acme-tst"]


def test_the_wrong_name_confirms_nothing(cli: Cli) -> None:
    assert cli("remove", "acme-tst", "--confirm", "acme").code == 2
    assert names(cli) == ["acme-tst"]


def test_a_profile_that_is_not_there(cli: Cli) -> None:
    assert cli("remove", "other", "--confirm", "other").code == 4


@pytest.mark.terminal
@pytest.mark.parametrize(
    ("answer", "code", "left"),
    [("y", 0, []), (" Yes", 0, []), ("n", 1, ["acme-tst"]), ("NO", 1, ["acme-tst"]), ("", 1, ["acme-tst"])],
)
def test_on_a_terminal_it_asks(cli: Cli, answer: str, code: int, left: list[str]) -> None:
    terminal = pexpect.spawn(SCRIPT, ["remove", "acme-tst"], encoding="utf-8", timeout=60)
    terminal.expect_exact("[y/N]")
    assert "tenant ACME_TST, app Doc2Export" in str(terminal.before)
    terminal.sendline(answer)
    assert end_of(terminal) == code
    assert names(cli) == left


@pytest.mark.terminal
def test_another_answer_is_asked_for_again_and_the_language_s_own_counts(cli: Cli) -> None:
    terminal = pexpect.spawn(SCRIPT, ["--lang", "de", "remove", "acme-tst"], encoding="utf-8", timeout=60)
    terminal.expect_exact("[j/N]")
    terminal.sendline("vielleicht")
    terminal.expect_exact("Antworten Sie bitte mit ja oder nein.")
    terminal.expect_exact("[j/N]")
    assert names(cli) == ["acme-tst"]
    terminal.sendline("ja")
    assert end_of(terminal) == 0
    assert names(cli) == []


@pytest.mark.terminal
def test_the_end_of_the_input_is_no_answer(cli: Cli) -> None:
    terminal = pexpect.spawn(SCRIPT, ["remove", "acme-tst"], encoding="utf-8", timeout=60)
    terminal.expect_exact("[y/N]")
    terminal.sendeof()
    terminal.expect_exact("Interrupted.")
    assert end_of(terminal) == 130
    assert names(cli) == ["acme-tst"]


@pytest.mark.terminal
def test_control_c_at_the_question_removes_nothing(cli: Cli) -> None:
    terminal = pexpect.spawn(SCRIPT, ["remove", "acme-tst"], encoding="utf-8", timeout=60)
    terminal.expect_exact("[y/N]")
    terminal.sendintr()
    assert end_of(terminal) == 130
    assert names(cli) == ["acme-tst"]
