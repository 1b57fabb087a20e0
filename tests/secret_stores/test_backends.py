"""What is said about backends that cannot be used."""

from __future__ import annotations

import inspect

import pytest
from keyring.backends import SecretService, kwallet, libsecret

from ionapi_tui.secret_stores import backends


def test_what_a_backend_needs_is_said_in_our_words() -> None:
    sources = "".join(inspect.getsource(module) for module in (SecretService, kwallet, libsecret))
    for theirs, ours in backends._REASONS.items():
        assert theirs in sources, "the package keyring says it in these words"
        assert backends._reason(RuntimeError(theirs)) == ours


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (RuntimeError("something else"), "something else"),
        (RuntimeError("org.freedesktop.DBus.Error"), "no password store responds in this session"),
        (OSError("gone"), "no password store responds in this session"),
    ],
)
def test_what_is_not_known_stays_and_what_a_bus_says_is_summed_up(error: Exception, words: str) -> None:
    assert backends._reason(error) == words
