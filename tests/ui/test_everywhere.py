"""What works on every page: keys, help, palette, mouse, theme, screenshots, copying."""

from __future__ import annotations

import pytest
from textual.widgets import Input, Static

from ionapi_tui.base.paths import assets
from ionapi_tui.domain.guide import load
from ionapi_tui.domain.guide.flow import order
from ionapi_tui.ui.dialogs.hand_over import HandOverDialog
from ionapi_tui.ui.dialogs.practice import EndDialog
from ionapi_tui.ui.page import Page
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.import_file import ImportPage
from ionapi_tui.ui.screens.prerequisites import PrerequisitesPage
from ionapi_tui.ui.screens.step import StepPage
from ionapi_tui.ui.screens.welcome import WelcomePage
from ionapi_tui.ui.widgets.choices import Choices
from ionapi_tui.ui.widgets.frame import KeyBar, Rail
from ionapi_tui.ui.widgets.tick import RoleTick
from tests.ui.driving import NARROW, WIDE, Person, running
from tests.ui.looking import faults
from tests.ui.machine import Machine
from tests.ui.walking import is_laid_out

PAGES = (*order(load(assets(), "en")), "home")
KINDS = ("home", "welcome", "prerequisites", "2", "import", "next-steps")
"""One page of each kind."""


async def test_question_mark_shows_every_key_of_the_page_and_f1_its_help(machine: Machine) -> None:
    async with running(machine.app(), WIDE) as person:
        for page in KINDS:
            shown = await person.goes_to(page, Page)
            await person.press("question_mark")
            await person.sees("Keys", "Tab, arrows", "Every command and profile", "Ctrl+Q Quit")
            await person.press("escape")
            await person.until(lambda shown=shown: person.app.screen is shown)  # type: ignore[misc]
            await person.press("f1")
            await person.sees("Help", " ".join(shown.HELP_TEXT.split()[:4]))
            await person.press("escape")
            await person.until(lambda shown=shown: person.app.screen is shown)  # type: ignore[misc]


async def test_question_mark_shows_every_key_of_a_dialog_and_is_typed_where_there_is_a_line(machine: Machine) -> None:
    async with running(machine.app()) as person:
        await person.is_on(WelcomePage)
        for dialog in (EndDialog(1), HandOverDialog()):
            person.app.push_screen(dialog)
            await person.is_on(type(dialog))
            await person.until(lambda dialog=dialog: is_laid_out(person.app) and dialog.focused is not None)  # type: ignore[misc]
            await person.press("?")
            if isinstance(dialog.focused, Input):
                await person.until(lambda dialog=dialog: dialog.focused.value == "?")  # type: ignore[misc]
            else:
                await person.sees("End, keep profiles", "Every command and profile")
                await person.press("escape")
                await person.until(lambda dialog=dialog: person.app.screen is dialog)  # type: ignore[misc]


async def test_question_mark_twice_shows_the_keys_once(machine: Machine) -> None:
    async with running(machine.app()) as person:
        await person.press("question_mark")
        await person.sees("Every command and profile")
        await person.press("question_mark", "escape")
        await person.is_on(WelcomePage)


async def choose(person: Person, words: str, entry: str) -> None:
    """Open the palette, type ``words``, and choose ``entry`` when it is what they find."""
    await person.press("ctrl+p")
    await person.until(lambda: "Search" in person.text())
    await person.press(*words)
    # While it still looks, Textual's palette takes Enter for something else.
    await person.until(lambda: not any("gather" in worker.group for worker in person.app.workers))
    await person.sees(entry)
    await person.press("enter")


async def test_the_palette_leads_to_every_page_and_to_profiles(machine: Machine) -> None:
    machine.store("ACME_TST")
    async with running(machine.app()) as person:
        await person.until(lambda: person.app.state.stops)
        await choose(person, "Download the file", "Go to: 5 Download the file")
        await person.until(lambda: getattr(person.app.screen, "step", None) is not None)
        page = await person.is_on(StepPage)
        assert page.step.id == "5"
        await choose(person, "acme", "Profile acme-tst")
        await person.sees("Secrets in")


