"""The format of encrypted files: the vectors of RFC 7518, an independent implementation, and every damage."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from contextlib import suppress
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.handover.encrypted_file import (
    EncryptedFile,
    Flaw,
    NotOpened,
    _private_key,
    _public_numbers,
    concat_kdf,
    is_encrypted,
    new_key,
)
from tests.fixtures.encrypting import decrypt, encrypt_for
from tests.samples import as_bytes, random_secret, sample, sample_bytes

PUBLIC, KEY = new_key()
ID = "0123456789abcdef"
CONTENT = sample_bytes()
FILE = encrypt_for(CONTENT, PUBLIC, kid=ID)

ALICE = {
    "x": "gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0",
    "y": "SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps",
}
BOB = {
    "x": "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",
    "y": "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck",
    "d": "VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw",
}
"""The ephemeral key and the recipient's key of RFC 7518, appendix C."""


def flaw_of(raw: bytes, key: Secret = KEY) -> Flaw:
    """Return why ``raw`` cannot be opened."""
    with pytest.raises(NotOpened) as caught:
        EncryptedFile.parse(raw).open(key)
    return caught.value.flaw


def with_header(**changes: Any) -> bytes:
    """Return a file whose header was changed, though nothing else."""
    header, rest = FILE.split(b".", 1)
    fields = json.loads(urlsafe_b64_decoded(header)) | changes
    return urlsafe_b64encode(json.dumps(fields, separators=(",", ":")).encode()).rstrip(b"=") + b"." + rest


def urlsafe_b64_decoded(part: bytes) -> bytes:
    """Return the bytes of a part."""
    from base64 import urlsafe_b64decode

    return urlsafe_b64decode(part + b"=" * (-len(part) % 4))


def test_the_key_of_rfc_7518_appendix_c_is_derived() -> None:
    shared = _private_key(Secret(json.dumps(BOB))).exchange(ec.ECDH(), _public_numbers(ALICE).public_key())
    derived = concat_kdf(shared, "A128GCM", 16, b"Alice", b"Bob")
    assert urlsafe_b64encode(derived) == b"VqqN6vgjbSBcIijNcacQGg=="


@pytest.mark.parametrize("header", [{}, {"apu": "QWxpY2U", "apv": "Qm9i"}, {"typ": "JWE"}], ids=str)
def test_what_an_independent_implementation_encrypts_is_opened(header: dict[str, str]) -> None:
    file = EncryptedFile.parse(encrypt_for(CONTENT, PUBLIC, kid=ID, **header))
    assert (file.request, file.open(KEY)) == (ID, CONTENT)


def test_the_independent_implementation_uses_the_same_key() -> None:
    assert decrypt(FILE, KEY.reveal())[1] == CONTENT


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 100_000])
def test_a_file_of_any_size_is_opened(size: int) -> None:
    assert EncryptedFile.parse(encrypt_for(b"x" * size, PUBLIC, kid=ID)).open(KEY) == b"x" * size


def wrapped(text: bytes) -> bytes:
    """Return ``text`` in lines, as in a mail."""
    return b"\r\n".join(text[at : at + 76] for at in range(0, len(text), 76)) + b"\r\n"


@pytest.mark.parametrize(
    "raw",
    [FILE + b"\n", wrapped(FILE), b"\xef\xbb\xbf" + FILE, FILE.decode().encode("utf-16"), b"\n  " + FILE],
    ids=["line-end", "wrapped", "utf-8-bom", "utf-16", "spaces"],
)
def test_what_mail_programs_and_editors_do_to_the_text_does_no_harm(raw: bytes) -> None:
    assert is_encrypted(raw)
    assert EncryptedFile.parse(raw).open(KEY) == CONTENT


def test_a_file_that_was_cut_anywhere_is_recognised_and_never_opened() -> None:
    header = FILE.index(b".")
    flaws = {}
    for length in range(24, len(FILE)):
        cut = FILE[:length]
        assert is_encrypted(cut), length
        flaws[length] = flaw_of(cut)
    assert {flaw for length, flaw in flaws.items() if length > header + 1} == {Flaw.CUT}


