"""Changing JSON as JSON: what changes single bytes hardly ever leaves a document that can be read."""

from __future__ import annotations

import json
from random import Random
from typing import Any, Final

_VALUES: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, 1, -1, 2**31, 2**63, 10**400, 0.5, -1e308),
    *("", " ", "x" * 300, "\ud800", "\x1b[2J", "\0", "ACME_TST", "ACME_PRD", "https://a.example:99999/", "12", "1e999"),
    *([], {}, [None], [[]], {"": ""}, [{}], ["a", "a"], {"version": 2}),
)
"""What readers stumble over."""
_DEEP: Final = 60


def mutated(data: bytes, random: Random) -> bytes | None:
    """Return ``data`` with one to three values replaced, removed, repeated or moved; None when it is not JSON."""
    start = data.find(b"{")
    if start < 0:
        return None
    try:
        document = json.loads(data[start:])
    except (ValueError, RecursionError):
        return None
    for _change in range(random.randint(1, 3)):
        document = _changed(document, random)
    try:
        return data[:start] + json.dumps(document, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError):
        return None


def _changed(value: Any, random: Random, depth: int = 0) -> Any:
    if not isinstance(value, dict | list) or not value or depth > _DEEP or random.random() < 0.1:
        return random.choice(_VALUES)
    if isinstance(value, list):
        index = random.randrange(len(value))
        changed = _changed(value[index], random, depth + 1)
        return random.choice(
            ([*value[:index], changed, *value[index + 1 :]], value[:index] + value[index + 1 :], [*value, changed])
        )
    key = random.choice(list(value))
    others = {name: content for name, content in value.items() if name != key}
    kind = random.randrange(6)
    if kind == 0:
        return others
    if kind == 1:
        return value | {random.choice(list(value)): value[key]}
    if kind == 2:
        return others | {random.choice((key.upper(), f"{key} ", "", "__proto__")): value[key]}
    return value | {key: _changed(value[key], random, depth + 1)}
