"""Authorized Apps and their credentials."""

from __future__ import annotations

import pytest

from ionapi_tui.practice.server import PracticeTenant
from tests.practice.caller import ENTITIES, USERS, Caller
from tests.practice.portal.visitor import NEW_APP, Visitor

WITH_ACCOUNT = {"create_service_account": "on", "user": "practice.service"}


def test_the_guide_followed_leads_to_a_file_that_works(administrator: Visitor) -> None:
    document = administrator.download(administrator.save_app(), **WITH_ACCOUNT)
    assert document["cn"] == "Doc2Export"
    with Caller(document) as caller:
        token = caller.log_in().json()
        assert token["refresh_token"]
        assert (
            caller.get(USERS, token["access_token"]).json()["response"]["userlist"][0]["userName"] == "practice.service"
        )
        assert caller.get(ENTITIES, token["access_token"]).status_code == 200


def test_the_file_is_named_after_the_app_with_its_spaces(administrator: Visitor) -> None:
    app = administrator.save_app(name='Dokument "Ä" Export')
    disposition = administrator.save(administrator.send(f"{app}/credentials")).headers["Content-Disposition"]
    assert 'filename="Dokument ___ Export.ionapi"' in disposition
    assert "filename*=UTF-8''Dokument%20%22%C3%84%22%20Export.ionapi" in disposition


def test_the_app_page_has_the_client_id_and_the_list_has_the_app(administrator: Visitor) -> None:
    app = administrator.save_app(name="Listed")
    client_id = app.rpartition("/")[2].replace("%7E", "~")
    assert client_id in administrator.open(app).text
    assert "Listed" in administrator.open("/ion-api/apps").text


def test_a_changed_app_keeps_its_client_id(administrator: Visitor) -> None:
    app = administrator.save_app(name="Before")
    answer = administrator.send(app, **(NEW_APP | {"name": "After", "token_lifetime": "1"}))
    assert "The app is saved" in answer.text
    with Caller(administrator.download(app, **WITH_ACCOUNT)) as caller:
        assert caller.document["cn"] == "After"
        assert caller.log_in().json()["expires_in"] == 3600


def test_a_change_with_a_mistake_leaves_the_app_as_it_was(tenant: PracticeTenant, administrator: Visitor) -> None:
    app = administrator.save_app(name="Unchanged")
    assert administrator.send(app, **(NEW_APP | {"name": ""})).status_code == 422
    assert tenant.state.apps.named(tenant.tenant, "Unchanged")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Enter a name."),
        ({"type": ""}, "Choose a type."),
        ({"type": "Toaster"}, "Choose a type."),
        ({"type": "Web"}, "This type needs a redirect URI."),
        ({"token_lifetime": "0"}, "Enter a whole number, at least 1."),
        ({"token_lifetime": "often"}, "Enter a whole number, at least 1."),
        ({"refresh_lifetime": "1"}, "Enter 0, or at least the lifetime of the access token."),
        ({"grant_type": "Device"}, "Choose a grant type."),
    ],
)
def test_a_form_with_a_mistake_comes_back_with_what_was_typed(
    administrator: Visitor, changes: dict[str, str], said: str
) -> None:
    answer = administrator.send("/ion-api/apps/new", **(NEW_APP | {"description": "as typed"} | changes))
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="as typed"' in answer.text


def test_a_line_break_in_a_name_is_a_space(administrator: Visitor) -> None:
    assert administrator.download(administrator.save_app(name="two\r\nlines"))["cn"] == "two lines"


def test_names_are_text_and_never_markup(administrator: Visitor) -> None:
    app = administrator.save_app(name="<script>alert(1)</script>")
    assert "<script>" not in administrator.open(app).text


# The mistakes the guide warns of, each with its consequence


def test_the_switch_left_off_gives_a_file_without_keys(administrator: Visitor) -> None:
    document = administrator.download(administrator.save_app(), user="practice.service")
    assert not {"saak", "sask"} & set(document)


def test_the_user_box_left_blank_gives_a_token_that_speaks_for_nobody(administrator: Visitor) -> None:
    document = administrator.download(administrator.save_app(), create_service_account="on", user=" ")
    with Caller(document) as caller:
        token = caller.token()
        assert caller.get(USERS, token).json()["errorlist"]
        assert caller.get(ENTITIES, token).status_code == 403


def test_a_user_that_does_not_exist_is_not_accepted(administrator: Visitor) -> None:
    app = administrator.save_app()
    answer = administrator.send(f"{app}/credentials", create_service_account="on", user="nobody <b>")
    assert answer.status_code == 422
    assert "There is no user “nobody &lt;b&gt;”" in answer.text


