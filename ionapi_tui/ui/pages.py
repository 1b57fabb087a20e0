"""Building a page by its id."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ionapi_tui.domain.guide import flow
from ionapi_tui.ui.page import Page

if TYPE_CHECKING:
    from ionapi_tui.domain.guide import Front, Guide
    from ionapi_tui.usecases.services import Services


def build(page: str, front: Front, read: Callable[[], Guide], services: Services) -> Page:
    """Return a new page. Each is imported when it is first needed, so that the first one need not wait for the rest.

    Args:
        page: its id.
        front: what is known of the guide without reading it.
        read: returns the guide; called only for pages that show it.
        services: the outside world.
    """
    if page == flow.HOME:
        from ionapi_tui.ui.screens.home import HomePage

        return HomePage()
    if page == flow.WELCOME:
        from ionapi_tui.ui.screens.welcome import WelcomePage

        return WelcomePage(front)
    if page == flow.PREREQUISITES:
        from ionapi_tui.ui.screens.prerequisites import PrerequisitesPage

        return PrerequisitesPage(read().prerequisites)
    if page == flow.IMPORT:
        from ionapi_tui.ui.screens.import_file import ImportPage

        return ImportPage(services)
    if page == flow.NEXT_STEPS:
        from ionapi_tui.ui.screens.next_steps import NextStepsPage

        return NextStepsPage(read().next_steps)
    from ionapi_tui.ui.screens.step import StepPage

    return StepPage(next(step for step in read().steps if step.id == page), front.documentation)
