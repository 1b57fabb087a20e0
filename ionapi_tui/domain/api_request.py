"""A request to the APIs of one tenant: its address, which never leaves the tenant, and whether it changes anything."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote_to_bytes, urlsplit

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe

_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_REFUSED_METHODS: Final = frozenset({"CONNECT", "TRACE"})
_METHOD: Final = re.compile(r"[A-Z]{1,20}")
_HEADER_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_OURS: Final = frozenset(
    {
        *("authorization", "proxy-authorization", "host", "content-length", "transfer-encoding", "connection"),
        *("expect", "te", "trailer", "upgrade"),
    }
)
"""Headers that decide where a request goes, who sends it, or where it ends."""
_METHOD_OVERRIDES: Final = frozenset({"x-http-method-override", "x-http-method", "x-method-override"})
"""Headers by which some servers carry out another method than that of the request."""

_M3_TRANSACTION: Final = re.compile(r"/m3api-rest/(?:v2/)?execute/[^/?;]+/([^/?;]+)", re.IGNORECASE)
_M3_READING: Final = ("get", "lst", "list", "sel", "search", "srch", "chk", "fpwversion")
"""What the names of M3 transactions that only read begin with. The M3 gateway runs all others with GET, too."""

_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_BROKEN_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_MOST_DECODINGS: Final = 4
_MOST: Final = 8192
"""Characters of an address."""


@dataclass(frozen=True)
class ApiRequest:
    """A request to be signed and sent."""

    path: str
    """The path behind gateway and tenant with its query, or a whole address below the tenant."""
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Check method and headers.

        Raises:
            UsageError: one of them may not be sent.
        """
        if not _METHOD.fullmatch(self.method) or self.method in _REFUSED_METHODS:
            raise UsageError(_("{method} is not a method that can be used here.").format(method=safe(self.method, 30)))
        for name, value in self.headers:
            if not _HEADER_NAME.fullmatch(name) or not (value.isascii() and (value.isprintable() or not value)):
                raise UsageError(_("The header {name} has characters that cannot be sent.").format(name=safe(name, 60)))
            if name.lower() in _OURS:
                raise UsageError(_("The header {name} is set by ionapi-tui. Leave it out.").format(name=safe(name, 60)))

    @property
    def changes_data(self) -> bool:
        """Whether it may change something in the tenant, as far as method, headers and path say.

        M3 runs every transaction with GET: those whose names do not begin as reading ones do are counted as changes.
        """
        if self.method not in _READING or any(name.lower() in _METHOD_OVERRIDES for name, _value in self.headers):
            return True
        transaction = _M3_TRANSACTION.search(_decoded(self.path.partition("?")[0]))
        return transaction is not None and not transaction[1].lower().startswith(_M3_READING)

    def header(self, name: str) -> str | None:
        """Return the last value of a header that was given; None if it was not."""
        return next((value for key, value in reversed(self.headers) if key.lower() == name.lower()), None)

    def address(self, tenant_url: str) -> str:
        """Return the address to send it to.

        Args:
            tenant_url: the address of gateway and tenant, which everything has to be below.

        Raises:
            UsageError: the path leads somewhere else, or cannot be sent.
        """
        base = tenant_url.rstrip("/") + "/"
        path = self.path
        if len(path) > _MOST or not path.isprintable() or "\\" in path or "#" in path:
            raise _refused(path, _("it is too long, or has characters that have to be written as %XX"))
        if _ABSOLUTE.match(path):
            path = _below(path, base)
        elif path.startswith("//"):
            raise _refused(path, _("it names another host"))
        path = path.removeprefix("/")
        before, mark, query = path.partition("?")
        if not before:
            raise _refused(self.path, _("nothing follows the tenant"))
        _check_segments(self.path, before)
        return base + before + mark + query


def _below(address: str, base: str) -> str:
    """Return what follows the tenant in the absolute ``address``."""
    try:
        given, own = urlsplit(address), urlsplit(base)
        same = _origin(given.scheme, given.hostname, given.port) == _origin(own.scheme, own.hostname, own.port)
    except ValueError:
        same, given, own = False, urlsplit(""), urlsplit(base)
    if not same or given.username is not None or given.password is not None or not given.path.startswith(own.path):
        sentence = _("only addresses below {base} get the token")
        raise _refused(address, sentence.format(base=safe(base, 160)))
    rest = given.path[len(own.path) :]
    return f"/{rest}?{given.query}" if "?" in address else f"/{rest}"


def _origin(scheme: str, host: str | None, port: int | None) -> tuple[str, str, int]:
    return scheme.lower(), (host or "").lower(), port or (443 if scheme.lower() == "https" else 80)


def _check_segments(path: str, before: str) -> None:
    """Refuse what a server between here and the API could read as a way out of the tenant.

    Servers decode more than once, take a backslash for a slash, drop what follows a semicolon, and fold wide letters.
    """
    if _BROKEN_ESCAPE.search(before):
        raise _refused(path, _("a percent sign is not followed by two hexadecimal digits; write %25"))
    for _number in range(_MOST_DECODINGS):
        folded = unicodedata.normalize("NFKC", before).replace("\\", "/")
        segments = (segment.partition(";")[0].strip() for segment in folded.split("/"))
        if any(segment in {".", ".."} for segment in segments):
            raise _refused(path, _("“.” and “..” are not allowed in it"))
        decoded = _decoded(before)
        if not decoded.isprintable() or "\ufffd" in decoded:
            raise _refused(path, _("it hides control characters"))
        if decoded == before:
            return
        before = decoded
    raise _refused(path, _("it is encoded several times"))


def _decoded(text: str) -> str:
    return unquote_to_bytes(text).decode("utf-8", "replace")


def _refused(path: str, why: str) -> UsageError:
    return UsageError(_("The path {path} cannot be used: {why}.").format(path=safe(path, 100), why=why))
