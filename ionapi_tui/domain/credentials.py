"""The ``.ionapi`` file as a value, and the addresses derived from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import environment_of

SECRET_KEYS: Final = ("cs", "saak", "sask")
"""Keys whose values never leave the secret store."""

KNOWN_KEYS: Final = (
    "ti",
    "cn",
    "dt",
    "ci",
    "cs",
    "iu",
    "pu",
    "oa",
    "ot",
    "or",
    "sc",
    "ru",
    "ev",
    "v",
    "saak",
    "sask",
)
"""Every key Infor is known to write, in Infor's order."""

BINDING_KEY: Final = "ionapi-tui:bound"
"""The key in the item of a secret that is ours: what the secret belongs to. No file has it."""

_LABELS: Final = {
    "ti": N_("Tenant"),
    "cn": N_("Authorized app"),
    "dt": N_("App type"),
    "ci": N_("Client ID"),
    "cs": N_("Client secret"),
    "iu": N_("Gateway"),
    "pu": N_("Authorization server"),
    "oa": N_("Authorization path"),
    "ot": N_("Token path"),
    "or": N_("Revocation path"),
    "sc": N_("Scopes"),
    "ru": N_("Redirect address"),
    "ev": N_("Environment version"),
    "v": N_("File format"),
    "saak": N_("Service account access key"),
    "sask": N_("Service account secret key"),
}

_NOT_UNKNOWN: Final = (*KNOWN_KEYS, BINDING_KEY)
_PUBLIC_KEYS: Final = tuple(key for key in KNOWN_KEYS if key not in SECRET_KEYS)


@dataclass(frozen=True)
class Credentials:
    """What Infor hands out for one authorized app.

    The three secrets and the unknown keys (nobody knows what is in them) are masked; everything else is what may be
    shown, searched and kept outside the secret store.
    """

    tenant: str
    app_name: str
    client_id: str
    client_secret: Secret
    gateway_url: str
    authorization_server_url: str
    token_path: str
    service_account_access_key: Secret | None = None
    service_account_secret_key: Secret | None = None
    scopes: tuple[str, ...] = ()
    public: Mapping[str, Any] = field(default_factory=dict)
    """The file's known keys that are not secret, verbatim, so that an export equals what was imported."""
    unknown: Secret = field(default_factory=lambda: Secret("{}"))
    """The file's unknown keys as JSON, kept verbatim and treated as secret."""

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Credentials:
        """Return the value of a parsed ``.ionapi`` file that ``inspection`` found no error in.

        Raises:
            KeyError: a required key is missing.
        """
        return cls(
            tenant=document["ti"],
            app_name=document.get("cn") or "",
            client_id=document["ci"],
            client_secret=Secret(document["cs"]),
            gateway_url=document["iu"].rstrip("/"),
            authorization_server_url=document["pu"],
            token_path=document["ot"],
            service_account_access_key=_secret(document.get("saak")),
            service_account_secret_key=_secret(document.get("sask")),
            scopes=scopes_of(document.get("sc")),
            public={key: document[key] for key in _PUBLIC_KEYS if key in document},
            unknown=Secret(_compact({key: value for key, value in document.items() if key not in _NOT_UNKNOWN})),
        )

    @classmethod
    def from_parts(cls, public: Mapping[str, Any], secret: Secret) -> Credentials:
        """Return the credentials whose ``public`` part the registry and whose ``secret`` part the store kept."""
        return cls.from_document({**public, **json.loads(secret.reveal())})

    def secret_part(self) -> Secret:
        """Return everything that belongs in the secret store, as compact JSON."""
        known = {
            "cs": self.client_secret,
            "saak": self.service_account_access_key,
            "sask": self.service_account_secret_key,
        }
        revealed = {key: value.reveal() for key, value in known.items() if value is not None}
        return Secret(_compact(revealed | json.loads(self.unknown.reveal())))

    def to_document(self) -> Secret:
        """Return the whole ``.ionapi`` file as indented JSON, keys in Infor's order."""
        whole = {**self.public, **json.loads(self.secret_part().reveal())}
        known = {key: whole.pop(key) for key in KNOWN_KEYS if key in whole}
        return Secret(json.dumps(known | whole, indent=2, ensure_ascii=False))

    @property
    def environment(self) -> str:
        """``PRD``, ``TST`` and so on, from the tenant's suffix; empty when it has none."""
        return environment_of(self.tenant)

    @property
    def is_on_premises(self) -> bool:
        """Whether the authorization server is Infor's on-premises one (told by the file's content, not the host)."""
        return self.token_path.endswith("connect/token") or "InforIntSTS" in self.authorization_server_url

    @property
    def token_endpoint(self) -> str:
        """The address that answers with access tokens."""
        return join_endpoint(self.authorization_server_url, self.token_path)

    @property
    def revoke_endpoint(self) -> str | None:
        """The address that revokes tokens; None when the file names none."""
        return self._endpoint("or")

    @property
    def authorize_endpoint(self) -> str | None:
        """The address of the browser log-in; None when the file names none."""
        return self._endpoint("oa")

    def api_url(self, path: str) -> str:
        """Return the address of ``path`` (such as ``IDM/api/datamodel/entities``) of this tenant at the gateway."""
        return f"{self.gateway_url}/{self.tenant}/{path.lstrip('/')}"

    def _endpoint(self, key: str) -> str | None:
        path = self.public.get(key)
        return join_endpoint(self.authorization_server_url, path) if isinstance(path, str) and path.strip() else None


def join_endpoint(base: str, path: str) -> str:
    """Return the address of ``path`` (``pu`` with ``ot``, say); a ``path`` that is a whole address stays as it is.

    Where the two make no address, ``path`` alone is returned, which the inspection then refuses.
    """
    from urllib.parse import urljoin

    try:
        # A base without its slash would lose its last segment.
        return urljoin(base.rstrip("/") + "/", path)
    except ValueError:
        return path


def label_of(key: str) -> str:
    """Return what people call ``key``, in the language in use; an unknown key is its own label."""
    return _(_LABELS[key]) if key in _LABELS else safe(key, 60)


def scopes_of(value: object) -> tuple[str, ...]:
    """Return the scopes in any form ``sc`` might have.

    Infor writes a list. A string (separated by spaces or commas), an object (its keys) and null are accepted too,
    because nobody has published that they do not occur.
    """
    if isinstance(value, str):
        return tuple(value.replace(",", " ").split())
    if isinstance(value, Mapping | list):
        return tuple(scope for scope in value if isinstance(scope, str) and scope)
    return ()


def _secret(value: object) -> Secret | None:
    return Secret(value) if isinstance(value, str) and value else None


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
