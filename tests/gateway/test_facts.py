from __future__ import annotations

from ionapi_tui.base.secret import MASK, Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.token import Token
from ionapi_tui.domain.token_claims import TokenClaims
from ionapi_tui.gateway.checks.check import Run
from ionapi_tui.gateway.facts import facts_of
from ionapi_tui.gateway.grants import Granted
from ionapi_tui.gateway.network import Network
from ionapi_tui.gateway.responses import Response
from ionapi_tui.gateway.session import open_session
from ionapi_tui.gateway.users import User
from tests.samples import MARKER, random_secret, sample
from tests.tokens import jwt

RESPONSE = Response("127.0.0.1", 200, {}, Secret("{}"), 0.0, 0.1)


DOCUMENT = sample()


async def groups(claims: dict[str, object] | None, user: User | None = None) -> dict[str, dict[str, str]]:
    """Return what is shown after a token with ``claims`` (None: an opaque one) and the response about ``user``."""
    access = Secret(random_secret()) if claims is None else jwt(claims)
    async with open_session(Network()) as session:
        run = Run(Credentials.from_document(DOCUMENT), session, retry_seconds=1.0, user=user)
    run.granted = Granted(Token(access, None, 0.0, 7200.0), RESPONSE)
    run.claims = TokenClaims.of(access)
    return {group.origin: dict(group.facts) for group in facts_of(run).groups()}


async def test_each_fact_stands_under_where_it_comes_from() -> None:
    claims: dict[str, object] = {
        "ServiceAccount": random_secret(),
        "Tenant": "ACME_TST",
        "Identity2": "6f1c",
        "EnforceScopesForClient": "0",
        "aud": "https://gateway.example",
        "exp": 1_800_000_000,
    }
    shown = await groups(claims, User("guid", "Service", ("IDM-AdvancedUser", "Other"), is_service_user=True))
    assert shown == {
        "From Infor's responses": {
            "Acting user": "Service",
            "Kind of user": "service user (recommended)",
            "Relevant roles": "IDM-AdvancedUser",
            "Granted scopes": "not stated",
            "Lifetime": "120 minutes",
        },
        "From the access token (signature not checked)": {
            "Tenant": "ACME_TST",
            "Acting user ID": "6f1c",
            "Scopes enforced": "no",
            "Valid for": "https://gateway.example",
            "Expires": "2027-01-15 08:00:00 UTC",
        },
        "Compared on this computer": {"Tenant in the file": DOCUMENT["ti"]},
    }
    assert MARKER not in str(shown)


async def test_a_token_without_a_user_says_so() -> None:
    shown = await groups({"ServiceAccount": random_secret()})
    token = shown["From the access token (signature not checked)"]
    assert token == {"Acting user ID": "none: the user box was left blank", "Scopes enforced": "not stated"}


async def test_an_opaque_token_states_nothing() -> None:
    shown = await groups(None)
    token = shown["From the access token (signature not checked)"]
    assert token == {"Contents": "opaque, as on-premises tokens are"}


async def test_an_access_key_is_masked_whichever_claim_it_stands_in() -> None:
    key = str(DOCUMENT["saak"])
    shown = await groups({"ServiceAccount": key, "Tenant": key, "Identity2": key, "aud": [key], "iss": key})
    token = shown["From the access token (signature not checked)"]
    assert {token["Tenant"], token["Acting user ID"], token["Valid for"]} == {MASK}
    assert MARKER not in str(shown)


async def test_claims_cannot_act_on_the_terminal() -> None:
    shown = await groups({"Tenant": "\x1b]0;x\x07" + "y" * 500})
    tenant = shown["From the access token (signature not checked)"]["Tenant"]
    assert tenant.startswith("␛]0;x␇y")
    assert len(tenant) == 120
