from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.token_claims import TokenClaims
from tests.samples import MARKER, random_secret
from tests.tokens import jwt


def claims_of(**claims: object) -> TokenClaims:
    found = TokenClaims.of(jwt(claims))
    assert found is not None
    return found


def test_the_claims_of_a_service_account_are_read() -> None:
    claims = claims_of(
        ServiceAccount=f"ACME_TST#{random_secret()}",
        Tenant="ACME_TST",
        Identity2="0f0e",
        EnforceScopesForClient="0",
        iss="https://mingle-sso.inforcloudsuite.com:443",
        aud="https://mingle-ionapi.inforcloudsuite.com",
        iat=1_800_000_000,
        exp=1_800_007_200,
    )
    assert claims == TokenClaims(
        tenant="ACME_TST",
        user_id="0f0e",
        has_service_account=True,
        enforces_scopes=False,
        audience=("https://mingle-ionapi.inforcloudsuite.com",),
        issuer="https://mingle-sso.inforcloudsuite.com:443",
        issued_at=1_800_000_000,
        expires_at=1_800_007_200,
    )
    assert claims.lifetime == 7200
    assert not claims.lacks_user


def test_of_the_access_key_only_the_presence_is_kept() -> None:
    claims = claims_of(ServiceAccount=f"ACME_TST#{random_secret()}")
    assert claims.lacks_user
    assert MARKER not in repr(claims)


def test_a_token_of_a_person_or_a_client_lacks_no_user() -> None:
    assert not claims_of(client_id="x").lacks_user
    assert not claims_of(ServiceAccount="a#b", Identity2="0f0e").lacks_user
    assert claims_of(ServiceAccount="a#b", Identity2="  ").lacks_user


@pytest.mark.parametrize(
    ("value", "enforced"),
    [("0", False), ("1", True), (0, False), (1, True), ("", None), ("true", None), (None, None), ([], None)],
)
def test_scopes_are_enforced_only_where_the_token_says_so(value: object, enforced: bool | None) -> None:
    assert claims_of(EnforceScopesForClient=value).enforces_scopes is enforced


@pytest.mark.parametrize(
    "token", ["opaque", "a.b", "a.b.c", "..", "a.!!!.c", "e30.W10.c2ln", "e30.NDI.c2ln", f"e30.{'W1tb' * 50_000}.x"]
)
def test_a_token_that_is_no_json_web_token_has_no_claims(token: str) -> None:
    assert TokenClaims.of(Secret(token)) is None


@pytest.mark.parametrize("exp", ["soon", 10**30, -1, 0, None, True, [1], {"a": 1}, float("inf")])
def test_a_time_that_makes_no_sense_is_not_a_time(exp: object) -> None:
    assert claims_of(exp=exp, iat=1_800_000_000).expires_at is None


def test_a_time_may_be_any_moment_before_the_year_ten_thousand() -> None:
    assert claims_of(iat=0.5, exp=253_402_300_799) == TokenClaims(issued_at=0.5, expires_at=253_402_300_799.0)
    assert claims_of(exp=253_402_300_800).expires_at is None


def test_an_audience_may_be_several() -> None:
    assert claims_of(aud=["https://a.example", " ", 7, "https://b.example"]).audience == (
        "https://a.example",
        "https://b.example",
    )


@pytest.mark.parametrize(("iat", "exp"), [(None, 9), (9, None), (9, 9), (9, 8)])
def test_a_lifetime_needs_two_times_in_order(iat: object, exp: object) -> None:
    assert claims_of(iat=iat, exp=exp).lifetime is None


@given(st.dictionaries(st.sampled_from(["Tenant", "Identity2", "aud", "exp", "iat"]), st.from_type(object)))
def test_no_claim_is_too_odd(claims: dict[str, object]) -> None:
    try:
        token = jwt(claims)
    except (TypeError, ValueError):
        return
    assert TokenClaims.of(token) is not None
