"""The ``.ionapi`` files that the portal hands out, and ready-made ones: a good one, and one for each mistake."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe
from ionapi_tui.practice.names import TYPE_CODES, AppType, Family, GrantType
from ionapi_tui.practice.seed import (
    LONG_TENANT,
    ON_PREMISES_TENANT,
    SERVICE_USER,
    SERVICE_USER_WITHOUT_IDM,
    TENANT_WITHOUT_IDM,
)
from ionapi_tui.practice.state import State
from ionapi_tui.practice.state.apps import App, AppForm, Keys

_PATHS = {
    Family.CLOUD: {"oa": "authorization.oauth2", "ot": "token.oauth2", "or": "revoke_token.oauth2"},
    Family.ON_PREMISES: {"oa": "connect/authorize", "ot": "connect/token", "or": "connect/revocation"},
}


def ionapi_document(app: App, family: Family, url: str, keys: Keys | None) -> dict[str, Any]:
    """Return the ``.ionapi`` file of an app, keys in Infor's order.

    Args:
        app: the authorized app.
        family: which authorization server its tenant has.
        url: where this practice tenant answers, without a slash at the end.
        keys: those of a service account made for this download; None when the switch was off.
    """
    place = f"{url}/{app.tenant}/as/" if family is Family.CLOUD else f"{url}/InforIntSTS/"
    document: dict[str, Any] = {
        "ti": app.tenant,
        "cn": app.name,
        "dt": TYPE_CODES[app.form.type],
        "ci": app.client_id,
        "cs": app.client_secret,
        "iu": url,
        "pu": place,
        **_PATHS[family],
    }
    if app.form.scopes:
        document["sc"] = list(app.form.scopes)
    if app.form.type is not AppType.BACKEND:
        document["ru"] = app.form.redirect_uri
    document["ev"] = f"U{int(app.created)}"
    document["v"] = "1.1" if app.form.scopes else "1.0"
    if keys is not None:
        document |= {"saak": keys.access_key, "sask": keys.secret_key}
    return document


def as_file(document: dict[str, Any]) -> bytes:
    """Return a document as it is downloaded."""
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()


_SCOPES = ("INFOR-IFS", "Infor-IDM", "Infor-ION", "Infor-Mingle")
_GOOD = AppForm("Doc2Export", "Practice app of the guide")
_SCOPED = replace(_GOOD, name="Doc2Export Scopes", scopes=_SCOPES, enforce_scopes=True)
_WEB = replace(_GOOD, name="Doc2Export Web", type=AppType.WEB, redirect_uri="https://practice.invalid/callback")
_CLIENT_CREDENTIALS = replace(_GOOD, name="Doc2Export Client", grant_type=GrantType.CLIENT_CREDENTIALS)
_NO_REFRESH = replace(_GOOD, name="Doc2Export Short", refresh_tokens=False)

_Mishap = Callable[[State, App, Keys | None], None]
_Change = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Variant:
    """How a seeded app came to be downloaded."""

    summary: str
    form: AppForm = _GOOD
    tenant: str | None = None
    """None for the tenant of the portal."""
    service_account: bool = True
    user: str | None = SERVICE_USER
    """Who was entered in the user box; None when it was left blank."""
    account_scopes: tuple[str, ...] = field(default=_SCOPES)
    mishap: _Mishap | None = None
    """What happened to the app or its account after the download."""
    change: _Change | None = None
    """What happened to the file after the download."""


def _delete_app(state: State, app: App, _keys: Keys | None) -> None:
    state.apps.delete(app.client_id)


def _disable_account(state: State, _app: App, keys: Keys | None) -> None:
    assert keys is not None
    state.accounts.enable(keys.account_id, False)


def _delete_account(state: State, _app: App, keys: Keys | None) -> None:
    assert keys is not None
    state.accounts.delete(keys.account_id)


def _setting(**values: Any) -> _Change:
    return lambda document: document.update(values)


def _elsewhere(url: str) -> _Change:
    def change(document: dict[str, Any]) -> None:
        document["pu"] = document["pu"].replace(document["iu"], url)
        document["iu"] = url

    return change


def _old(document: dict[str, Any]) -> None:
    del document["v"], document["dt"]


VARIANTS: Final = {
    "good": Variant(N_("correct")),
    "v1.0": Variant(N_("correct, format 1.0")),
    "v1.1-scopes": Variant(N_("correct, format 1.1 with enforced scopes"), _SCOPED),
    "2015": Variant(N_("correct, in the format of older files"), change=_old),
    "long-tenant": Variant(N_("correct, with a long tenant name"), tenant=LONG_TENANT),
    "on-premises": Variant(N_("correct, on premises"), tenant=ON_PREMISES_TENANT),
    "no-service-account": Variant(N_("Create Service Account was off"), service_account=False),
    "web-app": Variant(N_("the app is a web application"), _WEB, service_account=False),
    "client-credentials": Variant(
        N_("the grant type is Client Credentials"), _CLIENT_CREDENTIALS, service_account=False
    ),
    "no-user": Variant(N_("the user box was left blank"), user=None),
    "no-refresh-token": Variant(N_("Issue Refresh Tokens was off"), _NO_REFRESH),
    "missing-role": Variant(N_("the service user lacks the IDM role"), user=SERVICE_USER_WITHOUT_IDM),
    "missing-scope": Variant(N_("the service account lacks the scope for IDM"), _SCOPED, account_scopes=("INFOR-IFS",)),
    "wrong-scope": Variant(N_("a scope in the wrong case"), _SCOPED, change=_setting(sc=["infor-idm"])),
    "disabled-account": Variant(N_("the service account was disabled"), mishap=_disable_account),
    "deleted-account": Variant(N_("the service account was deleted"), mishap=_delete_account),
    "deleted-app": Variant(N_("the app was deleted"), replace(_GOOD, name="Doc2Export Deleted"), mishap=_delete_app),
    "no-idm": Variant(N_("the tenant has no IDM"), tenant=TENANT_WITHOUT_IDM),
    "unresolvable": Variant(N_("a host that no name server knows"), change=_elsewhere("http://nowhere.invalid")),
    "refused": Variant(N_("a port where nothing listens"), change=_elsewhere("http://127.0.0.1:1")),
}
"""Every variant by its name."""


def variant_document(state: State, url: str, tenant: str, name: str) -> dict[str, Any]:
    """Download the file of a variant; as in Infor, every download makes another service account.

    Args:
        state: where the app is looked up, and made when it is missing.
        url: where the practice tenant answers.
        tenant: the tenant of the portal.
        name: a key of ``VARIANTS``.

    Raises:
        UsageError: there is no such variant.
    """
    variant = VARIANTS.get(name)
    if variant is None:
        sentence = _("There is no variant “{name}”. Available: {known}.")
        raise UsageError(sentence.format(name=safe(name), known=", ".join(VARIANTS)))
    owner = state.tenants.get(variant.tenant or tenant)
    assert owner is not None
    with state.database.transaction():
        app = state.apps.named(owner.name, variant.form.name) or state.apps.add(owner.name, variant.form)
        keys = None
        if variant.service_account:
            user = state.people.named(variant.user) if variant.user else None
            keys = state.accounts.add(owner.name, app.name, user.id if user else None, variant.account_scopes)
        document = ionapi_document(app, owner.family, url, keys)
        if variant.change:
            variant.change(document)
        if variant.mishap:
            variant.mishap(state, app, keys)
    return document
