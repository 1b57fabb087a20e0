"""The inspection: bytes in, credentials, fields and findings out; of a file, or of what was pasted or dropped."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, unquote, urlsplit

from ionapi_tui.base.language import _, n_
from ionapi_tui.base.secret import MASK, Secret
from ionapi_tui.base.text import safe, without_keys
from ionapi_tui.domain.credentials import KNOWN_KEYS, SECRET_KEYS, Credentials, label_of, scopes_of
from ionapi_tui.domain.findings import Code, Finding, Severity, ok, worst
from ionapi_tui.domain.inspection.addresses import check_addresses, check_consistency, check_unknown_keys, named
from ionapi_tui.domain.inspection.parsing import Parsed, decode, mended, parse, unwrapped
from ionapi_tui.domain.inspection.values import (
    BACKEND_SERVICE,
    check_service_account,
    check_values,
    is_other_json,
    wrong_bytes,
    wrong_document,
    wrong_text,
)

MAX_SIZE: Final = 1_048_576
"""The most bytes that are read; Infor's files have about one thousand."""


def too_large() -> Finding:
    """Return the finding for a file over ``MAX_SIZE``."""
    return Finding(Code.TOO_LARGE, values={"what": _("The file"), "limit": "1 MiB"})


def inspect(raw: bytes) -> Inspection:
    """Return what ``raw``, the content of a file, holds and what is wrong with it.

    Args:
        raw: any bytes; more than ``MAX_SIZE`` are not looked at.
    """
    if len(raw) > MAX_SIZE:
        return _failed(too_large())
    binary = wrong_bytes(raw)
    if binary is not None:
        return _failed(binary)
    text, notes = decode(raw)
    if text is None:
        return _failed(*notes)
    parsed, repairs = _parsed(text)
    if isinstance(parsed, Finding):
        return _failed(parsed, *notes)
    if not isinstance(parsed.value, dict):
        return _failed(Finding(Code.NOT_AN_OBJECT, values={"kind": _kind(parsed.value)}), *notes)
    return _inspected(parsed, (*notes, *repairs))


def _parsed(text: str) -> tuple[Parsed | Finding, tuple[Finding, ...]]:
    """Return the JSON value of ``text`` with what had to be repaired, or the finding that says why there is none."""
    parsed = parse(text)
    if isinstance(parsed, Parsed) or parsed.code is not Code.NOT_JSON:
        return parsed, ()
    for guess in unwrapped(text):
        again = parse(guess)
        if isinstance(again, Parsed) and isinstance(again.value, dict):
            what = _("it is inside other text, or has quotation marks or spaces from a mail program")
            return again, (_repaired(what),)
    return wrong_text(text) or parsed, ()


def _inspected(parsed: Parsed, notes: tuple[Finding, ...]) -> Inspection:
    document, changed = mended(parsed.value)
    if changed:
        labels = ", ".join(label_of(key) for key in changed)
        notes += (_repaired(_("unexpected line breaks or spaces in {labels}").format(labels=labels)),)
    findings = tuple(worst([*_checked(document, parsed.duplicates), *notes]))
    credentials = Credentials.from_document(document) if ok(findings) else None
    return Inspection(credentials, findings, tuple(fields_of(document)))


def _checked(document: Mapping[str, Any], duplicates: Mapping[str, bool]) -> Iterator[Finding]:
    other = wrong_document(document)
    if other is not None:
        yield other
        return
    yield from named(Code.DUPLICATE_KEY, [key for key, equal in duplicates.items() if not equal])
    harmless = [key for key, equal in duplicates.items() if equal]
    yield from (finding.with_severity(Severity.WARNING) for finding in named(Code.DUPLICATE_KEY, harmless))
    yield from check_values(document)
    if is_other_json(document):
        # More findings would only repeat that.
        return
    yield from check_service_account(document)
    yield from check_addresses(document)
    yield from check_consistency(document)
    yield from check_unknown_keys(document)


def _kind(value: object) -> str:
    if isinstance(value, list):
        return _("a list")
    return _("text") if isinstance(value, str) else _("a single value")


def _repaired(what: str) -> Finding:
    # A byte order mark harms few programs; this does harm every other one that reads the file.
    return Finding(Code.REPAIRED, values={"what": what}).with_severity(Severity.WARNING)


