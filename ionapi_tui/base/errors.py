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
    │   ├── StoreLocked                 it waits for a password, or did not respond in time
    │   ├── StoreFailed                 it returned an error, or not what was written
    │   └── RegistryError               profiles.json cannot be read or written
    ├── Unreachable                 6   Infor could not be reached
    └── Refused                     7   Infor refused the credentials

``IonApiError`` is the one class that front ends catch. Its text is a complete, translated sentence: what happened,
why, and what to do.
"""

from __future__ import annotations

from typing import ClassVar


class IonApiError(Exception):
    """An error that this program can explain; front ends catch this class."""

    exit_code: ClassVar[int] = 1


class UsageError(IonApiError):
    """The command cannot be carried out as it was typed."""

    exit_code = 2


class UnusableFile(IonApiError):
    """The ``.ionapi`` file has errors; the findings say which."""

    exit_code = 3


class ProfileError(IonApiError):
    """The profile does not exist, or exists already."""

    exit_code = 4


class NoSuchProfile(ProfileError):
    """There is no profile of this name."""


class ProfileExists(ProfileError):
    """There is a profile of this name already."""


class StoreError(IonApiError):
    """The secret store or our own files failed."""

    exit_code = 5


class StoreMissing(StoreError):
    """There is no secret store that may be used."""


class StoreLocked(StoreError):
    """The secret store waits for a password, or did not respond in time."""


class StoreFailed(StoreError):
    """The secret store returned an error, or not what was written."""


class RegistryError(StoreError):
    """``profiles.json`` cannot be read or written."""


class Unreachable(IonApiError):
    """Infor could not be reached."""

    exit_code = 6


class Refused(IonApiError):
    """Infor refused the credentials."""

    exit_code = 7
