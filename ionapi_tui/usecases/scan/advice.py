"""What to do about secrets in plain text, as commands to be typed."""

from __future__ import annotations

import os
import shlex

from ionapi_tui.base.text import safe
from ionapi_tui.files.reading import ExposureKind
from ionapi_tui.usecases.scan.content import Kind
from ionapi_tui.usecases.scan.scanner import Hit, Match


def commands_for(hit: Hit, *, windows: bool = os.name == "nt") -> tuple[str, ...]:
    """Return the commands that remove or import the secrets of ``hit``; none where no command is safe to suggest.

    Args:
        hit: what was found.
        windows: whether the commands are for PowerShell instead of a POSIX shell.
    """
    path = str(hit.path)
    if safe(path, len(path) + 1) != path:
        # What cannot be shown cannot be typed.
        return ()
    if hit.repository is not None and any(exposure.kind is ExposureKind.STAGED for exposure in hit.exposures):
        # From the folder of the repository: the file's own folder may be gone from the work tree.
        name = _quoted(hit.path.relative_to(hit.repository).as_posix(), windows)
        return (f"git -C {_quoted(str(hit.repository), windows)} reset --quiet -- {name}",)
    if hit.blob:
        # History is not undone by a command or two.
        return ()
    quoted = _quoted(path, windows)
    commands = []
    if any(exposure.kind is ExposureKind.TRACKED for exposure in hit.exposures):
        commands.append(
            f"git -C {_quoted(str(hit.path.parent), windows)} rm --cached {_quoted(hit.path.name, windows)}"
        )
    if hit.recognised.kind is Kind.FILE and hit.match is Match.EQUAL:
        commands.append(f"Remove-Item -LiteralPath {quoted}" if windows else f"rm -- {quoted}")
    elif hit.recognised.credentials is not None and not hit.profile:
        commands.append(f"ionapi-tui import {quoted} --delete-file")
    elif hit.recognised.credentials is not None and hit.match is Match.DIFFERENT:
        commands.append(f"ionapi-tui import {quoted} --name {hit.profile}-2 --verify")
    return tuple(commands)


def _quoted(text: str, windows: bool) -> str:
    return "'" + text.replace("'", "''") + "'" if windows else shlex.quote(text)
