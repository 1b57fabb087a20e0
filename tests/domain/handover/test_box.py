"""The box that encrypts, in real browsers: what it writes, what it refuses, and that it talks to nobody."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ionapi_tui.base import language
from ionapi_tui.base.paths import assets
from ionapi_tui.domain.guide import load
from ionapi_tui.domain.handover.encrypted_file import EncryptedFile, new_key
from ionapi_tui.domain.handover.file_request import FileRequest
from ionapi_tui.domain.handover.page import Customer
from ionapi_tui.usecases.handing_over import PageFormat, hand_over_to
from tests.fixtures.chromium import chromium
from tests.fixtures.encrypting import decrypt
from tests.fixtures.firefox import firefox
from tests.samples import REMOVED, as_bytes, client_credentials, on_premises, sample, sample_bytes, web_app

pytestmark = pytest.mark.browser

PUBLIC, KEY = new_key()
REQUEST = FileRequest("0123456789abcdef", "Acme GmbH", "2026-11-22T07:30:00Z", "keyring:Test", PUBLIC)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of this module."""
    with chromium() as browser:
        yield browser


def write_page(folder: Path, code: str = "en", tenant: str = "ACME_TST", name: str = "Acme GmbH") -> Path:
    """Write the page in a language and return where it is."""
    customer = Customer(name, tenant, "docbits.service", "Doc2Export")
    language.load(code, language.folder())
    try:
        return hand_over_to(customer, load(assets(), code), folder, PageFormat.HTML, REQUEST)
    finally:
        language.use("en", None)


@pytest.fixture(scope="module", params=["en", "de"])
def page_file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page, in each language."""
    return write_page(tmp_path_factory.mktemp("page"), request.param)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A window, as a person has one."""
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, page_file: Path) -> Page:
    """The page, opened from disk."""
    page = context.new_page()
    page.goto(page_file.as_uri())
    return page


def give(page: Page, raw: bytes, name: str = "Doc2Export.ionapi") -> None:
    """Choose a file with that content."""
    page.set_input_files("#box-file", {"name": name, "mimeType": "application/octet-stream", "buffer": raw})
    expect(page.locator("#box-result")).to_be_visible()


def saved(page: Page) -> tuple[str, bytes]:
    """Press the button; return the name and the content of what was saved."""
    with page.expect_download() as download:
        page.click("#box-result a.button")
    name, path = download.value.suggested_filename, download.value.path()
    raw = path.read_bytes()
    download.value.delete()
    return name, raw


@pytest.mark.parametrize("name", ["Doc2Export.ionapi", "Doc2Export (1).ionapi", "doc2export.IONAPI", "Größe.txt"])
def test_what_it_saves_opens_here_and_with_an_independent_implementation(page: Page, name: str) -> None:
    raw = sample_bytes()
    give(page, raw, name)
    file, encrypted = saved(page)
    stem = name.rpartition(".")[0]
    assert re.fullmatch(rf"{re.escape(stem)}\.ionapi\.enc", file, re.IGNORECASE)
    header, content = decrypt(encrypted, KEY.reveal())
    assert content == raw
    assert (header["alg"], header["enc"], header["kid"]) == ("ECDH-ES", "A256GCM", REQUEST.id)
    opened = EncryptedFile.parse(encrypted)
    assert (opened.request, opened.open(KEY)) == (REQUEST.id, raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf" + sample_bytes(),
        sample_bytes().decode().encode("utf-16"),
        as_bytes(on_premises(tenant="ACME_TST")),
        sample_bytes(cn="Größe \U0001f600 株式会社"),
        sample_bytes(padding="x" * 900_000),
    ],
    ids=["bom", "utf-16", "on-premises", "names", "large"],
)
def test_every_usable_file_is_encrypted_byte_for_byte(page: Page, raw: bytes) -> None:
    give(page, raw)
    assert EncryptedFile.parse(saved(page)[1]).open(KEY) == raw


