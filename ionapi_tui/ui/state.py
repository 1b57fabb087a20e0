"""What the pages are told: one frozen value, drawn by one method of each page."""

from __future__ import annotations

from dataclasses import dataclass

from ionapi_tui.flow import Stop
from ionapi_tui.profile import Profile


@dataclass(frozen=True)
class StoreStatus:
    """Where secrets go on this machine."""

    known: bool = False
    """Whether it has been looked at yet."""
    label: str = ""
    """The store in people's words; empty when there is none."""
    key: str = ""
    """What profiles remember of it."""
    reason: str = ""
    """Why this one; or why there is none, and what to do about it."""

    @property
    def missing(self) -> bool:
        """Whether it was looked for and there is none."""
        return self.known and not self.label


@dataclass(frozen=True)
class Told:
    """Everything a page may want to show."""

    title: str = ""
    """The guide's title."""
    page: str = ""
    """The page of the wizard somebody is on, or was left on."""
    place: str = ""
    """Where that is, such as ``Step 2 of 5``."""
    stops: tuple[Stop, ...] = ()
    """The pages of the wizard with their ticks."""
    done: frozenset[str] = frozenset()
    """The ids of everything ticked."""
    store: StoreStatus = StoreStatus()
    practice: bool = False
    """Whether a practice tenant runs."""
    profiles: tuple[Profile, ...] = ()
    """What is stored on this machine."""
    stored: Profile | None = None
    """The profile stored last in this run."""
