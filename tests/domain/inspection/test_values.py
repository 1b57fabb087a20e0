"""Which characters a value may have, and how values are shown."""

from __future__ import annotations

import pytest

from ionapi_tui.base.secret import MASK
from ionapi_tui.domain.credentials import SECRET_KEYS
from ionapi_tui.domain.findings import Code, Severity
from ionapi_tui.domain.inspection.inspector import inspect, masked
from ionapi_tui.domain.inspection.values import REQUIRED, strange_characters
from tests.samples import REMOVED, as_bytes, sample_bytes, web_app


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


@pytest.mark.parametrize("key", [*REQUIRED, "saak", "sask"])
def test_what_infor_always_writes_may_not_be_empty(key: str) -> None:
    for empty in ("", None):
        (finding,) = inspect(sample_bytes(**{key: empty})).findings
        assert (finding.code, finding.field, finding.severity) == (Code.EMPTY_VALUE, key, Severity.ERROR)


@pytest.mark.parametrize("name", ["example", "<App>", "secret"])
def test_an_app_may_have_a_name_that_would_stand_for_another_elsewhere(name: str) -> None:
    assert not inspect(sample_bytes(cn=name)).findings


@pytest.mark.parametrize("kind", ["", None, REMOVED])
def test_a_type_that_is_not_stated_is_no_other_type(kind: object) -> None:
    assert not inspect(sample_bytes(dt=kind)).findings


def test_a_redirect_address_tells_the_type_where_no_code_does() -> None:
    (finding,) = inspect(as_bytes(web_app(dt=REMOVED))).findings
    assert (finding.code, finding.field) == (Code.WRONG_APP_TYPE, "ru")


@pytest.mark.parametrize("key", SECRET_KEYS)
def test_a_secret_is_masked_however_short_it_is(key: str) -> None:
    (field,) = [one for one in inspect(sample_bytes(**{key: "CANARY"})).fields if one.key == key]
    assert (field.value, field.secret) == (masked("CANARY"), True)


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("dt", "12", "Backend Service (12)"),
        ("dt", "3", "3"),
        ("v", "12", "12"),
        ("sc", ["Infor-IDM", "Infor-ION"], "Infor-IDM, Infor-ION"),
        ("sc", [], "[]"),
        ("ev", {"a": [1]}, '{"a": [1]}'),
        ("ev", "a b,c", "a b,c"),
        ("iu", "https://acme.example/x", "https://acme.example/x"),
        ("iu", "https://me:CANARY@acme.example/x", f"https://{MASK}@acme.example/x"),
        ("iu", "https://me:CAN@ARY@acme.example/x", f"https://{MASK}@acme.example/x"),
        ("iu", "https://me:CAN://ARY@acme.example/x", f"https://{MASK}@acme.example/x"),
    ],
)
def test_what_is_no_secret_is_shown_but_for_a_password_before_a_host(key: str, value: object, shown: str) -> None:
    (field,) = [one for one in inspect(sample_bytes(**{key: value})).fields if one.key == key]
    assert (field.value, field.secret) == (shown, False)


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