def test_no_two_encryptions_are_alike(page: Page) -> None:
    raw = sample_bytes()
    give(page, raw)
    first = saved(page)[1].split(b".")
    give(page, raw)
    second = saved(page)[1].split(b".")
    assert [one == other for one, other in zip(first, second, strict=True)] == [False, True, False, False, False]


def test_the_key_of_rfc_7518_appendix_c_is_derived_in_the_browser(page: Page) -> None:
    shared = [
        *(158, 86, 217, 29, 129, 113, 53, 211, 114, 131, 66, 131, 191, 132, 38, 156),
        *(251, 49, 110, 163, 218, 128, 106, 72, 246, 218, 167, 121, 140, 254, 144, 196),
    ]
    derived = page.evaluate(
        """async (shared) => base64url(await concatKdf(
            new Uint8Array(shared), "A128GCM", 128, utf8.encode("Alice"), utf8.encode("Bob")))""",
        shared,
    )
    assert derived == "VqqN6vgjbSBcIijNcacQGg"


def test_the_page_asks_for_nothing_and_could_not_if_it_tried(browser: Browser, page_file: Path) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    give(page, sample_bytes())
    saved(page)
    assert {url.partition(":")[0] for url in asked if url != page_file.as_uri()} <= {"data", "blob"}
    tries = page.evaluate(
        """async (address) => {
            const blocked = [];
            addEventListener("securitypolicyviolation", (event) => blocked.push(event.effectiveDirective));
            const ended = (target) => new Promise((done) => { target.onload = target.onerror = done; });
            await fetch(address + "fetch").catch(() => {});
            navigator.sendBeacon(address + "beacon", "x");
            try { new WebSocket(address.replace("http", "ws")); } catch {}
            try { new EventSource(address + "events"); } catch {}
            const image = new Image(); image.src = address + "image"; await ended(image);
            const script = document.createElement("script"); script.textContent = "window.ran = true";
            document.body.append(script);
            const form = document.createElement("form"); form.action = address + "form"; form.method = "post";
            document.body.append(form); form.submit();
            await new Promise((done) => {
                const look = () => blocked.includes("form-action") ? done() : setTimeout(look, 10);
                look();
            });
            return [[...new Set(blocked)].sort(), window.ran === true];
        }""",
        address,
    )
    assert tries == [["connect-src", "form-action", "img-src", "script-src-elem"], False]
    context.close()
    listener.setblocking(False)
    with listener, suppress(BlockingIOError):
        while True:
            # Chromium opens a connection for the form before it looks at the policy; nothing may be sent on it.
            connection, _address = listener.accept()
            with connection:
                connection.setblocking(True)
                assert connection.recv(1) == b""


def csv() -> bytes:
    """Return the list of a service account's keys."""
    document = sample()
    return f"Name,Access Key,Secret Key\ndocbits,{document['saak']},{document['sask']}\n".encode()


PROBLEMS = [
    ("nothing", b"", "5", "This file is empty"),
    ("spaces", b" \r\n", "5", "This file is empty"),
    ("too large", b"{" + b" " * 1_048_576, "5", "too large"),
    ("cut", sample_bytes()[:-40], "5", "incomplete or was edited"),
    ("binary", b"\xc3\x28\xa0\xa1", "5", "incomplete or was edited"),
    ("web page", b"<!doctype html><html>", "5", "web page"),
    ("list", b"[1, 2]", "5", "another kind of file"),
    ("number", b"7", "5", "another kind of file"),
    ("null", b"null", "5", "another kind of file"),
    ("other JSON", b'{"name": "x"}', "5", "another kind of file"),
    ("text", b"hello", "5", "another kind of file"),
    ("keys as CSV", csv(), "3", "list of a service account's keys"),
    ("keys as Excel", b"PK\x03\x04xl/", "3", "list of a service account's keys"),
    ("bridge key", as_bytes({"kty": "RSA", "n": "x"}), "3", "Bridge Authentication"),
    ("bridge keys", as_bytes({"keys": [{"kty": "RSA"}]}), "3", "Bridge Authentication"),
    ("mapping", b"# IDM\nInvoice_No = id\nDate = date\n", "3", "mapping file"),
    ("no service account", as_bytes(client_credentials()), "4", "has no service account"),
    ("web app", as_bytes(web_app()), "2", "not a Backend Service"),
    ("no secret key", sample_bytes(sask=REMOVED), "3", "missing or empty: sask."),
    ("empty and missing", sample_bytes(cs="", pu=REMOVED, ti=7), "3", "missing or empty: ti, cs, pu."),
]


