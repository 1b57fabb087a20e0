"""Our own files: the folder, the lock, the list of profiles, the tenant plan."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from pathlib import Path
from typing import Final

from ionapi_tui.base.access import is_private
from ionapi_tui.base.errors import RegistryError
from ionapi_tui.base.language import N_, _, n_
from ionapi_tui.files import atomic
from ionapi_tui.files.atomic import Busy, ProcessLock
from ionapi_tui.files.quarantine import quarantined
from ionapi_tui.profile_store.plan_file import PlanFile
from ionapi_tui.profile_store.registry import BrokenRegistry, Registry
from ionapi_tui.usecases.examination.probe import Probe, Status, Surroundings, reason

_LITTLE: Final = 10 << 20
"""Bytes of free disk below which writing is likely to fail soon."""

_RESTRICT: Final = N_(
    'In PowerShell: icacls "$env:LOCALAPPDATA\\ionapi-tui" /inheritance:r /grant:r "${env:USERNAME}:(OI)(CI)F" /T'
)
"""What restricts our folder; where it is, the report does not tell."""

_NETWORK_DRIVE: Final = "network drive"
"""The kind of every folder that Windows reaches over the network."""

_REMOTE: Final = ("nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p", _NETWORK_DRIVE)
"""File systems on which locks depend on another machine."""


def folder(machine: Surroundings) -> Probe:
    """Check that our own folder is there, private and writable, and that the disk has room."""
    title, home = _("Program folder"), machine.paths.home
    probe_file = home / "doctor.tmp"
    moved = _("moved by IONAPI_TUI_HOME") if machine.environ.get("IONAPI_TUI_HOME") else _("in the default location")
    try:
        existed = home.is_dir()
        atomic.write(probe_file, b"doctor")
        mode = stat.S_IMODE(probe_file.stat().st_mode)
        probe_file.unlink()
        folder_mode, folder_private = stat.S_IMODE(home.stat().st_mode), is_private(home)
        free = shutil.disk_usage(home).free
    except OSError as error:
        detail = _("it cannot be written: {why}").format(why=reason(error))
        return Probe("folder", title, Status.ERROR, detail, _("Make it writable, or set IONAPI_TUI_HOME."))
    if free < _LITTLE:
        return Probe("folder", title, Status.WARNING, _("the disk is nearly full"), _("Free up space on the disk."))
    if sys.platform == "win32":
        if not folder_private:
            return Probe("folder", title, Status.WARNING, _("other accounts may read it"), _(_RESTRICT))
    elif mode & 0o077 or folder_mode & 0o022:
        detail = _("others may change it (mode {mode})").format(mode=f"{folder_mode:04o}")
        return Probe("folder", title, Status.WARNING, detail, _("Remove access for others: chmod 700."))
    state = _("exists") if existed else _("was just created")
    return Probe("folder", title, Status.OK, f"{moved}; {state}; {_('private and writable')}")


def lock(machine: Surroundings) -> Probe:
    """Take and free the lock that writing processes share."""
    title = _("Lock between processes")
    kind = file_system(machine)
    try:
        with ProcessLock(machine.paths.lock).held(timeout=2):
            pass
    except Busy:
        fix = _("Check whether another ionapi-tui is waiting for a password, and close it.")
        return Probe("lock", title, Status.WARNING, _("another process holds it"), fix)
    except RegistryError:
        fix = _("Set IONAPI_TUI_HOME to a folder on a disk of this computer.")
        return Probe("lock", title, Status.ERROR, _("this file system has no locks, or refuses them"), fix)
    if kind in _REMOTE:
        detail = _("acquired and released; the folder is on another computer ({kind})").format(kind=kind)
        return Probe("lock", title, Status.WARNING, detail, _("A folder on a disk of this computer is safer."))
    return Probe("lock", title, Status.OK, _("acquired and released"))


def registry(machine: Surroundings) -> Probe:
    """Read the list of profiles and count them; no name becomes part of the report."""
    title, path = _("List of profiles"), machine.paths.registry
    aside = len(quarantined(path))
    try:
        contents = Registry(path).load()
    except BrokenRegistry:
        fix = _("Start ionapi-tui: it moves the damaged list aside and shows how to repair it.")
        return Probe("registry", title, Status.ERROR, _("it is damaged"), fix)
    except RegistryError:
        fix = _("Update this program, or check the permissions of the file.")
        return Probe("registry", title, Status.ERROR, _("it cannot be read, or a newer version wrote it"), fix)
    counted = n_("{n} profile", "{n} profiles", len(contents.profiles))
    if contents.pending or aside:
        detail = _("{profiles}; {pending} unfinished, {aside} damaged lists kept aside")
        detail = detail.format(profiles=counted, pending=len(contents.pending), aside=aside)
        return Probe("registry", title, Status.WARNING, detail, _("Start ionapi-tui for instructions."))
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o600
    if sys.platform == "win32":
        if path.exists() and not is_private(path):
            return Probe("registry", title, Status.WARNING, _("others may read it"), _(_RESTRICT))
    elif mode & 0o077:
        return Probe("registry", title, Status.WARNING, _("others may read it"), _("chmod 600 profiles.json"))
    return Probe("registry", title, Status.OK, counted)


def plan(machine: Surroundings) -> Probe:
    """Read the tenant plan and count its tenants, without moving a damaged one; no name becomes part of the report."""
    title, path = _("Tenant plan"), machine.paths.plan
    try:
        planned = PlanFile(path).examine()
    except RegistryError:
        fix = _("Update this program, or check the permissions of the file.")
        return Probe("plan", title, Status.ERROR, _("it cannot be read, or a newer version wrote it"), fix)
    if planned is None:
        fix = _("Start ionapi-tui: it moves the damaged plan aside and starts with an empty one.")
        return Probe("plan", title, Status.ERROR, _("it is damaged"), fix)
    aside = len(quarantined(path))
    if aside:
        detail = n_("{n} damaged plan kept aside", "{n} damaged plans kept aside", aside)
        return Probe("plan", title, Status.WARNING, detail, _("Add the tenants again, and delete the damaged file."))
    return Probe("plan", title, Status.OK, n_("{n} tenant", "{n} tenants", len(planned)))


def file_system(machine: Surroundings) -> str:
    """Return the kind of file system that our folder is on, such as ``ext4``; empty where the system does not say."""
    if sys.platform == "win32":
        return _windows_file_system(machine.paths.home)
    try:
        device = os.stat(machine.paths.home).st_dev  # noqa: PTH116 - the number is all that is wanted
        with open("/proc/self/mountinfo", encoding="utf-8") as mounts:  # noqa: PTH123
            for line in mounts:
                before, _dash, after = line.partition(" - ")
                if before.split()[2] == f"{os.major(device)}:{os.minor(device)}":
                    return after.split()[0]
    except (OSError, AttributeError, IndexError):
        pass
    return ""


if sys.platform == "win32":

    def _windows_file_system(folder: Path) -> str:
        import ctypes

        drive_remote = 4
        kernel, name = ctypes.windll.kernel32, ctypes.create_unicode_buffer(32)
        # Of a drive, or of a share.
        root = folder.absolute().anchor
        if not folder.exists():
            return ""
        if root.startswith("\\\\") or kernel.GetDriveTypeW(root) == drive_remote:
            return _NETWORK_DRIVE
        return name.value if kernel.GetVolumeInformationW(root, *(None, 0, None, None, None), name, len(name)) else ""
