"""Credentials as named values: what environments, ``.env`` files and Kubernetes Secrets have in common."""

from __future__ import annotations

from collections.abc import Mapping

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials


def variables(credentials: Credentials) -> Mapping[str, Secret]:
    """Return the values by the names of their variables; what the credentials do not have is left out.

    All are masked, because nobody should have to look up which of them are secret.
    """
    values: dict[str, str | Secret | None] = {
        "IONAPI_TENANT": credentials.tenant,
        "IONAPI_BASE_URL": credentials.api_url("").rstrip("/"),
        "IONAPI_TOKEN_URL": credentials.token_endpoint,
        "IONAPI_REVOKE_URL": credentials.revoke_endpoint,
        "IONAPI_SCOPES": " ".join(credentials.scopes),
        "IONAPI_CLIENT_ID": credentials.client_id,
        "IONAPI_CLIENT_SECRET": credentials.client_secret,
        "IONAPI_ACCESS_KEY": credentials.service_account_access_key,
        "IONAPI_SECRET_KEY": credentials.service_account_secret_key,
    }
    return {name: Secret(value) if isinstance(value, str) else value for name, value in values.items() if value}
