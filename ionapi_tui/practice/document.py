"""The files that the portal hands out."""

from __future__ import annotations

import json
from typing import Any

from ionapi_tui.practice.names import TYPE_CODES, AppType, Family
from ionapi_tui.practice.state.accounts import Keys
from ionapi_tui.practice.state.apps import App

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
    return json.dumps(document, indent=4, ensure_ascii=False).encode()
