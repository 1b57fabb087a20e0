"""The response of a server, read defensively: nobody promises JSON, or any body at all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote_plus

from ionapi_tui.base.language import _
from ionapi_tui.base.secret import MASK, Secret
from ionapi_tui.base.text import safe, scrub, without_tokens

_RUN = re.compile(r"[A-Za-z0-9_\-]{8,}")
_TITLE = re.compile(r"<title[^>]*>([^<]{1,200})", re.IGNORECASE)
_HEAD = 65_536
"""Characters of a body that are searched for words; what is shown is far shorter."""


@dataclass(frozen=True)
class Response:
    """One HTTP response, complete or cut, without any object of the HTTP library."""

    host: str
    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: Secret
    """The text; masked because it may hold tokens."""
    received_at: float
    """When it arrived by this machine's clock, in seconds since 1970."""
    seconds: float
    """From the first byte sent to the last one read."""

    def json(self) -> Any:
        """Return the JSON value in the body; None when there is none."""
        try:
            return json.loads(self.body.reveal())
        except (ValueError, RecursionError):
            return None

    def document(self) -> dict[str, Any] | None:
        """Return the JSON object in the body; None when there is none."""
        value = self.json()
        return value if isinstance(value, dict) else None

    @property
    def error_code(self) -> str:
        """The OAuth error code in the body, in lower case; empty when there is none."""
        error = (self.document() or {}).get("error")
        return error.strip().lower() if isinstance(error, str) else ""

    @property
    def error_description(self) -> str:
        """The beginning of the server's description of its error, which may echo secrets; empty when there is none."""
        description = (self.document() or {}).get("error_description")
        return description[:500] if isinstance(description, str) else ""

    @property
    def is_html(self) -> bool:
        """Whether this is a page for people."""
        start = self.body.reveal()[:500].lstrip("\ufeff \t\r\n").lower()
        return start.startswith(("<!doctype html", "<html")) or (
            "text/html" in self.headers.get("content-type", "").lower() and not start.startswith(("{", "["))
        )

    @property
    def is_data(self) -> bool:
        """Whether this looks like the beginning of JSON or XML."""
        return not self.is_html and self.body.reveal()[:500].lstrip("\ufeff \t\r\n").startswith(("{", "[", "<"))

    @property
    def is_redirect(self) -> bool:
        """Whether it points to another address."""
        return self.status in (301, 302, 303, 307, 308)

    @property
    def server_time(self) -> float | None:
        """The server's own clock from the ``Date`` header, in seconds since 1970; None when it does not say."""
        return _moment(self.headers.get("date", ""))

    @property
    def retry_after(self) -> float | None:
        """Seconds to wait as the server asks, in either form of ``Retry-After``; None when it does not say."""
        text = self.headers.get("retry-after", "").strip()
        if text.isascii() and text.isdigit():
            return float(text[:9])
        moment = _moment(text)
        if moment is None:
            return None
        # Against the server's own clock where it is known: the waiting time must not depend on ours being right.
        return max(0.0, moment - (self.server_time or self.received_at))

    def said(self, secrets: Iterable[Secret]) -> str:
        """Return the status and the server's own words in one line that is safe to show.

        Args:
            secrets: what the server might echo; it is masked.
        """
        words = redacted(self._words()[:_HEAD], secrets)
        return safe(f"HTTP {self.status}: {words}" if words else f"HTTP {self.status}", 160)

    def _words(self) -> str:
        if self.is_html:
            title = _TITLE.search(self.body.reveal()[:_HEAD])
            return f"“{' '.join(title[1].split())}”" if title else _("a web page")
        document = self.document() or {}
        error = document.get("error")
        if isinstance(error, dict):
            return self._joined(error.get("code"), error.get("message") or error.get("detail"))
        errors = _by_name(document, "errorlist")
        if isinstance(errors, list) and errors and isinstance(errors[0], dict):
            return self._joined(_by_name(errors[0], "code"), _by_name(errors[0], "message"))
        if isinstance(document.get("errors"), str):
            return self._joined(document.get("code"), document["errors"])
        return self._joined(error, document.get("error_description"))

    def _joined(self, *parts: object) -> str:
        words = (str(part).strip() for part in parts if isinstance(part, str | int))
        return ", ".join(word for word in words if word not in {"", str(self.status)})


def _by_name(document: dict[str, Any], name: str) -> Any:
    """Return the value of a key without regard to case: Infor writes ``ErrorList`` and ``errorlist``."""
    return next((value for key, value in document.items() if key.lower() == name), None)


def redacted(text: str, secrets: Iterable[Secret]) -> str:
    """Return ``text`` without tokens and ``secrets``, whole, percent-encoded or in pieces of eight characters and more.

    The claims of any JSON Web Token may hold an access key, so every one is masked, known or not.
    """
    text = without_tokens(text)
    plain = tuple(secret.reveal() for secret in secrets)
    # Longest first, or the inner part of one secret would leave the rest of it standing.
    encoded = map(quote_plus, plain) if "%" in text or "+" in text else ()
    text = scrub(text, tuple(sorted({*plain, *encoded}, key=len, reverse=True)))
    # A service account's access key starts with the tenant's name, which is no secret.
    inner = tuple(secret.rpartition("#")[2] for secret in plain)
    return _RUN.sub(lambda run: MASK if any(run[0] in secret for secret in inner) else run[0], text)


def _moment(text: str) -> float | None:
    try:
        moment = parsedate_to_datetime(text)
        # A time zone of -0000 means "unknown" and comes without one; in HTTP it can only be UTC.
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
