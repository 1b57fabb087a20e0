"""Credentials keep everything of the file, know its addresses, and hide what is secret."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials, join_endpoint, scopes_of
from tests.samples import CLOUD, MARKER, REMOVED, absolute_endpoints, cloud11, on_premises, random_secret, sample

DOCUMENTS = [sample(), cloud11(), on_premises(), absolute_endpoints(), sample(zz={"deep": [random_secret()]}, yy=1.5)]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_comes_out_equals_what_went_in(document: dict[str, Any]) -> None:
    credentials = Credentials.from_document(document)
    assert json.loads(credentials.to_document().reveal()) == document


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_two_parts_make_the_whole_again(document: dict[str, Any]) -> None:
    credentials = Credentials.from_document(document)
    kept = json.loads(json.dumps(credentials.public))
    assert Credentials.from_parts(kept, credentials.secret_part()) == credentials


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_secret_is_in_the_public_part_or_any_rendering(document: dict[str, Any]) -> None:
    credentials = Credentials.from_document(document)
    assert MARKER in credentials.secret_part().reveal()
    assert MARKER not in json.dumps(credentials.public) + repr(credentials) + str(credentials)


@given(st.dictionaries(st.text(), st.none() | st.text() | st.integers() | st.lists(st.booleans())))
def test_unknown_keys_are_kept_whatever_they_are(unknown: dict[str, Any]) -> None:
    document = unknown | sample()
    assert json.loads(Credentials.from_document(document).to_document().reveal()) == document


def test_the_file_is_written_in_infors_order() -> None:
    document = sample(zz=1)
    shuffled = dict(reversed(document.items()))
    assert list(json.loads(Credentials.from_document(shuffled).to_document().reveal())) == list(document)


def test_endpoints_in_the_cloud() -> None:
    credentials = Credentials.from_document(sample())
    base = f"https://mingle-sso.eu1.{CLOUD}:443/ACME_TST/as"
    assert credentials.token_endpoint == f"{base}/token.oauth2"
    assert credentials.revoke_endpoint == f"{base}/revoke_token.oauth2"
    assert credentials.authorize_endpoint == f"{base}/authorization.oauth2"
    assert credentials.api_url("/IDM/api/x") == f"https://mingle-ionapi.eu1.{CLOUD}/ACME_TST/IDM/api/x"
    assert not credentials.is_on_premises


def test_endpoints_on_premises() -> None:
    credentials = Credentials.from_document(on_premises())
    assert credentials.token_endpoint == "https://inforos.acme.example/InforIntSTS/connect/token"
    assert credentials.is_on_premises


def test_endpoints_that_are_whole_addresses() -> None:
    document = absolute_endpoints()
    assert Credentials.from_document(document).token_endpoint == document["ot"]


@pytest.mark.parametrize("missing", [REMOVED, "", " ", None, 7, []])
def test_endpoints_that_the_file_does_not_name(missing: Any) -> None:
    credentials = Credentials.from_document(sample(**{"or": missing, "oa": missing}))
    assert credentials.revoke_endpoint is None
    assert credentials.authorize_endpoint is None


@pytest.mark.parametrize(
    ("base", "path", "address"),
    [
        ("https://a/x/", "t", "https://a/x/t"),
        ("https://a/x", "t", "https://a/x/t"),
        ("https://a/x/", "//b/t", "https://b/t"),
        ("http://[", "t", "t"),
    ],
)
def test_joining_an_endpoint(base: str, path: str, address: str) -> None:
    assert join_endpoint(base, path) == address


@pytest.mark.parametrize(
    ("value", "scopes"),
    [
        (["Infor-IDM", "", 3, "Infor-ION"], ("Infor-IDM", "Infor-ION")),
        ("Infor-IDM, Infor-ION  x", ("Infor-IDM", "Infor-ION", "x")),
        ({"Infor-IDM": True}, ("Infor-IDM",)),
        ({}, ()),
        (None, ()),
        (1, ()),
    ],
)
def test_scopes_in_any_form(value: object, scopes: tuple[str, ...]) -> None:
    assert scopes_of(value) == scopes


def test_a_file_without_service_account_has_none() -> None:
    credentials = Credentials.from_document(sample(saak=REMOVED, sask=REMOVED))
    assert credentials.service_account_access_key is None
    assert set(json.loads(credentials.secret_part().reveal())) == {"cs"}


def test_equal_credentials_are_equal() -> None:
    document = sample()
    assert Credentials.from_document(document) == Credentials.from_document(dict(document))
    assert Credentials.from_document(document) != Credentials.from_document({**document, "sask": random_secret()})
    assert isinstance(Credentials.from_document(document).client_secret, Secret)
