"""Files that mean harm end with a finding in ``check`` and ``import``: no crash, no hang, nothing raw."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ionapi_tui.domain.credentials import KNOWN_KEYS
from tests.cli.conftest import Cli
from tests.corpus import CASES
from tests.fixtures.private_keyring import PrivateKeyring
from tests.samples import as_bytes, sample_bytes

NASTY = "\x1b[2J\x1b]52;c;eA==\x07\x1b]8;;http://e.example\x1b\\x\x9b31m\u202e\u200b[@click=app.quit]y[/]\0"


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_folder(path: Path) -> None:
    path.mkdir()


def make_fifty_megabytes(path: Path) -> None:
    path.touch()
    os.truncate(path, 50 * 1024 * 1024)


def make_deep(path: Path) -> None:
    path.write_bytes(b'{"a":' * 200_000)


def make_nasty(path: Path) -> None:
    path.write_bytes(as_bytes(dict.fromkeys(KNOWN_KEYS, NASTY) | {NASTY: NASTY}))


def make_circle(path: Path) -> None:
    path.symlink_to(path)


def make_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def make_memory(path: Path) -> None:
    path.symlink_to("/proc/self/mem")


MAKERS = [
    make_pipe,
    make_fifty_megabytes,
    make_deep,
    make_nasty,
    make_circle,
    make_device,
    make_memory,
]


@pytest.mark.parametrize(
    "maker",
    [
        pytest.param(maker, id=maker.__name__, marks=[pytest.mark.posix("named pipes")] if maker is make_pipe else [])
        for maker in MAKERS
    ],
)
@pytest.mark.parametrize("command", ["check", "import"])
def test_each_is_refused(cli: Cli, downloads: Path, command: str, maker: Callable[[Path], None]) -> None:
    file = downloads / "x.ionapi"
    maker(file)
    ran = cli(command, str(file))
    assert ran.code == 3
    assert "✕ Error:" in ran.out + ran.err


def test_a_folder_is_no_file_to_check(cli: Cli, downloads: Path) -> None:
    ran = cli("check", str(downloads))
    assert ran.code == 3
    assert "is a folder. “ionapi-tui import FOLDER”" in " ".join(ran.err.split())


@pytest.mark.parametrize("command", ["check", "import"])
@pytest.mark.parametrize("name", ["gone\x1b[2J.ionapi", "gone\udcff.ionapi", "", "x" * 5000])
def test_nasty_names_are_made_visible(cli: Cli, command: str, name: str) -> None:
    assert cli(command, name).code == 3


def test_an_endless_input_is_cut(cli: Cli) -> None:
    ran = cli("check", "-", "--json", stdin=b" " * 3_000_000)
    assert [finding["code"] for finding in ran.json["findings"]] == ["too-large"]


def test_the_whole_corpus_in_one_folder(cli: Cli, downloads: Path, in_private_keyring: PrivateKeyring) -> None:
    for number, case in enumerate(CASES):
        (downloads / f"{number:03}.ionapi").write_bytes(case.raw)
    (downloads / "zzz.ionapi").write_bytes(sample_bytes(tenant="GLOBEX_PRD"))
    ran = cli("import", str(downloads), "--json")
    assert ran.code == 3
    outcomes = {Path(outcome["file"]).stem: outcome for outcome in ran.json}
    assert len(outcomes) == len(CASES) + 1
    assert outcomes["zzz"]["profile"]["name"] == "globex-prd"
    for outcome in outcomes.values():
        usable = all(finding["severity"] != "error" for finding in outcome["findings"])
        assert outcome["ok"] is usable is (outcome["profile"] is not None)
    stored = cli("list", "--json").json
    assert len(stored) == sum(outcome["ok"] for outcome in outcomes.values())
