"""Other downloads that people take for the ``.ionapi`` file, recognised by what is in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from ionapi_tui.base.language import _
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.domain.inspection.parsing import not_json_at_start

_LINES_LOOKED_AT: Final = 50
_SERVICE_ACCOUNT_WORDS: Final = re.compile(
    r"access\s?key|secret\s?key|service\s?account|\bsaa?k\b|\bsask\b", re.IGNORECASE
)
_SERVICE_ACCOUNT_KEY: Final = re.compile(r"[A-Z0-9_]{1,40}#[A-Za-z0-9_-]{40}")


def wrong_bytes(raw: bytes) -> Finding | None:
    """Return what a file that is not text is, when that can be told."""
    if raw.startswith(b"PK\x03\x04"):
        if b"xl/" in raw:
            # Older portals hand out the keys of service accounts as an Excel file.
            return Finding(Code.SERVICE_ACCOUNT_CSV)
        return not_json_at_start(_("it is a ZIP archive; unpack it and take the .ionapi file inside"))
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        return Finding(Code.SERVICE_ACCOUNT_CSV)
    return None


def wrong_text(text: str) -> Finding | None:
    """Return what a text that is no JSON is, when that can be told."""
    lines = [line.strip() for line in text.lstrip()[:20_000].splitlines() if line.strip()][:_LINES_LOOKED_AT]
    if not lines or "{" in lines[0] or lines[0].startswith(("[", "<", '"ti"')):
        return None
    if any(mark in lines[0] for mark in ",;\t") and _speaks_of_service_accounts(lines):
        return Finding(Code.SERVICE_ACCOUNT_CSV)
    settings = [line for line in lines if not line.startswith(("#", "!"))]
    if settings and all(_is_setting(line) for line in settings):
        return Finding(Code.MAPPING_FILE)
    return None


def wrong_document(document: Mapping[str, Any]) -> Finding | None:
    """Return the finding for the private key of Bridge Authentication (a JSON Web Key, or a set of them)."""
    if "kty" in document or (isinstance(document.get("keys"), list) and "ci" not in document):
        return Finding(Code.BRIDGE_KEY)
    return None


def _speaks_of_service_accounts(lines: list[str]) -> bool:
    return bool(_SERVICE_ACCOUNT_WORDS.search(lines[0][:500])) or any(
        _SERVICE_ACCOUNT_KEY.search(line[:500]) for line in lines
    )


def _is_setting(line: str) -> bool:
    name, sign, _rest = line.partition("=")
    return bool(sign and name.strip()) and len(name) <= 200 and not set(name) & set('"{}<>')
