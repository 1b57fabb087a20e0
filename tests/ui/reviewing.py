"""Bringing a file in front of somebody."""

from __future__ import annotations

from pathlib import Path

from ionapi_tui.ui.screens.import_file import ImportPage
from ionapi_tui.ui.screens.review import ReviewPage
from tests.ui.driving import Person


async def review(person: Person, path: Path) -> ReviewPage:
    """Drop a file on the terminal and wait for its inspection."""
    await person.goes_to("import", ImportPage)
    await person.paste(str(path))
    return await reviewed(person)


async def reviewed(person: Person) -> ReviewPage:
    """Wait for an inspection on which keys do what they say."""
    page = await person.is_on(ReviewPage)
    await person.until(lambda: person.app.focused is not None)
    return page
