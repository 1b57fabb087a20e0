"""Deleting the downloaded files that still hold the secrets of a profile."""

from __future__ import annotations

from pathlib import Path

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Profile
from ionapi_tui.files.reading import protection_note
from ionapi_tui.plain.conversation import Conversation
from ionapi_tui.usecases import importing
from ionapi_tui.usecases.copies import copies, other_keys, stored_and_others


def copies_of(conversation: Conversation, profile: Profile) -> tuple[Path, ...]:
    """Return the downloaded files that hold the secrets of ``profile`` in plain text."""
    return copies(conversation.services, [profile]).get(profile.id, ())


def delete_copies(conversation: Conversation, profile: Profile) -> None:
    """Offer to delete each downloaded file that has the content of ``profile``, and name the others of the same app."""
    try:
        files, others = stored_and_others(conversation.services, profile, copies_of(conversation, profile))
    except IonApiError as error:
        conversation.say_error(error)
        return
    for file in files:
        offer_to_delete(conversation, file)
    if others:
        conversation.console.say(other_keys(profile, others))


def offer_to_delete(conversation: Conversation, source: Path) -> None:
    """Say what deleting a downloaded file does and what it does not, and delete it if that is wished."""
    console = conversation.console
    console.say()
    console.say(
        _(
            "The downloaded file still holds the secrets in plain text. DocBits needs it once, for the upload: keep it"
            " until that is done. Deleting does not reach copies in backups, synced folders and mails."
        )
    )
    note = protection_note(source)
    if note:
        console.say(note)
    if not console.agrees(_("Delete {file} now?").format(file=safe(source, 300)), _("Delete it"), _("Keep it")):
        return
    try:
        importing.delete_download(source)
    except importing.NotDeleted as error:
        console.say(str(error))
    else:
        console.say(_("The downloaded file is deleted."))
