"""Fuzzy search: finding one of thousands of items by a few letters, fast enough for every key press."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, Generic, TypeVar

Item = TypeVar("Item")

_SEPARATORS: Final = str.maketrans(dict.fromkeys("-_./\\:~", " "))
_STARTS, _BEGINS_A_WORD, _INSIDE, _SCATTERED = range(4)
"""How good a match is; smaller is better. A scattered one adds the letters it leaves out."""


class Index(Generic[Item]):
    """An index of items, found by the letters of their text. It does not change after it was made."""

    def __init__(self, items: Iterable[Item], text: Callable[[Item], str]) -> None:
        """Index the text of every item.

        Args:
            items: what can be found; equally good matches keep this order.
            text: returns the text that an item is found by.
        """
        self._entries = [(item, _normal(text(item))) for item in items]
        self._last: tuple[str, list[tuple[Item, str]]] = ("", self._entries)

    def find(self, wanted: str) -> tuple[Item, ...]:
        """Return the items that match every word of ``wanted``, best first.

        A word matches as a whole, or when its letters follow each other within a word or continue at the start of a
        later one: ``atst`` finds ``acme-tst``.
        """
        words = _normal(wanted).split()
        if not words:
            return tuple(item for item, _text in self._entries)
        entries = self._narrowed(" ".join(words))
        scores = [0] * len(entries)
        for word in words:
            scores = _with(word, [text for _item, text in entries], scores)
        found = [(score, at) for at, score in enumerate(scores) if score >= 0]
        self._last = (" ".join(words), [entries[at] for _score, at in found])
        found.sort()
        return tuple(entries[at][0] for _score, at in found)

    def _narrowed(self, wanted: str) -> list[tuple[Item, str]]:
        """Return the entries to search: whatever matches a longer text has matched its beginning."""
        before, entries = self._last
        return entries if before and wanted.startswith(before) else self._entries


def _normal(text: str) -> str:
    return " " + text.casefold().translate(_SEPARATORS)


def _with(word: str, texts: list[str], scores: list[int]) -> list[int]:
    """Return ``scores`` with that of ``word`` added; -1 where it, or an earlier word, does not match."""
    start, scattered = f" {word}", _scattered(word).search
    return [
        -1
        if score < 0
        else score + _STARTS
        if text.startswith(start)
        else score + _BEGINS_A_WORD
        if start in text
        else score + _INSIDE
        if word in text
        else score + _SCATTERED + match.end() - match.start() - len(word)
        if (match := scattered(text))
        else -1
        for text, score in zip(texts, scores, strict=True)
    ]


def _scattered(word: str) -> re.Pattern[str]:
    """Return a pattern for the letters of ``word`` in their order: staying in a word if possible, or leaving it.

    The groups are atomic: no text, however odd, makes the search go back and try every combination.
    """
    first, *others = map(re.escape, word)
    staying = "".join(f"(?>[^ {letter}]*{letter}|.*? {letter})" for letter in others)
    leaving = "".join(f"(?>{letter}|.*? {letter}|[^ {letter}]*{letter})" for letter in others)
    return re.compile(f"{first}(?:{staying}|{leaving})")
