"""A small client of the practice tenant, written from the documentation and not from our own client."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

import httpx

USERS = "ifsservice/usermgt/v2/users/me"
ENTITIES = "IDM/api/datamodel/entities"
PING = "IONSERVICES/api/ion/messaging/service/ping"
DOCUMENTS = "IONSERVICES/api/ion/messaging/service/v3/acceptedDocuments"
CONNECTION_POINTS = "IONSERVICES/connect/model/v1/connectionpoints"
M3 = "M3/m3api-rest/v2/execute/MNS150MI/GetUserData"


class Caller:
    """Asks for tokens and resources with one ``.ionapi`` document."""

    def __init__(self, document: dict[str, Any], **options: Any) -> None:
        self.document = document
        self.http = httpx.Client(timeout=60, trust_env=False, **options)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def log_in(self, fault: str = "", changes: dict[str, str] | None = None, *, basic: bool = False) -> httpx.Response:
        """Ask for a token with the service account; ``changes`` replace fields of the form."""
        document = self.document
        form = {"grant_type": "password", "username": document.get("saak", ""), "password": document.get("sask", "")}
        if document.get("sc"):
            form["scope"] = " ".join(document["sc"])
        return self._post(document["ot"], form | (changes or {}), basic, fault)

    def token(self) -> str:
        """Return an access token."""
        return str(self.log_in().raise_for_status().json()["access_token"])

    def refresh(self, refresh_token: str) -> httpx.Response:
        """Ask for a token with a refresh token."""
        return self._post(self.document["ot"], {"grant_type": "refresh_token", "refresh_token": refresh_token}, False)

    def revoke(self, token: str, *, basic: bool = True) -> httpx.Response:
        """Give a token back."""
        return self._post(self.document["or"], {"token": token}, basic)

    def get(self, path: str, token: str, fault: str = "", **headers: str) -> httpx.Response:
        """Ask the gateway for ``path`` of the tenant."""
        sent = {"Authorization": f"Bearer {token}", "Accept": "application/json", "X-Practice-Fault": fault} | headers
        return self.http.get(f"{self.document['iu']}/{self.document['ti']}/{path}", headers=sent)

    def _post(self, path: str, form: dict[str, str], basic: bool, fault: str = "") -> httpx.Response:
        client = (str(self.document["ci"]), str(self.document["cs"]))
        keys = {} if basic else {"client_id": client[0], "client_secret": client[1]}
        return self.http.post(
            self.document["pu"] + path,
            data=keys | form,
            auth=client if basic else httpx.USE_CLIENT_DEFAULT,
            headers={"X-Practice-Fault": fault},
        )
