"""The encrypted file that a hand-over page makes: JWE compact serialization (RFC 7516); see ``docs/safe-way-back.md``.

One combination is accepted: ECDH-ES without key wrapping, P-256, and A256GCM (RFC 7518, sections 4.6 and 5.3). The
library for it is imported late; it is an optional dependency.
"""

from __future__ import annotations

import codecs
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

ENDING: Final = ".enc"
"""What the page appends to the name of the file."""
ALGORITHM: Final = "ECDH-ES"
ENCRYPTION: Final = "A256GCM"
CURVE: Final = "P-256"

_START: Final = "eyJ"
"""How the Base64 of ``{"`` begins."""
_OUR_HEADER: Final = b'{"alg":"ECDH-ES","enc":"A256GCM"'
_TELLING_BYTES: Final = 16
"""How much of the header tells an encrypted file from other JSON in Base64."""
_PARTS: Final = 5
_KEY_BYTES: Final = 32
_IV_BYTES: Final = 12
_TAG_BYTES: Final = 16
_COORDINATE_BYTES: Final = 32


class Flaw(Enum):
    """Why an encrypted file cannot be opened, apart from the key."""

    WRONG = "wrong"
    """Something other than a hand-over page encrypted it."""
    CUT = "cut"
    """Its end is missing."""
    CHANGED = "changed"
    """It is not what the page wrote, or was encrypted for another key."""


