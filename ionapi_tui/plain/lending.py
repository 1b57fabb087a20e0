"""A file on loan, line by line."""

from __future__ import annotations

from threading import Timer
from typing import TYPE_CHECKING

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.plain.conversation import Conversation
from ionapi_tui.usecases.lending import MINUTES, lend, upload_page

if TYPE_CHECKING:
    from ionapi_tui.domain.profile import Profile
    from ionapi_tui.usecases.lending import Lent


def lend_file(conversation: Conversation, profile: Profile) -> None:
    """Write the file of ``profile`` for an upload, and delete it on Enter, or when its time is over."""
    console, services = conversation.console, conversation.services
    if profile.is_production:
        asked = _("This is production. Type {name} to write the file, or press Enter to cancel.")
        if console.ask(asked.format(name=profile.name)) != profile.name:
            console.say(_("Nothing was written."))
            return
    try:
        lent = lend(services, profile, services.paths.downloads)
    except IonApiError as error:
        conversation.say_error(error)
        return
    latest = Timer(MINUTES * 60, lent.take_back)
    latest.daemon = True
    latest.start()
    try:
        _tell(conversation, lent, upload_page(services))
        ends = _("Upload it to DocBits, then press Enter to delete it. It is deleted after {n} minutes at the latest.")
        console.ask(ends.format(n=MINUTES))
    finally:
        latest.cancel()
        console.say(lent.take_back().message)


def _tell(conversation: Conversation, lent: Lent, page: str) -> None:
    written = _("Written to {file}. Other accounts may be able to read it.")
    if lent.is_private:
        written = _("Written to {file}. Only you can read it.")
    conversation.console.say(written.format(file=safe(lent.path, 300)))
    if lent.warning:
        conversation.console.say(lent.warning)
    if not conversation.services.open_address(page):
        conversation.console.say(_("The documentation of DocBits: {address}").format(address=page))
