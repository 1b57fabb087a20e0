"""The guide is executable: somebody who follows its words ends with a stored profile that works."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ionapi_tui import cli
from ionapi_tui.base import language
from ionapi_tui.base.paths import assets
from ionapi_tui.domain.guide import Guide, load, parse
from ionapi_tui.practice.server import PracticeTenant
from tests.e2e.portal import portal_page
from tests.e2e.reader import Lost, Reader
from tests.fixtures.chromium import chromium
from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.program import PROGRAM
from tests.fixtures.terminal import ENTER, NARROW, Terminal, control
from tests.samples import MARKER

pytestmark = [pytest.mark.browser, pytest.mark.terminal, pytest.mark.keyring]

GUIDES = assets() / "guide"
LANGUAGES = sorted(folder.name for folder in GUIDES.iterdir() if list(folder.glob("*.md")))
ADMINISTRATOR, SERVICE_USER = "guide.administrator", "guide.service"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of this module."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def tenant() -> Iterator[PracticeTenant]:
    """A practice tenant of the test's own, as new as the guide expects it."""
    with PracticeTenant(secret_marker=MARKER) as tenant:
        yield tenant


@pytest.fixture(params=LANGUAGES)
def guide(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Guide]:
    """The guide in each language, with the portal and the app speaking it."""
    monkeypatch.setenv("LANGUAGE", request.param)
    language.load(request.param, Path(cli.__file__).parent.parent / "locale")
    yield load(assets(), request.param)
    language.use("en", None)


def hire(tenant: PracticeTenant, guide: Guide) -> None:
    """Make the guide's two users, with the roles that its prerequisites name and no others."""
    for user_name, user in zip((ADMINISTRATOR, SERVICE_USER), guide.prerequisites.topics, strict=True):
        tenant.state.people.add(user_name, user_name.replace(".", " ").title(), [role.canonical for role in user.roles])


def words(text: str) -> str:
    """Return ``text`` as ``Terminal.text`` gives it."""
    return " ".join(text.split())


def test_who_does_what_the_guide_says_while_the_app_shows_it_has_a_working_profile(
    guide: Guide, tenant: PracticeTenant, browser: Browser, own_home: Path, in_private_keyring: PrivateKeyring
) -> None:
    hire(tenant, guide)
    downloads = own_home / "downloads"
    with Terminal(size=NARROW) as app, portal_page(browser, tenant, downloads) as page:
        reader = Reader(page, guide.front.language, SERVICE_USER)
        reader.log_in(ADMINISTRATOR)
        app.sees("ionapi-tui", words(guide.front.title))
        app.press(ENTER)
        app.sees(guide.prerequisites.topics[0].roles[0].canonical)
        app.press(ENTER)
        for step in guide.steps:
            app.sees(words(step.paragraphs[0].plain))
            reader.follow(step)
            app.press(ENTER)
        app.sees(str(downloads)[:40], " Doc2Export.ionapi ")
        document = json.loads((downloads / "Doc2Export.ionapi").read_text())
        app.press(ENTER)
        app.sees(document["iu"], "practice-tst")
        app.press(ENTER)
        app.until(lambda: profiles() == ["practice-tst"])
        app.press(control("q"))
        assert app.ends() == 0
        app.screen()  # what was drawn is searched for secrets
    kept = "".join(in_private_keyring.items().values())
    assert all(document[key] in kept for key in ("cs", "saak", "sask"))
    assert verified("practice-tst") == {"insecure-url"}