@pytest.mark.parametrize(
    ("raw", "step", "says"), [problem[1:] for problem in PROBLEMS], ids=[one[0] for one in PROBLEMS]
)
def test_what_is_not_the_file_is_not_encrypted_and_the_step_is_named(
    page: Page, page_file: Path, raw: bytes, step: str, says: str
) -> None:
    give(page, raw, "wrong.ionapi")
    result = page.locator("#box-result")
    words = " ".join(result.inner_text().split())
    assert page.locator("#box-result a.button").count() == 0
    assert "wrong.ionapi" in words
    link = result.locator("a")
    assert link.get_attribute("href") == f"#step-{step}"
    link.click()
    expect(page.locator(f"h2#step-{step}")).to_be_in_viewport()
    if page.locator("html").get_attribute("lang") == "en":
        assert says in words
    else:
        assert not re.search(r"\b(the|This|file|Go back)\b", words)


def test_a_file_that_is_encrypted_already_is_sent_as_it_is(page: Page) -> None:
    give(page, sample_bytes())
    _name, encrypted = saved(page)
    give(page, encrypted, "Doc2Export.ionapi.enc")
    expect(page.locator("#box-result.trouble")).to_be_visible()
    assert page.locator("#box-result a").count() == 0


def test_after_a_wrong_file_the_right_one_is_taken(page: Page) -> None:
    give(page, b"{}")
    expect(page.locator("#box-result.trouble")).to_be_visible()
    give(page, sample_bytes())
    expect(page.locator("#box-result.see")).to_be_visible()
    give(page, b"{}")
    assert page.locator("#box-result a.button").count() == 0, "the good file must not stay beside the bad one"


def test_another_tenant_than_the_one_that_was_asked_for_is_said(page: Page) -> None:
    give(page, sample_bytes(tenant="ACME_PRD"))
    assert "ACME_PRD" in page.locator("#box-result .warning").inner_text()
    assert "ACME_TST" in page.locator("#box-result .warning").inner_text()
    give(page, sample_bytes())
    assert page.locator("#box-result .warning").count() == 0


def test_the_text_to_send_can_be_copied_and_names_no_secret(context: BrowserContext, page: Page) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    document = sample()
    give(page, as_bytes(document))
    page.click("#box-result button")
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.includes('Doc2Export.ionapi.enc'))")
    letter = page.evaluate("navigator.clipboard.readText()")
    assert letter == page.locator("#box-result pre").text_content()
    for value in (document["ti"], "Doc2Export", REQUEST.short_id):
        assert value in letter
    shown = page.content()
    assert not [key for key in ("cs", "saak", "sask") if document[key] in shown]


def test_names_in_the_file_are_text(page: Page) -> None:
    hostile = "<img src=x onerror=alert(1)>{file}$&"
    dialogs: list[object] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog))  # noqa: PLW0108 - not a function of Python
    give(page, sample_bytes(cn=hostile), "<b>x</b>.ionapi")
    assert hostile in page.locator("#box-result").inner_text()
    assert page.locator("#box-result img, #box-result b").count() == 0
    assert not dialogs


def test_a_name_that_ends_a_script_does_not(context: BrowserContext, tmp_path: Path) -> None:
    page = context.new_page()
    page.goto(write_page(tmp_path, tenant="</script><b>", name="</script><!--").as_uri())
    give(page, sample_bytes())
    assert "</script><b>" in page.locator("#box-result .warning").inner_text()


