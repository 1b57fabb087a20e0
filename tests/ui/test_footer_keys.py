"""Every key that a footer shows does what its words say, in the dialogs and on some of the pages.

Each key is pressed where it is shown. What has to happen is written down for each of the words, so that a key with new
words needs a line in ``DEEDS``, and words that promise something else than the key does fail.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rich.segment import Segment
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from ionapi_tui.base import language
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.ui.dialogs.confirm import ConfirmDelete, ConfirmHosts, ConfirmRemove
from ionapi_tui.ui.dialogs.export import ExportDialog
from ionapi_tui.ui.dialogs.export_target import ExportTargetDialog
from ionapi_tui.ui.dialogs.folder import FolderDialog
from ionapi_tui.ui.dialogs.hand_over import HandOverDialog
from ionapi_tui.ui.dialogs.lend import ConfirmLend, LendDialog
from ionapi_tui.ui.dialogs.notes import NotesDialog
from ionapi_tui.ui.dialogs.other_profile import OtherProfileDialog
from ionapi_tui.ui.dialogs.passphrase import NewPassphrase
from ionapi_tui.ui.dialogs.picker import Picker
from ionapi_tui.ui.dialogs.practice import EndDialog, PracticeDialog
from ionapi_tui.ui.dialogs.reading import Reading
from ionapi_tui.ui.dialogs.rename import RenameDialog
from ionapi_tui.ui.dialogs.report import ReportDialog
from ionapi_tui.ui.dialogs.tenant import PlanDialog, PortalDialog, TenantDialog
from ionapi_tui.ui.screens.compare import ComparePage
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.import_file import ImportPage
from ionapi_tui.ui.screens.next_steps import NextStepsPage
from ionapi_tui.ui.screens.prerequisites import PrerequisitesPage
from ionapi_tui.ui.screens.profile import ProfilePage
from ionapi_tui.ui.screens.review import ReviewPage
from ionapi_tui.ui.screens.rotation import RotationPage
from ionapi_tui.ui.screens.small_guide import SmallGuidePage
from ionapi_tui.ui.screens.store import StorePage
from ionapi_tui.ui.screens.verify import VerifyPage
from ionapi_tui.ui.screens.welcome import WelcomePage
from ionapi_tui.ui.widgets.file_chooser import FileList
from ionapi_tui.ui.widgets.frame import Key, KeyBar
from tests.ui.driving import NARROW, WIDE, running
from tests.ui.machine import Machine
from tests.ui.places import NOTHING, PLACES, Visit, furnished, starts
from tests.ui.practising import Starter
from tests.ui.walking import settled


@dataclass(frozen=True)
class Before:
    """What there was before a key was pressed."""

    screen: Screen[Any]
    drawn: tuple[Segment, ...]
    focused: Widget | None
    typed: str
    opened: int
    theme: str
    verification: object


def seen(visit: Visit) -> Before:
    """Return what there is now."""
    app = visit.person.app
    typed = app.focused.value if isinstance(app.focused, Input) else ""
    verification = getattr(app.screen, "verification", None)
    drawn = tuple(visit.person.segments())
    return Before(app.screen, drawn, app.focused, typed, len(visit.machine.opened), app.theme, verification)


Deed = Callable[[Visit, Before], object]


def shows(*kinds: type[Screen[Any]]) -> Deed:
    """Return the deed of showing another page or dialog of one of ``kinds``."""
    return lambda visit, before: (
        visit.person.app.screen is not before.screen and isinstance(visit.person.app.screen, kinds)
    )


def is_left(visit: Visit, before: Before) -> bool:
    """Return whether the page or dialog is gone, and nothing was answered."""
    return before.screen not in visit.person.app.screen_stack and visit.answer in (NOTHING, None)


def is_answered(visit: Visit, before: Before) -> bool:
    """Return whether the dialog is gone with an answer."""
    return before.screen not in visit.person.app.screen_stack and visit.answer not in (NOTHING, None)


def changes(visit: Visit, before: Before) -> bool:
    """Return whether the same page or dialog shows something else."""
    return visit.person.app.screen is before.screen and tuple(visit.person.segments()) != before.drawn


def complains(visit: Visit, before: Before) -> bool:
    """Return whether the same dialog says why it has not been answered yet."""
    wrong = visit.person.app.screen.query(".wrong, .complaint, #wrong")
    return changes(visit, before) and any(str(getattr(one, "content", "")) for one in wrong)


def moves_on(visit: Visit, before: Before) -> bool:
    """Return whether another page is in front, or the guide shows another part."""
    return visit.person.app.screen is not before.screen or (
        isinstance(before.screen, SmallGuidePage) and changes(visit, before)
    )


def moves_focus(visit: Visit, before: Before) -> bool:
    """Return whether something else has the focus, or what is typed was completed."""
    return visit.person.app.focused is not before.focused or seen(visit).typed != before.typed


def copies(visit: Visit, _before: Before) -> bool:
    """Return whether something was copied, and said so."""
    return bool(visit.person.app.clipboard) and bool(says("Copied")(visit, _before))


def says(words: str) -> Deed:
    """Return the deed of saying ``words``, on the page or in a message."""
    return lambda visit, _before: words in visit.person.text() or any(words in one for one in visit.person.notices)


def opens_outside(visit: Visit, before: Before) -> bool:
    """Return whether a browser was opened."""
    return len(visit.machine.opened) > before.opened


def either(*deeds: Deed) -> Deed:
    """Return the deed of doing one of ``deeds``."""
    return lambda visit, before: any(deed(visit, before) for deed in deeds)


def verifies_many(visit: Visit, _before: Before) -> bool:
    """Return whether several profiles are being verified, or have been."""
    return visit.person.app.state.verifying is not None or bool(visit.person.notices)


def types(visit: Visit, _before: Before) -> bool:
    """Return whether there is a line to type in."""
    return isinstance(visit.person.app.focused, Input)


DEEDS: dict[str, Deed] = {
    "A folder": shows(FolderDialog),
    "Again": lambda visit, before: getattr(visit.person.app.screen, "verification", None) is not before.verification,
    "Add": complains,
    "All files": changes,
    "Another language": lambda _visit, _before: language.current() != "en",
    "Back": either(moves_on, changes),
    "Back to the list": lambda visit, _before: isinstance(visit.person.app.focused, FileList),
    "Browse": shows(Picker),
    "Cancel": is_left,
    "Check addresses": says("matches what was stored"),
    "Close": is_left,
    "Compare": either(shows(ComparePage, OtherProfileDialog), is_answered),
    "Complete": moves_focus,
    "Continue": either(is_left, changes),
    "Copy": copies,
    "Copy client ID": copies,
    "Copy it": copies,
    "Copy name": copies,
    "Copy the path": copies,
    "Delete": is_answered,
    "Delete file": either(shows(ConfirmDelete), is_left),
    "Delete the file": shows(ConfirmDelete),
    "Delete the files": shows(ConfirmDelete),
    "Differences only": changes,
    "Done": changes,
    "Encrypt again": is_answered,
    "End, keep profiles": is_answered,
    "End, remove profiles": is_answered,
    "End practice": lambda visit, _before: not visit.person.app.state.practice,
    "Example": changes,
    "Export": shows(ExportDialog),
    "Export target": shows(ExportTargetDialog),
    "File": shows(ImportPage),
    "Find": types,
    "Finish": is_left,
    "Fold": changes,
    "Folder above": changes,
    "Generate one": changes,
    "Guide": shows(PrerequisitesPage),
    "Hand over": shows(HandOverDialog),
    "Help": shows(Reading),
    "Import": shows(ImportPage),
    "Import a file": shows(ImportPage),
    "Import a folder": shows(FolderDialog),
    "Keep": is_left,
    "Keep all": is_left,
    "Keep both": is_left,
    "Keep the name": is_left,
    "Keys": shows(Reading),
    "Leave it": is_left,
    "Lend file": shows(LendDialog, ConfirmLend),
    "Light, dark, high contrast": lambda visit, before: visit.person.app.theme != before.theme,
    "Refresh": changes,
    "Create a vault": shows(NewPassphrase),
    "Mark": changes,
    "Mark all": changes,
    "Move": is_answered,
    "Move here": says("All profiles are already there."),
    "New": shows(WelcomePage),
    "New credentials": shows(RotationPage),
    "New passphrase": says("Only a vault has a passphrase"),
    "Next": either(moves_on, moves_focus),
    "Next field": moves_focus,
    "Next steps": shows(NextStepsPage),
    "No": is_left,
    "Notes": shows(NotesDialog),
    "Open": either(shows(ReviewPage, PrerequisitesPage, ProfilePage), is_answered, complains, changes),
    "Picture": says("cannot show pictures"),
    "OK": complains,
    "Page for the administrator": shows(HandOverDialog),
    "Plan tenants": shows(PlanDialog),
    "Portal": either(opens_outside, shows(PortalDialog)),
    "Practise": shows(PracticeDialog),
    "Preview": is_answered,
    "Profiles": either(shows(HomePage), changes),
    "Quit": lambda visit, before: not visit.person.app.is_running or shows(EndDialog)(visit, before),
    "Remove": either(shows(ConfirmRemove), is_answered, complains),
    "Remove the old ones": shows(ConfirmRemove),
    "Rename": either(shows(RenameDialog), is_answered, complains),
    "Request": shows(Reading),
    "Request the roles": shows(Reading),
    "Restore": either(is_left, complains),
    "Restore the old ones": is_left,
    "Save": is_answered,
    "Screenshot": opens_outside,
    "Select": is_answered,
    "Skip": either(moves_on, changes),
    "Sort": changes,
    "Start the guide": shows(PrerequisitesPage),
    "Store all": says("is stored."),
    "Store and verify": shows(VerifyPage),
    "Store only": says("read back and compared"),
    "Tenant": shows(TenantDialog),
    "Tick": changes,
    "Suspend (type fg to return)": says("no shell"),
    "Type a path": types,
    "Unlock": either(is_answered, changes),
    "Upload to DocBits": shows(SmallGuidePage),
    "Use this folder": is_answered,
    "Use this one": says("New secrets are stored in"),
    "Use this passphrase": complains,
    "Verify": shows(VerifyPage),
    "Verify all": verifies_many,
    "Verify both": verifies_many,
    "Verify only": shows(VerifyPage, ConfirmHosts),
    "Verify them": shows(VerifyPage),
    "Password store": shows(StorePage),
    "Write report": shows(ReportDialog),
    "Write the file": either(is_answered, complains),
    "Write the page": says("Enter who the page is for."),
    "Write the report": is_answered,
    "Yes, send them there": is_answered,
}
"""What has to happen, by the words beside a key."""


PATIENCE = 60.0
"""Seconds for what a key does."""

ENDS = frozenset(
    {
        *("Another language", "End practice", "Find", "Lend file", "Light, dark, high contrast", "Mark", "Mark all"),
        *("Move", "Move here", "Portal", "Practise", "Quit", "Restore", "Sort", "Store all", "Store and verify"),
        *("Store only", "Unlock", "Use this one", "Verify all", "Verify both", "Verify them"),
    }
)
"""What leaves something changed: after these words the app is started anew."""

STORES = (
    "empty board",
    "stored file",
    "verified",
    "rotation",
    "folder that",
    "folder with",
    "practice",
    "restore",
    "lend",
)
"""How the names of places begin at which something is stored, so that nobody comes there twice."""


def keys_of(visit: Visit) -> dict[str, Key]:
    """Return the keys in the footer by their words; of two with the same words the first."""
    bar = visit.person.app.screen.query_one(KeyBar)
    footer = " ".join(visit.person.screen().splitlines()[bar.region.y].split())
    shown = [key for key in bar.keys if key.enabled and f"{key.shown} {key.words}" in footer]
    return {key.words: key for key in reversed(shown)}


async def pressed(visit: Visit, words: str) -> str | None:
    """Press the key with these words, and return what is wrong with what happens."""
    key = keys_of(visit).get(words)
    if key is None:
        return f"{words!r} is not shown every time"
    if words not in DEEDS:
        return f"{key.shown} {words!r}: DEEDS does not say what this promises"
    visit.person.app.clear_notifications()
    before = seen(visit)
    await visit.person.press(key.key)
    try:
        await visit.person.until(lambda: DEEDS[words](visit, before), seconds=PATIENCE)
    except AssertionError:
        return f"{key.shown} {words!r} does something else, or nothing:\n{visit.person.screen()}"
    if not visit.person.app.is_running and words != "Quit":
        return f"{key.shown} {words!r} ends the app"
    return None


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Leave the process speaking English."""
    yield
    language.use("en", None)


