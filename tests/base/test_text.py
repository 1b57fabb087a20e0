"""Foreign text is drawn on one line, visible, and cut."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionapi_tui.base.secret import MASK
from ionapi_tui.base.text import in_encoding, safe, safe_all, scrub, without_keys
from tests.samples import random_secret, random_text


@pytest.mark.parametrize(
    ("foreign", "drawn"),
    [
        ("ACME_TST", "ACME_TST"),
        ("Bäckerei Łódź 東京", "Bäckerei Łódź 東京"),
        ("a\tb\nc\r", "a␉b␊c␍"),
        ("\x1b]52;c;eA==\x07", "␛]52;c;eA==␇"),
        ("\x7f\x9b", "␡‹9B›"),
        ("\u202eevil", "‹202E›evil"),
        ("a\u00a0b\u3164", "a‹00A0›b‹3164›"),
        ("\ud800", "‹D800›"),
        (b"caf\xc3\xa9 \xff", "café \ufffd"),
        (12, "12"),
        ("e" + "\u0301" * 5, "e" + "\u0301" * 3 + "‹0301›‹0301›"),
    ],
    ids=ascii,
)
def test_foreign_text_is_made_visible(foreign: object, drawn: str) -> None:
    assert safe(foreign) == drawn


def test_long_text_is_cut_with_an_ellipsis() -> None:
    assert safe("x" * 201) == "x" * 199 + "…"
    assert safe("x" * 200) == "x" * 200
    assert safe("abc", 1) == "…"


@given(st.text(), st.integers(1, 50))
def test_nothing_raw_is_left(foreign: str, limit: int) -> None:
    drawn = safe(foreign, limit)
    assert len(drawn) <= limit
    assert drawn.isprintable()
    assert all(unicodedata.category(char) not in ("Cc", "Cf", "Cs") for char in drawn)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_plain_text_stays_as_it_is(plain: str) -> None:
    assert safe(plain, 10_000) == plain


@given(st.lists(st.text(st.characters(max_codepoint=0xFF)) | st.text("abc")), st.integers(1, 50))
def test_many_texts_are_drawn_as_each_alone(foreign: list[str], limit: int) -> None:
    assert list(safe_all(foreign, limit)) == [safe(text, limit) for text in foreign]


def test_what_is_long_enough_for_a_key_is_masked() -> None:
    key, client = random_secret(), random_text(43)
    assert without_keys(f"a {key}#{client}.x") == f"a {MASK}#{client}.x"


def test_known_secrets_are_scrubbed_in_every_form_a_server_may_echo() -> None:
    secrets = ("ACME#abc~d", "abc~d", "x")
    assert scrub("got ACME#abc~d, ACME%23abc~d, ACME%23abc%7Ed and abc~d x", secrets) == (
        f"got {MASK}, {MASK}, {MASK} and {MASK} x"
    )


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "✓ “Größe” … → ● Żółć Ж"),
        ("cp1252", "+ “Größe” … -> * Zó\\u0142c \\u0416"),
        ("cp437", '+ "Größe" ... -> * Zó\\u0142c \\u0416'),
        ("ascii", '+ "Grosse" ... -> * Zo\\u0142c \\u0416'),
        ("no-such-encoding", '+ "Grosse" ... -> * Zo\\u0142c \\u0416'),
    ],
)
def test_what_an_encoding_lacks_is_written_plainly_and_never_as_a_question_mark(encoding: str, shown: str) -> None:
    assert in_encoding("✓ “Größe” … → ● Żółć Ж", encoding) == shown
