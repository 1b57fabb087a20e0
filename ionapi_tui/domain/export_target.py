"""What DocBits exports to with a file: it decides which checks a verification needs."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ionapi_tui.base.language import N_, _


class ExportTarget(StrEnum):
    """A system that DocBits exports to."""

    IDM = "idm"
    ION = "ion"
    M3 = "m3"
    LN = "ln"

    @property
    def label(self) -> str:
        """The short name of the system, which is the same in every language."""
        return self.upper()

    @property
    def note(self) -> str:
        """Which checks count for it, in the language in use."""
        return _(_NOTES[self])


_NOTES: Final = {
    ExportTarget.IDM: N_("documents in Infor Document Management; ION is not needed"),
    ExportTarget.ION: N_("BODs through ION; its messaging service has to respond"),
    ExportTarget.M3: N_("IDM and M3; adds a read-only call of an M3 API"),
    ExportTarget.LN: N_("IDM and LN; LN itself cannot be checked"),
}


def label_of_target(target: ExportTarget | None) -> str:
    """Return what a choice is called where it is shown: the target, or that none was chosen."""
    return _("any export") if target is None else target.label


def export_target_of(text: object) -> ExportTarget | None:
    """Return the target that is stored as ``text``; None for anything else, such as one of a newer version."""
    return ExportTarget(text) if isinstance(text, str) and text in set(ExportTarget) else None