def _failed(*findings: Finding) -> Inspection:
    return Inspection(None, tuple(worst(findings)))


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the file, for people: nothing in it is secret, and all of it is safe to draw."""

    key: str
    """The key in the file, such as ``ti``."""
    value: str
    """The value; of a secret only the mask and its length."""
    secret: bool
    """Whether the value is masked."""

    @property
    def label(self) -> str:
        """What people call the field, in the language in use."""
        return label_of(self.key)


@dataclass(frozen=True)
class Inspection:
    """What was found out about a file."""

    credentials: Credentials | None
    """The file as a value; None when an error makes it unusable."""
    findings: tuple[Finding, ...]
    """Everything that is wrong or worth knowing, worst first."""
    fields: tuple[Field, ...] = ()
    """Every field that could be read, in Infor's order, unknown keys last."""
    request: str = ""
    """The id of the file request that the file answers; empty for a file that was not encrypted."""

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return ok(self.findings)


_MOST_UNKNOWN: Final = 50


def fields_of(document: Mapping[str, Any]) -> Iterator[Field]:
    """Yield the fields of ``document``: known keys in Infor's order, then unknown ones, masked like secrets."""
    for key in KNOWN_KEYS:
        if key in document:
            secret = key in SECRET_KEYS
            yield Field(key, masked(document[key]) if secret else _shown(key, document[key]), secret)
    unknown = [key for key in document if key not in KNOWN_KEYS]
    for key in unknown[:_MOST_UNKNOWN]:
        yield Field(safe(without_keys(key), 60) or _("(empty)"), masked(document[key]), secret=True)


def masked(value: object) -> str:
    """Return the mask with the length of ``value``, which tells a whole key from one that was cut."""
    if value is None or value == "":
        return _("(empty)")
    if not isinstance(value, str):
        return MASK
    return f"{MASK} ({n_('{n} character', '{n} characters', len(value))})"


def _shown(key: str, value: Any) -> str:
    if value is None or value == "":
        return _("(empty)")
    if key == "sc" and scopes_of(value):
        return safe(without_keys(", ".join(scopes_of(value))))
    if not isinstance(value, str):
        # Cut before writing it out would not be JSON; the file's size bounds it.
        return safe(without_keys(json.dumps(value)))
    if key == "dt" and value == BACKEND_SERVICE:
        return _("Backend Service (12)")
    user, sign, host = value.rpartition("@")
    if sign and "://" in user:
        # What stands before the host of an address may be a password, and one may have an “@” of its own.
        return safe(without_keys(f"{user.partition('://')[0]}://{MASK}@{host}"))
    return safe(without_keys(value))


def inspect_pasted(content: Secret, inspect_content: Callable[[bytes], Inspection] = inspect) -> Inspection:
    """Inspect the pasted content of a file; what is not text, such as a lone surrogate, is a finding like any other.

    Args:
        content: what was pasted.
        inspect_content: inspects it; the default knows no encrypted files.
    """
    return inspect_content(content.reveal().encode("utf-8", "surrogatepass"))


_ENCRYPTED: Final = re.compile(r"\s*eyJ[A-Za-z0-9_-]{40,}\.")
"""How an encrypted file begins; a path to one does not."""


def looks_like_content(text: str) -> bool:
    """Return whether ``text`` is the content of a file rather than its path."""
    return "{" in text or "\n" in text.strip() or _ENCRYPTED.match(text) is not None


def _file_address(text: str) -> SplitResult | None:
    """Return the parts of a ``file://`` address; None for another text."""
    try:
        return urlsplit(text) if text.startswith("file://") else None
    except ValueError:
        # A bracket without its counterpart, which is no host.
        return None


def as_path(text: str, *, windows: bool = os.name == "nt") -> Path:
    """Return the path in ``text`` as terminals write it when a file is dropped on them.

    Some put it in quotes, some put a backslash before spaces, some write a ``file://`` address, and some put the
    ``&`` of PowerShell before it.

    Args:
        text: what was typed, pasted or dropped.
        windows: whether backslashes separate folders.
    """
    plain = text.strip()
    if windows and plain.startswith("& "):
        plain = plain[2:].lstrip()
    if len(plain) > 1 and plain[0] == plain[-1] and plain[0] in "'\"":
        plain = plain[1:-1]
    elif (address := _file_address(plain)) is not None:
        # file://server/share/... is a file of another machine, which only Windows can name.
        server = f"//{address.netloc}" if windows and address.netloc.lower() not in ("", "localhost") else ""
        plain = server + unquote(address.path)
        # file:///C:/Users/... has a slash before the drive.
        plain = plain[1:] if re.match(r"/[A-Za-z]:", plain) else plain
    elif not windows:
        plain = re.sub(r"\\(.)", r"\1", plain)
    # A NUL byte can be pasted but not opened.
    path = Path(plain.replace("\0", ""))
    try:
        return path.expanduser()
    except RuntimeError:
        return path
