"""What pages ask for around the guide: a page for somebody else, a second guide, another language."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from ionapi_tui.base import language
from ionapi_tui.base.background import in_background
from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe
from ionapi_tui.ui import messages
from ionapi_tui.ui.controllers.base import Errands

if TYPE_CHECKING:
    from ionapi_tui.domain.guide import Guide


class GuideErrands(Errands):
    """The part of the app that hands the guide over, and plays others."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "change_language", N_("Another language"), show=False),
    ]

    @property
    def guide(self) -> Guide:
        """The guide in the language in use."""
        raise NotImplementedError

    def speak(self, code: str) -> bool:
        """Go on in another language on the same page; return False when that cannot be done now."""
        raise NotImplementedError

    @on(messages.HandOver)
    @work(exclusive=True, group="hand-over")
    async def hand_over(self) -> None:
        """Write the page for somebody else into the Downloads folder, after asking for its names."""
        from ionapi_tui.ui.dialogs.hand_over import HandOverDialog
        from ionapi_tui.usecases.handing_over import Format, hand_over_to

        customer = await self.push_screen_wait(HandOverDialog())
        if customer is None:
            return
        folder = self.services.paths.downloads
        try:
            path = await in_background(lambda: hand_over_to(customer, self.guide, folder, Format.HTML))
        except IonApiError as error:
            self.complain(error)
            return
        self.services.open_address(path.absolute().as_uri())
        said = _("Written: {path}. There is nothing secret in it.")
        self.notify(said.format(path=safe(path, 300)), markup=False, timeout=20)

    @on(messages.PlayGuide)
    def play_guide(self, event: messages.PlayGuide) -> None:
        """Lead through another guide."""
        from ionapi_tui.domain.guide import load
        from ionapi_tui.ui.screens.small_guide import SmallGuidePage

        page = SmallGuidePage(load(self.services.paths.assets, language.current(), event.name))
        page.told = self.told
        self.push_screen(page)

    def action_change_language(self) -> None:
        """Go on in the next language there is."""
        spoken = language.known()
        following = spoken[(spoken.index(language.current()) + 1) % len(spoken)]
        # What stands above the pages was asked in the old language, and may hold what was typed.
        if not self.speak(following):
            self.notify(_("Close this first; then the language can be changed."), markup=False)
