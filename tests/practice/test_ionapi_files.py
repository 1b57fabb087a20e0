"""The ready-made files."""

from __future__ import annotations

import re

import pytest

from ionapi_tui.base.errors import UsageError
from ionapi_tui.practice.ionapi_files import VARIANTS
from ionapi_tui.practice.server import PracticeTenant
from tests.practice.caller import USERS, Caller

_BASE64 = r"[A-Za-z0-9_-]"


def test_the_good_file_has_infors_keys_in_infors_order_and_shapes(tenant: PracticeTenant) -> None:
    document = tenant.ionapi()
    assert " ".join(document) == "ti cn dt ci cs iu pu oa ot or ev v saak sask"
    assert re.fullmatch(rf"PRACTICE_TST~{_BASE64}{{43}}", document["ci"])
    assert re.fullmatch(rf"{_BASE64}{{86}}", document["cs"])
    assert re.fullmatch(rf"PRACTICE_TST#{_BASE64}{{86}}", document["saak"])
    assert re.fullmatch(rf"{_BASE64}{{86}}", document["sask"])
    assert re.fullmatch(r"[A-Z]\d{9,10}", document["ev"])
    assert (document["dt"], document["v"], document["cn"]) == ("12", "1.0", "Doc2Export")
    assert document["pu"] == f"{tenant.url}/PRACTICE_TST/as/"
    assert document["iu"] == tenant.url


def test_the_on_premises_file_has_the_other_layout(tenant: PracticeTenant) -> None:
    document = tenant.ionapi("on-premises")
    assert document["pu"] == f"{tenant.url}/InforIntSTS/"
    assert (document["ti"], document["ot"], document["or"]) == ("infor", "connect/token", "connect/revocation")
    assert document["ci"].startswith("infor~")


def test_a_file_with_scopes_is_of_format_1_1(tenant: PracticeTenant) -> None:
    document = tenant.ionapi("v1.1-scopes")
    assert document["v"] == "1.1"
    assert "Infor-IDM" in document["sc"]


@pytest.mark.parametrize("variant", ["no-service-account", "web-app", "client-credentials"])
def test_files_without_a_service_account_have_no_keys_of_one(tenant: PracticeTenant, variant: str) -> None:
    assert not {"saak", "sask"} & set(tenant.ionapi(variant))


def test_the_file_of_a_web_app_has_a_redirect_address_and_another_type(tenant: PracticeTenant) -> None:
    document = tenant.ionapi("web-app")
    assert document["ru"]
    assert document["dt"] != "12"


def test_a_new_tenant_name_is_sixteen_characters_and_the_environment(tenant: PracticeTenant) -> None:
    assert re.fullmatch(r"[A-Z0-9]{16}_TST", tenant.ionapi("long-tenant")["ti"])


def test_every_download_makes_another_service_account_of_the_same_app(tenant: PracticeTenant) -> None:
    first, second = tenant.ionapi(), tenant.ionapi()
    assert (first["ci"], first["cs"]) == (second["ci"], second["cs"])
    assert first["saak"] != second["saak"]


@pytest.mark.parametrize(
    ("variant", "status", "error"),
    [
        ("deleted-app", 401, "invalid_client"),
        ("disabled-account", 400, "invalid_grant"),
        ("deleted-account", 400, "invalid_grant"),
        ("wrong-scope", 400, "invalid_scope"),
    ],
)
def test_a_mishap_has_its_consequence_at_the_authorization_server(
    tenant: PracticeTenant, variant: str, status: int, error: str
) -> None:
    with Caller(tenant.ionapi(variant)) as caller:
        answer = caller.log_in()
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_without_issue_refresh_tokens_there_is_none(tenant: PracticeTenant) -> None:
    with Caller(tenant.ionapi("no-refresh-token")) as caller:
        assert "refresh_token" not in caller.log_in().json()


@pytest.mark.parametrize("variant", ["good", "v1.0", "v1.1-scopes", "2015", "long-tenant", "on-premises"])
def test_the_good_variants_work(tenant: PracticeTenant, variant: str) -> None:
    with Caller(tenant.ionapi(variant)) as caller:
        assert caller.get(USERS, caller.token()).json()["response"]["userlist"]


def test_an_unknown_variant_is_refused_with_the_known_ones(tenant: PracticeTenant) -> None:
    with pytest.raises(UsageError, match="no-refresh-token"):
        tenant.ionapi("nonsense")


def test_every_variant_can_be_had(tenant: PracticeTenant) -> None:
    assert all(tenant.ionapi(variant)["ci"] for variant in VARIANTS)
