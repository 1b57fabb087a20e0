"""What is done around the guide: a page for somebody else, a second guide, another language, its screenshots."""

from __future__ import annotations

import os

from ionapi_tui.base import language
from ionapi_tui.base.background import in_background
from ionapi_tui.base.extras import command_for
from ionapi_tui.base.language import _, n_
from ionapi_tui.domain.guide import Section, Topic
from ionapi_tui.ui.controllers.context import Context, Controller
from ionapi_tui.ui.controllers.navigation import Navigation
from ionapi_tui.ui.platform import graphics
from ionapi_tui.ui.tasks import task


class Guides(Controller):
    """Hands the guide over, plays others, and changes their language."""

    def __init__(self, context: Context, navigation: Navigation) -> None:
        super().__init__(context)
        self._navigation = navigation

    @task("hand-over")
    async def hand_over(self, tenant: str) -> None:
        """Write the page for somebody else into the Downloads folder, after asking for its names.

        Args:
            tenant: whose guide; the plan knows the names that go into its page.
        """
        from ionapi_tui.ui.dialogs.hand_over import HandedOverDialog, HandOverDialog
        from ionapi_tui.usecases.handing_over import advice_about, hand_over
        from ionapi_tui.usecases.planning import names_for_page, note_hand_over

        services = self.context.services
        requests = services.profiles.file_requests
        names = await in_background(lambda: names_for_page(services, tenant))
        customer = await self.context.ask(HandOverDialog(await in_background(requests.open), names))
        if customer is None:
            return
        folder, guide = services.paths.downloads, self._navigation.guide
        handed_over = await in_background(lambda: hand_over(requests, customer, guide, folder))
        await in_background(lambda: note_hand_over(services, customer))
        self.context.reload_plan()
        services.open_address(handed_over.path.absolute().as_uri())
        self.context.app.push_screen(HandedOverDialog(handed_over.path, advice_about(handed_over)))

    @task("request")
    async def ask_for_roles(self, section: Section, assigned: frozenset[str]) -> None:
        """Show a request for the roles of ``section`` that are not ``assigned``, and record it when it is copied."""
        from ionapi_tui.ui.dialogs.reading import request_to_send
        from ionapi_tui.usecases.planning import note_request, roles_request

        services, tenant = self.context.services, self.context.state.tenant
        text = await in_background(lambda: roles_request(services, section, assigned, tenant))
        dialog = request_to_send(text)
        await self.context.ask(dialog)
        if dialog.is_copied:
            await in_background(lambda: note_request(services, tenant))
            self.context.reload_plan()

    def play(self, name: str) -> None:
        """Lead through another guide."""
        from ionapi_tui.domain.guide import load
        from ionapi_tui.ui.screens.small_guide import SmallGuidePage

        self.context.open(SmallGuidePage(load(self.context.services.paths.assets, language.current(), name)))

    def show_screenshots(self, step: Topic, documentation: str, *, inline: bool) -> None:
        """Show the screenshots of a step: in the browser or viewer, inside the terminal, or as an address."""
        if inline:
            self._show_inline(step)
            return
        opened = [self.context.services.open_address(picture.path.as_uri()) for picture in step.pictures]
        if all(opened):
            message = n_(
                "{n} screenshot is opening outside the terminal.",
                "{n} screenshots are opening outside the terminal.",
                len(opened),
            )
            self.notify(message)
            return
        from ionapi_tui.ui.dialogs.reading import AddressDialog

        paths = tuple(str(picture.path) for picture in step.pictures)
        self.context.app.push_screen(AddressDialog(paths, documentation))

    def _show_inline(self, step: Topic) -> None:
        cannot = _("This terminal cannot show pictures. Press s to open the screenshot outside the terminal.")
        if not graphics.has_graphics(os.environ):
            self.notify(cannot)
            return
        try:
            can = graphics.draws_pictures()
        except ImportError:
            self.notify(_("Pictures need one more package: {command}.").format(command=command_for("images")))
            return
        if not can:
            self.notify(cannot)
            return
        from ionapi_tui.ui.dialogs.picture import PictureDialog

        self.context.app.push_screen(PictureDialog(step))
