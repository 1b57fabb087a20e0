"""The server socket, on the loopback address only, and the certificates it can show, good ones and bad ones."""

from __future__ import annotations

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _


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


if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

LOOPBACK = "127.0.0.1"


_WAITING = 1024
"""How many connections may wait to be accepted: tests come with hundreds at once."""


class _QuietHandler(WSGIRequestHandler):
    """Writes no log: request lines may carry what a careless client put into them."""

    def log(self, *_: object) -> None:
        """Say nothing."""

    def send_response(self, code: int, message: str | None = None) -> None:
        """Send the status without a ``Date`` of its own: the tenant has its own clock."""
        self.send_response_only(code, message)
        self.send_header("Server", "ionapi-tui practice")


class Listener(ThreadedWSGIServer):
    """A server for ``app`` on a port of the loopback address, in threads of its own.

    Args:
        app: what answers.
        port: the port; 0 takes a free one.
        tls: the settings for https; None for http.

    Raises:
        UsageError: the port is taken.
    """

    def __init__(self, app: WSGIApplication, port: int, tls: ssl.SSLContext | None) -> None:
        # Werkzeug ends the program when the port is taken; bound here, that is an error like others.
        with socket.socket() as bound:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                bound.bind((LOOPBACK, port))
            except OSError:
                sentence = _("Port {port} is taken. Choose another one with --port.")
                raise UsageError(sentence.format(port=port)) from None
            bound.listen(_WAITING)
            super().__init__(LOOPBACK, port, app, _QuietHandler, fd=bound.fileno())
        self.ssl_context = tls
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), name="practice-tenant", daemon=True)

    def start(self) -> None:
        """Answer requests from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Close the port and every connection, and wait until the thread has ended."""
        self.shutdown()
        self._thread.join()
        with self._guard:
            for connection in self._open:
                _hang_up(connection)

    def get_request(self) -> tuple[Any, Any]:
        """Return the next connection; its TLS handshake happens in its own thread, where it can hang alone."""
        connection, address = super().get_request()
        if self.ssl_context is not None:
            connection = self.ssl_context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        with self._guard:
            self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        """Close a connection."""
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore connections that broke; the application reports its own errors."""


def _hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        # The other side was faster.
        return