def aged(machine: Machine) -> Machine:
    """Let the files be older: one that is just being saved may be said to arrive, and then Enter opens it."""
    for file in machine.downloads.iterdir():
        os.utime(file, (file.stat().st_mtime - 60,) * 2)
    return machine


ELSEWHERE = frozenset(
    {
        *("board", "planned tenant", "welcome", "step 1", "step 2", "step 3", "step 4", "step 5", "import"),
        *("good file", "bad file", "stored file", "folder of files", "folder that was stored"),
        *("folder with nothing to store", "next steps", "next steps without a profile", "compare", "small guide"),
        *("end of the small guide", "new passphrase", "verified", "verified with an error"),
        *("rotation", "rotation, reviewed", "rotation, verified"),
    }
)
"""Places whose keys are not pressed here yet: they talk to Infor, need several steps, or show a key without effect."""


@pytest.mark.parametrize("place", [place for place in PLACES if place not in ELSEWHERE])
async def test_every_key_in_the_footer_does_what_it_says(
    place: str, own_home: Path, tenant: PracticeTenant, starter: Starter
) -> None:
    wrong: list[str] = []
    tried: set[str] = set()
    for size in (NARROW, WIDE):
        waiting: list[str] | None = None
        while waiting is None or waiting:
            language.use("en", None)
            machine = aged(furnished(Machine(own_home / f"{size[0]}-{len(tried)}")))
            async with running(machine.app(**starts(starter)), size) as person:
                visit = Visit(person, machine, tenant)
                while waiting is None or waiting:
                    visit.answer = NOTHING
                    await PLACES[place](visit)
                    await settled(person)
                    if waiting is None:
                        waiting = [words for words in keys_of(visit) if words not in tried]
                        assert waiting or tried, f"no key is shown\n{person.screen()}"
                        if not waiting:
                            break
                    words = waiting.pop(0)
                    tried.add(words)
                    fault = await pressed(visit, words)
                    wrong += [fault] if fault else []
                    if place.startswith(STORES) or words in ENDS or not person.app.is_running:
                        break
                for loan in visit.loans:
                    loan.take_back()
    assert not wrong, "\n\n".join(wrong)
