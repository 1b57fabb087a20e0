"""Take the pictures of the app for the README files in other languages.

Usage: python tools/pictures/languages.py [FOLDER [all]]

They lie in a folder of the language beside the English ones; with ``all``, those are taken too that no README shows.
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

from playwright.async_api import async_playwright
from textual.pilot import Pilot

from ionapi_tui.base import language
from ionapi_tui.practice.server import PracticeTenant
from tools.pictures.portal import BROWSER_ARGUMENTS, browser_program
from tools.pictures.screens import FOLDER, Studio, board, home_in_pictures, wizard

ROOT = Path(__file__).parents[2]
LOOKS = (((120, 40), "dark"), ((80, 24), "dark"), ((80, 24), "light"))


class _Choosy(Studio):
    """A studio that takes only the pictures that are shown somewhere."""

    shown: frozenset[str] | None = None

    async def shoot(self, pilot: Pilot[None], name: str) -> None:
        """Take the picture, if somebody shows it."""
        if self.shown is None or f"{name}-{self.suffix}" in self.shown:
            await super().shoot(pilot, name)


def shown_in(code: str) -> frozenset[str]:
    """Return the names of the pictures in the README of a language."""
    readme = (ROOT / f"README.{code}.md").read_text("utf-8")
    return frozenset(re.findall(rf"assets/readme/{code}/(\S+?)\.png", readme))


async def take_pictures(folder: Path, *, everything: bool) -> None:
    """Take the pictures of every language but English into ``folder``."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_program(), args=BROWSER_ARGUMENTS)
        page = await browser.new_page()
        for code in language.known()[1:]:
            language.load(code, language.folder())
            for size, theme in LOOKS:
                with PracticeTenant() as tenant, home_in_pictures() as home:
                    studio = _Choosy(home, tenant, page, folder / code)
                    studio.shown = None if everything else shown_in(code)
                    await wizard(studio, size, theme)
                    await board(studio, size, theme)
        await browser.close()


if __name__ == "__main__":
    wanted = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for code in language.known()[1:]:
        (wanted / code).mkdir(parents=True, exist_ok=True)
    asyncio.run(take_pictures(wanted, everything="all" in sys.argv[2:]))
