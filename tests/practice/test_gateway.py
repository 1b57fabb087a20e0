"""The gateway and the suites behind it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from ionapi_tui.practice.server import PracticeTenant
from tests.practice.caller import CONNECTION_POINTS, DOCUMENTS, ENTITIES, M3, PING, USERS, Caller


def test_the_root_answers_programs_with_a_bad_request(caller: Caller) -> None:
    answer = caller.http.get(f"{caller.document['iu']}/")
    assert (answer.status_code, answer.json()) == (400, {"error": "Bad Request"})


def test_the_root_leads_a_browser_to_the_portal(caller: Caller) -> None:
    answer = caller.http.get(f"{caller.document['iu']}/", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/portal/")


def test_an_address_without_its_tenant_is_a_bad_request(caller: Caller) -> None:
    answer = caller.http.get(f"{caller.document['iu']}/{USERS}")
    assert (answer.status_code, answer.json()) == (400, {"error": "Bad Request"})


@pytest.mark.parametrize("header", [None, "Bearer nothing", "Basic abc", "Bearer"])
def test_without_a_valid_token_the_gateway_says_unauthorized(caller: Caller, header: str | None) -> None:
    url = f"{caller.document['iu']}/{caller.document['ti']}/{USERS}"
    answer = caller.http.get(url, headers={"Authorization": header} if header else {})
    assert (answer.status_code, answer.json()) == (401, {"error": "Unauthorized"})


def test_users_me_lists_the_canonical_roles_of_the_service_user(caller: Caller) -> None:
    (user,) = caller.get(USERS, caller.token()).json()["response"]["userlist"]
    assert user["userName"] == "practice.service"
    roles = {group["display"] for group in user["groups"] if group["type"] == "Security Role"}
    assert roles == {"IDM-AdvancedUser", "Infor-SuiteUser", "MingleEnterprise"}
    assert {group["type"] for group in user["groups"]} == {"Security Role", "Distribution Group"}
    assert all(re.fullmatch("[0-9A-F-]{36}", group["value"]) for group in user["groups"])


def test_users_me_comes_in_the_recorded_envelope(caller: Caller) -> None:
    answer = caller.get(USERS, caller.token()).json()
    assert (answer["responsestatus"], answer["errorlist"]) == ("success", [])
    assert set(answer) == {"response", "responsestatus", "errorlist"}
    keys = (
        "id userName name displayName emails title preferredLanguage locale timezone active ifsPersonId userAlias upn "
        "emailVerified groups lastLogon profilePicture isServiceUser joinDate"
    )
    (user,) = answer["response"]["userlist"]
    assert set(user) == set(keys.split())
    assert (user["active"], user["isServiceUser"]) == (True, True)


def test_users_me_tells_a_person_from_a_service_user(tenant: PracticeTenant, caller: Caller) -> None:
    person = tenant.state.people.named("practice.clerk")
    assert person is not None
    keys = tenant.state.accounts.add("PRACTICE_TST", "of a person", person.id)
    caller.document |= {"saak": keys.access_key, "sask": keys.secret_key}
    (user,) = caller.get(USERS, caller.token()).json()["response"]["userlist"]
    assert (user["userName"], user["isServiceUser"]) == ("practice.clerk", False)


def test_users_me_of_an_account_without_user_is_an_error_list_with_status_200(tenant: PracticeTenant) -> None:
    with Caller(tenant.ionapi("no-user")) as caller:
        answer = caller.get(USERS, caller.token())
    assert answer.status_code == 200
    assert answer.json()["errorlist"][0]["Message"]
    assert answer.json()["responsestatus"] != "success"


def test_idm_lists_document_types_as_json_or_xml_whatever_was_asked_for(caller: Caller) -> None:
    token = caller.token()
    names = [entity["name"] for entity in caller.get(ENTITIES, token).json()["entities"]["entity"]]
    xml = ElementTree.fromstring(caller.get(ENTITIES, token, Accept="*/*").text)
    assert names == [element.text for element in xml.findall("entity/name")]
    assert "M3_SupplierInvoice" in names


def test_idm_refuses_a_user_without_role_in_its_own_shape(tenant: PracticeTenant) -> None:
    with Caller(tenant.ionapi("missing-role")) as caller:
        answer = caller.get(ENTITIES, caller.token())
    assert answer.status_code == 403
    assert {"code", "message", "detail"} <= set(answer.json()["error"])


def test_the_gateway_refuses_a_token_without_scope_in_another_shape(tenant: PracticeTenant) -> None:
    with Caller(tenant.ionapi("missing-scope")) as caller:
        token = caller.token()
        answer = caller.get(ENTITIES, token)
        assert caller.get(USERS, token).status_code == 200
    assert (answer.status_code, answer.json()) == (403, {"error": "Forbidden"})


def test_scopes_that_were_not_asked_for_are_missing(tenant: PracticeTenant) -> None:
    with Caller(tenant.ionapi("v1.1-scopes")) as caller:
        token = caller.log_in(changes={"scope": ""}).json()["access_token"]
        assert caller.get(USERS, token).status_code == 403


def test_a_tenant_without_idm_has_no_such_address(tenant: PracticeTenant) -> None:
    with Caller(tenant.ionapi("no-idm")) as caller:
        assert caller.get(ENTITIES, caller.token()).status_code == 404


def test_the_messaging_service_asks_for_no_user(tenant: PracticeTenant) -> None:
    with Caller(tenant.ionapi("no-user")) as caller:
        assert caller.get(PING, caller.token()).status_code == 200


def test_the_messaging_service_refuses_a_client_id_that_no_connection_point_holds(caller: Caller) -> None:
    token = caller.token()
    assert caller.get(DOCUMENTS, token, **{"X-ClientID": caller.document["ci"]}).json()["status"] == "OK"
    for headers in ({}, {"X-ClientID": "PRACTICE_TST~nobody"}):
        refusal = caller.get(DOCUMENTS, token, **headers).json()
        assert refusal == {"status": "FAIL", "code": 471, "errors": "Invalid client id provided"}


def test_connection_points_are_for_administrators_of_ion(tenant: PracticeTenant, caller: Caller) -> None:
    assert caller.get(CONNECTION_POINTS, caller.token()).status_code == 403
    user = tenant.state.people.named("practice.service")
    assert user is not None
    tenant.state.people.grant(user.id, "IONDeskAdmin")
    try:
        (point,) = caller.get(CONNECTION_POINTS, caller.token()).json()
        assert caller.document["ci"] in point["properties"].values()
    finally:
        tenant.state.people.take(user.id, "IONDeskAdmin")


def test_without_a_connection_point_only_a_ping_succeeds(tenant: PracticeTenant, caller: Caller) -> None:
    tenant.faults.on("no-connection-point")
    user = tenant.state.people.named("practice.service")
    assert user is not None
    tenant.state.people.grant(user.id, "IONDeskAdmin")
    try:
        token = caller.token()
        assert caller.get(PING, token).json() == {"status": "OK"}
        assert caller.get(DOCUMENTS, token, **{"X-ClientID": caller.document["ci"]}).json()["code"] == 471
        assert caller.document["ci"] not in caller.get(CONNECTION_POINTS, token).text
    finally:
        tenant.state.people.take(user.id, "IONDeskAdmin")
    assert caller.get(CONNECTION_POINTS, token).status_code == 403
    assert caller.get(DOCUMENTS, "nothing").status_code == 401


def test_documents_are_counted_with_a_string(caller: Caller) -> None:
    path = "IDM/api/items/count?$query=/MDS_File&$state=0&$language=en"
    assert caller.get(path, caller.token()).json() == {"count": "0"}


def test_m3_refuses_an_account_without_user(tenant: PracticeTenant, caller: Caller) -> None:
    assert caller.get(M3, caller.token()).json()["results"][0]["records"]
    with Caller(tenant.ionapi("no-user")) as blank:
        answer = blank.get(M3, blank.token())
    assert (answer.status_code, "Illegal impersonation attempt (error: 163)" in answer.text) == (200, True)


def test_the_directory_of_apis_has_the_tenant_behind(caller: Caller) -> None:
    url = f"{caller.document['iu']}/ionapi/metadata/v1/{caller.document['ti']}"
    headers = {"Authorization": f"Bearer {caller.token()}"}
    assert caller.http.get(f"{url}/version", headers=headers).status_code == 200
    assert caller.http.get(f"{url}/version").status_code == 401
    assert caller.http.get(f"{url}/nothing", headers=headers).status_code == 404
    assert caller.http.get(url.replace("PRACTICE_TST", "infor") + "/version", headers=headers).status_code == 401


@pytest.mark.parametrize(
    "path",
    ["ifsservice/nothing", "IDM/api/nothing", "IONSERVICES/nothing", "Mingle/nothing", "M3/m3api-rest/v2/execute/X/Y"],
)
def test_addresses_that_are_not_played_are_not_found(caller: Caller, path: str) -> None:
    assert caller.get(path, caller.token()).status_code == 404


def test_the_token_of_a_deleted_app_opens_nothing(tenant: PracticeTenant) -> None:
    with Caller(tenant.ionapi("no-refresh-token")) as caller:
        token = caller.token()
        tenant.state.apps.delete(caller.document["ci"])
        assert caller.get(USERS, token).status_code == 401


def test_a_host_name_that_is_not_this_machine_reads_nothing(caller: Caller) -> None:
    answer = caller.http.get(f"{caller.document['iu']}/portal/login", headers={"Host": "practice.invalid"})
    assert (answer.status_code, answer.json()) == (400, {"error": "Bad Request"})