async def test_the_palette_offers_the_keys_of_the_page(machine: Machine) -> None:
    async with running(machine.app()) as person:
        await person.goes_to("prerequisites", PrerequisitesPage)
        theme = person.app.theme
        await choose(person, "Light", "Light or dark")
        await person.until(lambda: person.app.theme != theme)


async def click_key(person: Person, words: str) -> None:
    """Wait for a key in the last line and click it."""

    def column() -> int | None:
        return next((bar.column_of(words) for bar in person.app.screen.query(KeyBar)), None)

    await person.until(lambda: column() is not None)
    await person.click(person.app.screen.query_one(KeyBar), ((column() or 0) + 1, 0))


async def test_the_footer_can_be_clicked(machine: Machine) -> None:
    async with running(machine.app(), NARROW) as person:
        await person.is_on(WelcomePage)
        await click_key(person, "Import a file")
        await person.is_on(ImportPage)
        await click_key(person, "Keys")
        await person.sees("Every command and profile")


async def test_the_whole_way_can_be_gone_with_the_mouse(machine: Machine) -> None:
    async with running(machine.app()) as person:
        page = await person.is_on(WelcomePage)
        await person.click(page.query_one(Choices))
        prerequisites = await person.is_on(PrerequisitesPage)
        for role in prerequisites.query(RoleTick):
            role.scroll_visible(animate=False)
            await person.pilot.pause()
            await person.click(role)
            await person.until(lambda role=role: role.done)  # type: ignore[misc]
        for number in "12345":
            await click_key(person, "Next")
            await person.sees(f"Step {number} of 5")
        await click_key(person, "Next")
        await person.is_on(ImportPage)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["line", "column"])
async def test_a_click_on_the_rail_goes_to_that_page(machine: Machine, size: tuple[int, int]) -> None:
    async with running(machine.app(), size) as person:
        page = await person.goes_to("1", StepPage)
        rail = page.query_one(Rail)
        await person.until(lambda: rail.size.width and (rail.size.height > 1) is (size == WIDE))
        padding = rail.content_region.offset - rail.region.offset
        # The fourth entry is step 3.
        entry = (0, 3) if size == WIDE else (rail.column_of("3"), 0)
        await person.click(rail, (padding.x + entry[0], padding.y + entry[1]))
        await person.until(lambda: getattr(person.app.screen, "step", None) and person.app.screen.step.id == "3")  # type: ignore[attr-defined]


async def test_the_theme_changes_from_dark_to_light_to_high_contrast_and_back(machine: Machine) -> None:
    async with running(machine.app()) as person:
        dark = person.app.theme
        await person.press("ctrl+t")
        await person.until(lambda: person.app.theme != dark)
        assert person.app.current_theme.dark is False
        await person.press("ctrl+t")
        await person.until(lambda: person.app.theme == "ionapi-contrast")
        await person.press("ctrl+t")
        await person.until(lambda: person.app.theme == dark)


@pytest.mark.parametrize("size", [(59, 24), (80, 15), (20, 5)])
async def test_a_window_too_small_is_said_politely_and_nothing_is_lost(machine: Machine, size: tuple[int, int]) -> None:
    async with running(machine.app(), NARROW) as person:
        page = await person.goes_to("import", ImportPage)
        await person.press("slash")
        await person.write("half-typed")
        await person.resize(*size)
        await person.until(lambda: "too small" in person.text())
        assert not page.query_one(KeyBar).display
        await person.resize(*NARROW)
        await person.sees("half-typed", "Choose the file")