class NotOpened(Exception):
    """The file cannot be opened."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


class LibraryMissing(IonApiError):
    """The library that encrypts and decrypts is not installed."""

    def __init__(self) -> None:
        super().__init__(_("Encrypted files need a package that is not installed: pip install 'ionapi-tui[handover]'."))


def is_encrypted(raw: bytes) -> bool:
    """Return whether ``raw`` is an encrypted file, whole or cut; its name is irrelevant."""
    text = _text(raw)
    if not text.startswith(_START):
        return False
    header, dot, _rest = text.partition(".")
    if not dot:
        # It was cut within the header.
        start = _decoded_start(header)[: len(_OUR_HEADER)]
        return len(start) >= _TELLING_BYTES and _OUR_HEADER.startswith(start)
    try:
        fields = json.loads(_decoded(header))
    except (ValueError, RecursionError):
        return False
    return isinstance(fields, dict) and "enc" in fields


@dataclass(frozen=True)
class EncryptedFile:
    """A whole encrypted file."""

    request: str
    """The id of the file request whose key opens it; foreign text."""
    _header: str
    _fields: Mapping[str, Any]
    _iv: bytes
    _ciphertext: bytes
    """Followed by the authentication tag."""

    @classmethod
    def parse(cls, raw: bytes) -> EncryptedFile:
        """Return the parts of ``raw``, for which ``is_encrypted`` is true.

        Raises:
            NotOpened: it is cut, or something other than a hand-over page encrypted it.
        """
        parts = _text(raw).split(".")
        if len(parts) > _PARTS:
            raise NotOpened(Flaw.WRONG)
        if len(parts) == 1:
            raise NotOpened(Flaw.CUT)
        try:
            fields = json.loads(_decoded(parts[0]))
        except (ValueError, RecursionError):
            raise NotOpened(Flaw.CHANGED) from None
        if not _is_ours(fields) or parts[1:2] != [""]:
            raise NotOpened(Flaw.WRONG)
        if len(parts) < _PARTS:
            raise NotOpened(Flaw.CUT)
        try:
            iv, ciphertext, tag = (_decoded(part) for part in parts[2:])
        except ValueError:
            # One character of a group of four is what a cut leaves.
            raise NotOpened(Flaw.CUT if len(parts[-1]) % 4 == 1 else Flaw.CHANGED) from None
        if len(tag) < _TAG_BYTES:
            raise NotOpened(Flaw.CUT)
        if len(iv) != _IV_BYTES or len(tag) > _TAG_BYTES:
            raise NotOpened(Flaw.CHANGED)
        return cls(fields["kid"], parts[0], fields, iv, ciphertext + tag)

    def open(self, key: Secret) -> bytes:
        """Return what was encrypted.

        Args:
            key: the private key of the file request, as ``new_key`` returned it.

        Raises:
            NotOpened: it was changed, or encrypted for another key.
            LibraryMissing: the library is not installed.
        """
        _require_library()
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            shared = _private_key(key).exchange(ec.ECDH(), _public_numbers(self._fields["epk"]).public_key())
            content_key = concat_kdf(
                shared,
                ENCRYPTION,
                _KEY_BYTES,
                _decoded(self._fields.get("apu", "")),
                _decoded(self._fields.get("apv", "")),
            )
            return AESGCM(content_key).decrypt(self._iv, self._ciphertext, self._header.encode("ascii"))
        except (InvalidTag, ValueError, KeyError, TypeError):
            raise NotOpened(Flaw.CHANGED) from None


def new_key() -> tuple[dict[str, str], Secret]:
    """Return a new key pair: the public key as a JSON Web Key, and the private one as the text of one.

    Raises:
        LibraryMissing: the library is not installed.
    """
    _require_library()
    from cryptography.hazmat.primitives.asymmetric import ec

    private = ec.generate_private_key(ec.SECP256R1())
    numbers = private.private_numbers()
    public = {
        "kty": "EC",
        "crv": CURVE,
        "x": _coordinate(numbers.public_numbers.x),
        "y": _coordinate(numbers.public_numbers.y),
    }
    return public, Secret(json.dumps({**public, "d": _coordinate(numbers.private_value)}, separators=(",", ":")))


def concat_kdf(shared: bytes, algorithm: str, length: int, apu: bytes = b"", apv: bytes = b"") -> bytes:
    """Return the key that both sides derive (RFC 7518, section 4.6.2).

    Args:
        shared: the result of the key agreement.
        algorithm: the ``AlgorithmID``; the content encryption for ECDH-ES without key wrapping.
        length: of the key, in bytes.
        apu: ``PartyUInfo``.
        apv: ``PartyVInfo``.
    """
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash

    parts = (algorithm.encode("ascii"), apu, apv)
    info = b"".join(len(part).to_bytes(4, "big") + part for part in parts) + (length * 8).to_bytes(4, "big")
    return ConcatKDFHash(SHA256(), length, info).derive(shared)


def _is_ours(fields: object) -> bool:
    if not isinstance(fields, dict) or not isinstance(fields.get("epk"), dict):
        return False
    expected = {"alg": ALGORITHM, "enc": ENCRYPTION}
    return (
        all(fields.get(name) == value for name, value in expected.items())
        and isinstance(fields.get("kid"), str)
        and (fields["epk"].get("kty"), fields["epk"].get("crv")) == ("EC", CURVE)
        # Nothing critical is understood, and nothing is decompressed.
        and not {"crit", "zip"} & set(fields)
    )


def _private_key(key: Secret) -> ec.EllipticCurvePrivateKey:
    from cryptography.hazmat.primitives.asymmetric import ec

    fields = json.loads(key.reveal())
    return ec.EllipticCurvePrivateNumbers(_number(fields["d"]), _public_numbers(fields)).private_key()


def _public_numbers(fields: Mapping[str, Any]) -> ec.EllipticCurvePublicNumbers:
    """Return the point; the library refuses one that is not on the curve."""
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.EllipticCurvePublicNumbers(_number(fields["x"]), _number(fields["y"]), ec.SECP256R1())


def _number(text: str) -> int:
    return int.from_bytes(_decoded(text), "big")


def _coordinate(number: int) -> str:
    return urlsafe_b64encode(number.to_bytes(_COORDINATE_BYTES, "big")).rstrip(b"=").decode("ascii")


def _text(raw: bytes) -> str:
    """Return ``raw`` as text without white space, which mail programs and editors add."""
    encoding = "utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "ascii"
    start = raw[:64].decode(encoding, "ignore").lstrip()
    return re.sub(r"\s+", "", raw.decode(encoding, "ignore")) if start.startswith(_START) else ""


def _decoded(text: str) -> bytes:
    """Return the bytes of Base64url without padding.

    Raises:
        ValueError: ``text`` is something else.
    """
    if not re.fullmatch("[A-Za-z0-9_-]*", text):
        raise ValueError
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _decoded_start(text: str) -> bytes:
    try:
        return _decoded(text[: len(text) // 4 * 4])
    except ValueError:
        return b""


def _require_library() -> None:
    """Import the library.

    Raises:
        LibraryMissing: it is not installed.
    """
    try:
        import cryptography.hazmat.primitives.ciphers.aead  # noqa: F401
    except ImportError:
        raise LibraryMissing from None
