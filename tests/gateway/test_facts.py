from __future__ import annotations

import base64
import json

import pytest

from ionapi_tui.base.secret import MASK, Secret
from ionapi_tui.gateway.facts import claims_of
from tests.samples import random_secret


def jwt(payload: object) -> Secret:
    encoded = base64.urlsafe_b64encode(json.dumps(payload).encode()).decode().rstrip("=")
    return Secret(f"e30.{encoded}.c2ln")


def test_the_claims_worth_showing_are_shown_in_words() -> None:
    claims = dict(claims_of(jwt({"Tenant": "ACME_TST", "exp": 1_800_000_000, "jti": "x", "aud": ["a", "b"]}), ()))
    assert claims == {"Tenant": "ACME_TST", "exp": "2027-01-15 08:00:00 UTC", "aud": "a b"}


@pytest.mark.parametrize(
    "token", ["opaque", "a.b", "a.b.c", "..", "a.!!!.c", "e30.W10.c2ln", "e30.NDI.c2ln", f"e30.{'W1tb' * 50_000}.x"]
)
def test_a_token_that_is_not_one_of_these_says_nothing(token: str) -> None:
    assert claims_of(Secret(token), ()) == ()


@pytest.mark.parametrize("exp", ["soon", 10**30, -(10**30), None, [1], {"a": 1}])
def test_a_claim_that_makes_no_sense_is_shown_as_it_is_but_safe(exp: object) -> None:
    ((name, shown),) = claims_of(jwt({"exp": exp}), ())
    assert name == "exp"
    assert shown.isprintable()


def test_claims_cannot_act_on_the_terminal() -> None:
    assert claims_of(jwt({"sub": "\x1b]0;x\x07" + "y" * 500}), ())[0][1].startswith("␛]0;x␇y")
    assert len(claims_of(jwt({"sub": "y" * 500}), ())[0][1]) == 120


def test_an_access_key_in_a_claim_is_masked() -> None:
    key = f"ACME_TST#{random_secret()}"
    claims = claims_of(jwt({"sub": key, "aud": [key]}), [Secret(key)])
    assert claims == (("sub", MASK), ("aud", MASK))