async def test_sixty_by_sixteen_is_enough(machine: Machine) -> None:
    async with running(machine.app(), (60, 16)) as person:
        for page in PAGES:
            await person.goes_to(page, Page)
            await person.until(person.text)
            assert "too small" not in person.text()


async def test_s_opens_every_screenshot_of_the_step(machine: Machine) -> None:
    async with running(machine.app()) as person:
        page = await person.goes_to("1", StepPage)
        await person.press("s")
        await person.until(lambda: len(machine.opened) == 2)
        assert machine.opened == [picture.path.as_uri() for picture in page.step.pictures]
        await person.sees("2 screenshots are opening outside the terminal.")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_without_a_browser_the_address_is_shown_with_a_qr_code_to_scan(
    machine: Machine, size: tuple[int, int]
) -> None:
    machine.opens = False
    async with running(machine.app(), size) as person:
        page = await person.goes_to("4", StepPage)
        await person.press("s")
        await person.sees("credentials.png", "DocBits documentation", "creating-an-ion-api-file")
        # A code can only be scanned as a whole.
        code = person.app.screen.query_one(".qr", Static)
        await person.until(lambda: code.region.area)
        assert person.app.screen.region.contains_region(code.region)
        assert all(line.strip() in person.screen() for line in str(code.content).splitlines())
        await person.until(lambda: not faults(person.app.screen))
        await person.press("c")
        await person.until(lambda: person.app.clipboard == str(page.step.pictures[0].path))
        await person.opens("escape", StepPage)


async def test_p_says_that_this_terminal_draws_no_pictures(machine: Machine) -> None:
    async with running(machine.app()) as person:
        await person.goes_to("1", StepPage)
        await person.press("p")
        await person.sees("This terminal cannot show pictures.")


async def test_c_copies_the_name_the_guide_suggests(machine: Machine) -> None:
    async with running(machine.app()) as person:
        await person.goes_to("2", StepPage)
        await person.press("c")
        await person.until(lambda: person.app.clipboard == "Doc2Export")
        await person.sees("Copied: Doc2Export")


async def test_r_shows_a_request_with_all_six_roles_that_can_be_copied(machine: Machine) -> None:
    async with running(machine.app(), (120, 50)) as person:
        page = await person.goes_to("prerequisites", PrerequisitesPage)
        await person.press("r")
        await person.sees("ION Desk Admin (IONDeskAdmin)", "MingleEnterprise", "IFSApplicationAdmin")
        await person.press("c")
        await person.until(lambda: person.app.clipboard)
        roles = [role.canonical for user in page._section.topics for role in user.roles]
        assert all(role in person.app.clipboard for role in roles)
        assert len(roles) == 6


async def test_ctrl_o_opens_the_profiles_from_anywhere(machine: Machine) -> None:
    async with running(machine.app()) as person:
        await person.goes_to("3", StepPage)
        await person.opens("ctrl+o", HomePage)


async def test_leaving_works_above_a_page_too(machine: Machine) -> None:
    async with running(machine.app()) as person:
        await person.press("f1")
        await person.sees("Help")
        await person.press("ctrl+q")
        await person.until(lambda: not person.app.is_running)
    assert person.app.return_code == 0


async def test_on_a_small_welcome_page_what_is_highlighted_is_never_out_of_sight(machine: Machine) -> None:
    machine.keyring = None
    async with running(machine.app(), (80, 17)) as person:
        page = await person.goes_to("welcome", WelcomePage)
        choices, body = page.query_one(Choices), page.query_one("#body")
        await person.until(lambda: choices.has_focus)

        def line() -> int:
            return choices.region.y + (choices.highlighted or 0)

        for _choice in range(1, choices.option_count):
            before = choices.highlighted
            await person.press("down")
            await person.until(lambda before=before: choices.highlighted != before)  # type: ignore[misc]
            await person.until(lambda: body.region.y <= line() < body.region.bottom)
        await person.sees("your progress is saved.")
        await person.press("home")
        await person.sees("What you will create")
