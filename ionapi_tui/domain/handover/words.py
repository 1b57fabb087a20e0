"""The headings of the guide's notes."""

from __future__ import annotations

from typing import Final

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.guide import Kind

_TITLES: Final = {
    Kind.SEE: N_("You should see"),
    Kind.ADDITION: N_("Addition to the documentation"),
    Kind.TROUBLE: N_("What goes wrong here"),
    Kind.WHERE: N_("Where it is granted"),
}


def note_title(kind: Kind) -> str:
    """Return the heading of a note, in the language in use."""
    return _(_TITLES[kind])
