"""Every key that a footer shows does what its words say, on every page and in every dialog.

Each key is pressed where it is shown. What has to happen is written down for each of the words, so that a key with new
words needs a line in ``DEEDS``, and words that promise something else than the key does fail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
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
from ionapi_tui.ui.dialogs.tenant import ConfirmUnplan, PlanDialog, PortalDialog, TenantDialog
from ionapi_tui.ui.rotation_phases import Switching, VerifyingNew
from ionapi_tui.ui.screens.compare import ComparePage
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.import_file import ImportPage
from ionapi_tui.ui.screens.next_steps import NextStepsPage
from ionapi_tui.ui.screens.prerequisites import PrerequisitesPage
from ionapi_tui.ui.screens.profile import ProfilePage
from ionapi_tui.ui.screens.review import ReviewPage
from ionapi_tui.ui.screens.rotation import RotationPage
from ionapi_tui.ui.screens.small_guide import SmallGuidePage
from ionapi_tui.ui.screens.step import StepPage
from ionapi_tui.ui.screens.store import StorePage
from ionapi_tui.ui.screens.verify import VerifyPage
from ionapi_tui.ui.screens.welcome import WelcomePage
from ionapi_tui.ui.widgets.file_chooser import FileList
from ionapi_tui.ui.widgets.frame import Key, KeyBar
from tests.ui.driving import NARROW, WIDE, running
from tests.ui.machine import Machine
from tests.ui.places import NOTHING, PLACES, Visit, furnished, starts
from tests.ui.practising import Starter
from tests.ui.walking import is_laid_out, settled


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


def gets_further(visit: Visit, before: Before) -> bool:
    """Return whether the same page shows something else, and is not at work any more."""
    return changes(visit, before) and not isinstance(getattr(before.screen, "phase", None), VerifyingNew | Switching)


def complains(visit: Visit, before: Before) -> bool:
    """Return whether the same dialog says why it has not been answered yet."""
    wrong = visit.person.app.screen.query(".wrong, .complaint, #wrong, #about-second")
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
    "Add": complains,
    "Again": lambda visit, before: getattr(visit.person.app.screen, "verification", None) is not before.verification,
    "All files": changes,
    "Another language": lambda _visit, _before: language.current() != "en",
    "Back": either(moves_on, changes),
    "Back to the file": is_left,
    "Back to the list": lambda visit, _before: isinstance(visit.person.app.focused, FileList),
    "Browse": shows(Picker),
    "Cancel": is_left,
    "Check addresses": says("matches what was stored"),
    "Clear marks": changes,
    "Clear the ticks": is_answered,
    "Close": is_left,
    "Compare": either(shows(ComparePage, OtherProfileDialog), is_answered),
    "Complete": moves_focus,
    "Continue": either(is_left, gets_further),
    "Copy": copies,
    "Copy client ID": copies,
    "Copy it": copies,
    "Copy name": copies,
    "Copy the path": copies,
    "Create a vault": shows(NewPassphrase),
    "Delete": is_answered,
    "Delete file": either(shows(ConfirmDelete), is_left),
    "Delete the file": shows(ConfirmDelete),
    "Delete the files": shows(ConfirmDelete),
    "Differences only": changes,
    "Done": changes,
    "Encrypt again": is_answered,
    "End practice": either(shows(EndDialog), lambda visit, _before: not visit.person.app.state.practice),
    "End, keep profiles": is_answered,
    "End, remove profiles": is_answered,
    "Example": changes,
    "Export": shows(ExportDialog),
    "Export target": shows(ExportTargetDialog),
    "File": shows(ImportPage),
    "Find": types,
    "Finish": is_left,
    "Fold": changes,
    "Folder above": changes,
    "Generate one": changes,
    "Go to step": shows(StepPage),
    "Guide": shows(PrerequisitesPage, ImportPage),
    "Hand over": shows(HandOverDialog),
    "Help": shows(Reading),
    "Import": shows(ImportPage),
    "Import a file": shows(ImportPage),
    "Import a folder": shows(FolderDialog),
    "Keep": is_left,
    "Keep practising": is_left,
    "Keep both": is_left,
    "Keep the name": is_left,
    "Keys": shows(Reading),
    "Leave it": is_left,
    "List everything": changes,
    "Lend file": shows(LendDialog, ConfirmLend),
    "Light or dark": lambda visit, before: visit.person.app.theme != before.theme,
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
    "OK": complains,
    "Open": either(shows(ReviewPage, PrerequisitesPage, ImportPage, ProfilePage), is_answered, complains, changes),
    "Password store": shows(StorePage),
    "Picture": says("cannot show pictures"),
    "Plan tenants": shows(PlanDialog),
    "Portal": either(opens_outside, shows(PortalDialog)),
    "Practise": shows(PracticeDialog),
    "Prerequisites": shows(PrerequisitesPage),
    "Preview": is_answered,
    "Profiles": shows(HomePage),
    "Quit": lambda visit, before: not visit.person.app.is_running or shows(EndDialog)(visit, before),
    "Refresh": changes,
    "Remove": either(shows(ConfirmRemove, ConfirmUnplan), is_answered, complains),
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
    "Suspend (type fg to return)": says("no shell"),
    "Tenant": shows(TenantDialog),
    "To the list": moves_focus,
    "Tick": changes,
    "Type a path": types,
    "Unfold": changes,
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
    "Write report": shows(ReportDialog),
    "Write the file": either(is_answered, complains),
    "Write the page": says("Enter the customer that the page is for."),
    "Write the report": is_answered,
    "Yes, send them there": is_answered,
}
"""What has to happen, by the words beside a key."""


PATIENCE = 60.0
"""Seconds for what a key does."""

ENDS = frozenset(
    {
        *("End practice", "Lend file", "Move", "Move here", "Quit", "Restore", "Unlock", "Use this one"),
        *("Verify all", "Verify both"),
    }
)
"""What leaves something changed, or at work: after these words the app is started anew."""


@dataclass
class Found:
    """What was found at one place."""

    shown: set[str] = field(default_factory=set)
    """The words of the keys that were shown."""
    pressed: set[str] = field(default_factory=set)
    """The words of the keys that were pressed."""
    wrong: list[str] = field(default_factory=list)
    """What did not happen as it was promised."""


def keys_of(visit: Visit) -> dict[str, Key]:
    """Return the keys in the footer by their words; of two with the same words the first."""
    bar = visit.person.app.screen.query_one(KeyBar)
    footer = " ".join(visit.person.screen().splitlines()[bar.region.y].split())
    shown = [key for key in bar.keys if key.enabled and f"{key.shown} {key.words}" in footer]
    return {key.words: key for key in reversed(shown)}


async def pressed(visit: Visit, words: str) -> str | None:
    """Press the key with these words, and return what is wrong with what happens."""
    key = keys_of(visit).get(words)
    assert key is not None
    if words not in DEEDS:
        return f"{key.shown} {words!r}: DEEDS does not say what this promises"
    visit.person.notices.clear()
    if visit.person.app.notices.shown:
        # What was said before must be neither in the picture nor gone from it.
        visit.person.app.clear_notifications()
        await settled(visit.person)
    before = seen(visit)
    await visit.person.press(key.key)
    try:
        await visit.person.until(lambda: DEEDS[words](visit, before), seconds=PATIENCE)
    except AssertionError:
        return f"{key.shown} {words!r} does something else, or nothing:\n{visit.person.screen()}"
    if not visit.person.app.is_running:
        return None if words == "Quit" else f"{key.shown} {words!r} ends the app"
    if words == "Another language":
        visit.person.app.appearance.use_language("en")
    # What is being opened is there before it is left.
    await visit.person.until(lambda: is_laid_out(visit.person.app))
    await visit.person.pilot._wait_for_screen()
    return None


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Leave the process speaking English."""
    yield
    language.use("en", None)


