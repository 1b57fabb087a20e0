"""Take the pictures of the board, of a profile, of a folder's import and of new credentials.

Usage: python -m tools.pictures.board [FOLDER]

They are taken as those of ``screens.py`` are: the real app, a keyring in memory, a practice tenant for Infor.
"""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime, timedelta

from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.planned_tenant import PlannedTenant
from ionapi_tui.domain.profile import Checked, timestamp
from ionapi_tui.profile_store.progress import Progress
from ionapi_tui.ui import messages
from ionapi_tui.ui.app import IonApiApp
from ionapi_tui.ui.rotation_phases import Done, Reviewed, VerifiedNew
from ionapi_tui.ui.screens.bulk_import import BulkImportPage
from ionapi_tui.ui.screens.compare import ComparePage
from ionapi_tui.ui.screens.rotation import RotationPage
from ionapi_tui.usecases.report import ReportFormat
from ionapi_tui.usecases.reporting import gather, text_of
from tools.pictures.screens import Studio, cloud, folder_wanted, take_pictures, until

CUSTOMERS = ("acme", "globex", "initech", "umbrella", "stark", "wayne", "hooli")
MISSING = "The user Svc DocBits does not have the security role IDM-AdvancedUser."
GONE = "Infor knows no such client: the authorized app was deleted, or its secret is another one now."


def fill(studio: Studio) -> None:
    """Store profiles of several customers, with mixed results."""
    now = datetime.now(UTC)
    results = [
        Checked((now - timedelta(minutes=2)).isoformat(), ok=True),
        Checked((now - timedelta(hours=30)).isoformat(), ok=True),
        Checked((now - timedelta(hours=3)).isoformat(), ok=False, headline=MISSING, code="role-missing"),
        None,
        Checked((now - timedelta(days=9)).isoformat(), ok=True),
        Checked((now - timedelta(minutes=50)).isoformat(), ok=False, headline=GONE, code="invalid-client"),
    ]
    number = 0
    for customer in CUSTOMERS:
        for environment in ("PRD", "TST"):
            tenant, name = f"{customer.upper()}_{environment}", f"{customer}-{environment.lower()}"
            document = cloud(studio.document(), tenant, f"DocBits_{environment}")
            studio.profiles.add(Credentials.from_document({**document, "ci": f"{tenant}~{number:043}"}), name)
            if checked := results[number % len(results)]:
                studio.record_check(name, checked)
            number += 1


async def board(studio: Studio, size: tuple[int, int], theme: str) -> None:
    """Take the pictures of the board and of a profile."""
    fill(studio)
    for name, variant in (("practice-good", "v1.1-scopes"), ("practice-role", "missing-role")):
        studio.profiles.add(Credentials.from_document(studio.tenant.ionapi(variant)), name)
    async with studio.app(size, theme) as pilot:
        app = pilot.app
        assert isinstance(app, IonApiApp)
        await pilot.press("down", "down")
        await studio.shoot(pilot, "board")
        await pilot.press("space", "down", "space", "s", "s")
        await studio.shoot(pilot, "board-marked")
        await pilot.press("escape", "slash", *"tst", "space", *"role")
        await studio.shoot(pilot, "board-finding")
        await pilot.press("escape", "slash", *"practice", "enter")
        studio.tenant.faults.on("timeout")
        await pilot.press("V")
        await pilot.pause(1)
        await studio.shoot(pilot, "board-verifying")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: app.state.verifying is None)
        studio.tenant.faults.clear()
        app.post_message(messages.ShowProfile(studio.profiles.profile("acme-prd")))
        await studio.shoot(pilot, "profile")
        await pilot.press("e", "e", "e")
        await studio.shoot(pilot, "profile-example")
        await pilot.press("r")
        await studio.shoot(pilot, "rename")
        await pilot.press("escape", "escape")
        app.post_message(messages.Remove(studio.profiles.profile("stark-tst")))
        await studio.shoot(pilot, "remove")
        await pilot.press("enter")
        await studio.shoot(pilot, "removed")
        app.post_message(messages.Export(studio.profiles.profile("acme-prd")))
        await studio.shoot(pilot, "export")


