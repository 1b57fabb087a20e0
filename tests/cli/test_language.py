"""Everything the commands say passes through the catalogue of the language in use."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.samples import as_bytes, client_credentials

PROGRAM = """
import sys
from gettext import NullTranslations
from ionapi_tui import cli
from ionapi_tui.base import language

class Marking(NullTranslations):
    def gettext(self, message):
        return "«" + message + "»"
    def ngettext(self, singular, plural, number):
        return "«" + plural + "»"

language.use("xx", Marking())
sys.exit(cli.run(sys.argv[1:]))
"""


def words_of(*arguments: str) -> list[str]:
    """Return the sentences the program says in a language that puts each between marks."""
    env = os.environ | {"LANG": "en_US.UTF-8"}
    command = [sys.executable, "-c", PROGRAM, *arguments]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    return " ".join((done.stdout + done.stderr).split()).split("»")


def unmarked(said: list[str]) -> list[str]:
    return [part for part in said if part.strip(" :.,0123456789") and "«" not in part]


@pytest.mark.parametrize(
    "arguments",
    [["list"], ["show", "gone"], ["remove", "gone"], ["import", "gone.ionapi"], ["check", "{}"], ["import", "."]],
    ids=" ".join,
)
def test_no_sentence_is_left_in_english(arguments: list[str], own_home: Path) -> None:
    said = words_of(*arguments)
    assert any("«" in part for part in said)
    assert unmarked(said) == []


def test_neither_in_findings_nor_in_the_labels_of_fields(downloads: Path) -> None:
    file = downloads / "x.ionapi"
    file.write_bytes(as_bytes(client_credentials()))
    said = "»".join(words_of("check", str(file)))
    for sentence in ("Tenant", "Error", "The file has no service account", "Press Download Credentials", "Guide:"):
        assert f"«{sentence}" in said


@pytest.mark.parametrize("command", ["check", "import", "list", "show", "remove"])
def test_nor_in_the_help(command: str) -> None:
    said = "»".join(words_of(command, "--help"))
    assert said.count("«") >= 2
