"""Messages for a moment: they cover nothing, go by themselves, and stay behind on the page they are about."""

from __future__ import annotations

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.ui.app import IonApiApp
from ionapi_tui.ui.dialogs.reading import Reading
from ionapi_tui.ui.screens.home import HomePage
from ionapi_tui.ui.screens.step import StepPage
from ionapi_tui.ui.screens.welcome import WelcomePage
from ionapi_tui.ui.tasks import report
from ionapi_tui.ui.widgets.frame import KeyBar, NoticeBar
from tests.ui.driving import NARROW, WIDE, running
from tests.ui.looking import faults
from tests.ui.machine import Machine


async def test_a_message_takes_a_line_above_the_keys_and_covers_nothing(machine: Machine) -> None:
    async with running(machine.app(), NARROW) as person:
        page = await person.goes_to("2", StepPage)
        person.app.notify("Short.")
        await person.sees("Short.")
        bar = page.query_one(NoticeBar)
        await person.until(lambda: bar.region.height == 1)
        assert bar.region.bottom == page.query_one(KeyBar).region.y == NARROW[1] - 1
        await person.until(lambda: not faults(page))
        person.app.notify("A longer message that needs a second line because it has so much to say. " * 2)
        await person.until(lambda: bar.region.height >= 3 and not faults(page))


async def test_information_goes_by_itself_and_gives_its_line_back(machine: Machine) -> None:
    machine.notice_seconds = 0.2
    async with running(machine.app(), NARROW) as person:
        page = await person.is_on(WelcomePage)
        person.app.notify("Copied.")
        await person.until(lambda: person.app.notices.shown)
        await person.until(lambda: not person.app.notices.shown)
        await person.until(lambda: not page.query_one(NoticeBar).region.height)


async def test_what_is_going_on_is_said_until_it_is_over(machine: Machine) -> None:
    machine.notice_seconds = 0.05
    async with running(machine.app(), NARROW) as person:
        person.app.context.notify("Encrypting …", lasts=True)
        person.app.notify("Copied.")
        await person.sees("Encrypting …")
        await person.press("down")
        await person.until(lambda: len(person.app.notices.shown) == 1)
        assert person.app.notices.shown[0].text == "Encrypting …"
        person.app.clear_notifications()
        await person.until(lambda: "Encrypting" not in person.text())


async def test_an_error_stays_until_a_key_is_pressed(machine: Machine) -> None:
    machine.notice_seconds = 0.05
    async with running(machine.app(), NARROW) as person:
        report(person.app, IonApiError("The list [b]is[/b] damaged."))
        person.app.notify("Saved.")
        await person.sees("✕ The list [b]is[/b] damaged.")
        await person.until(lambda: "Saved." not in person.text() and "damaged" in person.text())
        await person.press("down")
        await person.until(lambda: "damaged" not in person.text())


async def test_a_page_takes_its_messages_with_it_but_not_those_that_lead_to_the_next(machine: Machine) -> None:
    async with running(machine.app(), NARROW) as person:
        await person.goes_to("2", StepPage)
        person.app.notify("About this step.")
        await person.sees("About this step.")
        await person.opens("ctrl+o", HomePage)
        await person.until(lambda: "About this step." not in person.text())
        page = await person.goes_to("2", StepPage)
        await person.until(lambda: not page.query_one(NoticeBar).notices)
        await person.opens("ctrl+o", HomePage)
        person.app.notify("Profiles are next.")
        person.app.show("3")
        await person.is_on(StepPage)
        await person.sees("Profiles are next.")


async def test_a_message_about_a_dialog_stands_in_the_dialog_and_goes_with_it(machine: Machine) -> None:
    async with running(machine.app(), WIDE) as person:
        person.app.notify("Said before.")
        await person.sees("Said before.")
        dialog = Reading("A dialog", "that opens by itself")
        person.app.push_screen(dialog)
        await person.until(lambda: person.text().count("Said before.") == 1 and "by itself" in person.text())
        person.app.notify("Say more.", severity="warning")
        await person.sees("! Say more.")
        await person.until(lambda: dialog.query_one(NoticeBar).region.height == 2)
        assert person.text().count("Say more.") == 1
        await person.press("escape")
        await person.is_on(WelcomePage)
        await person.until(lambda: "Say more." not in person.text())


async def test_the_same_message_is_shown_once_and_a_click_closes_it(machine: Machine) -> None:
    async with running(machine.app(), NARROW) as person:
        page = await person.is_on(WelcomePage)
        for _twice in range(2):
            person.app.notify("Said twice.")
        await person.sees("Said twice.")
        await person.until(lambda: person.text().count("Said twice.") == 1)
        await person.click(page.query_one(NoticeBar), (3, 0))
        await person.until(lambda: "Said twice." not in person.text())


async def test_the_first_message_is_what_was_done_before_the_app_opened(machine: Machine) -> None:
    app = IonApiApp(machine.services(), "ACME_TST", machine.notice_seconds, "ACME_TST was added to the tenant plan.")
    async with running(app, NARROW) as person:
        await person.sees("ACME_TST was added to the tenant plan.")
