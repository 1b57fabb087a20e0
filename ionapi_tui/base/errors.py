"""What can go wrong, as one tree; every class knows the exit code of the command line.

::

    IonApiError                     1
    ├── UsageError                  2   the command cannot be carried out as it was typed
    ├── UnusableFile                3   the .ionapi file has errors (carries the findings)
    ├── ProfileError                4
    │   ├── NoSuchProfile
    │   └── ProfileExists
    ├── StoreError                  5   the secret store or our own files
    │   ├── StoreMissing                there is none that may be used
    │   ├── StoreLocked                 it waits for a password, or nobody answered in time
    │   ├── StoreFailed                 it answered with an error, or not with what was written
    │   └── RegistryError               profiles.json cannot be read or written
    ├── Unreachable                 6   Infor could not be reached
    └── Refused                     7   Infor refused the credentials

``IonApiError`` is the one class that front doors catch. Its text is a finished, translated sentence: what, why, and
how to mend it.
"""

from __future__ import annotations

from typing import ClassVar


class IonApiError(Exception):
    """Anything this program knows how to explain."""

    exit_code: ClassVar[int] = 1


class UsageError(IonApiError):
    """The command cannot be carried out as it was typed."""

    exit_code = 2


class UnusableFile(IonApiError):
    """The ``.ionapi`` file has errors; the findings say which."""

    exit_code = 3


class ProfileError(IonApiError):
    """The named profile is not there, or is in the way."""

    exit_code = 4


class NoSuchProfile(ProfileError):
    """No profile has that name."""


class ProfileExists(ProfileError):
    """The name is taken."""


class StoreError(IonApiError):
    """The secret store or our own files failed."""

    exit_code = 5


class StoreMissing(StoreError):
    """There is no store that may be used."""


class StoreLocked(StoreError):
    """The store waits for a password, or nobody answered in time."""


class StoreFailed(StoreError):
    """The store answered with an error, or did not give back what was written."""


class RegistryError(StoreError):
    """``profiles.json`` cannot be read or written."""


class Unreachable(IonApiError):
    """Infor could not be reached."""

    exit_code = 6


class Refused(IonApiError):
    """Infor refused the credentials."""

    exit_code = 7
