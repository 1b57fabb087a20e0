"""``note`` remembers who a profile belongs to, and refuses what looks like a key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli, write_registry
from tests.samples import random_secret, random_text


def test_notes_are_kept_shown_and_deleted_one_by_one_or_all(cli: Cli, own_home: Path) -> None:
    write_registry(own_home, "acme-tst", "other")
    ran = cli("note", "acme-tst", "--service-user", " doc.service ", "--contact", "Ann Müller <ann@acme.example>")
    assert (ran.code, ran.err) == (0, "")
    assert cli("note", "acme-tst", "--ticket", "OPS-42").code == 0
    expected = {"service_user": "doc.service", "contact": "Ann Müller <ann@acme.example>", "ticket": "OPS-42"}
    assert cli("show", "acme-tst", "--json").json["notes"] == expected
    assert [one["notes"] == expected for one in cli("list", "--json").json] == [True, False]
    assert "Ticket" in cli("show", "acme-tst").out
    assert "OPS-42" in cli("note", "acme-tst").out
    assert cli("note", "acme-tst", "--ticket", "", "--json").json["notes"] == expected | {"ticket": None}
    cleared = cli("note", "acme-tst", "--clear")
    assert (cleared.code, cleared.out, cleared.err) == (0, "", "There are no notes about acme-tst.\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("key " + random_secret(), "looks like a key"),
        (f"ACME_TST#{random_secret()}", "looks like a key"),
        (f"ACME_TST~{random_text(43)}", "looks like a key"),
        ("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln", "looks like a key"),
        ("x y " * 40, "at most 120"),
        ("two\nlines", "one line"),
        ("\x1b[2J", "one line"),
    ],
    ids=["secret", "access key", "client id", "token", "long", "lines", "escape"],
)
def test_what_may_not_be_noted_is_refused_and_not_repeated(text: str, words: str, cli: Cli, own_home: Path) -> None:
    write_registry(own_home, "acme-tst")
    before = (own_home / "ionapi-tui" / "profiles.json").read_bytes()
    ran = cli("note", "acme-tst", "--contact", text)
    assert (ran.code, ran.out) == (2, "")
    assert words in " ".join(ran.err.split())
    assert text not in ran.err
    assert (own_home / "ionapi-tui" / "profiles.json").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["nobody", "--ticket", "1"], 4), (["nobody"], 4), (["acme-tst", "--clear", "--ticket", "1"], 2), ([], 2)],
)
def test_what_cannot_be_done_has_its_exit_code(arguments: list[str], code: int, cli: Cli, own_home: Path) -> None:
    write_registry(own_home, "acme-tst")
    assert cli("note", *arguments).code == code
