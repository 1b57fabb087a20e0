"""Finding profiles by words."""

from __future__ import annotations

from collections.abc import Iterable

from ionapi_tui.domain.profile import Profile
from ionapi_tui.domain.profile_facts import searchable


class Finder:
    """Profiles with the text that each is found by. It does not change after it was made."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self._texts = [(profile, searchable(profile).casefold()) for profile in profiles]

    def find(self, wanted: str) -> tuple[Profile, ...]:
        """Return the profiles whose text contains every word of ``wanted``, in whatever order, as they came."""
        words = wanted.casefold().split()
        return tuple(profile for profile, text in self._texts if all(word in text for word in words))