def test_a_dropped_file_is_taken_wherever_it_lands(page: Page) -> None:
    page.evaluate(
        """(text) => {
            const moved = new DataTransfer();
            moved.items.add(new File([text], "Doc2Export.ionapi"));
            const event = { dataTransfer: moved, bubbles: true, cancelable: true };
            document.querySelector("h1").dispatchEvent(new DragEvent("drop", event));
        }""",
        sample_bytes().decode(),
    )
    expect(page.locator("#box-result.see")).to_be_visible()


def test_the_box_is_reached_and_used_with_the_keyboard(page: Page) -> None:
    # A browser that is not told beforehand to hand its file dialog over may open it before it hears of it.
    page.on("filechooser", lambda _chooser: None)
    page.bring_to_front()
    page.locator("#box-file").focus()
    expect(page.locator("#box-file")).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    raw = sample_bytes()
    chooser.value.set_files({"name": "a.ionapi", "mimeType": "", "buffer": raw})
    expect(page.locator("#box-result")).to_be_focused()
    page.keyboard.press("Tab")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "a.ionapi.enc"


def test_without_scripts_the_page_says_how_to_open_it(browser: Browser, page_file: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(page_file.as_uri())
    expect(page.locator("#box-off")).to_be_visible()
    expect(page.locator("#box-drop")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_every_window_and_can_be_read(browser: Browser, page_file: Path, width: int, scheme: Any) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(page_file.as_uri())
    give(page, sample_bytes(), f"{'a' * 80}.ionapi")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    contrasts = page.evaluate(
        """() => {
            const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
            const light = (color) => {
                canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
                const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
                    .map((part) => part / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const ground = (element) => {
                const color = getComputedStyle(element).backgroundColor;
                return /, 0\\)$/.test(color) ? ground(element.parentElement) : color;
            };
            return [...document.querySelectorAll("main *")].filter((one) => one.checkVisibility()
                && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())).map((one) => {
                const pair = [light(getComputedStyle(one).color), light(ground(one))].sort((a, b) => b - a);
                return [(pair[0] + 0.05) / (pair[1] + 0.05), one.textContent.slice(0, 40)];
            });
        }"""
    )
    assert len(contrasts) > 50
    assert [one for one in contrasts if one[0] < 4.5] == []
    context.close()


def test_in_firefox_the_file_is_encrypted_and_the_policy_holds(page_file: Path, tmp_path: Path) -> None:
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    chosen = tmp_path / "Doc2Export.ionapi"
    raw = sample_bytes()
    chosen.write_bytes(raw)
    with firefox(tmp_path / "home-of-firefox", downloads) as window:
        window.send("WebDriver:Navigate", url=page_file.as_uri())
        assert window.run("return [isSecureContext, document.getElementById('box-off').hidden]") == [True, True]
        blocked = window.run(
            """const blocked = [];
            addEventListener("securitypolicyviolation", (event) => blocked.push(event.effectiveDirective));
            return fetch("http://127.0.0.1:9/").catch(() => new Promise((done) => setTimeout(() => done(blocked))));"""
        )
        assert blocked == ["connect-src"]
        window.type_into("#box-file", str(chosen))
        window.run(
            """return new Promise((done) => {
                const look = () => document.querySelector("#box-result.see") ? done() : setTimeout(look, 20);
                look();
            })"""
        )
        window.click("#box-result a.button")
        file = downloads / "Doc2Export.ionapi.enc"
        end = time.monotonic() + 60
        while not (file.is_file() and file.stat().st_size) and time.monotonic() < end:
            window.run("return 1")
        assert EncryptedFile.parse(file.read_bytes()).open(KEY) == raw
        assert "ACME_TST" in window.run("return document.querySelector('#box-result pre').textContent")
    chosen.unlink()
