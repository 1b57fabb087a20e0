"""Where passphrases come from, and what they are worth."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from ionapi_tui.base.errors import StoreLocked, UsageError
from ionapi_tui.base.secret import Secret
from ionapi_tui.secret_stores.vault.passphrases import Grade, check_new, given, strength
from ionapi_tui.secret_stores.vault.unlocking import Question, unlock
from tests.fixtures.vaults import new_passphrase, new_vault


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("", Grade.WEAK),
        ("password1234", Grade.WEAK),
        ("Sommer2026!", Grade.WEAK),
        ("aaaaaaaaaaaaaaaaaaaa", Grade.WEAK),
        ("12345678901234567890", Grade.WEAK),
        ("hello you", Grade.WEAK),
        ("hello hello hello hello hello hello hello", Grade.WEAK),
        ("P@ssw0rd2026!", Grade.WEAK),
        ("Passwort2026!", Grade.WEAK),
        ("DocBits-Infor-2026", Grade.WEAK),
        ("Regenbogen Schmetterling", Grade.WEAK),
        ("Schraubenzieher2026!", Grade.WEAK),
        ("wolke zitrone burg", Grade.FAIR),
        ("wolke zitrone burg fenster sieben", Grade.STRONG),
        ("orbit lemon castle", Grade.FAIR),
        ("qK7-vT2xRb9_mZ4w", Grade.FAIR),
        ("orbit lemon castle window seven", Grade.STRONG),
        ("orbit lemon castle window seven quiet", Grade.STRONG),
        ("qK7-vT2xRb9_mZ4wLd8sPn3f", Grade.STRONG),
    ],
)
def test_a_passphrase_is_worth_what_a_guesser_has_to_try(text: str, grade: Grade) -> None:
    judged = strength(Secret(text))
    assert judged.grade is grade, judged
    assert grade.value in judged.words


def test_a_short_passphrase_is_refused_for_a_new_vault() -> None:
    check_new(Secret("12345678"))
    with pytest.raises(UsageError, match="at least 8 characters"):
        check_new(Secret("1234567"))


@pytest.mark.parametrize("content", ["{}\n", "{}", "{}\r\nmore\n", "\ufeff{}\n"])
def test_the_first_line_of_a_file_is_the_passphrase(tmp_path: Path, content: str) -> None:
    passphrase, file = new_passphrase(), tmp_path / "downloads"
    file.write_text(content.format(passphrase.reveal()), "utf-8", newline="")
    assert given({"IONAPI_TUI_PASSPHRASE_FILE": str(file)}) == (passphrase, "IONAPI_TUI_PASSPHRASE_FILE")


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe\x00"])
def test_a_file_without_one_is_told_and_its_content_is_not(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "passphrase"
    file.write_bytes(content)
    with pytest.raises(StoreLocked, match="from IONAPI_TUI_PASSPHRASE_FILE cannot be read"):
        given({"IONAPI_TUI_PASSPHRASE_FILE": str(file)})
    with pytest.raises(StoreLocked, match="No such file"):
        given({"IONAPI_TUI_PASSPHRASE_FILE": str(tmp_path / "missing")})


def test_a_descriptor_is_read_and_closed() -> None:
    passphrase = new_passphrase()
    read, write = os.pipe()
    os.write(write, passphrase.reveal().encode())
    os.close(write)
    assert given({"IONAPI_TUI_PASSPHRASE_FD": str(read)}) == (passphrase, "IONAPI_TUI_PASSPHRASE_FD")
    for number in (str(read), "x", "-1"):
        with pytest.raises(StoreLocked, match="from IONAPI_TUI_PASSPHRASE_FD cannot be read"):
            given({"IONAPI_TUI_PASSPHRASE_FD": number})


def test_no_variable_holds_a_passphrase(tmp_path: Path) -> None:
    passphrase = new_passphrase()
    vault = new_vault(tmp_path / "vault.kdbx", passphrase)
    environ = {"IONAPI_TUI_PASSPHRASE": passphrase.reveal(), "PASSPHRASE": passphrase.reveal()}
    with pytest.raises(StoreLocked, match="is locked"):
        unlock(vault, lambda _question: None, environ)


def test_somebody_is_asked_three_times_and_told_why(tmp_path: Path) -> None:
    passphrase = new_passphrase()
    vault = new_vault(tmp_path / "vault.kdbx", passphrase)
    asked: list[Question] = []

    def wrong(question: Question) -> Secret:
        asked.append(question)
        return new_passphrase()

    with pytest.raises(StoreLocked, match="does not open"):
        unlock(vault, wrong, {})
    assert [bool(question.complaint) for question in asked] == [False, True, True]
    unlock(vault, lambda _question: passphrase, {})
    unlock(vault, wrong, {})
    assert len(asked) == 3


@pytest.mark.parametrize(
    ("text", "grade"),
    [("x7" * 50_000, Grade.WEAK), ("4@8({[<369&#!1/|!\\$5%+72" * 3, Grade.STRONG)],
    ids=["long", "every sign that may stand for a letter"],
)
def test_no_passphrase_takes_long_to_be_judged(text: str, grade: Grade) -> None:
    strength(Secret("the lists of words are loaded"))
    started = time.process_time()
    assert strength(Secret(text)).grade is grade
    assert time.process_time() - started < 2
