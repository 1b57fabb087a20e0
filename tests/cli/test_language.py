"""Everything the commands say passes through the catalogue of the language in use."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ionapi_tui.base import language
from ionapi_tui.cli.failures import in_our_quotes
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


HELP = """
import sys
import click
from ionapi_tui import cli
cli._choose_language(["--lang", sys.argv[1]])
from ionapi_tui.cli.root import root

def walk(command, name, above):
    context = click.Context(command, above, name, terminal_width=80, **command.context_settings)
    print("#", context.command_path)
    print(command.get_help(context))
    if isinstance(command, click.Group):
        for part in command.list_commands(context):
            walk(command.get_command(context, part), part, context)

walk(root, "ionapi-tui", None)
"""


@pytest.fixture(scope="module", params=["en", "de"])
def helps(request: pytest.FixtureRequest) -> tuple[str, dict[str, str]]:
    """Return a language, and in it the help of every command at 80 columns, by the words that call it."""
    command = [sys.executable, "-c", HELP, request.param]
    env = os.environ | {"PYTHONUTF8": "1"}
    said = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", check=True).stdout
    texts = (part.partition("\n") for part in said.removeprefix("# ").split("\n# "))
    return request.param, {path: text for path, _newline, text in texts}


def test_every_command_of_a_group_is_summed_up_in_a_whole_sentence(helps: tuple[str, dict[str, str]]) -> None:
    code, texts = helps
    heading = {"en": "\nCommands:\n", "de": "\nBefehle:\n"}[code]
    lists = {path: text.partition(heading)[2].partition("\n\n")[0].rstrip() for path, text in texts.items()}
    groups = {path: listed for path, listed in lists.items() if listed}
    assert set(groups) == {"ionapi-tui", "ionapi-tui plan", "ionapi-tui store", "ionapi-tui practice"}
    assert [path for path, listed in groups.items() if "..." in listed or "…" in listed] == []
    assert [path for path, listed in groups.items() if not listed.endswith(".")] == []
    assert [line for listed in groups.values() for line in listed.splitlines() if len(line) > 80] == []


def test_the_words_of_the_usage_are_in_the_language_of_the_help(helps: tuple[str, dict[str, str]]) -> None:
    code, texts = helps
    english = {"OPTIONS", "COMMAND", "ARGS", "FILE", "FOLDER", "SECONDS", "NUMBER", "AGE", "KEY", "USER", "OLD", "NEW"}
    english |= {"PATH", "METHOD", "VALUE", "PROFILE", "Usage", "Options", "Commands", "required"}
    words = {path: set(re.findall(r"[$A-Za-z_]+", text)) & english for path, text in texts.items()}
    left = {path: sorted(found) for path, found in words.items() if found}
    if code == "en":
        assert set.union(*words.values()) == english
    else:
        assert left == {}


def test_an_example_is_in_a_help_once(helps: tuple[str, dict[str, str]]) -> None:
    _code, texts = helps
    assert texts["ionapi-tui guide"].count("ionapi-tui guide --for Acme") == 1
    assert texts["ionapi-tui note"].count("ionapi-tui note acme-tst --contact") == 1


@pytest.mark.parametrize(
    ("code", "message", "quoted"),
    [
        ("de", "Es fehlt das Argument 'DATEI'.", "Es fehlt das Argument „DATEI“."),
        ("en", "No such option '--bogus'.", "No such option “--bogus”."),
        ("en", "Option '--name' / '-n' isn't one.", "Option “--name” / “-n” isn't one."),
    ],
)
def test_what_click_names_has_the_quotation_marks_of_the_language(code: str, message: str, quoted: str) -> None:
    try:
        language.load(code, language.folder())
        assert in_our_quotes(message) == quoted
    finally:
        language.use("en", None)
