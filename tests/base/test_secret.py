"""A secret shows itself only to who asks by name."""

from __future__ import annotations

import copy
import json
import pickle
import traceback

import pytest

from ionapi_tui.base.secret import MASK, Secret
from tests.samples import MARKER, random_secret


def test_every_rendering_is_masked() -> None:
    secret = Secret(random_secret())
    renderings = [str(secret), repr(secret), f"{secret}", f"{secret!r:>20}", f"{secret:>12}", str([secret])]
    assert all(MASK in rendering and MARKER not in rendering for rendering in renderings)


def test_reveal_returns_the_text() -> None:
    text = random_secret()
    assert Secret(text).reveal() == text


def test_it_has_a_length_and_a_truth() -> None:
    assert len(Secret("abc")) == 3
    assert Secret("a")
    assert not Secret("")


def test_secrets_are_equal_by_their_text_and_to_nothing_else() -> None:
    text = random_secret()
    assert Secret(text) == Secret(text)
    assert Secret(text) != Secret(random_secret())
    assert Secret(text) != text
    assert Secret("\ud800") == Secret("\ud800")
    assert len({Secret(text), Secret(text)}) == 1


def test_it_cannot_be_serialised_by_accident() -> None:
    secret = Secret(random_secret())
    for serialise in (pickle.dumps, copy.copy, copy.deepcopy, json.dumps):
        with pytest.raises(TypeError):
            serialise(secret)


def test_a_traceback_with_local_variables_does_not_show_it() -> None:
    def fail(secret: Secret) -> None:
        raise ValueError(f"about {secret}")

    with pytest.raises(ValueError, match=MASK) as caught:
        fail(Secret(random_secret()))
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert MARKER not in "".join(shown.format())
    assert MASK in "".join(shown.format())


def test_it_has_no_attributes_to_look_into() -> None:
    with pytest.raises(TypeError):
        vars(Secret(random_secret()))
