"""What is wrong with single values of the file, and which other file somebody may have taken for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.credentials import KNOWN_KEYS, label_of
from ionapi_tui.domain.findings import Code, Finding, Severity
from ionapi_tui.domain.inspection.parsing import not_json_at_start

REQUIRED: Final = ("ti", "cn", "ci", "cs", "iu", "pu", "ot")
"""Keys that Infor writes for every app. ``saak`` and ``sask`` are required too, see ``check_service_account``."""

TOKENS: Final = ("ti", "dt", "ci", "cs", "ev", "v", "saak", "sask")
"""Keys whose values are printable ASCII without spaces."""

MAX_VALUE: Final = 16_384
"""The most characters of one value, many times what Infor writes; secret stores hold small items."""

_PLACEHOLDER_LENGTH: Final = 300
_JOINERS: Final = "\u200c\u200d"
"""Invisible, but part of ordinary words in some scripts: allowed in the name of the app."""

_PLACEHOLDER: Final = re.compile(
    r"<[^>]*>|\{\{|\$\{|•••|\*\*\*|^your[-_ ]|^(my|your)?[-_ ]?(client|secret|tenant)[-_ ]?(id|secret|key|name)?$"
    r"|^[x.…_-]{3,}$|redacted|changeme|change-me|placeholder|^(todo|tbd|none|null|n/a|example|dummy|secret)$",
    re.IGNORECASE,
)


def check_values(document: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is wrong with the known fields of ``document``, each looked at by itself."""
    spelled = {key.lower(): key for key in document if key not in KNOWN_KEYS}
    hint = _("Infor always writes this field, so the file was truncated or edited.")
    if is_other_json(document):
        # Once: what each of its fields lacks would only repeat that.
        other = _("The file has none of the fields of an .ionapi file, so it is another kind of file.")
        yield _about(Code.MISSING_FIELD, next(key for key in KNOWN_KEYS if key in REQUIRED), hint=other)
        return
    for key in KNOWN_KEYS:
        if key in document:
            yield from _check(key, document[key])
        elif key in spelled:
            spelling = _("It is spelled {spelled} here, but has to be in lower case.")
            yield _about(Code.MISSING_FIELD, key, hint=spelling.format(spelled=safe(spelled[key], 20)))
        elif key in REQUIRED:
            yield _about(Code.MISSING_FIELD, key, hint=hint)


def is_other_json(document: Mapping[str, Any]) -> bool:
    """Return whether ``document`` has none of the keys of an ``.ionapi`` file, in any case of letters."""
    return not any(key.lower() in REQUIRED for key in document)


def is_text(document: Mapping[str, Any], key: str) -> bool:
    """Return whether ``key`` holds text that is worth looking at further."""
    value = document.get(key)
    return isinstance(value, str) and bool(value.strip())


def strange_characters(value: str, key: str) -> str | None:
    """Return the first character of ``value`` that cannot belong into field ``key``, in words, if there is one."""
    if value.isascii() and value.isprintable() and (" " not in value or key not in TOKENS):
        return None
    allowed = _JOINERS if key == "cn" else ""
    for character in value:
        if character.isascii() and character.isprintable() and (character != " " or key not in TOKENS):
            continue
        hidden = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
        if (hidden and character not in allowed) or key in TOKENS:
            return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
    return None


def _check(key: str, value: Any) -> Iterator[Finding]:
    needed = key in REQUIRED or key in ("saak", "sask")
    if key == "sc":
        yield from _check_scopes(value)
    elif value is None or (isinstance(value, str) and not value.strip()):
        if needed:
            yield _about(Code.EMPTY_VALUE, key)
    elif not isinstance(value, str):
        finding = _about(Code.WRONG_TYPE, key, kind=_kind(value))
        # A number in the place of a short text is as good as the text; nothing else is.
        yield finding if needed or isinstance(value, list | dict) else finding.with_severity(Severity.WARNING)
    elif len(value) > MAX_VALUE:
        yield Finding(Code.TOO_LARGE, key, {"what": label_of(key), "limit": _("16,384 characters")})
    elif key != "cn" and _PLACEHOLDER.search(value[:_PLACEHOLDER_LENGTH]):
        yield _about(Code.PLACEHOLDER_VALUE, key)
    elif (strange := strange_characters(value, key)) is not None:
        yield _about(Code.CONTROL_CHARACTERS, key, characters=strange)


def _check_scopes(value: Any) -> Iterator[Finding]:
    if len(str(value)) > MAX_VALUE:
        yield Finding(Code.TOO_LARGE, "sc", {"what": label_of("sc"), "limit": _("16,384 characters")})
    elif value is None or isinstance(value, str | list | dict):
        scopes = [value] if isinstance(value, str) else list(value or ())
        if not all(isinstance(scope, str) for scope in scopes):
            yield _about(Code.WRONG_TYPE, "sc", kind=_("a list that does not contain only names")).with_severity(
                Severity.WARNING
            )
        strange = next((found for scope in scopes if (found := strange_characters(str(scope), "sc"))), None)
        if strange is not None:
            yield _about(Code.CONTROL_CHARACTERS, "sc", characters=strange)
    else:
        yield _about(Code.WRONG_TYPE, "sc", kind=_kind(value)).with_severity(Severity.WARNING)


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return _("true or false")
    if isinstance(value, int | float):
        return _("a number")
    return _("a list") if isinstance(value, list) else _("an object")


def _about(code: Code, key: str, **values: str) -> Finding:
    return Finding(code, key, {"label": label_of(key), **values})


BACKEND_SERVICE: Final = "12"
"""The only app type whose code is known."""

_KEYS: Final = ("saak", "sask")


def check_service_account(document: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield why ``document`` has no usable service account.

    A file without both keys has one of three causes: the switch was off, the app is of another type (then it usually
    has a redirect address), or its grant type is Client Credentials.
    """
    spelled = {key.lower() for key in document}
    missing = [key for key in _KEYS if key not in spelled]
    reason = _other_type(document)
    if reason is not None:
        # A code for the type is a guess as long as the file has what is needed.
        field, variant = "ru" if is_text(document, "ru") else "dt", "" if missing else "complete"
        yield Finding(Code.WRONG_APP_TYPE, field, {"reason": reason}, variant=variant)
    elif len(missing) == len(_KEYS):
        yield Finding(Code.NO_SERVICE_ACCOUNT, "saak")
    if len(missing) == 1:
        hint = _("The other key of the service account is present, so the file was truncated or edited.")
        yield Finding(Code.MISSING_FIELD, missing[0], {"label": label_of(missing[0]), "hint": hint})


def _other_type(document: Mapping[str, Any]) -> str | None:
    kind = document.get("dt")
    if isinstance(kind, str | int) and str(kind).strip() not in ("", BACKEND_SERVICE):
        return _("its type code is {code}, and 12 stands for Backend Service").format(code=str(kind)[:20])
    if is_text(document, "ru"):
        return _("it has a redirect address, which only web and mobile apps have")
    return None


_LINES_LOOKED_AT: Final = 50
_SERVICE_ACCOUNT_WORDS: Final = re.compile(
    r"access\s?key|secret\s?key|service\s?account|\bsaa?k\b|\bsask\b", re.IGNORECASE
)
_OBJECT: Final = re.compile(r'[> ]*\{\s*("|\Z)')
"""How an object begins: below the words of a message stands a broken file, and no table."""
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
    if any(map(_OBJECT.match, lines)):
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
