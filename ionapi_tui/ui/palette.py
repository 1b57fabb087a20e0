"""What Ctrl+P offers: every page, every key of the page in front, every profile."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from textual.app import SystemCommand
from textual.content import Content
from textual.screen import Screen

from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.guide import flow
from ionapi_tui.ui import messages
from ionapi_tui.ui.messages import AppState
from ionapi_tui.ui.platform.bindings import our_bindings

_MOST_PROFILES = 500
"""The palette looks through every entry at each key; more would make it slow. Home finds in all of them."""


def commands(screen: Screen[object], state: AppState, show: Callable[[str], None]) -> Iterable[SystemCommand]:
    """Yield what can be done from here.

    Args:
        screen: what is in front.
        state: what the pages show.
        show: brings a page to the front.
    """
    app = screen.app
    offered = set()
    for key in our_bindings(screen):
        if key.binding.description not in offered:
            offered.add(key.binding.description)
            run = partial(app.run_action, key.binding.action, key.node)
            yield SystemCommand(
                key.binding.description, _("Key {key}").format(key=app.get_key_display(key.binding)), run
            )
    for stop in state.stops:
        yield SystemCommand(_("Go to: {page}").format(page=stop.title), state.title, partial(show, stop.id))
    upload = partial(app.post_message, messages.PlayGuide("docbits"))
    yield SystemCommand(_("Upload to DocBits, step by step"), _("The guide for what comes after the import"), upload)
    yield SystemCommand(_("Go to: Welcome"), state.title, partial(show, flow.WELCOME))
    yield SystemCommand(_("Go to: Profiles"), _("Profiles on this computer"), partial(show, flow.HOME))
    for profile in [one for one in state.profiles if one.id in state.copies][:_MOST_PROFILES]:
        delete = partial(app.post_message, messages.DeleteCopies(profile))
        what = Content(safe(", ".join(path.name for path in state.copies[profile.id])))
        title = _("Delete the downloaded file of {name}")
        if len(state.copies[profile.id]) > 1:
            title = _("Delete the downloaded files of {name}")
        yield SystemCommand(title.format(name=profile.name), what, delete)  # type: ignore[arg-type]
    for profile in state.profiles[:_MOST_PROFILES]:
        open_it = partial(app.post_message, messages.ShowProfile(profile))
        # The palette takes text for markup, and no way to escape markup is complete; content it leaves as it is.
        what = Content(safe(f"{profile.tenant} {profile.app}"))
        yield SystemCommand(_("Profile {name}").format(name=profile.name), what, open_it)  # type: ignore[arg-type]
