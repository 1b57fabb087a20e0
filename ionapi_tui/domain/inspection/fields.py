"""Every field of the file in words, with whatever may be secret masked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ionapi_tui.base.language import _, n_
from ionapi_tui.base.secret import MASK
from ionapi_tui.base.text import safe, without_keys
from ionapi_tui.domain.credentials import KNOWN_KEYS, SECRET_KEYS, scopes_of
from ionapi_tui.domain.inspection.result import Field
from ionapi_tui.domain.inspection.service_account import BACKEND_SERVICE

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