@pytest.mark.parametrize("place", PLACES)
async def test_every_key_in_the_footer_does_what_it_says(
    place: str, own_home: Path, tenant: PracticeTenant, starter: Starter
) -> None:
    found, started, is_left = Found(), 0, True
    while is_left:
        started += 1
        language.use("en", None)
        machine = furnished(Machine(own_home / str(started)), tenant)
        async with running(machine.app(**starts(starter)), NARROW) as person:
            visit = Visit(person, machine, tenant)
            is_left = await press_all(place, visit, found)
            for loan in visit.loans:
                loan.take_back()
    assert found.pressed, "no key is shown"
    assert not found.wrong, "\n\n".join(found.wrong)
    assert found.pressed == found.shown, "these are not shown every time"


async def press_all(place: str, visit: Visit, found: Found) -> bool:
    """Press what has not been pressed yet; return whether the app has to be started anew for what is left."""
    for size in (NARROW, WIDE):
        await visit.person.resize(*size)
        while words := await next_key(place, visit, found):
            found.pressed.add(words)
            fault = await pressed(visit, words)
            found.wrong += [fault] if fault else []
            if words in ENDS or not visit.person.app.is_running:
                return True
    return False


async def next_key(place: str, visit: Visit, found: Found) -> str | None:
    """Go to the place, and return the words of a key there that has not been pressed yet."""
    visit.answer = NOTHING
    await visit.tidy_up()
    await PLACES[place](visit)
    await settled(visit.person)
    shown = set(keys_of(visit))
    found.shown |= shown
    # What ends the app comes last, so that it is started less often.
    return min(shown - found.pressed, key=lambda words: (words in ENDS, words), default=None)
