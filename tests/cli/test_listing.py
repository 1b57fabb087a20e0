"""``list`` and ``show`` tell what is remembered, without the secret store."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ionapi_tui import cli as command_line
from ionapi_tui.cli import output
from ionapi_tui.cli.listing import checked_in_words
from ionapi_tui.domain.profile import Checked, Profile, local_time, timestamp
from tests.cli.conftest import CREATED, Cli, write_registry
from tests.samples import sample

HEAVY = ("textual", "rich", "httpx", "keyring", "importlib.metadata", "filelock", "asyncio", "logging", "platformdirs")
"""What a list does without; each costs more than the list itself."""


def days_ago(days: int) -> str:
    """Return the time so many days ago, and a few hours: no test runs that long."""
    return timestamp(datetime.now(UTC) - timedelta(days=days, hours=6))


def test_no_profiles_yet(cli: Cli) -> None:
    ran = cli("list")
    assert (ran.code, ran.out) == (0, "")
    assert "no profiles yet" in ran.err
    assert cli("list", "--json").out == "[]\n"


def test_profiles_are_listed_by_name(cli: Cli, own_home: Path) -> None:
    write_registry(own_home, "zeta", "acme-tst", created=days_ago(40))
    assert cli("list").out.splitlines() == [
        "NAME      TENANT    ENV  APP         AGE   CHECKED",
        "acme-tst  ACME_TST  TST  Doc2Export  40 d  never",
        "zeta      ACME_TST  TST  Doc2Export  40 d  never",
    ]


def test_those_with_old_credentials_are_listed_alone(cli: Cli, own_home: Path) -> None:
    write_registry(own_home, "acme-tst", created=days_ago(200))
    for span, listed in (("199d", ["acme-tst"]), ("28w", ["acme-tst"]), ("200d", []), ("1y", [])):
        assert [one["name"] for one in cli("list", "--older-than", span, "--json").json] == listed, span
    assert "acme-tst" in cli("list", "--older-than", "180d").out
    none = cli("list", "--older-than", "1y")
    assert (none.code, none.out, "No credentials are older than 1y." in none.err) == (0, "", True)


@pytest.mark.parametrize("span", ["", "180", "3 weeks", "-1d", "1m", "d", "١d", "999999d"])
def test_what_is_no_age_is_explained(span: str, cli: Cli, own_home: Path) -> None:
    ran = cli("list", "--older-than", span)
    assert (ran.code, ran.out) == (2, "")
    assert "such as 180d, 26w or 1y" in " ".join(ran.err.split())


def test_show_says_when_credentials_are_old_unless_that_is_turned_off(
    cli: Cli, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_registry(own_home, "acme-tst", created=days_ago(400))
    assert cli("show", "acme-tst", "--json").json["age_days"] == 400
    shown = " ".join(cli("show", "acme-tst").out.split())
    assert "400 days old, more than 365" in shown
    assert "import FILE --name acme-tst --replace" in shown
    monkeypatch.setenv("IONAPI_TUI_AGE_DAYS", "0")
    assert "days old" not in cli("show", "acme-tst").out


def test_the_json_has_the_documented_shape(cli: Cli, own_home: Path) -> None:
    write_registry(own_home, "acme-tst")
    (profile,) = cli("list", "--json").json
    assert list(profile) == [
        *("name", "tenant", "environment", "app", "client_id", "gateway", "store", "created", "age_days"),
        *("checked", "export_target", "notes"),
    ]
    assert cli("show", "acme-tst", "--json").json == profile


def test_hostile_text_in_the_registry_is_made_visible(cli: Cli, own_home: Path) -> None:
    write_registry(own_home, "acme-tst", app="\x1b[2J\u202e[/b]", ti="A\x07\nB", iu="https://\x9b.example")
    assert "␛[2J‹202E›[/b]" in cli("list").out
    assert "A␇␊B" in cli("show", "acme-tst").out


def test_one_profile_is_shown_in_words(cli: Cli, own_home: Path) -> None:
    write_registry(own_home, "acme-tst", sc=["Infor-IDM", "Infor-ION"])
    out = cli("show", "acme-tst").out
    assert "Tenant                ACME_TST\n" in out
    assert "Scopes                Infor-IDM, Infor-ION\n" in out
    assert "Secrets kept in       Desktop password store\n" in out


def test_a_profile_that_is_not_there_and_those_that_are_similar(cli: Cli, own_home: Path) -> None:
    write_registry(own_home, "acme-tst")
    ran = cli("show", "acme-tts")
    assert (ran.code, ran.out) == (4, "")
    assert "acme-tst" in ran.err


def test_a_damaged_list_is_kept_and_explained(cli: Cli, own_home: Path) -> None:
    write_registry(own_home)
    registry = own_home / "ionapi-tui" / "profiles.json"
    registry.write_text("{broken")
    ran = cli("list")
    assert (ran.code, ran.out) == (5, "")
    assert "damaged" in ran.err
    kept = [path for path in registry.parent.iterdir() if path.name.startswith("profiles") and path != registry]
    assert [path.read_text() for path in kept] == ["{broken"]


@pytest.mark.parametrize("arguments", [["list"], ["list", "--json"], ["show", "acme-tst"], ["--help"], ["--version"]])
def test_listing_imports_nothing_heavy(own_home: Path, arguments: list[str]) -> None:
    write_registry(own_home, "acme-tst")
    program = (
        "import sys; from ionapi_tui.cli import run; code = run(sys.argv[1:]); "
        f"sys.exit(code or ' '.join(name for name in {HEAVY!r} if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) in ((0, ""), (1, "\n"))


def test_a_practice_tenant_is_told_from_an_environment_of_infor(cli: Cli, own_home: Path) -> None:
    write_registry(own_home, "practice-tst", iu="http://127.0.0.1:8640")
    assert cli("list").out.splitlines()[1].split()[2] == "PRACTICE"
    assert cli("list", "--json").json[0]["environment"] == "TST"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nope", "There is no profile nope."),
        (
            "ACME_TST",
            "There is no profile ACME_TST. Is it one of these: acme-tst?",
        ),
        ("", "The name of the profile is missing."),
    ],
)
def test_a_profile_that_is_not_there_leads_to_those_that_are(
    name: str, sentence: str, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_registry(own_home, "acme-tst", "globex")
    for command in ("show", "token"):
        assert command_line.run([command, name]) == 4
        assert " ".join(capsys.readouterr().err.split()) == f"Error: {sentence} “ionapi-tui list” shows the profiles."


def test_people_get_local_time_and_programs_iso(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_registry(own_home, "acme-tst")
    assert command_line.run(["show", "acme-tst"]) == 0
    assert f"  {local_time(CREATED)}\n" in capsys.readouterr().out
    assert local_time("once") == "once"
    assert command_line.run(["show", "acme-tst", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["created"] == CREATED


@pytest.mark.parametrize(("ok", "words"), [(True, "works"), (False, "does not work")])
def test_the_last_verification_is_said_in_the_words_of_the_app(ok: bool, words: str) -> None:
    profile = Profile("", "acme-tst", "", "", sample(), checked=Checked("2026-11-01T10:00:00Z", ok))
    assert checked_in_words(profile) == f"{words}, {local_time('2026-11-01T10:00:00Z')[:10]}"


def test_lines_have_the_usual_width_where_nothing_is_known_of_the_output(tmp_path: Path) -> None:
    # What is said of a number that no file has: OSError here, ValueError on Windows, as of a closed file.
    closed = (tmp_path / "output").open("w")
    closed.close()
    for stream in (io.StringIO(), closed):
        assert output.width(stream) == output.WIDTH
