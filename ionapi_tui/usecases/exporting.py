"""Exporting the secrets of a profile in plain text, for a program that cannot ask for a token."""

from __future__ import annotations

from pathlib import Path

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.export.formats import FORMATS
from ionapi_tui.files.private_file import write_new
from ionapi_tui.files.reading import Exposure, exposures
from ionapi_tui.profile_store.store import ProfileStore


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


def export_to_file(profiles: ProfileStore, name: str, form: str, path: Path) -> tuple[Exposure, ...]:
    """Write the secrets of a profile to a new file that its owner alone can read. May wait for a password.

    Arguments and errors are those of ``export``, and:

    Returns:
        What exposes the file all the same, such as a folder that is copied to other machines; to be shown as warnings.

    Raises:
        FileInTheWay: there is something at ``path`` already, which stays as it is.
        StoreFailed: the file cannot be written.
    """
    write_new(path, export(profiles, name, form))
    return tuple(exposures(path, path.stat()))