async def planned(studio: Studio, size: tuple[int, int], theme: str) -> None:
    """Take the pictures of planned tenants, of a comparison and of a report."""
    plan, progress = studio.services().plan, studio.services().progress
    now = timestamp(datetime.now(UTC))
    plan.add(
        [
            PlannedTenant("SOYLENT_PRD", "Soylent", "ann@soylent.example", "docbits.service"),
            PlannedTenant("SOYLENT_TST", "Soylent", "ann@soylent.example", requested=now),
            PlannedTenant("TYRELL_PRD", "Tyrell", "roy@tyrell.example", awaited=now),
            PlannedTenant("TYRELL_TST", "Tyrell", "roy@tyrell.example"),
        ]
    )
    progress.save(Progress("export-to-infor", "3", frozenset({"1", "2"}), "TYRELL_TST"))
    async with studio.app(size, theme) as pilot:
        app = pilot.app
        assert isinstance(app, IonApiApp)
        await pilot.press("end", "up")
        await studio.shoot(pilot, "plan")
        good, other = (studio.profiles.profile(name) for name in ("practice-good", "practice-role"))
        app.post_message(messages.Compare(good, other))
        await until(pilot, lambda: isinstance(app.screen, ComparePage))
        await pilot.press("v")
        await until(pilot, lambda: {good.id, other.id} <= set(app.state.verified))
        await pilot.press("d")
        await studio.shoot(pilot, "compare")
    if theme == "light" and size == (80, 24):
        (report,) = await gather(
            studio.services().connections, [studio.profiles.profile("practice-role")], datetime.now(UTC)
        )
        await studio.shoot_page(text_of(report, ReportFormat.HTML), "report")


async def folder(studio: Studio, size: tuple[int, int], theme: str) -> None:
    """Take the pictures of the import of a folder."""
    twice = cloud(studio.document(), "VEHEMENT_PRD", "DocBits_PRD")
    documents = {
        "DocBits_PRD (2).ionapi": {**twice, "dt": "1"},
        "DocBits_PRD (1).ionapi": twice,
        "Doc2Export.ionapi": {**cloud(studio.document(), "ACME_PRD", "DocBits_PRD"), "ci": f"ACME_PRD~{0:043}"},
        "DocBits_TST.ionapi": {**cloud(studio.document(), "MASSIVE_TST", "DocBits_TST"), "ci": f"MASSIVE_TST~{9:043}"},
        "Web.ionapi": {key: value for key, value in twice.items() if key not in ("saak", "sask")},
        "Soylent.ionapi": {**cloud(studio.document(), "SOYLENT_DEV", "Doc2Export"), "ci": f"SOYLENT_DEV~{8:043}"},
    }
    for age, (name, document) in enumerate(documents.items()):
        os.utime(studio.download(name, document), (1_700_000_000 + age,) * 2)
    async with studio.app(size, theme) as pilot:
        await pilot.press("b")
        await studio.shoot(pilot, "folder")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, BulkImportPage) and bool(pilot.app.screen.rows))
        await pilot.press("down")
        await studio.shoot(pilot, "bulk-import")
        await pilot.press("enter")
        await pilot.pause(1)
        await studio.shoot(pilot, "bulk-imported")


async def rotation(studio: Studio, size: tuple[int, int], theme: str) -> None:
    """Take the pictures of new credentials for a profile."""
    for old in studio.paths.downloads.iterdir():
        old.unlink()
    studio.download("Doc2Export (1).ionapi", studio.tenant.ionapi())
    async with studio.app(size, theme) as pilot:
        app = pilot.app
        assert isinstance(app, IonApiApp)
        app.post_message(messages.Rotate(studio.profiles.profile("practice-good")))
        await until(pilot, lambda: isinstance(app.screen, RotationPage))
        page = app.screen
        assert isinstance(page, RotationPage)
        await pilot.pause(1)
        await studio.shoot(pilot, "rotation-choose")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(page.phase, Reviewed))
        await studio.shoot(pilot, "rotation-review")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(page.phase, VerifiedNew))
        await studio.shoot(pilot, "rotation-proven")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(page.phase, Done))
        await studio.shoot(pilot, "rotation-done")


if __name__ == "__main__":
    asyncio.run(take_pictures(folder_wanted(), board, planned, folder, rotation))
