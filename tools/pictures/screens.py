"""Take the pictures of the app: every screen at 80x24 and 120x40, light and dark, on made-up profiles.

Usage: python tools/pictures/screens.py [FOLDER]

The app is the real one; the keyring behind it lives in memory, and Infor is a practice tenant.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import gettempdir

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError
from playwright.async_api import Page as BrowserPage
from playwright.async_api import async_playwright
from textual.pilot import Pilot

from ionapi_tui.base.paths import Paths, assets
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.profile import Checked
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.secret_stores.choose import StoreChoice
from ionapi_tui.secret_stores.keyring_store import KeyringStore
from ionapi_tui.ui import messages
from ionapi_tui.ui.app import IonApiApp
from ionapi_tui.ui.screens.verify import VerifyPage
from ionapi_tui.ui.styling import DARK, LIGHT
from ionapi_tui.usecases.services import Services
from tools.pictures.portal import BROWSER_ARGUMENTS, browser_program, keep

FOLDER = Path(__file__).parents[2] / "assets/readme"
SIZES = ((80, 24), (120, 40))
THEMES = {"dark": DARK.name, "light": LIGHT.name}
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


class _MemoryKeyring(KeyringBackend):
    """A keyring that forgets everything at the end."""

    priority = 1.0

    def __init__(self) -> None:
        self._items: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._items.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._items[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self._items.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


class Studio:
    """A made-up machine, with the app on it and a browser to draw what it shows."""

    def __init__(self, home: Path, tenant: PracticeTenant, browser: BrowserPage, folder: Path) -> None:
        self.home, self.tenant, self._browser, self._folder = home, tenant, browser, folder
        self._choice = StoreChoice(KeyringStore(_MemoryKeyring(), "keyring:SecretService", "GNOME Keyring"), "")
        self.paths = Paths(home / "ours", home / "Downloads", assets())
        self.profiles = self.services().profiles
        self.suffix = ""

    def services(self) -> Services:
        """Return what the app works with."""
        return Services(self.paths, choose_store=lambda: self._choice, open_address=lambda _address: False)

    def record_check(self, name: str, checked: Checked) -> None:
        """Let a profile have been verified with that outcome."""
        self.profiles.record_checks({self.profiles.profile(name).id: checked})

    @asynccontextmanager
    async def app(self, size: tuple[int, int], theme: str) -> AsyncIterator[Pilot[None]]:
        """Run the app; pictures are named after ``size`` and ``theme``."""
        self.suffix = f"{size[0]}x{size[1]}-{theme}"
        app = IonApiApp(self.services())
        app.animation_level = "none"
        async with app.run_test(size=size, notifications=True) as pilot:
            app.theme = THEMES[theme]
            await until(pilot, lambda: app.state.store.known)
            yield pilot

    async def shoot(self, pilot: Pilot[None], name: str) -> None:
        """Write what is on the screen as ``name``, size and theme."""
        await pilot.pause(0.2)
        drawing = re.sub(r"@font-face \{.*?\}", "", pilot.app.export_screenshot(title="ionapi-tui"), flags=re.DOTALL)
        drawing = drawing.replace("Fira Code", "DejaVu Sans Mono")
        box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
        assert box is not None
        width, height = (int(float(number)) for number in box.groups())
        await self._browser.set_viewport_size({"width": width, "height": height})
        await self._browser.set_content(f'<body style="margin:0;background:transparent">{drawing}</body>')
        picture = await self._browser.screenshot(omit_background=True)
        keep(picture, self._folder / f"{name}-{self.suffix}.png", colours=96)

    async def shoot_page(self, page: str, name: str) -> None:
        """Write the top of a page of HTML as ``name``."""
        await self._browser.set_viewport_size({"width": 820, "height": 1000})
        await self._browser.set_content(page)
        keep(await self._browser.screenshot(), self._folder / f"{name}.png", colours=96)

    def document(self, **changes: str) -> dict[str, object]:
        """Return a working file of the practice tenant that looks like one of Infor's."""
        return {**self.tenant.ionapi("v1.1-scopes"), **changes}

    def download(self, name: str, document: dict[str, object]) -> Path:
        """Put a file into the watched folder."""
        self.paths.downloads.mkdir(parents=True, exist_ok=True)
        path = self.paths.downloads / name
        path.write_text(json.dumps(document, indent=2))
        path.chmod(0o600)
        return path


