"""Every page and every dialog of the app, and what has to be done to be there."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from textual.screen import Screen
from textual.widgets import Input

from ionapi_tui.base.background import in_background
from ionapi_tui.domain.planned_tenant import PlannedTenant
from ionapi_tui.domain.profile import Checked, Profile
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.secret_stores.vault.passphrases import SHORTEST
from ionapi_tui.ui import messages
from ionapi_tui.ui.dialogs.confirm import ConfirmDelete, ConfirmHosts, ConfirmMove, ConfirmRemove, ConfirmStronger
from ionapi_tui.ui.dialogs.export import ExportDialog
from ionapi_tui.ui.dialogs.export_target import ExportTargetDialog
from ionapi_tui.ui.dialogs.folder import FolderDialog
from ionapi_tui.ui.dialogs.hand_over import HandedOverDialog, HandOverDialog
from ionapi_tui.ui.dialogs.lend import ConfirmLend, LendDialog
from ionapi_tui.ui.dialogs.notes import NotesDialog
from ionapi_tui.ui.dialogs.other_profile import OtherProfileDialog
from ionapi_tui.ui.dialogs.passphrase import NewPassphrase, UnlockDialog
from ionapi_tui.ui.dialogs.picker import Picker
from ionapi_tui.ui.dialogs.practice import EndDialog, PracticeDialog
from ionapi_tui.ui.dialogs.reading import AddressDialog, Reading
from ionapi_tui.ui.dialogs.rename import RenameDialog
from ionapi_tui.ui.dialogs.report import ReportDialog
from ionapi_tui.ui.dialogs.restore import ConfirmRestore
from ionapi_tui.ui.dialogs.tenant import ConfirmStartOver, ConfirmUnplan, PlanDialog, PortalDialog, TenantDialog
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.rotation_phases import Done, Reviewed, VerifiedNew
from ionapi_tui.ui.screens.bulk_import import BulkImportPage
from ionapi_tui.ui.screens.compare import ComparePage
from ionapi_tui.ui.screens.profile import ProfilePage
from ionapi_tui.ui.screens.review import ReviewPage
from ionapi_tui.ui.screens.rotation import RotationPage
from ionapi_tui.ui.screens.small_guide import SmallGuidePage
from ionapi_tui.ui.screens.store import StorePage
from ionapi_tui.ui.screens.verify import VerifyPage
from ionapi_tui.ui.widgets.board import Board
from ionapi_tui.ui.widgets.file_chooser import FileList
from ionapi_tui.usecases.lending import lend
from tests.fixtures import tampering
from tests.samples import as_bytes, client_credentials, random_text, sample
from tests.ui.driving import Person
from tests.ui.machine import Machine
from tests.ui.practising import Starter

NAMES = ("first", "second")
"""The profiles that are there from the beginning."""

NOTHING = object()
"""The answer of a dialog that has not been answered."""


@dataclass
class Visit:
    """Somebody on the way to a place."""

    person: Person
    machine: Machine
    tenant: PracticeTenant
    answer: Any = NOTHING
    """What the dialog was answered with."""
    loans: list[Any] = field(default_factory=list)
    """Files on loan, to be taken back in the end."""

    def profile(self, name: str = "first") -> Profile:
        """Return a stored profile."""
        return self.machine.profiles.profile(name)

    def stored(self, name: str, document: dict[str, Any]) -> Profile:
        """Return the profile with that name, stored when somebody is here for the first time."""
        known = {profile.name: profile for profile in self.machine.profiles.profiles()}
        return known.get(name) or self.machine.store_document(document, name)

    def production(self) -> Profile:
        """Return a profile whose name has to be typed; one of a practice tenant never is."""
        return self.stored("production", sample(tenant="ACME_PRD"))

    async def tidy_up(self) -> None:
        """Remove what was stored on the way here before."""
        others = [profile for profile in self.machine.profiles.profiles() if profile.name not in NAMES]
        if others:
            await self.page("home")
            for profile in others:
                self.machine.profiles.remove(profile)
            self.person.app.context.reload_profiles()

    async def page(self, page: str) -> Page:
        """Go to a page of the wizard, or to the board."""
        return await self.person.goes_to(page, Page)

    async def ask(self, dialog: Screen[Any]) -> None:
        """Show a dialog above the board."""
        await self.page("home")
        self.person.app.push_screen(dialog, self._answered)
        await self.person.is_on(type(dialog))

    def _answered(self, answer: object) -> None:
        self.answer = answer

    async def post(self, message: Any, kind: type[Screen[Any]]) -> Any:
        """Ask the app for something, and wait for the page that it shows."""
        self.person.app.post_message(message)
        return await self.person.is_on(kind)


Go = Callable[[Visit], Awaitable[object]]


async def welcome(visit: Visit) -> None:
    await visit.page("welcome")


async def board(visit: Visit) -> None:
    page = await visit.page("home")
    while page.query_one(Board).leave():
        await visit.person.pilot.pause()
    await visit.person.sees("second")


async def planned_tenant(visit: Visit) -> None:
    visit.machine.services().plan.add([PlannedTenant("GLOBEX_PRD", "Globex")])
    visit.person.app.context.reload_plan()
    await board(visit)
    await visit.person.press("end")
    await visit.person.sees("No file yet.")


async def empty_board(visit: Visit) -> None:
    for profile in visit.machine.profiles.profiles():
        visit.machine.profiles.remove(profile)
    visit.person.app.context.reload_profiles()
    await visit.page("home")
    await visit.person.sees("Nothing is stored yet.")


async def finding_on_the_board(visit: Visit) -> None:
    await board(visit)
    await visit.person.press("slash")
    await visit.person.until(lambda: isinstance(visit.person.app.focused, Input))


async def importing(visit: Visit) -> None:
    page = await visit.page("import")
    page.query_one(FileList).focus()
    await visit.person.until(lambda: page.query_one(FileList).option_count == len(FILES))


async def typing_a_path(visit: Visit) -> None:
    await importing(visit)
    await visit.person.press("slash")
    await visit.person.until(lambda: isinstance(visit.person.app.focused, Input))


async def next_steps(visit: Visit) -> None:
    await visit.page("next-steps")
    visit.person.app.context.update(stored=visit.profile())
    await visit.person.until(lambda: visit.profile().id in visit.person.app.state.copies)


async def next_steps_without_a_profile(visit: Visit) -> None:
    await visit.page("next-steps")


async def profile(visit: Visit) -> None:
    await visit.post(messages.ShowProfile(visit.profile()), ProfilePage)
    await visit.person.until(lambda: visit.profile().id in visit.person.app.state.copies)


async def profile_that_works(visit: Visit) -> None:
    await visit.post(messages.ShowProfile(visit.profile("second")), ProfilePage)


async def compare(visit: Visit) -> None:
    await visit.post(messages.Compare(visit.profile(), visit.profile("second")), ComparePage)


async def _review(visit: Visit, name: str) -> ReviewPage:
    await importing(visit)
    page: ReviewPage = await visit.post(messages.Picked(visit.machine.downloads / name), ReviewPage)
    await visit.person.until(lambda: visit.person.app.focused is not None)
    return page


async def good_file(visit: Visit) -> None:
    await _review(visit, "Good.ionapi")
    await visit.person.sees("Press Enter to store the secrets in")


async def bad_file(visit: Visit) -> None:
    await _review(visit, "Bad.ionapi")


async def stored_file(visit: Visit) -> None:
    await good_file(visit)
    await visit.person.press("ctrl+s")
    await visit.person.sees("read back and compared")


async def small_guide(visit: Visit) -> None:
    await next_steps(visit)
    await visit.post(messages.PlayGuide("docbits"), SmallGuidePage)


async def end_of_the_small_guide(visit: Visit) -> None:
    await small_guide(visit)
    page = visit.person.app.screen
    assert isinstance(page, SmallGuidePage)
    page.part = len(page._parts) - 1
    await visit.person.sees("Delete file")


async def _verified(visit: Visit, profile: Profile) -> VerifyPage:
    await visit.page("home")
    page: VerifyPage = await visit.post(messages.Verify(profile), VerifyPage)
    await visit.person.until(lambda: page.verification is not None)
    return page


async def verified(visit: Visit) -> None:
    await _verified(visit, visit.profile())


async def verified_with_an_error(visit: Visit) -> None:
    await _verified(visit, visit.stored("failing", visit.tenant.ionapi("missing-role")))


async def verified_and_folded(visit: Visit) -> None:
    await verified_with_an_error(visit)
    await visit.person.press("space")
    await visit.person.sees("Unfold")


async def _rotating(visit: Visit) -> RotationPage:
    await visit.page("home")
    page: RotationPage = await visit.post(messages.Rotate(visit.profile()), RotationPage)
    await visit.person.until(lambda: page.query_one(FileList).option_count == len(FILES))
    return page


async def rotation(visit: Visit) -> None:
    await _rotating(visit)


async def rotation_reviewed(visit: Visit) -> None:
    page = await _rotating(visit)
    new = visit.machine.elsewhere("New.ionapi")
    # What was switched to on an earlier visit is nothing new any more.
    new.write_bytes(as_bytes(visit.tenant.ionapi("v1.1-scopes")))
    await visit.person.paste(str(new))
    await visit.person.until(lambda: isinstance(page.phase, Reviewed))


async def rotation_reviewed_with_an_error(visit: Visit) -> None:
    page = await _rotating(visit)
    await visit.person.paste(str(visit.machine.downloads / "Bad.ionapi"))
    await visit.person.until(lambda: isinstance(page.phase, Reviewed))


async def rotation_verified(visit: Visit) -> None:
    await rotation_reviewed(visit)
    page = await visit.person.is_on(RotationPage)
    await visit.person.press("enter")
    await visit.person.until(lambda: isinstance(page.phase, VerifiedNew))


async def rotation_done(visit: Visit) -> None:
    await rotation_verified(visit)
    page = await visit.person.is_on(RotationPage)
    await visit.person.press("enter")
    await visit.person.until(lambda: isinstance(page.phase, Done))


async def folder_of_files(visit: Visit) -> None:
    page = await visit.post(messages.ImportFolder(visit.machine.downloads), BulkImportPage)
    await visit.person.until(lambda: page.rows is not None)
    await visit.person.press(*["down"] * next(at for at, row in enumerate(page.rows) if row.is_due))


async def folder_that_was_stored(visit: Visit) -> None:
    await folder_of_files(visit)
    await visit.person.press("enter")
    await visit.person.sees("Press Enter to verify it.")


async def folder_with_nothing_to_store(visit: Visit) -> None:
    (visit.machine.downloads / "Good.ionapi").unlink(missing_ok=True)
    page = await visit.post(messages.ImportFolder(visit.machine.downloads), BulkImportPage)
    await visit.person.until(lambda: page.rows is not None)


async def new_passphrase(visit: Visit) -> None:
    await visit.ask(NewPassphrase("New passphrase", "Of a vault.", "It cannot be recovered."))
    await visit.person.write(random_text(SHORTEST))


async def new_passphrase_once_more(visit: Visit) -> None:
    await new_passphrase(visit)
    await visit.person.press("enter")
    await visit.person.until(lambda: visit.person.app.focused is visit.person.app.screen.query_one("#second"))


async def stores(visit: Visit) -> None:
    visit.person.app.action_stores()
    page = await visit.person.is_on(StorePage)
    await visit.person.until(lambda: page.seen is not None and not page.doing)


async def keys(visit: Visit) -> None:
    await visit.page("home")
    await visit.person.opens("question_mark", Reading)


async def request(visit: Visit) -> None:
    await visit.post(messages.ShowRequest("Hello,\n\nplease."), Reading)


async def screenshots(visit: Visit) -> None:
    visit.machine.opens = False
    await visit.page("4")
    await visit.person.opens("s", AddressDialog)


async def practice(visit: Visit) -> None:
    visit.person.app.action_practice()
    await visit.person.is_on(PracticeDialog)


async def differing(visit: Visit) -> None:
    tampering.lead_elsewhere(visit.machine.paths.registry)
    visit.person.app.context.reload_profiles()
    await visit.page("home")
    await visit.post(messages.CheckAddresses(), ConfirmRestore)


async def lent(visit: Visit) -> None:
    while visit.loans:
        visit.loans.pop().take_back()
    services = visit.person.app.services
    loan = await in_background(lambda: lend(services, visit.profile(), visit.machine.downloads))
    visit.loans.append(loan)
    await visit.ask(LendDialog(loan, 15, services.now, "https://docs.docbits.example/"))


def dialog(make: Callable[[Visit], Screen[Any]]) -> Go:
    """Return the way to a dialog that ``make`` makes."""
    return lambda visit: visit.ask(make(visit))


def step(number: str) -> Go:
    """Return the way to a page of the wizard."""
    return lambda visit: visit.page(number)


PLACES: dict[str, Go] = {
    "welcome": welcome,
    "board": board,
    "planned tenant": planned_tenant,
    "empty board": empty_board,
    "finding on the board": finding_on_the_board,
    "prerequisites": step("prerequisites"),
    **{f"step {number}": step(number) for number in "12345"},
    "import": importing,
    "typing a path": typing_a_path,
    "next steps": next_steps,
    "next steps without a profile": next_steps_without_a_profile,
    "profile": profile,
    "profile that works": profile_that_works,
    "compare": compare,
    "good file": good_file,
    "bad file": bad_file,
    "stored file": stored_file,
    "small guide": small_guide,
    "end of the small guide": end_of_the_small_guide,
    "verified": verified,
    "verified with an error": verified_with_an_error,
    "verified and folded": verified_and_folded,
    "rotation": rotation,
    "rotation, reviewed": rotation_reviewed,
    "rotation, reviewed with an error": rotation_reviewed_with_an_error,
    "rotation, verified": rotation_verified,
    "rotation, done": rotation_done,
    "folder of files": folder_of_files,
    "folder that was stored": folder_that_was_stored,
    "folder with nothing to store": folder_with_nothing_to_store,
    "stores": stores,
    "keys": keys,
    "request": request,
    "screenshots": screenshots,
    "practice": practice,
    "end of practice": dialog(lambda _visit: EndDialog(1)),
    "hand over": dialog(lambda _visit: HandOverDialog()),
    "handed over": dialog(lambda visit: HandedOverDialog(visit.machine.downloads / "page.html", "Send it.")),
    "rename": dialog(lambda _visit: RenameDialog("acme-tst", {"acme-prd"})),
    "plan": dialog(lambda _visit: PlanDialog()),
    "remove from the plan": dialog(lambda _visit: ConfirmUnplan(PlannedTenant("GLOBEX_PRD"))),
    "start over": dialog(lambda _visit: ConfirmStartOver("ACME_TST")),
    "tenant": dialog(lambda _visit: TenantDialog("Which tenant?", "Each has its own guide.")),
    "portal": dialog(lambda _visit: PortalDialog("ACME_TST")),
    "notes": dialog(lambda visit: NotesDialog(visit.profile())),
    "report": dialog(lambda visit: ReportDialog(visit.profile(), visit.machine.downloads, verified=True)),
    "export": dialog(lambda visit: ExportDialog(visit.profile(), visit.machine.downloads)),
    "export of production": dialog(lambda visit: ExportDialog(visit.production(), visit.machine.downloads)),
    "export target": dialog(lambda _visit: ExportTargetDialog(None, remembered=True)),
    "other profile": dialog(lambda visit: OtherProfileDialog(visit.profile(), [visit.profile("second")])),
    "folder": dialog(lambda visit: FolderDialog(visit.machine.downloads)),
    "file picker": dialog(lambda visit: Picker("Choose a file", visit.machine.downloads)),
    "folder picker": dialog(lambda visit: Picker("Choose a folder", visit.machine.downloads, folders=True)),
    "passphrase": dialog(lambda _visit: UnlockDialog("vault", "Try again.")),
    "new passphrase": new_passphrase,
    "new passphrase, once more": new_passphrase_once_more,
    "remove": dialog(lambda visit: ConfirmRemove(visit.profile())),
    "remove production": dialog(lambda visit: ConfirmRemove(visit.profile(), visit.production())),
    "delete the file": dialog(lambda visit: ConfirmDelete(visit.machine.downloads / "Good.ionapi")),
    "move": dialog(lambda visit: ConfirmMove("vault", visit.profile())),
    "other hosts": dialog(lambda visit: ConfirmHosts(visit.profile(), ("acme.example",))),
    "stronger vault": dialog(lambda _visit: ConfirmStronger("vault")),
    "restore": differing,
    "lend": lent,
    "lend production": dialog(lambda visit: ConfirmLend(visit.production())),
}
"""Every place by its name."""


DOWNLOADED = 1_700_000_000
"""When the files were downloaded, in seconds since 1970."""

FILES = ("Doc2Export.ionapi", "Bad.ionapi", "Good.ionapi")
"""What is in the Downloads folder."""


def furnished(machine: Machine, tenant: PracticeTenant) -> Machine:
    """Give ``machine`` two profiles, one of which works, the file of the other, and a good and a bad file.

    All of them but the bad file are of ``tenant``, so that they can be verified.
    """
    first = tenant.ionapi()
    for name, document in zip(NAMES, (first, tenant.ionapi("long-tenant")), strict=True):
        machine.store_document(document, name)
    machine.record_check("second", Checked("2026-01-01T00:00:00Z", ok=True))
    documents = (first, client_credentials(), tenant.ionapi("v1.1-scopes"))
    for name, document in zip(FILES, documents, strict=True):
        # Files that have just come are shown later, and announced on the pages of the guide.
        os.utime(machine.download(name, content=as_bytes(document)), (DOWNLOADED, DOWNLOADED))
    return machine


def starts(starter: Starter) -> dict[str, Any]:
    """Return what the app of a visit is started with."""
    return {"start_practice": starter}
