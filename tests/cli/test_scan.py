"""``scan``: what lies around, what exposes it, which profile it is, and what to type."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ionapi_tui import cli as command_line
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.usecases.scan.advice import commands_for
from ionapi_tui.usecases.scan.content import Kind, Recognised
from ionapi_tui.usecases.scan.scanner import Hit
from ionapi_tui.usecases.services import Services
from tests.cli.conftest import Cli, write_registry
from tests.fixtures.private_keyring import PrivateKeyring
from tests.samples import as_bytes, random_secret, sample

pytestmark = pytest.mark.posix("permissions, and commands for a POSIX shell")


def put(path: Path, document: dict[str, Any], mode: int = 0o600) -> Path:
    """Write ``document`` to ``path``."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_bytes(as_bytes(document))
    path.chmod(mode)
    return path


def git(folder: Path, *arguments: str) -> str:
    """Run git in ``folder`` as somebody."""
    who = {
        f"GIT_{role}_{what}": "nobody@acme.example" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, env=os.environ | who, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def repository(downloads: Path) -> Path:
    """An empty git repository."""
    folder = downloads / "project"
    folder.mkdir(mode=0o700)
    git(folder, "init", "--quiet")
    return folder


def test_a_file_that_mixes_two_environments_is_found_and_its_import_is_not_recommended(
    cli: Cli, downloads: Path
) -> None:
    put(downloads / "mixed.ionapi", sample() | {"ci": sample(tenant="ACME_PRD")["ci"]})
    (hit,) = cli("scan", str(downloads), "--json").json
    assert not [command for command in hit["commands"] if "import" in command]
    assert "cannot be imported" in " ".join(cli("scan", str(downloads)).out.split())


def test_files_are_found_by_what_is_in_them(cli: Cli, downloads: Path) -> None:
    put(downloads / "Doc2Export.ionapi", sample())
    put(downloads / "deep/er/notes.txt", sample(tenant="ACME_PRD"))
    (downloads / "empty.ionapi").write_bytes(b"{}" + b" " * 200)
    ran = cli("scan", str(downloads), "--json")
    assert ran.code == 1
    assert [(Path(hit["file"]).name, hit["tenant"], hit["environment"]) for hit in ran.json] == [
        ("Doc2Export.ionapi", "ACME_TST", "TST"),
        ("notes.txt", "ACME_PRD", "PRD"),
    ]
    assert list(ran.json[0]) == [
        *("kind", "file", "repository", "blob", "tenant", "environment", "app", "client_id"),
        *("usable", "profile", "match", "exposures", "commands"),
    ]


def test_nothing_found_is_exit_code_0(cli: Cli, downloads: Path) -> None:
    ran = cli("scan", str(downloads))
    assert (ran.code, ran.out) == (0, "")
    assert "No secrets in plain text were found" in ran.err


def test_the_usual_places_are_searched(cli: Cli, own_home: Path, downloads: Path) -> None:
    put(downloads / "a.ionapi", sample())
    put(own_home / "Desktop/downloads/b", sample())
    put(own_home / "Documents/downloads/c", sample())
    put(own_home / ".local/share/Trash/files/downloads/d", sample())
    put(own_home / "elsewhere/downloads/e", sample())
    assert [Path(hit["file"]).name for hit in cli("scan", "--json").json] == ["a.ionapi", "b", "c", "d"]


def test_the_command_that_is_offered_puts_a_file_away(
    cli: Cli, downloads: Path, in_private_keyring: PrivateKeyring
) -> None:
    put(downloads / "it's a file.ionapi", sample())
    for expected in ("ionapi-tui import", "rm -- "):
        (hit,) = cli("scan", str(downloads), "--json").json
        (command,) = hit["commands"]
        assert command.startswith(expected)
        words = shlex.split(command)
        if words[0] == "ionapi-tui":
            assert cli(*words[1:-1]).code == 0
        else:
            subprocess.run(words, check=True)
    assert cli("scan", str(downloads)).code == 0


@pytest.mark.keyring
def test_a_copy_of_a_profile_is_told_from_another_download_of_its_app(
    cli: Cli, downloads: Path, in_private_keyring: PrivateKeyring
) -> None:
    document = sample()
    Services().profiles.add(Credentials.from_document(document), "acme-tst")
    put(downloads / "1-same", document)
    put(downloads / "2-other", document | {"sask": random_secret()})
    put(downloads / "3-new", sample())
    hits = cli("scan", str(downloads), "--json").json
    assert [(hit["profile"], hit["match"]) for hit in hits] == [
        ("acme-tst", "equal"),
        ("acme-tst", "different"),
        (None, None),
    ]
    text = " ".join(cli("scan", str(downloads)).out.split())
    assert "this copy is not needed" in text
    assert "but other secrets" in text


def test_a_store_that_cannot_be_asked_leaves_the_question_open(cli: Cli, own_home: Path, downloads: Path) -> None:
    document = sample()
    write_registry(own_home, "acme-tst", ci=document["ci"])
    put(downloads / "x.ionapi", document)
    (hit,) = cli("scan", str(downloads), "--json").json
    assert (hit["profile"], hit["match"], hit["commands"]) == ("acme-tst", "unknown", [])


def codes(hit: dict[str, Any]) -> list[str]:
    """Return the codes of what exposes ``hit``."""
    return [exposure["code"] for exposure in hit["exposures"]]


def test_modes_and_synced_folders_expose(cli: Cli, own_home: Path, downloads: Path) -> None:
    put(downloads / "Dropbox/x.ionapi", sample())
    assert codes(cli("scan", str(downloads), "--json").json[0]) == ["synced-folder"]
    open_to_all = put(own_home / "public/downloads/y.ionapi", sample(), mode=0o644)
    for folder in open_to_all.parents:
        if own_home.parent in folder.parents or folder == own_home.parent:
            folder.chmod(0o755)
    hit = cli("scan", str(open_to_all), "--json").json[0]
    readable = all(folder.stat().st_mode & 0o001 for folder in open_to_all.parents)
    assert codes(hit) == (["readable-by-others"] if readable else [])


def test_git_knows_more_of_a_file(cli: Cli, repository: Path) -> None:
    (repository / ".gitignore").write_text("ignored*\n")
    put(repository / "tracked.ionapi", sample())
    put(repository / "ignored.ionapi", sample())
    put(repository / "new.ionapi", sample())
    git(repository, "add", "tracked.ionapi")
    git(repository, "commit", "--quiet", "-m", "one")
    hits = {Path(hit["file"]).name: hit for hit in cli("scan", str(repository), "--json").json}
    assert {name: codes(hit) for name, hit in hits.items()} == {
        "tracked.ionapi": ["git-tracked"],
        "ignored.ionapi": [],
        "new.ionapi": ["git-untracked"],
    }
    assert hits["tracked.ionapi"]["commands"][0].startswith("git -C ")


def test_history_remembers_what_was_deleted_and_what_was_pushed(cli: Cli, repository: Path, downloads: Path) -> None:
    document = sample()
    put(repository / "config/old.json", document)
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "-m", "one")
    git(repository, "rm", "--quiet", "config/old.json")
    git(repository, "commit", "--quiet", "-m", "two")
    (hit,) = cli("scan", str(repository), "--json").json
    assert codes(hit) == ["git-history"]
    assert (hit["file"], hit["repository"]) == (str(repository / "config/old.json"), str(repository))
    assert git(repository, "cat-file", "-p", hit["blob"]) == as_bytes(document).decode()
    assert cli("scan", str(repository), "--no-history").code == 0
    git(downloads, "init", "--quiet", "--bare", "remote.git")
    git(repository, "push", "--quiet", str(downloads / "remote.git"), "HEAD:main")
    git(repository, "remote", "add", "origin", str(downloads / "remote.git"))
    git(repository, "fetch", "--quiet", "origin")
    ran = cli("scan", str(repository), "--json")
    assert codes(ran.json[0]) == ["git-history", "git-pushed"]
    assert "Disable the service account" in " ".join(ran.err.split())


