"""The hand-over page, asked for line by line."""

from __future__ import annotations

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.handover.page import Customer
from ionapi_tui.plain.conversation import Conversation
from ionapi_tui.usecases.handing_over import Format, hand_over_to


def hand_over(conversation: Conversation) -> None:
    """Ask for the names that go into the page, write it to the Downloads folder, and say where."""
    talk = conversation.talk
    name = talk.ask(_("Who is it for? The name of the customer or the person; Enter alone goes back."))
    if not name:
        return
    customer = Customer(
        name=name,
        tenant=talk.ask(_("The tenant, such as ACME_TST; Enter alone leaves it open.")),
        service_user=talk.ask(_("The service user, if it is known; Enter alone leaves it open.")),
        app_name=talk.ask(_("The name of the app; Enter alone takes the one in the guide.")),
    )
    try:
        path = hand_over_to(customer, conversation.guide, conversation.services.paths.downloads, Format.HTML)
    except IonApiError as error:
        conversation.tell_error(error)
    else:
        talk.say(_("Written: {path}. There is nothing secret in it.").format(path=safe(path, 300)))
