"""Opening a bundle on a machine that the library for ``age`` files believes to be too slow."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pyrage
import pytest

from ionapi_tui.base.errors import UnusableFile
from ionapi_tui.base.secret import Secret
from ionapi_tui.usecases import backup
from tests.fixtures.vaults import new_passphrase

SLOW = "Excessive work parameter for passphrase. Decryption would take around 32 seconds."
WRONG = "Decryption failed"

Believe = Callable[..., list[str]]


@pytest.fixture
def believe(monkeypatch: pytest.MonkeyPatch) -> Believe:
    """Let the library refuse with those words one after the other, and then open; return what it has not said yet."""

    def believe(*refusals: str) -> list[str]:
        left = list(refusals)

        def decrypt(data: bytes, _passphrase: str) -> bytes:
            if left:
                raise pyrage.DecryptError(left.pop(0))
            return data

        monkeypatch.setattr(pyrage.passphrase, "decrypt", decrypt)
        return left

    return believe


def opened() -> tuple[backup.Entry, ...]:
    """Open an empty bundle."""
    return backup.open_with_passphrase(
        b'{"format": "ionapi-tui bundle", "version": 1, "profiles": []}', new_passphrase()
    )


def test_what_it_believed_for_an_instant_is_asked_again(believe: Believe) -> None:
    believe(SLOW, SLOW)
    assert opened() == ()


def test_what_it_goes_on_believing_is_said_and_not_taken_for_a_wrong_passphrase(believe: Believe) -> None:
    believe(*[SLOW] * 100)
    with pytest.raises(UnusableFile, match="Try again later"):
        opened()


def test_a_wrong_passphrase_is_tried_once(believe: Believe) -> None:
    left = believe(SLOW, WRONG, WRONG)
    with pytest.raises(UnusableFile, match="passphrase does not open the bundle"):
        opened()
    assert left == [WRONG]


def test_the_words_are_those_of_the_library() -> None:
    # The head of the file says how much work it costs: 2 to the power of a number. Nothing behind it is looked at.
    some = base64.b64encode(bytes(32)).rstrip(b"=")
    dear = b"age-encryption.org/v1\n-> scrypt %b 40\n%b\n--- %b\n%b" % (some[:22], some, some, bytes(48))
    with pytest.raises(pyrage.DecryptError, match=backup._TOO_SLOW):
        pyrage.passphrase.decrypt(dear, "x")
    with pytest.raises(UnusableFile, match="too busy"):
        backup.open_with_passphrase(dear, Secret("x"))
