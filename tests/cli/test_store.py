"""``store``: where secrets go, another place for them, and moving there."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pexpect
import pytest

from ionapi_tui import cli as command_line
from ionapi_tui.base.secret import Secret
from ionapi_tui.cli import asking
from ionapi_tui.domain.credentials import BINDING_KEY
from ionapi_tui.secret_stores.unlock_advice import how_to_start
from ionapi_tui.secret_stores.vault.vault import Vault
from tests.cli.conftest import SCRIPT, Cli, run, write_registry
from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.terminal import end_of
from tests.fixtures.vaults import KeePassXC, new_passphrase, new_vault
from tests.samples import sample, sample_bytes


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with no bus and no setting, as a container is."""
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")


@pytest.fixture
def passphrase(downloads: Path, monkeypatch: pytest.MonkeyPatch) -> Secret:
    """A passphrase in a file that the environment names."""
    passphrase = new_passphrase()
    file = downloads / "passphrase"
    file.write_text(passphrase.reveal() + "\n")
    file.chmod(0o600)
    monkeypatch.setenv("IONAPI_TUI_PASSPHRASE_FILE", str(file))
    return passphrase


@pytest.mark.posix("Windows has its store")
@pytest.mark.usefixtures("bare")
def test_on_a_bare_machine_the_vault_is_offered_and_then_keeps_what_is_imported(
    cli: Cli, own_home: Path, downloads: Path, passphrase: Secret
) -> None:
    file = downloads / "Doc2Export.ionapi"
    document = sample()
    file.write_text(json.dumps(document))
    refused = cli("import", str(file))
    assert refused.code == 5
    assert "ionapi-tui store use vault" in refused.err.replace("\n", " ")
    made = cli("store", "use", "vault")
    assert made.code == 0, made.err
    assert "about" in made.err
    listed = " ".join(cli("store").err.split())
    assert listed.endswith("To choose one: ionapi-tui store use NAME. Names: vault.")
    assert cli("import", str(file), "--name", "acme-tst", "--delete-file").code == 0
    assert not file.exists()
    tool = KeePassXC(own_home / "ionapi-tui" / "vault.kdbx", passphrase)
    assert tool.titles() == ["acme-tst"]
    kept = json.loads(tool.password("ionapi-tui/acme-tst"))
    assert kept.pop(BINDING_KEY)[0]["iu"] == document["iu"]
    assert kept == {key: document[key] for key in ("cs", "saak", "sask")}


