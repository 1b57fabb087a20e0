"""Which characters a value may have, and how values are shown."""

from __future__ import annotations

import pytest

from ionapi_tui.domain.inspection.inspector import inspect, masked
from ionapi_tui.domain.inspection.values import strange_characters
from tests.samples import sample_bytes


@pytest.mark.parametrize(
    ("character", "words"),
    [
        ("\x07", "U+0007"),
        ("\u200b", "U+200B ZERO WIDTH SPACE"),
        ("\ud800", "U+D800"),
        ("\ue000", "U+E000"),
        ("\u0378", "U+0378"),
        ("\u2028", "U+2028 LINE SEPARATOR"),
        ("\u2029", "U+2029 PARAGRAPH SEPARATOR"),
    ],
)
def test_what_is_not_seen_belongs_into_no_value(character: str, words: str) -> None:
    for key in ("cn", "ru", "ti"):
        assert strange_characters(f"a{character}b", key) == words


def test_the_name_of_an_app_may_be_written_in_any_language_and_a_key_may_not() -> None:
    for value in ("é b", "a\u200db", "株式会社"):
        assert strange_characters(value, "cn") is None
    assert strange_characters("a\u200db", "ru") == "U+200D ZERO WIDTH JOINER"
    assert strange_characters("a b", "ti") == "U+0020 SPACE"
    assert strange_characters("é", "ti") == "U+00E9 LATIN SMALL LETTER E WITH ACUTE"


def test_a_mask_tells_the_length_and_that_there_is_nothing() -> None:
    mask = masked(5)
    assert (masked(""), masked(None)) == ("(empty)", "(empty)")
    assert (masked("a"), masked("abc")) == (f"{mask} (1 character)", f"{mask} (3 characters)")


def test_what_is_empty_is_shown_as_empty_and_an_at_sign_hides_nothing() -> None:
    shown = {one.key: one.value for one in inspect(sample_bytes(cn="doc@acme", ev=None)).fields}
    assert (shown["cn"], shown["ev"]) == ("doc@acme", "(empty)")
    for empty in (None, ""):
        (name,) = [one.value for one in inspect(sample_bytes(cn=empty)).fields if one.key == "cn"]
        assert name == "(empty)"
