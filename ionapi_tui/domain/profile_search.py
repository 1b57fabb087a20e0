"""Finding profiles, and planned tenants, by words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Finder(Generic[Item]):
    """Items with the text that each is found by. It does not change after it was made."""

    def __init__(self, items: Iterable[Item], text_of: Callable[[Item], str]) -> None:
        """Prepare.

        Args:
            items: what is looked through.
            text_of: returns the text that an item is found by.
        """
        self._texts = [(item, text_of(item).casefold()) for item in items]

    def find(self, wanted: str) -> tuple[Item, ...]:
        """Return the items whose text contains every word of ``wanted``, in whatever order, as they came."""
        words = wanted.casefold().split()
        return tuple(item for item, text in self._texts if all(word in text for word in words))
