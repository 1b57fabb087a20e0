"""Looking at a file: its fields, its findings, and the way back to the step."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from ionapi_tui.ui.dialogs.reading import Reading
from ionapi_tui.ui.screens.import_file import ImportPage
from ionapi_tui.ui.screens.review import ReviewPage
from ionapi_tui.ui.screens.step import StepPage
from ionapi_tui.ui.widgets.text import FindingBlock
from tests.corpus import CASES
from tests.samples import as_bytes, client_credentials, cloud11, on_premises, random_text, sample
from tests.ui.driving import NARROW, WIDE, running
from tests.ui.machine import Machine
from tests.ui.reviewing import review


@pytest.mark.parametrize("document", [sample(), cloud11(), on_premises()], ids=["1.0", "1.1", "on-premises"])
async def test_every_field_is_shown_in_words_with_its_secrets_masked(
    machine: Machine, document: dict[str, object]
) -> None:
    path = machine.download(content=as_bytes(document))
    async with running(machine.app(), (120, 60)) as person:
        await review(person, path)
        await person.sees("Tenant", "Client ID", "Client secret", "••••••••", "Service account", str(document["cn"]))
        await person.sees(str(document["ci"])[:25])


async def test_all_findings_are_shown_at_once_and_the_number_leads_back_to_the_step(machine: Machine) -> None:
    path = machine.download(content=as_bytes(client_credentials(iu="https://<your-gateway>")))
    async with running(machine.app(), NARROW) as person:
        await review(person, path)
        await person.sees("This file cannot be used: 3 errors", "back to step 3", "back to step 4")
        assert not person.app.screen.query(Input), "nothing can be stored"
        page = await person.opens("4", StepPage)
        assert page.step.id == "4"
        assert page.state.page == "4"


async def test_where_a_name_is_typed_the_key_that_leads_back_comes_after_tab(machine: Machine) -> None:
    path = machine.download(content=as_bytes(sample(ci=f"OTHER~{random_text(43)}")))
    async with running(machine.app(), NARROW) as person:
        page = await review(person, path)
        assert page.query(FindingBlock)
        await person.sees("Tab, 3 back to step 3", "Press Enter to store the secrets in")
        await person.press("tab", "3")
        await person.is_on(StepPage)


async def test_a_finding_leads_back_with_the_mouse_too(machine: Machine) -> None:
    path = machine.download(content=as_bytes(client_credentials()))
    async with running(machine.app()) as person:
        page = await review(person, path)
        await person.click(page.query("FindingBlock").first())
        await person.is_on(StepPage)


async def test_digits_of_steps_that_no_finding_names_do_nothing(machine: Machine) -> None:
    path = machine.download(content=as_bytes(client_credentials()))
    async with running(machine.app()) as person:
        await review(person, path)
        await person.press("1", "3", "0")
        await person.is_on(ReviewPage)


async def test_whatever_is_wrong_with_a_file_is_drawn_safely(machine: Machine) -> None:
    async with running(machine.app(), WIDE) as person:
        for case in CASES[::9]:
            path = machine.download(content=case.raw or b" ")
            await review(person, path)
            await person.until(lambda: any(words in person.text() for words in ("This file", "Ready to store")))
            assert all(segment.text.isprintable() for segment in person.segments()), case
            await person.opens("escape", ImportPage)


async def test_f1_shows_the_keys_where_the_question_mark_is_typed(machine: Machine) -> None:
    path = machine.download()
    async with running(machine.app(), NARROW) as person:
        await review(person, path)
        await person.sees("F1 Help")
        await person.opens("f1", Reading)
        await person.sees("Press F4 to verify the file against Infor", "Keys", "Ctrl+S Store only")
