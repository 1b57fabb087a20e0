"""What passes between the app and its pages: the state that pages show, and what they ask for.

Pages know nothing of each other, and nothing of who answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message
from textual.notifications import SeverityLevel
from textual.widget import Widget

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.guide.flow import Stop
from ionapi_tui.domain.profile import Checked, Profile

if TYPE_CHECKING:
    from ionapi_tui.domain.guide import Front, Section, Topic
    from ionapi_tui.domain.inspection import Inspection
    from ionapi_tui.domain.planned_tenant import PlannedTenant, PlanRow
    from ionapi_tui.gateway.verify import Verification
    from ionapi_tui.usecases.planning import Unplanned


class RedoStep(Message):
    """Show the step that a finding about a profile names, in the guide of its tenant."""

    def __init__(self, step: str, profile: Profile) -> None:
        super().__init__()
        self.step, self.profile = step, profile


class Go(Message):
    """Show another page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page


class StartGuide(Message):
    """Continue the guide of a tenant."""

    def __init__(self, tenant: str) -> None:
        super().__init__()
        self.tenant = tenant


class StartAnother(Message):
    """Start the guide for another tenant, after asking which."""


class StartOver(Message):
    """Clear the ticks of the guide in front, and begin it again."""


class NameTenant(Message):
    """Ask whose guide the one in front is."""


class OpenPortal(Message):
    """Open the portal of the tenant whose guide is in front."""


class PlanTenants(Message):
    """Ask for tenants that are to get a file."""


class Unplan(Message):
    """Remove a tenant from the plan, after asking."""

    def __init__(self, planned: PlannedTenant) -> None:
        super().__init__()
        self.planned = planned


class Move(Message):
    """Show the page ``offset`` places on in the wizard, as long as ``origin`` is still in front."""

    def __init__(self, origin: Widget, offset: int) -> None:
        super().__init__()
        self.origin = origin
        self.offset = offset


class GoBack(Message):
    """Leave a page that is none of the guide's for the one it was opened from."""


class Ticked(Message):
    """Something was ticked, or its tick taken away."""

    def __init__(self, tick: str, done: bool) -> None:
        super().__init__()
        self.tick = tick
        self.done = done


class Copy(Message):
    """Put a text, which is no secret, into the clipboard."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class Screenshots(Message):
    """Show the screenshots of a step, outside the terminal or inside it."""

    def __init__(self, step: Topic, documentation: str, inline: bool) -> None:
        super().__init__()
        self.step = step
        self.documentation = documentation
        self.inline = inline


class AskForRoles(Message):
    """Show a request for the roles that are missing, for the tenant whose guide is in front."""

    def __init__(self, section: Section, assigned: frozenset[str]) -> None:
        """Ask for it.

        Args:
            section: the prerequisites of the guide.
            assigned: the ids of the roles that are ticked already.
        """
        super().__init__()
        self.section = section
        self.assigned = assigned


class ShowRequest(Message):
    """Show a request in plain words, to copy and to send."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


@dataclass(frozen=True, eq=False)
class Notice:
    """A message that goes away again."""

    text: str
    severity: SeverityLevel
    keys: int
    """How many keys had been pressed when it was given."""
    lasts: bool = False
    """Whether it is shown until it is cleared, or its page is left: something is going on."""

    @property
    def stays(self) -> bool:
        """Whether it stays until a key is pressed: what went wrong has to be read."""
        return self.severity != "information"


class Noticed(Message):
    """Show a notice."""

    def __init__(self, notice: Notice) -> None:
        super().__init__()
        self.notice = notice


class Picked(Message):
    """Inspect a file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path


class Dropped(Message):
    """Inspect the file, or all files of the folder, whose path was dropped on the terminal."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path


class Pasted(Message):
    """Inspect what was pasted."""

    def __init__(self, content: Secret) -> None:
        super().__init__()
        self.content = content


class ShowProfile(Message):
    """Show what is known of a profile."""

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self.profile = profile


class Remove(Message):
    """Remove profiles, after asking."""

    def __init__(self, *profiles: Profile, kept: str = "") -> None:
        """Ask for it.

        Args:
            profiles: what is removed.
            kept: what is highlighted and stays, because others are marked.
        """
        super().__init__()
        self.profiles = profiles
        self.kept = kept


class Compare(Message):
    """Show two profiles side by side; ask for the second one if there is only one."""

    def __init__(self, profile: Profile, other: Profile | None = None) -> None:
        super().__init__()
        self.profile = profile
        self.other = other


class WriteReport(Message):
    """Write a report on a profile to a file, after asking where."""

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self.profile = profile


class UndoRemoval(Message):
    """Bring back what was removed a moment ago."""


class Rename(Message):
    """Give a profile another name."""

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self.profile = profile


class EditNotes(Message):
    """Note who a profile belongs to."""

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self.profile = profile


class CheckAddresses(Message):
    """Compare the list of profiles with what was stored, and offer to restore that."""


class Rotate(Message):
    """Put new credentials in place of a profile's."""

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self.profile = profile


class Export(Message):
    """Write the secrets of a profile to a file, after asking in which form."""

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self.profile = profile


class Lend(Message):
    """Write the file of a profile for an upload, and take it back afterwards."""

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self.profile = profile


class FollowDownloads(Message):
    """Say on the pages of the guide which file arrives, from now on or no longer."""

    def __init__(self, page: Widget, follow: bool) -> None:
        super().__init__()
        self.page = page
        self.follow = follow


