"""Take the guide's screenshots: the portal of the practice tenant in Chromium, with the numbers of the guide's text.

Usage: python tools/pictures/portal.py [FOLDER]

Those in other languages lie in folders inside.

The pictures change only when the pages do: what is random is replaced before each one.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import FloatRect, Locator, Page, ViewportSize, sync_playwright

from ionapi_tui.base import language
from ionapi_tui.base.language import _
from ionapi_tui.practice.names import AppType
from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.practice.state.apps import AppForm

FOLDER = Path(__file__).parents[2] / "assets/guide/screenshots"
SIZE: ViewportSize = {"width": 1280, "height": 800}
SERVICE_USER = "practice.service"

BROWSER_ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars", "--force-color-profile=srgb"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]

_STEADY = """() => {
    const steady = "PRACTICE_TST~" + "x".repeat(43);
    for (const box of document.querySelectorAll("#client_id")) box.value = steady;
    for (const code of document.querySelectorAll("code.short")) code.textContent = steady;
    document.activeElement?.blur();
}"""

_CALLOUT = """([boxes, number, right_side]) => {
    const colour = "#c2187a", gap = 5;
    const left = Math.min(...boxes.map(b => b.x)) - gap, top = Math.min(...boxes.map(b => b.y)) - gap;
    const right = Math.max(...boxes.map(b => b.x + b.width)) + gap;
    const bottom = Math.max(...boxes.map(b => b.y + b.height)) + gap;
    const ring = document.createElement("div"), badge = document.createElement("div");
    Object.assign(ring.style, {position: "fixed", zIndex: 90, left: left + "px", top: top + "px",
        width: right - left + "px", height: bottom - top + "px", border: `3px solid ${colour}`, borderRadius: "9px",
        boxShadow: "0 0 0 2px #fff", pointerEvents: "none", boxSizing: "border-box"});
    badge.textContent = number;
    const x = right_side ? right + 6 : left - 40;
    Object.assign(badge.style, {position: "fixed", zIndex: 91, left: x + "px", top: (top + bottom) / 2 - 17 + "px",
        width: "34px", height: "34px", borderRadius: "50%", background: colour, color: "#fff", display: "grid",
        placeItems: "center", font: "700 19px system-ui, 'DejaVu Sans', sans-serif", boxShadow: "0 0 0 2px #fff",
        pointerEvents: "none"});
    document.body.append(ring, badge);
}"""


@dataclass(frozen=True)
class Callout:
    """A ring round something, with a number of the guide's text."""

    number: int
    around: tuple[Locator, ...]
    right: bool = False
    """Whether the number stands to the right of the ring, where it hides nothing."""

    def draw(self, page: Page) -> None:
        """Draw it into the page."""
        boxes = [locator.bounding_box() for locator in self.around]
        page.evaluate(_CALLOUT, [boxes, str(self.number), self.right])


class Camera:
    """Takes pictures of one page into one folder."""

    def __init__(self, page: Page, folder: Path) -> None:
        self._page = page
        self._folder = folder

    def shoot(self, name: str, height: int, *callouts: Callout) -> None:
        """Write ``name``.png with the upper ``height`` pixels of the page."""
        self._page.evaluate(_STEADY)
        for callout in callouts:
            callout.draw(self._page)
        clip: FloatRect = {"x": 0, "y": 0, "width": SIZE["width"], "height": height}
        keep(self._page.screenshot(clip=clip), self._folder / f"{name}.png")


