"""Random identifiers and secrets, shaped like those of Infor."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

CLIENT_ID_LENGTH = 43
"""Characters behind the ``~`` of a client id: 32 bytes in URL-safe base64."""
SECRET_LENGTH = 86
"""Characters of a secret, and of an access key behind its ``#``: 64 bytes in URL-safe base64."""


@dataclass(frozen=True)
class Shapes:
    """Makes identifiers; every secret among them carries ``marker`` so that tests can search for leaks."""

    marker: str = ""

    def client_id(self, tenant: str) -> str:
        """Return a client id of ``tenant``."""
        return f"{tenant}~{_random(CLIENT_ID_LENGTH)}"

    def secret(self, length: int = SECRET_LENGTH) -> str:
        """Return a secret of ``length`` characters."""
        text = _random(length)
        half = (length - len(self.marker)) // 2
        return text[:half] + self.marker + text[half + len(self.marker) :]

    def jwt(self, claims: Mapping[str, object]) -> str:
        """Return a JSON Web Token with the header of Infor's; the signature is random, because only Infor checks it."""
        header = {"kid": f"kg:{guid()}", "alg": "RS256"}
        return f"{_encoded(header)}.{_encoded(claims)}.{self.secret(342)}"

    def hexadecimal(self) -> str:
        """Return an opaque token as on-premises servers issue them: 32 hexadecimal digits."""
        return secrets.token_hex(16)

    def access_key(self, tenant: str) -> str:
        """Return the access key of a service account of ``tenant``."""
        return f"{tenant}#{self.secret()}"


def guid() -> str:
    """Return a new user GUID."""
    return str(uuid.uuid4())


def digest(secret: str) -> str:
    """Return what is kept of ``secret``: it is random and long, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _encoded(part: Mapping[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def _random(length: int) -> str:
    return secrets.token_urlsafe(length)[:length]
