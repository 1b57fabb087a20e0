"""A gateway with endpoints that look like those of Infor, the odd ones included, and a journal of what it was asked."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

MEGABYTE: Final = 1_048_576
BIG: Final = 50 * MEGABYTE
PDF: Final = b"%PDF-1.7\n" + bytes(range(256)) * 8
HOSTILE: Final = "\x1b[2J\x1b]52;c;ZXZpbA==\x07 \x9b31m \u202e end"


class Asked(NamedTuple):
    """A request that came."""

    method: str
    target: str
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.journal.append(Asked(self.command, self.path, headers, body))
        path = self.path.partition("?")[0].split("/", 2)[-1]
        try:
            ENDPOINTS.get(path, _missing)(self)
        except (BrokenPipeError, ConnectionResetError):
            # The client has had enough, as some tests want.
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = handle_any  # noqa: N815 - the names are those of the library

    def reply(self, body: bytes, kind: str = "application/json", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def head(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    @property
    def times(self) -> int:
        """How often this path was asked for, this time included."""
        return sum(asked.target == self.path for asked in self.server.journal)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    journal: list[Asked]


class ApiServer:
    """The server, on a port of this machine, within a ``with`` block."""

    def __init__(self) -> None:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self.journal: list[Asked] = []
        self._server.journal = self.journal
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


def _missing(handler: _Handler) -> None:
    handler.reply(b'{"fault":{"faultstring":"Not Found","detail":{"errorcode":"404"}}}', status=404)


def _json(value: Any, status: int = 200, **headers: str) -> Callable[[_Handler], None]:
    return lambda handler: handler.reply(json.dumps(value).encode(), status=status, **headers)


def _text(body: bytes, kind: str, status: int = 200, **headers: str) -> Callable[[_Handler], None]:
    return lambda handler: handler.reply(body, kind, status, **headers)


def _chunked(handler: _Handler) -> None:
    handler.head(200, Content_Type="application/json", Transfer_Encoding="chunked")
    for piece in (b'{"items":', b"[1,2,", b"3]}", b""):
        handler.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")


def _zipped(handler: _Handler) -> None:
    handler.reply(gzip.compress(b'{"zipped":true}'), Content_Encoding="gzip")


def _bomb(handler: _Handler) -> None:
    handler.reply(gzip.compress(b" " * BIG), Content_Encoding="gzip")


def _cut_zipped(handler: _Handler) -> None:
    handler.reply(gzip.compress(b'{"zipped":true}')[:-6], Content_Encoding="gzip")


def _big(handler: _Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/octet-stream")
    handler.send_header("Content-Length", str(BIG))
    handler.end_headers()
    for _number in range(BIG // MEGABYTE):
        handler.wfile.write(b"\xa5" * MEGABYTE)


def _cut(handler: _Handler) -> None:
    handler.head(200, Content_Length="1000", Content_Type="application/json")
    handler.wfile.write(b'{"half":')
    handler.close_connection = True


def _stalled(handler: _Handler) -> None:
    handler.head(200, Content_Length="1000", Content_Type="application/json")
    handler.wfile.write(b"{")
    handler.wfile.flush()
    # Until the client goes away.
    handler.connection.recv(1)
    handler.close_connection = True


def _once_rejected(handler: _Handler) -> None:
    if handler.times == 1:
        handler.reply(b'{"error":"Unauthorized"}', status=401)
    else:
        handler.reply(b'{"ok":true}')


def _echo(handler: _Handler) -> None:
    handler.reply(
        json.dumps({"echo": handler.headers["Authorization"]}).encode(), X_Echo=handler.headers["Authorization"]
    )


def _deleted(handler: _Handler) -> None:
    handler.head(204)


USER: Final = {"response": {"userlist": [{"id": "6f1c", "displayName": "DocBits Service"}]}}
M3: Final = (
    b'{"results":[{"transaction":"LstByNumber","records":[{"CUNO":"0001","ODUD":1.10,"CUNM":"M\xc3\xbcller"}]}]}'
)

ENDPOINTS: Final[dict[str, Callable[[_Handler], None]]] = {
    "ifsservice/usermgt/v2/users/me": _json(USER),
    "M3/m3api-rest/v2/execute/MNS150MI/GetUserData": _json({"results": [{"records": [{"ZZUSID": "DOCBITS"}]}]}),
    "M3/m3api-rest/v2/execute/CRS610MI/LstByNumber": _text(M3, "application/json;charset=utf-8"),
    "M3/m3api-rest/v2/execute": _json({"nrOfSuccessfullTransactions": 1, "nrOfFailedTransactions": 0}),
    "M3/m3api-rest/v2/execute/CRS610MI/ChgBasicData": _json({"results": []}),
    "IDM/api/datamodel/entities": _json({"entities": {"entity": [{"name": "M3_SupplierInvoice"}]}}),
    "IDM/api/items/search": _json({"items": {"item": [], "searchCount": 0}}),
    "IDM/api/items/count": _json({"count": "13"}),
    "IDM/api/items/xml": _text(b'<?xml version="1.0"?>\n<items>\n\t<item pid="1"/>\n</items>\n', "application/xml"),
    "IDM/api/items/1/resource/stream": _text(PDF, "application/pdf"),
    "IDM/api/items/1": _deleted,
    "IDM/api/items/forbidden": _json({"error": {"code": 403, "message": "Forbidden"}}, 403),
    "IDM/api/items/big": _big,
    "IONSERVICES/api/ion/messaging/service/ping": _text(b"", "text/plain"),
    "IONSERVICES/process/application/ping": _text(b"pong", "text/plain;charset=iso-8859-1"),
    "IONSERVICES/latin": _text("Müller".encode("latin-1"), "text/plain; charset=iso-8859-1"),
    "IONSERVICES/datacatalog/v1/object/list": _chunked,
    "DATAFABRIC/datalake/v2/ping": _zipped,
    "DATAFABRIC/datalake/v2/bomb": _bomb,
    "DATAFABRIC/datalake/v2/cut-gzip": _cut_zipped,
    "DATAFABRIC/compass/v2/jobs": _json({"status": "RUNNING"}, 202),
    "moved/elsewhere": _text(b"moved", "text/plain", 302, Location="https://evil.example/steal?token=x"),
    "moved/here": _text(b"moved", "text/plain", 307, Location="/PRACTICE_TST/IDM/api/items/count"),
    "rejected/once": _once_rejected,
    "rejected/always": _json({"error": "Unauthorized"}, 401),
    "limited": _json({"fault": "Rate limit quota violation"}, 429, Retry_After="17"),
    "broken": _text(b"<html><title>500</title></html>", "text/html", 500),
    "page": _text(b"<html><title>Sign in</title></html>", "text/html; charset=utf-8"),
    "cut": _cut,
    "stalled": _stalled,
    "echo": _echo,
    "hostile": _text(json.dumps({"name": HOSTILE}, ensure_ascii=False).encode(), "application/json"),
    "hostile-text": _text(HOSTILE.encode(), "text/plain"),
}
"""What follows the tenant, and what it answers."""
