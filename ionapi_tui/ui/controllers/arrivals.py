"""A file that arrives in the Downloads folder while somebody goes through the guide."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual.widget import Widget

from ionapi_tui.base.background import in_background
from ionapi_tui.ui.controllers.context import Context, Controller
from ionapi_tui.ui.tasks import task


class Arrivals(Controller):
    """Watches the Downloads folder while a page of the guide is in front."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._pages: set[Widget] = set()
        """The pages in front that say what arrives; two for a moment while one takes the place of another."""
        self._stop: asyncio.Event | None = None
        self._seen: frozenset[Path] | None = None
        """What was there before; None before the first look, which finds nothing new."""

    def follow(self, page: Widget) -> None:
        """Watch while ``page`` is in front."""
        self._pages.add(page)
        if self._stop is None:
            self._stop = asyncio.Event()
            self._watch(self._stop)

    def rest(self, page: Widget) -> None:
        """Stop watching, unless another page is in front that says what arrives."""
        self._pages.discard(page)
        if self._stop is not None and not self._pages:
            self._stop.set()
            self._stop = None

    def forget(self) -> None:
        """Take what is there as seen."""
        self._seen = None
        self.context.update(arrived=None)

    def ignore(self, path: Path) -> None:
        """Take a file that this program is about to write as seen."""
        if self._seen is not None:
            self._seen |= {path}

    @task("arrivals", exclusive=False)
    async def _watch(self, stop: asyncio.Event) -> None:
        services = self.context.services
        async for downloads in services.watch_downloads(services.paths.downloads, stop):
            if stop.is_set():
                return
            there = [download.path for download in downloads]
            new = [path for path in there if self._seen is not None and path not in self._seen]
            self._seen = (self._seen or frozenset()) | frozenset(there)
            await self._say(there, new)

    async def _say(self, there: list[Path], new: list[Path]) -> None:
        """Say which file is new, or no longer that one is that has gone."""
        from ionapi_tui.usecases.copies import without_loans

        services = self.context.services
        new = await in_background(lambda: without_loans(services, new)) if new else []
        arrived = new[0] if new else self.context.state.arrived
        if arrived not in there:
            arrived = None
        if arrived != self.context.state.arrived:
            self.context.update(arrived=arrived)