def keep(screenshot: bytes, path: Path, colours: int = 192) -> None:
    """Write a picture in few colours, unless the one that is there looks the same."""
    full = Image.open(BytesIO(screenshot)).convert("RGB")
    # Half of them as they are, those of large areas; the others spread over all there are, because what covers little
    # tells a red cross from a green dot.
    counted = sorted(full.getcolors(full.width * full.height) or [], key=lambda one: -one[0])[: colours // 2]
    common = [part for _count, colour in counted if isinstance(colour, tuple) for part in colour]
    spread = full.quantize(colours - colours // 2, Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette(common + spread)
    picture = full.quantize(palette=palette, dither=Image.Dither.NONE)
    if path.is_file():
        with Image.open(path) as before:
            difference = ImageChops.difference(before.convert("RGB"), picture.convert("RGB"))
        # Chromium does not paint every edge alike twice.
        if before.size == picture.size and max(difference.tobytes()) <= 8:
            return
    picture.save(path, optimize=True)


def take_pictures(page: Page, url: str, camera: Camera) -> None:
    """Follow the guide and take a picture at each step."""
    page.goto(f"{url}/portal/")
    page.get_by_role("radio", name="Practice Administrator").check()
    page.get_by_role("button", name=_("Log in")).click()
    ion_api = page.get_by_role("link", name="Infor ION API")
    camera.shoot("image_1_ion_api", 400, Callout(1, (page.locator("li", has=ion_api),), right=True))

    ion_api.click()
    apps = page.get_by_role("link", name=_("Authorized Apps"))
    apps.click()
    plus = page.get_by_role("link", name=_("Add New App"))
    camera.shoot("image_2_authorized_apps", 400, Callout(2, (apps,), right=True), Callout(3, (plus,)))

    plus.click()
    name, description = page.get_by_label(_("Name"), exact=True), page.get_by_label(_("Description"))
    name.fill("Doc2Export")
    description.fill("Doc2Export")
    backend = page.locator("label", has_text=_("Backend Service"))
    backend.click()
    refresh_tokens = page.get_by_role("switch", name=_("Issue Refresh Tokens"))
    refresh_tokens.check()
    save = page.get_by_role("button", name=_("Save"))
    camera.shoot(
        "image_3_idm_capture",
        740,
        Callout(1, (name, description)),
        Callout(2, (backend,)),
        Callout(3, (page.get_by_label(_("Grant Type")),)),
        Callout(3, (page.locator(".switch label", has=refresh_tokens),)),
        Callout(4, (save,)),
    )

    save.click()
    download_credentials = page.get_by_role("button", name=_("Download Credentials"))
    camera.shoot("image_3b_app_page", 520, Callout(1, (download_credentials,)))

    download_credentials.click()
    switch = page.locator(".dialog .switch label")
    switch.click()
    user = page.get_by_label(_("User Name"))
    user.fill(SERVICE_USER)
    camera.shoot("image_4_download_credentials", 600, Callout(1, (switch,)), Callout(2, (user,)))
    page.reload()
    switch.click()
    user.fill(SERVICE_USER)
    camera.shoot("image_5_download", 600, Callout(1, (page.get_by_role("button", name=_("DOWNLOAD")),), right=True))


def browser_program() -> str | None:
    """Return the path of the browser of this machine."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def portal_page() -> Iterator[tuple[Page, str]]:
    """Give a page of a browser, and the address of a practice tenant with one app in its list."""
    with PracticeTenant() as tenant, sync_playwright() as playwright:
        form = AppForm("PartnerPortal", "An app that was there before", AppType.WEB)
        tenant.state.apps.add(tenant.tenant, form)
        browser = playwright.chromium.launch(executable_path=browser_program(), args=BROWSER_ARGUMENTS)
        # The pages allow no foreign styles; the callouts are such.
        yield browser.new_context(viewport=SIZE, bypass_csp=True, color_scheme="light").new_page(), tenant.url
        browser.close()


def take_all(folder: Path) -> None:
    """Take the pictures in English into ``folder``, in every other language into a folder of its own inside."""
    for code in language.known():
        language.load(code, language.folder())
        place = folder if code == "en" else folder / code
        place.mkdir(parents=True, exist_ok=True)
        with portal_page() as (page, url):
            take_pictures(page, url, Camera(page, place))


if __name__ == "__main__":
    take_all(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
