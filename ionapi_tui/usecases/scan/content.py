"""Recognising secrets of ION API in any text: whole files, files inside other text, and keys without a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.inspection import Inspection, inspect


class Kind(StrEnum):
    """What was recognised."""

    FILE = "ionapi"
    """The content of an ``.ionapi`` file, perhaps inside something else."""
    KEYS = "keys"
    """The access key of a service account by itself, as in an environment file or the downloaded list of keys."""


@dataclass(frozen=True)
class Recognised:
    """One set of secrets, without them where it is shown."""

    kind: Kind
    tenant: str
    client_id: str = ""
    app: str = ""
    credentials: Credentials | None = None
    """The whole value, masked; None when something is missing or wrong."""


_FIELD: Final = re.compile(rb"""\\?["']cs\\?["']\s*:""")
_ACCESS_KEY: Final = re.compile(r"(?<![A-Za-z0-9_])([A-Z0-9][A-Z0-9_]{2,39}|infor)#[A-Za-z0-9_-]{86}(?![A-Za-z0-9_-])")
_CLIENT_ID: Final = re.compile(r"(?<![A-Za-z0-9_])(?:[A-Z0-9][A-Z0-9_]{2,39}|infor)~[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")
_FLAT_OBJECT: Final = re.compile(r"\{[^{}]{100,20000}+\}")
_ESCAPES: Final = (('\\"', '"'), ("\\n", "\n"), ("\\r", ""), ("\\t", " "), ("\\/", "/"))
_MARKS: Final = ("ci", "cs")


def recognised_in(raw: bytes) -> list[Recognised]:
    """Return every set of secrets in ``raw``, the content of a file."""
    plain = raw.replace(b"\0", b"") if b"\0" in raw[:64] else raw
    if _FIELD.search(plain):
        whole = _recognised(inspect(raw))
        found = [whole] if whole else list(_embedded(plain.decode("utf-8", "replace")))
        if found:
            return found
    return _keys(plain.decode("utf-8", "replace")) if b"#" in plain else []


def _embedded(text: str) -> Iterator[Recognised]:
    for match in _FLAT_OBJECT.finditer(text):
        block = match[0]
        if '\\"' in block:
            for escaped, meant in _ESCAPES:
                block = block.replace(escaped, meant)
        if '"cs"' in block:
            found = _recognised(inspect(block.encode("utf-8", "replace")))
            if found:
                yield found


def _recognised(inspection: Inspection) -> Recognised | None:
    shown = {field.key: field.value for field in inspection.fields}
    if not all(mark in shown for mark in _MARKS):
        return None
    tenant = shown.get("ti", "")
    return Recognised(Kind.FILE, tenant, shown["ci"], shown.get("cn", ""), inspection.credentials)


def _keys(text: str) -> list[Recognised]:
    tenants = dict.fromkeys(match[1] for match in _ACCESS_KEY.finditer(text))
    clients = [match[0] for match in _CLIENT_ID.finditer(text)]
    return [
        Recognised(Kind.KEYS, tenant, next((client for client in clients if client.startswith(f"{tenant}~")), ""))
        for tenant in tenants
    ]
