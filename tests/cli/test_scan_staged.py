"""``scan --staged``: a commit with secrets is stopped, by what git has staged and not by what the work tree shows."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import SCRIPT, write_registry
from tests.samples import MARKER, as_bytes, random_secret, sample

pytestmark = pytest.mark.posix("hooks and modes of POSIX")

WHO = {f"GIT_{role}_{what}": "nobody@acme.example" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def git(folder: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run git in ``folder`` as somebody."""
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, env=os.environ | WHO, capture_output=True, text=True, check=check)


def scan(folder: Path, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command in ``folder``."""
    command = [SCRIPT, "scan", "--staged", *options]
    ran = subprocess.run(command, cwd=folder, env=os.environ | variables, capture_output=True, text=True, check=False)
    assert MARKER not in ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr
    return ran


def commits(folder: Path) -> int:
    """Return how many commits there are."""
    return len(git(folder, "log", "--format=%h", check=False).stdout.split())


@pytest.fixture
def repository(downloads: Path) -> Path:
    """A git repository with one commit."""
    folder = downloads / "project"
    folder.mkdir(mode=0o700)
    git(folder, "init", "--quiet")
    (folder / "README").write_text("hello\n")
    git(folder, "add", "README")
    git(folder, "commit", "--quiet", "-m", "one")
    return folder


@pytest.fixture
def hooked(repository: Path) -> Path:
    """The repository with the command as its hook, without pre-commit in between."""
    hook = repository / ".git/hooks/pre-commit"
    hook.write_text(f"#!/bin/sh\nexec '{SCRIPT}' scan --staged\n")
    hook.chmod(0o700)
    return repository


def test_a_staged_file_is_found_and_said_to_be_staged(repository: Path) -> None:
    (repository / "a.json").write_bytes(as_bytes(sample()))
    assert scan(repository).returncode == 0, "not staged yet"
    git(repository, "add", "a.json")
    ran = scan(repository, "--json")
    (hit,) = json.loads(ran.stdout)
    assert ran.returncode == 1
    assert (hit["file"], hit["tenant"]) == (str(repository / "a.json"), "ACME_TST")
    assert [one["code"] for one in hit["exposures"]] == ["git-staged"]
    subprocess.run(["sh", "-c", *hit["commands"]], check=True)
    assert scan(repository).returncode == 0, "the command that is offered takes it out of the commit"


def test_the_index_counts_and_not_the_work_tree(repository: Path) -> None:
    file = repository / "a.json"
    file.write_bytes(as_bytes(sample()))
    git(repository, "add", "a.json")
    file.write_text("{}")
    assert scan(repository).returncode == 1
    file.unlink()
    assert scan(repository).returncode == 1
    git(repository, "rm", "--quiet", "--cached", "a.json")
    file.write_bytes(as_bytes(sample()))
    assert scan(repository).returncode == 0


def test_before_the_first_commit_everything_staged_is_searched(downloads: Path) -> None:
    git(downloads, "init", "--quiet", "new")
    (downloads / "new/a.json").write_bytes(as_bytes(sample()))
    git(downloads / "new", "add", "a.json")
    ran = scan(downloads / "new", "--json")
    assert ran.returncode == 1
    subprocess.run(["sh", "-c", *json.loads(ran.stdout)[0]["commands"]], check=True)
    assert scan(downloads / "new").returncode == 0


def test_what_was_committed_before_does_not_stop_every_later_commit(repository: Path) -> None:
    (repository / "a.json").write_bytes(as_bytes(sample()))
    git(repository, "add", "a.json")
    git(repository, "commit", "--quiet", "-m", "two")
    (repository / "README").write_text("changed\n")
    git(repository, "add", "README")
    assert scan(repository).returncode == 0
    (repository / "a.json").write_bytes(as_bytes(sample()) + b"\n")
    git(repository, "add", "a.json")
    assert scan(repository).returncode == 1


def test_a_commit_is_stopped_with_the_reason(hooked: Path) -> None:
    (hooked / "a.json").write_bytes(as_bytes(sample()))
    git(hooked, "add", "a.json")
    done = git(hooked, "commit", "-m", "two", check=False)
    assert (done.returncode, commits(hooked)) == (1, 1)
    shown = " ".join((done.stdout + done.stderr).split())
    assert "a.json" in shown
    assert "Tenant ACME_TST, app Doc2Export" in shown
    assert "the next commit adds it to the history" in shown
    assert "Remove the files from the commit" in shown


@pytest.mark.parametrize("options", [("--all",), ("README",), ("--include", "README")], ids=" ".join)
def test_a_commit_from_a_temporary_index_is_stopped_too(hooked: Path, options: tuple[str, ...]) -> None:
    (hooked / "README").write_bytes(as_bytes(sample()))
    assert git(hooked, "commit", "-m", "two", *options, check=False).returncode == 1
    assert commits(hooked) == 1


def test_a_commit_from_a_subfolder_and_in_a_second_work_tree_is_stopped_too(hooked: Path) -> None:
    (hooked / "sub").mkdir()
    (hooked / "sub/a").write_bytes(as_bytes(sample()))
    git(hooked / "sub", "add", "a")
    assert git(hooked / "sub", "commit", "-m", "two", check=False).returncode == 1
    git(hooked, "worktree", "add", "--quiet", str(hooked.parent / "second"))
    second = hooked.parent / "second"
    (second / "README").write_bytes(as_bytes(sample()))
    assert git(second, "commit", "--all", "-m", "two", check=False).returncode == 1


def test_a_commit_without_secrets_passes(hooked: Path) -> None:
    (hooked / "b").write_text("x" * 500)
    git(hooked, "add", "b")
    git(hooked, "commit", "--quiet", "-m", "two")
    assert commits(hooked) == 2


def test_keys_alone_and_hostile_names_are_found(repository: Path) -> None:
    (repository / "\x1b[2J\n\u202e.env").write_text(f"KEY='ACME_TST#{random_secret()}'\n")
    git(repository, "add", "--all")
    ran = scan(repository)
    assert ran.returncode == 1
    assert "␛[2J" in ran.stdout
    assert "\x1b" not in ran.stdout
    assert "$ git" not in ran.stdout


def test_the_profile_is_named_and_no_password_store_is_asked(own_home: Path, repository: Path) -> None:
    document = sample()
    write_registry(own_home, "acme-tst", ci=document["ci"])
    (repository / "a").write_bytes(as_bytes(document))
    git(repository, "add", "a")
    (hit,) = json.loads(scan(repository, "--json").stdout)
    assert (hit["profile"], hit["match"]) == ("acme-tst", "unknown")


def test_a_repository_cannot_have_its_programs_run(repository: Path) -> None:
    trace = repository.parent / "trace"
    program = repository.parent / "program"
    program.write_text(f"#!/bin/sh\ntouch '{trace}'\ncat\n")
    program.chmod(0o700)
    for name in (
        *("core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.gitProxy", "diff.external"),
        *("diff.x.textconv", "diff.x.command", "filter.x.clean", "filter.x.smudge", "filter.x.process", "pager.diff"),
        *("pager.diff-index", "credential.helper", "gpg.program", "alias.diff-index", "alias.cat-file"),
    ):
        git(repository, "config", name, f"!{program}" if name.startswith("alias") else str(program))
    hooks = repository / ".git/hooks"
    for name in ("post-index-change", "pre-commit", "reference-transaction", "fsmonitor-watchman"):
        (hooks / name).write_bytes(program.read_bytes())
        (hooks / name).chmod(0o700)
    (repository / ".gitattributes").write_text("* diff=x filter=x\n")
    blob = subprocess.run(
        ["git", "-C", str(repository), "hash-object", "-w", "--stdin", "--no-filters"],
        input=as_bytes(sample()),
        capture_output=True,
        check=True,
    )
    trace.unlink(missing_ok=True)
    entry = f"100644,{blob.stdout.decode().strip()},a.json"
    git(repository, "-c", f"core.hooksPath={os.devnull}", "update-index", "--add", "--cacheinfo", entry)
    trace.unlink(missing_ok=True)
    assert scan(repository).returncode == 1
    assert not trace.exists()


def test_a_missing_content_is_not_fetched_and_stops_the_commit(repository: Path) -> None:
    trace = repository.parent / "trace"
    git(repository, "config", "core.repositoryFormatVersion", "1")
    git(repository, "config", "extensions.partialClone", "evil")
    git(repository, "config", "remote.evil.promisor", "true")
    git(repository, "config", "remote.evil.url", f"ext::sh -c touch% {trace}")
    git(repository, "config", "protocol.ext.allow", "always")
    git(repository, "update-index", "--add", "--cacheinfo", f"100644,{'1' * 40},a.json")
    ran = scan(repository)
    assert ran.returncode == 1
    assert "git fsck" in " ".join(ran.stderr.split())
    assert not trace.exists()
    # So that the test can fail: git itself does fetch it.
    git(repository, "cat-file", "-p", "1" * 40, check=False)
    assert trace.exists()


def test_it_needs_a_repository_and_takes_no_paths(downloads: Path, repository: Path) -> None:
    assert scan(downloads).returncode == 2
    assert scan(repository, "README").returncode == 2


def test_the_hook_that_is_published_runs_this_command() -> None:
    import yaml

    (hook,) = yaml.safe_load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hook["entry"].split() == [Path(SCRIPT).name, "scan", "--staged"]
    assert (hook["pass_filenames"], hook["always_run"]) == (False, True)
