"""A report on a profile, asked for line by line."""

from __future__ import annotations

import asyncio

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.inspection.inspector import as_path, looks_like_content
from ionapi_tui.domain.profile import Profile
from ionapi_tui.plain.console import Choice
from ionapi_tui.plain.conversation import Conversation
from ionapi_tui.usecases import reporting
from ionapi_tui.usecases.report import ReportFormat


def write_report(conversation: Conversation, profile: Profile) -> None:
    """Ask for format and folder, verify the profile, and write the report."""
    console, services = conversation.console, conversation.services
    formats = {
        ReportFormat.HTML: Choice("HTML", _("to print, or to read in a browser")),
        ReportFormat.MARKDOWN: Choice("Markdown", _("for a wiki or a ticket")),
    }
    form = list(formats)[console.choose(_("Which format?"), *formats.values())]
    proposed = services.paths.downloads
    question = _("Which folder? Press Enter for {folder}.").format(folder=safe(proposed, 200))
    typed = console.ask(question)
    if looks_like_content(typed):
        # It is not repeated: it contains secrets.
        console.say(_("This is the content of a file. Enter a path."))
        return
    folder = as_path(typed) if typed else proposed
    console.say(_("Verifying {name}…").format(name=safe(profile.name, 60)))
    try:
        (report,) = asyncio.run(reporting.gather(services.connections, [profile], services.now()))
        console.say(report.verdict_words)
        path = reporting.write(report, folder, form)
    except IonApiError as error:
        conversation.say_error(error)
    else:
        console.say(_("Written: {path}").format(path=safe(path, 300)))
