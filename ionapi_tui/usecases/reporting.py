"""Reports to file. A front end calls ``gather``, or makes a ``Report`` of what it knows already, and then ``write``."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from ionapi_tui.base.background import in_background
from ionapi_tui.base.errors import StoreFailed
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Profile
from ionapi_tui.usecases import reporting_page
from ionapi_tui.usecases.report import Report, ReportFormat

if TYPE_CHECKING:
    from ionapi_tui.usecases.connections import Connections


async def gather(connections: Connections, profiles: Sequence[Profile], now: datetime) -> list[Report]:
    """Verify ``profiles``, remember the outcomes, and return a report of each.

    A profile that cannot be verified gets a report that says why.

    Args:
        connections: gives access to Infor.
        profiles: which ones.
        now: the time that the reports state.

    Raises:
        NotReached: the environment names a proxy that cannot be used.
        RegistryError: the outcomes cannot be kept.
    """
    from ionapi_tui.usecases.verifying import verify_all

    verified = await verify_all(connections, profiles)
    known = {profile.id: profile for profile in await in_background(connections.profiles.profiles)}
    return [Report(known.get(one.profile.id, one.profile), now, one.verification, one.error) for one in verified]


def text_of(report: Report, form: ReportFormat) -> str:
    """Return the whole report in one of its formats, in the language in use."""
    return reporting_page.html(report) if form is ReportFormat.HTML else reporting_page.markdown(report)


def write(report: Report, folder: Path, form: ReportFormat = ReportFormat.HTML) -> Path:
    """Write ``report`` to a new file in ``folder`` and return its path.

    An existing file is never changed: the new one gets a number. A crash leaves the whole report, or an empty file.

    Args:
        report: what to write.
        folder: created if it is missing.
        form: how it is written.

    Raises:
        StoreFailed: it cannot be written.
    """
    from ionapi_tui.files import atomic

    content = text_of(report, form).encode()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = _reserved(folder, f"ion-api-report-{report.profile.name}-{report.made_at:%Y-%m-%d}", f".{form}")
        try:
            atomic.write(path, content)
        except BaseException:
            with suppress(OSError):
                path.unlink()
            raise
    except OSError as error:
        sentence = _("The report cannot be written to {folder}: {why}.")
        raise StoreFailed(sentence.format(folder=safe(folder, 300), why=safe(error.strerror or error))) from None
    return path


def _reserved(folder: Path, stem: str, ending: str) -> Path:
    """Return a new, empty file in ``folder``: other processes find its name taken."""
    for number in count(1):
        path = folder / (f"{stem}{ending}" if number == 1 else f"{stem}-{number}{ending}")
        try:
            path.touch(0o600, exist_ok=False)
        except FileExistsError:
            continue
        return path
    raise AssertionError
