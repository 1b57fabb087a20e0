"""Building a page by its id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ionapi_tui.guide import Guide
from ionapi_tui.ui import flow
from ionapi_tui.ui.page import Page

if TYPE_CHECKING:
    from ionapi_tui.services import Services


def build(page: str, guide: Guide, services: Services) -> Page:
    """Return a new page. Each is imported when it is first needed, so that the first one need not wait for the rest."""
    if page == flow.HOME:
        from ionapi_tui.ui.screens.home import HomePage

        return HomePage()
    if page == flow.WELCOME:
        from ionapi_tui.ui.screens.welcome import WelcomePage

        return WelcomePage(guide)
    if page == flow.PREREQUISITES:
        from ionapi_tui.ui.screens.prerequisites import PrerequisitesPage

        return PrerequisitesPage(guide.prerequisites)
    if page == flow.IMPORT:
        from ionapi_tui.ui.screens.import_file import ImportPage

        return ImportPage(services)
    if page == flow.NEXT_STEPS:
        from ionapi_tui.ui.screens.next_steps import NextStepsPage

        return NextStepsPage(guide.next_steps)
    from ionapi_tui.ui.screens.step import StepPage

    return StepPage(next(step for step in guide.steps if step.id == page))