@pytest.mark.usefixtures("bare")
def test_a_locked_vault_without_anybody_to_ask_ends_with_5_and_says_how(
    cli: Cli, own_home: Path, downloads: Path, passphrase: Secret, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = downloads / "Doc2Export.ionapi"
    file.write_bytes(sample_bytes())
    assert cli("store", "use", "vault").code == 0
    monkeypatch.delenv("IONAPI_TUI_PASSPHRASE_FILE")
    ran = cli("import", str(file))
    assert ran.code == 5
    assert "IONAPI_TUI_PASSPHRASE_FILE" in ran.err
    (examined,) = (probe for probe in cli("doctor", "--json").json["probes"] if probe["id"] == "round-trip")
    assert examined["fix"] in " ".join(ran.err.split()), "the same advice"
    assert cli("store", "--json").json["stores"][0]["state"] == "locked"


@pytest.mark.usefixtures("bare")
def test_a_wrong_passphrase_is_explained_with_where_it_came_from(
    cli: Cli, downloads: Path, own_home: Path, passphrase: Secret
) -> None:
    new_vault(own_home / "ionapi-tui" / "vault.kdbx", new_passphrase())
    assert cli("store", "use", "vault").code == 0
    file = downloads / "Doc2Export.ionapi"
    file.write_bytes(sample_bytes())
    ran = cli("import", str(file))
    assert ran.code == 5
    assert "It came from IONAPI_TUI_PASSPHRASE_FILE" in " ".join(ran.err.split())


@pytest.mark.posix("KeePassXC's command reads the file")
@pytest.mark.usefixtures("bare")
def test_a_teams_vault_is_used_in_a_group_of_its_own(
    cli: Cli, own_home: Path, downloads: Path, passphrase: Secret
) -> None:
    path = own_home / "team.kdbx"
    new_vault(path, passphrase)
    KeePassXC(path, passphrase).run("mkdir", "Team")
    file = downloads / "Doc2Export.ionapi"
    file.write_bytes(sample_bytes())
    assert cli("store", "use", str(path)).code == 0
    assert cli("import", str(file), "--name", "acme-tst").code == 0
    assert set(KeePassXC(path, passphrase).run("ls").split()) == {"ionapi-tui/", "Team/"}
    path.rename(own_home / "away.kdbx")
    (vault, *_others) = cli("store", "--json").json["stores"]
    assert (vault["state"], vault["profiles"]) == ("away", ["acme-tst"])
    assert cli("list", "--json").json[0]["name"] == "acme-tst"
    assert "was not found" in cli("store").out


@pytest.mark.terminal
@pytest.mark.usefixtures("bare")
def test_the_passphrase_is_entered_twice_and_never_shown() -> None:
    passphrase = new_passphrase().reveal()
    terminal = pexpect.spawn(SCRIPT, ["store", "use", "vault"], encoding="utf-8", timeout=60)
    for question in ("New passphrase: ", "Repeat passphrase:"):
        terminal.expect_exact(question)
        terminal.waitnoecho(60)
        terminal.sendline(passphrase)
    assert end_of(terminal) == 0
    assert passphrase not in str(terminal.before)
    Vault(Path(os.environ["IONAPI_TUI_HOME"]) / "vault.kdbx").unlock(Secret(passphrase))


@pytest.mark.usefixtures("bare")
def test_a_change_of_passphrase(own_home: Path, downloads: Path, passphrase: Secret, cli: Cli) -> None:
    path, new = own_home / "ionapi-tui" / "vault.kdbx", new_passphrase()
    new_vault(path, passphrase)
    file = downloads / "new"
    file.write_text("short")
    assert cli("store", "passphrase", "--new-file", str(file)).code == 2
    Vault(path).unlock(passphrase)
    file.write_text(new.reveal())
    assert cli("store", "passphrase", "--new-file", str(file)).code == 0
    Vault(path).unlock(new)


@pytest.mark.posix("Windows has its store")
def test_a_store_that_cannot_be_used_is_not_chosen(cli: Cli, bare: None) -> None:
    for name in ("no.such.Backend", "keyring.backends.null.Keyring"):
        assert cli("store", "use", name).code == 5
    assert cli("store", "--json").json["use"] is None


@pytest.mark.posix("Windows has its store")
@pytest.mark.usefixtures("bare")
def test_an_unknown_store_is_answered_with_the_ones_that_there_are(cli: Cli) -> None:
    for arguments in (("use", "foo"), ("use", "keyring:foo"), ("move", "foo")):
        ran = cli("store", *arguments)
        said = " ".join(ran.err.split())
        assert ran.code == 5
        assert "There is no password store" in said
        assert "Available on this computer: vault." in said
        assert "written" not in said
    assert cli("store", "--json").json["use"] is None


@pytest.mark.posix("Windows has its store")
@pytest.mark.usefixtures("bare")
def test_a_choice_that_leads_nowhere_leaves_the_one_before(cli: Cli, passphrase: Secret) -> None:
    assert cli("store", "use", "vault").code == 0
    ran = cli("store", "use", "keyring")
    assert ran.code == 5
    assert "Nothing was changed." in " ".join(ran.err.split())
    assert cli("store", "--json").json["use"] == "kdbx"


@pytest.mark.posix("Windows has its store")
@pytest.mark.usefixtures("bare")
def test_nothing_is_said_to_be_written_to_a_store_that_is_away(cli: Cli) -> None:
    for arguments in (("use", "KWallet"), ("move", "KWallet"), ("move", "no.such.Backend")):
        ran = cli("store", *arguments)
        assert ran.code == 5
        assert "is not available: " in ran.err or "was never chosen on this computer" in ran.err
        assert "written" not in ran.err


@pytest.mark.keyring
def test_profiles_move_from_the_keyring_to_the_vault_and_the_rest_says_where_it_is(
    cli: Cli, in_own_keyring: PrivateKeyring, downloads: Path, passphrase: Secret
) -> None:
    for number in range(3):
        file = downloads / f"{number}.ionapi"
        file.write_bytes(sample_bytes(tenant=f"ACME{number}_TST"))
        assert cli("import", str(file)).code == 0
    assert len(in_own_keyring.items()) == 3
    used = cli("store", "use", "vault")
    assert "3 profiles are in other password stores." in used.err
    one = cli("store", "move", "vault", "acme0-tst")
    assert (one.code, one.out) == (0, "acme0-tst\n")
    assert len(in_own_keyring.items()) == 2
    moved = cli("store", "move", "vault")
    assert moved.code == 0
    assert in_own_keyring.items() == {}
    assert {one["store"] for one in cli("list", "--json").json} == {"kdbx"}
    assert run("store", "use", "keyring").code == 0
    assert cli("store", "move", "keyring").code == 0
    assert len(in_own_keyring.items()) == 3
    listed = cli("store")
    assert "* GNOME Keyring: ready, 3 profiles" in listed.out
    assert "Names: keyring, vault." in listed.err


@pytest.mark.usefixtures("bare")
@pytest.mark.posix("the store is that of a Linux desktop")
@pytest.mark.parametrize(
    "arguments",
    [("verify", "acme-tst"), ("token", "acme-tst"), ("exec", "acme-tst", "--", sys.executable, "-V")],
    ids=["verify", "token", "exec"],
)
def test_a_store_that_is_away_is_called_by_its_name_and_the_error_says_how_to_get_it_back(
    cli: Cli, own_home: Path, arguments: tuple[str, ...]
) -> None:
    write_registry(own_home, "acme-tst")
    ran = cli(*arguments)
    said = " ".join(ran.err.split())
    assert ran.code == 5
    assert "Desktop password store is not available" in said
    assert how_to_start() in said
    assert "“ionapi-tui store” shows the state" in said
    assert "SecretService" not in said


@pytest.mark.usefixtures("bare")
@pytest.mark.posix("the stores are those of Linux")
def test_stores_are_listed_by_name_and_the_names_to_enter_come_last(cli: Cli, own_home: Path) -> None:
    write_registry(own_home, "acme-tst")
    ran = cli("store")
    assert "  Desktop password store: not available, 1 profile" in ran.out
    assert "keyring:" not in ran.out
    assert "  KeePass vault vault.kdbx: not available, 0 profiles" in ran.out
    assert " ".join(ran.err.split()).endswith(" To choose one: ionapi-tui store use NAME. Names: vault.")


@pytest.mark.posix("Windows has its store")
@pytest.mark.usefixtures("bare")
def test_the_command_does_not_recommend_itself(cli: Cli, own_home: Path) -> None:
    folder = own_home / "ionapi-tui"
    folder.mkdir(mode=0o700)
    (folder / "store.json").write_text('{"version": 1, "use": "keyring:SecretService", "known": []}')
    ran = cli("store")
    said = " ".join((ran.out + ran.err).split())
    assert "Nothing is lost: its profiles work again when it is available." in said
    assert "shows the state of every password store" not in said


def test_a_weak_passphrase_is_used_only_if_that_is_wished(monkeypatch: pytest.MonkeyPatch) -> None:
    weak, strong = Secret("password1"), new_passphrase()
    answers = {"entered": iter((weak, strong)), "agreed": iter((False,))}
    monkeypatch.setattr(asking, "_entered", lambda _store: next(answers["entered"]))
    monkeypatch.setattr(asking, "_agrees", lambda _question: next(answers["agreed"]))
    assert asking.new_passphrase("a vault", from_environment=False) == strong
    answers = {"entered": iter((weak,)), "agreed": iter((True,))}
    assert asking.new_passphrase("a vault", from_environment=False) == weak


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["store", "list"], "There is no command store list."),
        (["store", "mov"], "There is no command store mov. Did you mean store move?"),
        (["plan", "lst"], "There is no command plan lst. Did you mean plan list?"),
        (["stor"], "There is no command stor. Did you mean store?"),
    ],
)
def test_an_unknown_command_of_a_group_is_answered_like_any_other(
    arguments: list[str], sentence: str, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line.run(arguments) == 2
    assert f"Error: {sentence}" in " ".join(capsys.readouterr().err.split())
