"""Film the main job: the installed program in a real terminal, with a real keyring, from the welcome to the board.

Usage: python -m tools.pictures.film [FOLDER]

The result is an animated GIF. Infor is a practice tenant, and the keyring is a GNOME Keyring on a D-Bus of its own.
"""

from __future__ import annotations

import html
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from ionapi_tui.practice.server import PracticeTenant
from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.terminal import BACKGROUND, DOWN, ENTER, NARROW, Terminal
from tests.samples import MARKER
from tools.pictures.portal import BROWSER_ARGUMENTS, browser_program

FOLDER: Final = Path(__file__).parents[2] / "assets/readme"
LARGEST: Final = 2_000_000
"""The most bytes of the film, which a README loads at once."""
COLOURS: Final = 64

_STYLE: Final = (
    "body { margin: 0; background: #%s } "
    "pre { margin: 0; padding: 8px 10px; font: 14px/17px 'DejaVu Sans Mono', monospace; width: max-content }"
)


@dataclass
class Film:
    """Frames, each with how long it is shown."""

    browser: Page
    frames: list[tuple[Image.Image, int]] = field(default_factory=list)
    """Pictures with their times in milliseconds."""

    def shoot(self, window: Terminal, seconds: float) -> None:
        """Add what is on the screen, to be shown for so long."""
        self.browser.set_content(_page(window))
        picture = Image.open(BytesIO(self.browser.locator("pre").screenshot())).convert("RGB")
        self.frames.append((picture, round(seconds * 1000)))

    def save(self, path: Path) -> None:
        """Write the film.

        Raises:
            ValueError: it is larger than a README may load.
        """
        pictures = [picture for picture, _time in self.frames]
        sheet = Image.new("RGB", (pictures[0].width, pictures[0].height * len(pictures)))
        for number, picture in enumerate(pictures):
            sheet.paste(picture, (0, number * picture.height))
        # One palette for all: a colour must not change from frame to frame.
        palette = sheet.quantize(COLOURS, Image.Quantize.MAXCOVERAGE)
        drawn = [picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in pictures]
        times = [time for _picture, time in self.frames]
        drawn[0].save(path, save_all=True, append_images=drawn[1:], duration=times, loop=0, optimize=True)
        if path.stat().st_size > LARGEST:
            raise ValueError(f"{path} has {path.stat().st_size} bytes")


def _page(window: Terminal) -> str:
    """Return the screen of a terminal as a page: every run of characters that look alike is one element."""
    lines = []
    for row in window.cells():
        parts = []
        for (foreground, background, bold), cells in groupby(row, lambda cell: cell[1:]):
            text = html.escape("".join(cell[0] for cell in cells))
            weight = ";font-weight:bold" if bold else ""
            parts.append(f'<span style="color:#{foreground};background:#{background}{weight}">{text}</span>')
        lines.append("".join(parts))
    return f"<style>{_STYLE % BACKGROUND}</style><pre>" + "\n".join(lines) + "</pre>"


def main_job(film: Film, window: Terminal, downloads: Path, document: dict[str, object]) -> None:
    """Go through the main job as a user would, and film it."""
    window.sees("Start the guide")
    film.shoot(window, 3)
    window.press(ENTER)
    window.sees("[ ] ION Desk Admin", "Space Tick")
    film.shoot(window, 2)
    for _role in range(6):
        window.press(" ", DOWN)
        window.rests(0.2)
        film.shoot(window, 0.4)
    for number in range(1, 6):
        window.press(ENTER)
        window.sees(f"Step {number} of 5")
        window.rests(0.3)
        film.shoot(window, 2.5)
    window.press(ENTER)
    window.sees("Import the file")
    window.rests(0.3)
    film.shoot(window, 2)
    file = downloads / "Doc2Export.ionapi"
    file.write_text(json.dumps(document))
    file.chmod(0o600)
    window.sees("Doc2Export.ionapi just now")
    film.shoot(window, 1.5)
    window.press(ENTER)
    window.sees("Press Enter to store the secrets in")
    window.rests(0.3)
    film.shoot(window, 3)
    window.press(ENTER)
    window.sees("These credentials work")
    window.rests(0.3)
    film.shoot(window, 3.5)
    window.press(ENTER)
    window.sees("Give the file to DocBits")
    window.rests(0.3)
    film.shoot(window, 2.5)
    window.press(ENTER)
    window.sees("practice-tst", "1 of 1")
    window.rests(0.3)
    film.shoot(window, 4)
    file.unlink()


@contextmanager
def desktop(folder: Path) -> Iterator[dict[str, str]]:
    """Unlock a keyring of its own, and return the environment of a program that uses it."""
    keyring = PrivateKeyring(folder)
    try:
        yield keyring.env | {
            "IONAPI_TUI_HOME": str(keyring.home / "ionapi-tui"),
            "IONAPI_TUI_DOWNLOADS": str(keyring.home / "downloads"),
            "PYTHON_KEYRING_BACKEND": "",
            "LANGUAGE": "en",
        }
    finally:
        keyring.stop()


def main() -> None:
    """Film the main job, and write the film to the folder that was named."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    with (
        TemporaryDirectory() as place,
        desktop(Path(place)) as environment,
        PracticeTenant(secret_marker=MARKER) as tenant,
        sync_playwright() as playwright,
    ):
        downloads = Path(environment["IONAPI_TUI_DOWNLOADS"])
        downloads.mkdir(parents=True)
        browser = playwright.chromium.launch(executable_path=browser_program(), args=BROWSER_ARGUMENTS)
        film = Film(browser.new_page(device_scale_factor=1))
        with Terminal(size=NARROW, environment=environment) as window:
            main_job(film, window, downloads, tenant.ionapi())
        browser.close()
    film.save(folder / "main-job.gif")


if __name__ == "__main__":
    main()