class DownloadsSeen(Message):
    """What is in the Downloads folder now has been seen, and is not said to have arrived."""


class LookForCopies(Message):
    """Find out which downloaded files still contain the secrets of profiles."""


class DeleteCopies(Message):
    """Delete the downloaded files of a profile, after asking."""

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self.profile = profile


class ImportFolder(Message):
    """Import every file of a folder, after asking which unless it is known."""

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self.folder = folder


class Browse(Message):
    """Choose a file in the picker."""

    def __init__(self, take: Callable[[Path], object]) -> None:
        """Ask for it.

        Args:
            take: called with the file that was chosen.
        """
        super().__init__()
        self.take = take


class Verify(Message):
    """Prove live that a profile works."""

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self.profile = profile


class VerifyFile(Message):
    """Prove live that a file works, and store nothing."""

    def __init__(self, inspection: Inspection, name: str, go_back: Callable[[str], None]) -> None:
        """Ask for it.

        Args:
            inspection: of a file that can be used.
            name: of the file, without its folder; empty for what was pasted.
            go_back: called with the step of the guide that somebody wants to redo.
        """
        super().__init__()
        self.inspection = inspection
        self.name = name
        self.go_back = go_back


class VerifyMany(Message):
    """Prove live that several profiles work."""

    def __init__(self, profiles: tuple[Profile, ...]) -> None:
        super().__init__()
        self.profiles = profiles


class StopVerifying(Message):
    """Give up the verification of several profiles."""


class MakeVault(Message):
    """Make a vault, and let new secrets go there."""

    def __init__(self, then: Callable[[], None] | None = None, otherwise: Callable[[], None] | None = None) -> None:
        """Ask for it.

        Args:
            then: called once it is made, before the pages know of it.
            otherwise: called when none was made, because somebody would rather not, or it failed.
        """
        super().__init__()
        self.then, self.otherwise = then, otherwise


class LanguageChanged(Message):
    """Another language is in use from now on."""


class StoresChanged(Message):
    """New secrets go elsewhere, or stored ones have moved."""


class ProfilesChanged(Message):
    """Say that the list of profiles is another one, while the page that changed it stays in front."""


class Practise(Message):
    """Start a practice tenant, or show the one that runs."""


class HandOver(Message):
    """Write the guide as a page for somebody else, after asking for the names that go into it."""

    def __init__(self, tenant: str = "") -> None:
        """Ask for it.

        Args:
            tenant: whose guide; empty for the one in front.
        """
        super().__init__()
        self.tenant = tenant


class PlayGuide(Message):
    """Lead through another guide."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


@dataclass(frozen=True)
class StoreInUse:
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
    locked: bool = False
    """Whether it asks for a password before anything can be read or stored."""
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
class UnderWay:
    """A guide that was started and not finished."""

    tenant: str
    """Whose; empty as long as that is not known."""
    position: str
    """Where it was left, such as ``Step 2 of 5``."""


@dataclass(frozen=True)
class AppState:
    """Everything a page may want to show."""

    title: str = ""
    """The guide's title."""
    tenant: str = ""
    """Whose guide is in front: a tenant, ``UNNAMED`` or ``PRACTICE`` of ``profile_store.progress``."""
    under_way: tuple[UnderWay, ...] = ()
    """The guides that were started and not finished, the one that was open last first; practice runs are none."""
    page: str = ""
    """The page of the wizard somebody is on, or was left on."""
    position: str = ""
    """Where that is, such as ``Step 2 of 5``."""
    apart: bool = False
    """Whether a file is imported that need not belong to the guide in front."""
    way_back: str = ""
    """The page that Esc leads to from the list of profiles, and from the welcome; empty if there is none."""
    front: Front | None = None
    """The guide, as far as it is known without reading it."""
    stops: tuple[Stop, ...] = ()
    """The pages of the wizard with their ticks."""
    done: frozenset[str] = frozenset()
    """The ids of everything ticked."""
    store: StoreInUse = StoreInUse()
    practice: bool = False
    """Whether a practice tenant runs."""
    practice_user: str = ""
    """The service user of the practice tenant that runs; empty when none does."""
    practice_tenant: str = ""
    """Its tenant; empty when none runs."""
    profiles: tuple[Profile, ...] = ()
    """What is stored on this machine."""
    plan: tuple[PlanRow, ...] = ()
    """The planned tenants that have no profile yet."""
    stored: Profile | None = None
    """The profile stored last in this run."""
    copies: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    """The downloaded files that still contain the secrets of a profile, by its id."""
    are_copies_known: bool = False
    """Whether somebody has looked for such files yet."""
    arrived: Path | None = None
    """The file that arrived in the Downloads folder during the guide and that nobody has looked at yet."""
    verifying: Verifying | None = None
    """The verification of several profiles that is under way."""
    verified: Mapping[str, Verification] = field(default_factory=dict)
    """The last verification of this run, by the profile's id."""
    undoable: tuple[Profile, ...] = ()
    """Profiles whose removal can still be undone; they are not in ``profiles``."""
    unplanned: Unplanned | None = None
    """What was removed from the plan, as long as that can be undone; it is not in ``plan``."""
    restored: str = ""
    """The id of a profile, or the name of a planned tenant, whose removal was undone; the list highlights it."""
