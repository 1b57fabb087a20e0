"""What the pages show: one frozen value, drawn by one method of each page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ionapi_tui.domain.guide.flow import Stop
from ionapi_tui.domain.profile import Checked, Profile

if TYPE_CHECKING:
    from ionapi_tui.gateway.verify import Verification


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
    vault: bool = False
    """Whether making a vault would be a way out."""
    away: frozenset[str] = frozenset()
    """The keys of stores that profiles are in and that cannot be used now."""

    @property
    def missing(self) -> bool:
        """Whether it was looked for and there is none."""
        return self.known and not self.label


@dataclass(frozen=True)
class Verifying:
    """How far the verification of several profiles is; profiles go by their ids."""

    total: int
    waiting: frozenset[str]
    """Those whose turn has not come."""
    running: Mapping[str, str] = field(default_factory=dict)
    """The check that each of those under way is at, in words."""
    outcomes: Mapping[str, Checked] = field(default_factory=dict)
    """What became of the others."""


@dataclass(frozen=True)
class AppState:
    """Everything a page may want to show."""

    title: str = ""
    """The guide's title."""
    page: str = ""
    """The page of the wizard somebody is on, or was left on."""
    position: str = ""
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
    verifying: Verifying | None = None
    """The verification of several profiles that is under way."""
    verified: Mapping[str, Verification] = field(default_factory=dict)
    """The last verification of this run, by the profile's id."""
    undoable: tuple[Profile, ...] = ()
    """Profiles whose removal can still be undone; they are not in ``profiles``."""
