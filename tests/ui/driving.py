"""Driving the app as a person does: keys in, text on the screen out, and waiting for conditions, never for time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from rich.segment import Segment
from textual.events import Key, Paste
from textual.geometry import Offset
from textual.keys import _character_to_key
from textual.message import Message
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from ionapi_tui.ui.app import IonApiApp
from ionapi_tui.ui.messages import Noticed
from ionapi_tui.ui.page import Page
from tests.samples import MARKER

NARROW, WIDE = (80, 24), (120, 40)

ScreenT = TypeVar("ScreenT", bound=Screen[Any])
PageT = TypeVar("PageT", bound=Page)


class Person:
    """Somebody in front of a running app."""

    def __init__(self, app: IonApiApp, pilot: Pilot[None], notices: list[str]) -> None:
        self.app = app
        self.pilot = pilot
        self.notices = notices
        """What the app has said for a moment; the next key may have closed it since."""

    async def press(self, *keys: str) -> None:
        """Press keys, each when the one before has been dealt with, the first when the page in front is there."""
        await self.pilot._wait_for_screen()
        for key in keys:
            # Pilot's own way waits until the whole process is idle, which takes seconds on a busy machine.
            self.app._driver.send_message(key_event(key))  # type: ignore[union-attr]
            for _hop in range(3):
                await self.pilot._wait_for_screen()

    async def write(self, text: str) -> None:
        """Type ``text`` over what is in the line that has the focus, or is about to get it."""
        await self.until(lambda: isinstance(self.app.focused, Input))
        line = self.app.focused
        assert isinstance(line, Input)
        line.clear()
        await self.press(*text)

    async def paste(self, text: str) -> None:
        """Paste, or drop, ``text`` on the terminal."""
        self.app.post_message(Paste(text))
        await self.pilot._wait_for_screen()

    async def until(self, condition: Callable[[], object], seconds: float = 60) -> None:
        """Wait until ``condition`` holds.

        Raises:
            AssertionError: it does not hold in time; what is on the screen is in the message.
        """
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"it never came to that:\n{self.screen()}"
            await self.pilot.pause(0.03)

    async def sees(self, *words: str) -> None:
        """Wait until all ``words`` are on the screen; how lines are broken does not matter."""
        await self.until(lambda: all(word in self.text() for word in words))

    async def is_notified(self, words: str) -> None:
        """Wait until a message has ``words`` in it, however it is broken into lines."""
        await self.until(lambda: any(words in one for one in self.notices))

    async def is_on(self, kind: type[ScreenT]) -> ScreenT:
        """Wait until a page or dialog of that kind is in front, and return it."""
        await self.until(lambda: isinstance(self.app.screen, kind) and self.app.screen.is_mounted)
        await self.pilot._wait_for_screen()
        screen = self.app.screen
        assert isinstance(screen, kind)
        return screen

    async def opens(self, key: str, kind: type[ScreenT]) -> ScreenT:
        """Press a key, wait until it has opened a page or dialog of that kind, and return it."""
        await self.press(key)
        return await self.is_on(kind)

    async def goes_to(self, page: str, kind: type[PageT]) -> PageT:
        """Go straight to a page of the wizard, as the command palette does, and return it."""
        self.app.show(page)
        return await self.is_on(kind)

    async def click(self, widget: Widget, offset: tuple[int, int] | None = None, times: int = 1) -> None:
        """Click on a widget, at ``offset`` from its top left corner, once it has come to rest."""
        point, seen = Offset(*offset or (0, 0)), None
        while widget.region != seen:
            await self.until(lambda: self._is_at(widget, point))
            seen = widget.region
            await self.pilot.pause(0.05)
        await self.pilot.click(widget, offset=offset or (0, 0), times=times)

    def _is_at(self, widget: Widget, point: Offset) -> bool:
        region = widget.region
        if not region.area or not self.app.screen.region.contains_point(region.offset + point):
            return False
        return widget in self.app.screen.get_widget_at(*region.offset + point)[0].ancestors_with_self

    async def resize(self, width: int, height: int) -> None:
        """Make the window another size."""
        await self.pilot.resize_terminal(width, height)
        await self.until(lambda: self.app.screen.size == (width, height))

    def segments(self) -> Iterator[Segment]:
        """Yield every piece of what is drawn, as it goes to the terminal."""
        for strip in self.app.screen._compositor.render_strips():
            yield from strip

    def screen(self) -> str:
        """Return what is on the screen, line by line. It never shows a secret, whatever the test is about."""
        lines = [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]
        assert MARKER not in "".join(lines), "a secret is on the screen"
        return "\n".join(lines)

    def text(self) -> str:
        """Return the words on the screen, with a single space wherever there is space or a frame."""
        return " ".join(self.screen().translate(_FRAMES).split())


_FRAMES = {ord(part): " " for part in "│▌▐┃━─╭╮╰╯▏▎▕█▊▉"}


def key_event(key: str) -> Key:
    """Return a press of ``key`` as a terminal reports it."""
    character = key if len(key) == 1 else {"space": " ", "slash": "/"}.get(key)
    return Key(_character_to_key(key) if len(key) == 1 else key, character)


@asynccontextmanager
async def running(app: IonApiApp, size: tuple[int, int] = WIDE) -> AsyncIterator[Person]:
    """Run ``app`` in a window of ``size`` and yield the person in front of it, once its first page is there."""
    notices: list[str] = []

    def listen(message: Message) -> None:
        if isinstance(message, Noticed):
            notices.append(message.notice.text)

    async with app.run_test(size=size, message_hook=listen) as pilot:
        person = Person(app, pilot, notices)
        await person.until(lambda: app.state.store.known or not app.is_running)
        yield person
        # Outside of tests the app ends when it has dealt with what it was doing, and knows that it ends: otherwise a
        # page that is being made in this moment would be torn down in the middle.
        idle = asyncio.Event()
        if app.call_later(idle.set):
            await idle.wait()
        if app.is_running:
            app.exit()
