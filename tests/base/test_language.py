"""Choosing a language, and translating in it."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

import pytest

from ionapi_tui.base import language
from ionapi_tui.base.language import N_, _, decimal, n_


class Shouting(NullTranslations):
    """A language that is English in capitals."""

    def gettext(self, message: str) -> str:
        return message.upper().replace("{NAME}", "{name}")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return (msgid1 if n == 1 else msgid2).upper().replace("{N}", "{n}")


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Speak English when the test is over."""
    yield
    language.use("en", None)


def test_english_is_what_is_written_in_the_source() -> None:
    assert _("Hello {name}") == "Hello {name}"
    assert n_("{n} error", "{n} errors", 1) == "1 error"
    assert n_("{n} error", "{n} errors", 0) == "0 errors"
    assert language.current() == "en"


def test_sentences_and_plurals_come_from_the_catalogue_in_use() -> None:
    language.use("xx", Shouting())
    assert language.current() == "xx"
    assert _("Hello {name}").format(name="Ann") == "HELLO Ann"
    assert n_("{n} error", "{n} errors", 2) == "2 ERRORS"


def test_what_is_marked_is_translated_where_it_is_shown() -> None:
    marked = N_("Hello")
    language.use("xx", Shouting())
    assert marked == "Hello"
    assert _(marked) == "HELLO"


def test_a_number_has_the_decimal_mark_of_the_language() -> None:
    assert (decimal(0.34, ".1f"), decimal(2.5, "g"), decimal(20.0, "g")) == ("0.3", "2.5", "20")
    language.load("de", language.folder())
    assert (decimal(0.34, ".1f"), decimal(2.5, "g"), decimal(20.0, "g")) == ("0,3", "2,5", "20")


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_ALL": "POSIX"}, "en"),
        ({"LANG": "fr_FR", "LC_ALL": "de_AT.UTF-8"}, "de"),
        ({"LC_ALL": "fr_FR", "LANGUAGE": "de:en"}, "de"),
        ({"LANG": ""}, "en"),
    ],
)
def test_the_environment_says_which_language_is_wanted(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], code: str
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language.wanted() == code


def test_an_option_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert language.wanted("de") == "de"


def test_without_a_catalogue_it_stays_english(tmp_path: Path) -> None:
    language.load("xx", tmp_path)
    assert language.current() == "en"
    assert _("Hello") == "Hello"


def test_a_catalogue_is_loaded_from_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "xx" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "ionapi_tui.mo").write_bytes(_catalogue({"": "Content-Type: text/plain; charset=UTF-8\n", "Hi": "Grüzi"}))
    language.load("xx", tmp_path)
    assert language.current() == "xx"
    assert _("Hi") == "Grüzi"


def _catalogue(messages: dict[str, str]) -> bytes:
    """Return messages in the binary form of GNU gettext."""
    import struct

    pairs = sorted((key.encode(), value.encode()) for key, value in messages.items())
    start = 28 + 16 * len(pairs)
    tables, text = [b"", b""], b""
    for column in (0, 1):
        for pair in pairs:
            tables[column] += struct.pack("<II", len(pair[column]), start + len(text))
            text += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + tables[0] + tables[1] + text
