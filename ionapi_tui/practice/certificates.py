"""Certificates of a private authority, good ones and bad ones."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path


class TlsVariant(StrEnum):
    """What is right or wrong with the certificate."""

    GOOD = "good"
    EXPIRED = "expired"
    WRONG_HOST = "wrong-host"
    UNKNOWN_ISSUER = "unknown-issuer"


def server_context(variant: TlsVariant, ca_pem: Path) -> ssl.SSLContext:
    """Return the TLS settings of a server on the loopback address.

    Args:
        variant: the certificate to show.
        ca_pem: where the certificate of the authority to be trusted is written.
    """
    import trustme

    authority = trustme.CA()
    authority.cert_pem.write_to_path(ca_pem)
    signer = trustme.CA() if variant is TlsVariant.UNKNOWN_ISSUER else authority
    names = ["elsewhere.invalid"] if variant is TlsVariant.WRONG_HOST else ["127.0.0.1", "localhost"]
    if variant is TlsVariant.EXPIRED:
        now = datetime.now(UTC)
        certificate = signer.issue_cert(*names, not_before=now - timedelta(days=60), not_after=now - timedelta(days=30))
    else:
        certificate = signer.issue_cert(*names)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context