def test_a_change_of_any_character_is_found() -> None:
    for at in range(len(FILE)):
        other = b"A" if FILE[at : at + 1] != b"A" else b"B"
        changed = FILE[:at] + other + FILE[at + 1 :]
        if not is_encrypted(changed):
            assert at < FILE.index(b".") + 1
            continue
        try:
            content = EncryptedFile.parse(changed).open(KEY)
        except NotOpened:
            continue
        # Base64 has bits at the end of a part that mean nothing.
        assert content == CONTENT
        assert FILE[at + 1 : at + 2] in (b".", b"")


@pytest.mark.parametrize(
    ("raw", "flaw"),
    [
        (FILE.replace(b"..", b".AAAA.", 1), Flaw.WRONG),
        (FILE + b".AAAA", Flaw.WRONG),
        (FILE + b"AAAA", Flaw.CHANGED),
        (FILE[:-1] + b"*", Flaw.CHANGED),
        (with_header(alg="ECDH-ES+A256KW"), Flaw.WRONG),
        (with_header(alg="dir"), Flaw.WRONG),
        (with_header(enc="A128GCM"), Flaw.WRONG),
        (with_header(kid=7), Flaw.WRONG),
        (with_header(zip="DEF"), Flaw.WRONG),
        (with_header(crit=["exp"]), Flaw.WRONG),
        (with_header(epk="AAAA"), Flaw.WRONG),
        (with_header(epk={"kty": "EC", "crv": "P-521"}), Flaw.WRONG),
        (with_header(epk={"kty": "EC", "crv": "P-256", "x": "AQ", "y": "AQ"}), Flaw.CHANGED),
        (with_header(epk={"kty": "EC", "crv": "P-256", "x": 1, "y": None}), Flaw.CHANGED),
        (with_header(epk={"kty": "EC", "crv": "P-256"}), Flaw.CHANGED),
        (with_header(apu=[]), Flaw.CHANGED),
        (with_header(kid="fedcba9876543210"), Flaw.CHANGED),
    ],
)
def test_what_is_not_exactly_the_format_is_refused(raw: bytes, flaw: Flaw) -> None:
    assert is_encrypted(raw)
    assert flaw_of(raw) is flaw


def test_another_key_opens_nothing() -> None:
    assert flaw_of(FILE, new_key()[1]) is Flaw.CHANGED


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"eyJ",
        CONTENT,
        as_bytes([sample()]),
        b"age-encryption.org/v1\n",
        # A signed token, and the beginning of one.
        b"eyJhbGciOiJSUzI1NiIsImtpZCI6ImtnOjEifQ.eyJTZXJ2aWNlQWNjb3VudCI6IngifQ.c2ln",
        b"eyJhbGciOiJSUzI1NiIsImtpZCI6ImtnOjEifQ",
        b"eyJ" + b"A" * 500,
        b"eyJ*.",
    ],
)
def test_other_files_are_not_taken_for_encrypted_ones(raw: bytes) -> None:
    assert not is_encrypted(raw)


@given(st.binary(max_size=200), st.integers(0, len(FILE)))
def test_no_bytes_raise_anything_but_the_one_error(noise: bytes, at: int) -> None:
    for raw in (noise, FILE[:at] + noise, FILE[:at] + noise + FILE[at:], b"eyJ" + noise):
        if is_encrypted(raw):
            with suppress(NotOpened):
                EncryptedFile.parse(raw).open(KEY)


def test_every_key_is_new_and_its_private_half_does_not_show() -> None:
    (public, key), (other, _other) = new_key(), new_key()
    assert public["x"] != other["x"]
    assert "d" not in public
    assert set(json.loads(key.reveal())) == {"kty", "crv", "x", "y", "d"}
    assert json.loads(key.reveal())["d"] not in repr(key)


def test_a_file_shows_nothing_of_its_content() -> None:
    secret = random_secret()
    file = EncryptedFile.parse(encrypt_for(secret.encode(), PUBLIC, kid=ID))
    assert secret not in repr(file)
