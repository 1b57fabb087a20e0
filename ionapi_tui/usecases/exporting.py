"""Exporting the secrets of a profile in plain text, for a program that cannot ask for a token."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ionapi_tui.base.access import is_private
from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.domain.export.formats import FORMATS
from ionapi_tui.files.private_file import write_new
from ionapi_tui.files.reading import Exposure, ExposureKind, exposures
from ionapi_tui.profile_store.store import ProfileStore


@dataclass(frozen=True)
class Exported:
    """A file with the secrets of a profile that has just been written."""

    path: Path
    private: bool
    """Whether this user alone can read it; some file systems know no such thing."""
    exposures: tuple[Exposure, ...]
    """What exposes the file, such as a folder that is copied to other machines; to be shown as warnings."""

    @property
    def message(self) -> str:
        """What has happened, translated."""
        if self.private:
            written = _("Written to {file}. Only you can read it. Delete it when it is no longer needed.")
        else:
            written = _("Written to {file}. Delete it when it is no longer needed.")
        return written.format(file=safe(self.path, 300))

    @property
    def warnings(self) -> tuple[str, ...]:
        """Who or what else gets the file, one sentence each, translated."""
        reasons = [exposure.message for exposure in self.exposures]
        if not self.private and not any(one.kind is ExposureKind.READABLE for one in self.exposures):
            reasons.insert(0, _("other accounts may be able to read it, because this disk cannot restrict access"))
        return tuple(_("Warning: {reason}.").format(reason=reason) for reason in reasons)


def export(profiles: ProfileStore, name: str, form: str) -> Secret:
    """Return the secrets of a profile in the form that another program reads. May wait for a password.

    Args:
        profiles: the stored profiles.
        name: the profile.
        form: the name of an export format.

    Raises:
        NoSuchProfile: there is none of that name.
        StoreError: its secret cannot be read.
    """
    return FORMATS[form].render(profiles.credentials(name), name)


def export_to_file(profiles: ProfileStore, name: str, form: str, path: Path) -> Exported:
    """Write the secrets of a profile to a new file that its owner alone can read. May wait for a password.

    Arguments and errors are those of ``export``, and:

    Raises:
        FileInTheWay: there is something at ``path`` already, which stays as it is.
        StoreFailed: the file cannot be written.
    """
    write_new(path, export(profiles, name, form))
    return Exported(path, is_private(path), tuple(exposures(path, path.stat())))