def test_the_user_may_be_entered_by_full_name_in_any_case(administrator: Visitor) -> None:
    document = administrator.download(administrator.save_app(), create_service_account="on", user="practice SERVICE")
    with Caller(document) as caller:
        assert caller.get(USERS, caller.token()).json()["response"]["userlist"]


def test_a_web_app_has_a_redirect_address_and_cannot_log_in_by_password(administrator: Visitor) -> None:
    app = administrator.save_app(type="Web", redirect_uri="https://practice.invalid/back")
    document = administrator.download(app, **WITH_ACCOUNT)
    assert document["ru"] == "https://practice.invalid/back"
    assert not {"saak", "sask"} & set(document)
    with Caller(document) as caller:
        assert caller.log_in(changes={"username": "x", "password": "x"}).json()["error"] == "unsupported_grant_type"


def test_client_credentials_chosen_as_grant_type_leave_no_keys(administrator: Visitor) -> None:
    app = administrator.save_app(grant_type="Client Credentials")
    assert not {"saak", "sask"} & set(administrator.download(app, **WITH_ACCOUNT))


def test_issue_refresh_tokens_left_off_gives_no_refresh_token(administrator: Visitor) -> None:
    app = administrator.save_app(refresh_tokens="")
    with Caller(administrator.download(app, **WITH_ACCOUNT)) as caller:
        assert "refresh_token" not in caller.log_in().json()


def test_scopes_not_put_on_the_service_account_are_refused_by_the_gateway(administrator: Visitor) -> None:
    app = administrator.save_app(scopes=["INFOR-IFS", "Infor-IDM"], enforce_scopes="on")
    document = administrator.download(app, **WITH_ACCOUNT, scopes=["INFOR-IFS"])
    assert (document["v"], document["sc"]) == ("1.1", ["INFOR-IFS", "Infor-IDM"])
    with Caller(document) as caller:
        token = caller.token()
        assert caller.get(USERS, token).status_code == 200
        assert caller.get(ENTITIES, token).json() == {"error": "Forbidden"}


def test_a_deleted_app_ends_its_files_and_its_tokens(administrator: Visitor) -> None:
    app = administrator.save_app(name="Deleted")
    with Caller(administrator.download(app, **WITH_ACCOUNT)) as caller:
        token = caller.token()
        assert "is deleted" in administrator.send(f"{app}/delete").text
        assert caller.log_in().json()["error"] == "invalid_client"
        assert caller.get(USERS, token).status_code == 401
    assert administrator.open(app).status_code == 404


def test_the_bridge_key_is_another_download_that_is_no_ionapi_file(administrator: Visitor) -> None:
    app = administrator.save_app(bridge="on")
    answer = administrator.send(f"{app}/key-pair")
    assert 'filename="ionapi-bridge-private-jwt-1.json"' in answer.headers["Content-Disposition"]
    assert {"kty", "n", "e", "d"} <= set(answer.json())


def test_a_download_is_confirmed_and_the_next_one_comes_with_a_warning(administrator: Visitor) -> None:
    app = administrator.save_app(name="Warehouse")
    assert "another" not in administrator.open(f"{app}/credentials").text.lower()
    page = administrator.send(f"{app}/credentials", **WITH_ACCOUNT)
    assert page.url.path.removeprefix("/portal") == app
    assert "Warehouse.ionapi was downloaded." in page.text
    assert "cannot be downloaded again" in page.text
    assert administrator.save(page).json()["saak"]
    assert "http-equiv" not in administrator.open(app).text, "loading the page again saves nothing"
    assert "Another download creates another one." in administrator.open(f"{app}/credentials").text


def test_a_file_is_handed_out_once(administrator: Visitor) -> None:
    page = administrator.send(f"{administrator.save_app()}/credentials", **WITH_ACCOUNT)
    assert administrator.save(page).status_code == 200
    assert administrator.save(page).status_code == 404


def test_the_dialog_does_not_suggest_to_leave_the_user_box_blank(administrator: Visitor) -> None:
    assert "blank" not in administrator.open(f"{administrator.save_app()}/credentials").text


def test_each_download_leaves_another_service_account_behind(tenant: PracticeTenant, administrator: Visitor) -> None:
    app = administrator.save_app()
    before = len(tenant.state.accounts.of(tenant.tenant))
    administrator.download(app, **WITH_ACCOUNT)
    administrator.download(app, **WITH_ACCOUNT)
    assert len(tenant.state.accounts.of(tenant.tenant)) == before + 2