@pytest.mark.parametrize(
    ("words", "instead", "complaint"),
    [
        (
            "open **Infor ION API**",
            "open **Infor ION Desk**",
            "step 1, item 1: “Infor ION Desk” or “OS > API Gateway” is not",
        ),
        ("Press **+** above", "Press **Add** above", "step 1, item 3: “Add” is not on the page"),
        ("meaningful **Name**", "meaningful **Title**", "step 2, item 1: “Title” is not on the page"),
        ("**Type** **Backend Service**", "**Type** **Web Service**", "step 2, item 2: “Web Service” is not on"),
        ("**Type** **Backend Service**", "**Scopes** **Backend Service**", "step 2, item 2"),
        (
            " to **Password Credentials**",
            " as shown",
            "step 2, item 3: the guide does not say what to choose as “Grant Type”",
        ),
        (
            " to **Password Credentials**",
            " to **Password**",
            "step 2, item 3: “Password” is not on the page",
        ),
        ("**disk icon**.", "**floppy icon**.", "step 2, item 4: “floppy icon” is not on the page"),
        ("**Client ID** and **Secret** are", "**Client Key** and **Secret** are", "step 2, what to see: “Client Key”"),
        ("called **Download Credentials**", "called **Credentials**", "step 3, what to see: “Credentials” is not on"),
        ("1. Turn on **Create Service Account**.\n2. ", "1. ", "step 4, item 1: “User Name” or “Full Name” is not"),
        ("Press **DOWNLOAD**", "Press **Download**", "step 5, item 1: “Download” is not on the page"),
        (
            "as `Doc2Export.ionapi`",
            "as `Doc2Export.json`",
            "step 5, item 1: the browser saves Doc2Export.ionapi, and not Doc2Export.json",
        ),
    ],
)
def test_a_guide_that_does_not_match_the_pages_stops_its_reader(
    words: str, instead: str, complaint: str, tenant: PracticeTenant, browser: Browser, own_home: Path
) -> None:
    path = GUIDES / "en" / "export-to-infor.md"
    original = path.read_text("utf-8")
    assert original.count(words) == 1
    step = parse(original.replace(words, instead), path.parent).steps[int(complaint[5]) - 1]
    app = f"/portal/ion-api/apps/{tenant.ionapi()['ci']}"
    before = ("/portal/menu", "/portal/ion-api/apps/new", app, f"{app}/credentials", f"{app}/credentials")
    with portal_page(browser, tenant, own_home / "downloads") as page:
        reader = Reader(page, "en", "practice.service")
        reader.log_in("practice.admin")
        page.goto(tenant.url + before[int(step.id) - 1])
        with pytest.raises(Lost, match=f"^{re.escape(complaint)}"):
            reader.follow(step)


def test_an_administrator_without_a_role_that_the_guide_forgot_cannot_begin(
    tenant: PracticeTenant, browser: Browser, own_home: Path
) -> None:
    guide = guide_without("IONAPI-Administrator")
    hire(tenant, guide)
    with portal_page(browser, tenant, own_home / "downloads") as page:
        reader = Reader(page, "en", SERVICE_USER)
        reader.log_in(ADMINISTRATOR)
        with pytest.raises(Lost, match="step 1, item 1: “Infor ION API” or “OS > API Gateway” is not on the page"):
            reader.follow(guide.steps[0])


def test_a_service_user_without_a_role_that_the_guide_forgot_is_found_out(
    tenant: PracticeTenant, browser: Browser, own_home: Path, in_private_keyring: PrivateKeyring
) -> None:
    guide = guide_without("IDM-AdvancedUser")
    hire(tenant, guide)
    with portal_page(browser, tenant, own_home / "downloads") as page:
        reader = Reader(page, "en", SERVICE_USER)
        reader.log_in(ADMINISTRATOR)
        for step in guide.steps:
            reader.follow(step)
    assert run("import", str(own_home / "downloads/Doc2Export.ionapi")).returncode == 0
    assert verified("practice-tst") == {"insecure-url", "role-missing", "idm-forbidden"}


def guide_without(role: str) -> Guide:
    """Return the English guide as if it did not ask for a role."""
    path = GUIDES / "en" / "export-to-infor.md"
    bullet = re.compile(rf"^- \*\*[^`]*`{role}`.*$\n", re.MULTILINE)
    text, found = bullet.subn("", path.read_text("utf-8"))
    assert found == 1
    return parse(text, path.parent)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=60, check=False)


def profiles() -> list[str]:
    """Return the names of the stored profiles, as another process sees them."""
    return [profile["name"] for profile in json.loads(run("list", "--json").stdout)]


def verified(profile: str) -> set[str]:
    """Let another process read the profile back and prove it live; return the codes of what it found."""
    done = run("verify", profile, "--json")
    return {finding["code"] for finding in json.loads(done.stdout)[0]["findings"]}
