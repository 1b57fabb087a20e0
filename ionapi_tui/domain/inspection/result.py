"""What an inspection returns: findings, and every field in words with whatever may be secret masked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ionapi_tui.base.language import _, n_
from ionapi_tui.base.secret import MASK
from ionapi_tui.base.text import safe, without_keys
from ionapi_tui.domain.credentials import KNOWN_KEYS, SECRET_KEYS, Credentials, label_of, scopes_of
from ionapi_tui.domain.findings import Finding, ok
from ionapi_tui.domain.inspection.values import BACKEND_SERVICE


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
        yield Field(safe(without_keys(key), 60), masked(document[key]), secret=True)


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
    user, sign, host = value.partition("@")
    if sign and "://" in user:
        # What stands before the host of an address may be a password.
        return safe(without_keys(f"{user.partition('://')[0]}://{MASK}@{host}"))
    return safe(without_keys(value))
