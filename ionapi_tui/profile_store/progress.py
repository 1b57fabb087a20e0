"""The progress in the guide, for each tenant by itself. It survives restarts and crashes."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from ionapi_tui.base.errors import StoreFailed
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.files import atomic
from ionapi_tui.files.quarantine import quarantine

VERSION: Final = 2

UNNAMED: Final = ""
"""The tenant of a guide that was started before its tenant was known."""
PRACTICE: Final = "practice run"
"""What stands for the practice tenant. No tenant of Infor has a name like this."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress in a guide: screens and ticks, never what was typed."""

    guide: str = ""
    """The name of the guide; empty if none was started."""
    step: str = ""
    """The id of the current screen."""
    done: frozenset[str] = frozenset()
    """The ids of all ticked items."""
    tenant: str = UNNAMED
    """Whose guide it is: a tenant, ``UNNAMED`` or ``PRACTICE``."""


class ProgressFile:
    """The file ``progress.json``: the progress in each guide, and which guide was open last."""

    def __init__(self, path: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Use the file at ``path``; nothing is read. ``clock`` returns the time, in UTC."""
        self.path = path
        self._clock = clock
        # Its own: the lock of the profiles is held for as long as somebody looks for a password.
        self._lock = atomic.ProcessLock(path.with_name("progress.lock"), timeout=5)

    def load(self, tenant: str | None = None) -> Progress:
        """Return the saved progress of a tenant's guide; an empty one if there is none or the file is damaged.

        A damaged file is moved to quarantine.

        Args:
            tenant: whose; None for the guide that was open last.
        """
        guides = self.all()
        if tenant is None:
            return guides[0] if guides else Progress()
        return next((one for one in guides if one.tenant == tenant), Progress(tenant=tenant))

    def all(self) -> tuple[Progress, ...]:
        """Return the progress of every guide that was started, the one that was open last first."""
        try:
            raw = self.path.read_bytes()
        except OSError:
            return ()
        try:
            return _parsed(raw)
        except (ValueError, KeyError, TypeError, RecursionError):
            with suppress(OSError):
                quarantine(self.path, self._clock())
            return ()

    def save(self, progress: Progress) -> None:
        """Save the progress of one guide, which is the one that was open last from then on.

        Raises:
            StoreFailed: the file cannot be written, and is unchanged.
        """
        self._change(lambda guides: (progress, *(one for one in guides if one.tenant != progress.tenant)))

    def forget(self, tenant: str) -> None:
        """Forget the progress of a tenant's guide; raises what ``save`` raises."""
        self._change(lambda guides: tuple(one for one in guides if one.tenant != tenant))

    def restore(self, progress: Progress) -> None:
        """Bring back the progress of a guide that was forgotten, unless the guide was started again meanwhile.

        The guide that was open last stays the same. Raises what ``save`` raises.
        """
        self._change(
            lambda guides: guides if any(one.tenant == progress.tenant for one in guides) else (*guides, progress)
        )

    def name(self, tenant: str) -> None:
        """Make the guide without a tenant that of ``tenant``; raises what ``save`` raises.

        If the tenant has a guide already, its ticks are added.
        """

        def named(guides: tuple[Progress, ...]) -> tuple[Progress, ...]:
            before = next((one.done for one in guides if one.tenant == tenant), frozenset())
            return tuple(
                replace(one, tenant=tenant, done=one.done | before) if one.tenant == UNNAMED else one
                for one in guides
                if one.tenant != tenant or not any(other.tenant == UNNAMED for other in guides)
            )

        self._change(named)

    def _change(self, change: Callable[[tuple[Progress, ...]], tuple[Progress, ...]]) -> None:
        try:
            with self._lock.held():
                before = self.all()
                after = change(before)
                if after != before:
                    document = {"version": VERSION, "guides": [_document(one) for one in after]}
                    atomic.write(self.path, json.dumps(document).encode())
        except OSError as error:
            sentence = _("Your progress cannot be written to {path}: {why}.")
            raise StoreFailed(sentence.format(path=safe(self.path), why=safe(error.strerror or error))) from error


def _document(progress: Progress) -> dict[str, Any]:
    return {
        "tenant": progress.tenant,
        "guide": progress.guide,
        "step": progress.step,
        "done": sorted(progress.done),
    }


def _parsed(raw: bytes) -> tuple[Progress, ...]:
    document = json.loads(raw)
    if document["version"] == 1:
        # Version 1 knew one guide for all tenants.
        return (_progress({**document, "tenant": UNNAMED}),)
    if document["version"] != VERSION:
        raise ValueError
    return tuple(map(_progress, document["guides"]))


def _progress(fields: dict[str, Any]) -> Progress:
    guide, step, done, tenant = fields["guide"], fields["step"], fields["done"], fields["tenant"]
    if not isinstance(done, list) or not all(isinstance(one, str) for one in (guide, step, tenant, *done)):
        raise ValueError
    return Progress(guide, step, frozenset(done), tenant)