def cloud(document: dict[str, object], tenant: str, app: str) -> dict[str, object]:
    """Return ``document`` with the addresses of a made-up tenant in Infor's cloud."""
    ours = str(document["ti"])
    text = json.dumps(document).replace(f"{ours}~", f"{tenant}~").replace(f"{ours}#", f"{tenant}#")
    changed: dict[str, object] = json.loads(text)
    server = f"https://mingle-sso.eu1.inforcloudsuite.com:443/{tenant}/as/"
    return {**changed, "ti": tenant, "cn": app, "iu": "https://mingle-ionapi.eu1.inforcloudsuite.com", "pu": server}


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Let the app go on until ``condition`` holds."""
    for _attempt in range(200):
        if condition():
            return
        await pilot.pause(0.05)
    raise TimeoutError(f"waited in vain on {pilot.app.screen}")


async def wizard(studio: Studio, size: tuple[int, int], theme: str) -> None:
    """Take the pictures of the wizard, from nothing stored to something stored."""
    async with studio.app(size, theme) as pilot:
        app = pilot.app
        assert isinstance(app, IonApiApp)
        await studio.shoot(pilot, "welcome")
        await pilot.press("enter")
        await until(pilot, lambda: app.focused is not None)
        await pilot.press("space", "down", "space")
        await studio.shoot(pilot, "prerequisites")
        await pilot.press("r")
        await studio.shoot(pilot, "request")
        await pilot.press("escape")
        for step in "12345":
            await pilot.press("enter")
            await studio.shoot(pilot, f"step-{step}")
        broken = cloud(studio.document(), "ACME_TST", "Doc2Export")
        broken = {key: value for key, value in broken.items() if key not in ("saak", "sask")}
        broken |= {"dt": "1", "pu": str(broken["pu"]).replace("ACME_TST", "ACME_PRD")}
        studio.download("Doc2Export.ionapi", broken)
        await pilot.press("enter")
        await pilot.pause(1.5)
        studio.download("Doc2Export (1).ionapi", cloud(studio.document(), "ACME_TST", "Doc2Export"))
        await pilot.pause(1.5)
        await studio.shoot(pilot, "import")
        await pilot.press("enter")
        await pilot.pause(0.5)
        await studio.shoot(pilot, "review")
        await pilot.press("escape", "down", "enter")
        await pilot.pause(0.5)
        await studio.shoot(pilot, "review-errors")
        await pilot.press("escape", "up", "enter")
        await pilot.pause(0.5)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: bool(studio.profiles.profiles()))
        await studio.shoot(pilot, "stored")
        await pilot.press("enter")
        await studio.shoot(pilot, "next-steps")


async def board(studio: Studio, size: tuple[int, int], theme: str) -> None:
    """Take the pictures of stored profiles and of verifying them."""
    stored = {"acme-prd": "ACME_PRD", "initech-trn": "INITECH_TRN", "globex-dev": "GLOBEX_DEV"}
    for name, tenant in stored.items():
        studio.profiles.add(Credentials.from_document(cloud(studio.document(), tenant, "DocBits_" + tenant[-3:])), name)
    recent = (datetime.now(UTC) - timedelta(minutes=2)).isoformat()
    studio.record_check("acme-prd", Checked(recent, ok=True))
    studio.record_check("acme-tst", Checked((datetime.now(UTC) - timedelta(hours=30)).isoformat(), ok=True))
    missing = "The user has not the security role IDM-AdvancedUser."
    studio.record_check("globex-dev", Checked(recent, ok=False, headline=missing))
    for name, variant in (("practice-good", "v1.1-scopes"), ("practice-role", "missing-role")):
        studio.profiles.add(Credentials.from_document(studio.tenant.ionapi(variant)), name)
    async with studio.app(size, theme) as pilot:
        app = pilot.app
        assert isinstance(app, IonApiApp)
        await pilot.press("question_mark")
        await studio.shoot(pilot, "keys")
        await pilot.press("escape", "f1")
        await studio.shoot(pilot, "help")
        await pilot.press("escape")
        for name, picture in (("practice-good", "verify-green"), ("practice-role", "verify-red")):
            app.post_message(messages.Verify(studio.profiles.profile(name)))
            await until(pilot, lambda: isinstance(app.screen, VerifyPage) and app.screen.verification is not None)
            await studio.shoot(pilot, picture)
            await pilot.press("escape")
            await pilot.pause(0.2)
        studio.tenant.faults.on("timeout")
        app.post_message(messages.Verify(studio.profiles.profile("practice-good")))
        await pilot.pause(1.2)
        await studio.shoot(pilot, "verify-running")
        await pilot.press("escape")
        studio.tenant.faults.clear()


@contextmanager
def home_in_pictures() -> Iterator[Path]:
    """Make a home directory whose path can be shown to anybody, for as long as the block lasts."""
    home = Path(gettempdir()) / "ann"
    home.mkdir()
    try:
        yield home
    finally:
        shutil.rmtree(home)


async def take_pictures(folder: Path, *scenes: Callable[[Studio, tuple[int, int], str], Awaitable[None]]) -> None:
    """Take the pictures of every scene into ``folder``: at each size, in each theme, one after the other."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_program(), args=BROWSER_ARGUMENTS)
        page = await browser.new_page()
        for size in SIZES:
            for theme in THEMES:
                with PracticeTenant() as tenant, home_in_pictures() as home:
                    studio = Studio(home, tenant, page, folder)
                    for scene in scenes:
                        await scene(studio, size, theme)
        await browser.close()


def folder_wanted() -> Path:
    """Return the folder that the command line names, or that of the README's pictures."""
    wanted = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    wanted.mkdir(parents=True, exist_ok=True)
    return wanted


if __name__ == "__main__":
    asyncio.run(take_pictures(folder_wanted(), wizard, board))
