"""What may be noted about a profile: one short line each, and nothing that looks like one of its keys."""

from __future__ import annotations

import re
from typing import Final

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe, without_keys
from ionapi_tui.domain.profile import Notes, Profile

LENGTH: Final = 120
"""The most characters of one note."""

LABELS: Final = {"service_user": N_("Service user"), "contact": N_("Contact"), "ticket": N_("Ticket")}
"""What each note is called, in the order in which they are shown."""

_LONGEST_WORD: Final = 40
"""From this many characters on, a run of letters, digits, ``-`` and ``_`` is taken for a key.

The random part of a client ID has 43 of them, a secret key 86 (the lengths of Infor's own samples). No user name, mail
address or ticket number has such a run."""
_RANDOM: Final = re.compile(rf"[A-Za-z0-9_-]{{{_LONGEST_WORD},}}")


def checked_notes(service_user: str = "", contact: str = "", ticket: str = "") -> Notes:
    """Return what somebody wants to note about a profile, without the spaces around it.

    Raises:
        UsageError: one of the texts is too long, has several lines, or looks like a key.
    """
    texts = {"service_user": service_user, "contact": contact, "ticket": ticket}
    return Notes(**{key: _checked(_(LABELS[key]), text.strip()) for key, text in texts.items()})


def changed_notes(profile: Profile, **texts: str | None) -> Notes:
    """Return the notes of ``profile`` with the ``texts`` that are not None instead of what was noted before.

    Raises:
        UsageError: as ``checked_notes``.
    """
    before = dict(zip(LABELS, profile.notes.texts, strict=True))
    return checked_notes(**(before | {key: text for key, text in texts.items() if text is not None}))


def completed_notes(profile: Profile, service_user: str = "", contact: str = "") -> Notes:
    """Return the notes of ``profile`` with what a plan knows, where nothing is noted yet.

    What may not be noted is left out.

    Args:
        profile: it.
        service_user: the user that the plan names.
        contact: the contact that the plan names.
    """
    own = profile.notes
    return Notes(own.service_user or _or_nothing(service_user), own.contact or _or_nothing(contact), own.ticket)


def notes_from(document: object) -> Notes:
    """Return the notes of a JSON object from elsewhere, such as a backup. What may not be noted is left out."""
    if not isinstance(document, dict):
        return Notes()
    return Notes(*(_or_nothing(text) if isinstance(text := document.get(key), str) else "" for key in LABELS))


def _or_nothing(text: str) -> str:
    try:
        return _checked("", text.strip())
    except UsageError:
        return ""


def _checked(label: str, text: str) -> str:
    if looks_secret(text):
        # The text itself must not be repeated.
        sentence = _("{label}: this looks like a key from the .ionapi file. Notes are not secret, so it was not saved.")
        raise UsageError(sentence.format(label=label))
    if len(text) > LENGTH:
        raise UsageError(_("{label}: enter at most {most} characters.").format(label=label, most=LENGTH))
    if safe(text, LENGTH) != text:
        raise UsageError(_("{label}: enter one line of plain text.").format(label=label))
    return text


def looks_secret(text: str) -> bool:
    """Return whether ``text`` contains what looks like a secret key, a client ID or a token."""
    return without_keys(text) != text or _RANDOM.search(text) is not None
