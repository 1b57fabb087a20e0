"""The app as it is, opening the list of profiles even when there are none."""

from __future__ import annotations

from ionapi_tui.domain.guide import flow
from ionapi_tui.ui.app import IonApiApp
from ionapi_tui.ui.page import Page
from ionapi_tui.usecases.services import Services


class HomeFirst(IonApiApp):
    """Opens Home."""

    def get_default_screen(self) -> Page:
        """Begin with the profiles."""
        return self.navigation.page(flow.HOME)


if __name__ == "__main__":
    HomeFirst(Services()).run()