def test_a_repository_cannot_have_its_programs_run(cli: Cli, repository: Path) -> None:
    trace = repository.parent / "trace"
    for name in ("core.fsmonitor", "core.pager", "diff.external", "core.sshCommand", "diff.x.textconv"):
        git(repository, "config", name, f"touch '{trace}'; true")
    (repository / ".gitattributes").write_text("* diff=x\n")
    put(repository / "a.ionapi", sample())
    subprocess.run(
        ["git", "-c", "core.fsmonitor=false", "-C", str(repository), "add", "--all"], capture_output=True, check=True
    )
    trace.unlink(missing_ok=True)
    assert cli("scan", str(repository)).code == 1
    assert not trace.exists()


def test_hostile_names_are_shown_and_never_offered_to_be_typed(cli: Cli, downloads: Path) -> None:
    put(downloads / "\x1b[2J\u202e.ionapi", sample())
    ran = cli("scan", str(downloads))
    assert "␛[2J" in ran.out
    assert "$" not in ran.out


def test_windows_gets_its_own_commands() -> None:
    hit = Hit(
        Recognised(Kind.FILE, "ACME_TST", credentials=Credentials.from_document(sample())), Path("it's.ionapi"), ()
    )
    assert commands_for(hit, windows=True) == ("ionapi-tui import 'it''s.ionapi' --delete-file",)


def test_every_file_counts_and_links_are_named(downloads: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = downloads / "several"
    folder.mkdir(mode=0o700)
    (folder / "long.ionapi").write_text("x" * 200)
    for name in ("empty", "short"):
        (folder / f"{name}.ionapi").write_text(name if name == "short" else "")
    (folder / "link.ionapi").symlink_to(folder / "long.ionapi")
    assert command_line.run(["scan", str(folder)]) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert "3 files were looked at. 1 link was not followed." in said
