"""The downloaded files of profiles on the screens: looked for, and deleted until none is left."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from ionapi_tui.base.background import in_background
from ionapi_tui.base.language import _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.ui.controllers.context import Context, Controller
from ionapi_tui.ui.tasks import report, task

if TYPE_CHECKING:
    from ionapi_tui.domain.profile import Profile


class Copies(Controller):
    """Knows which downloaded files still contain the secrets of a profile."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._imported: list[Path] = []
        """The files that profiles were stored from in this run."""
        self._others: dict[str, frozenset[Path]] = {}
        """The files of the same app that have other keys than a profile, by its id."""
        self._wanted = self._is_looking = False
        # One look after the other: what was seen before something was deleted must not be told after it.
        self._look_alone = asyncio.Lock()

    def imported(self, source: Path | None) -> None:
        """Remember a file that a profile was stored from; it may be outside the Downloads folder."""
        if source is not None:
            self._imported.append(source)

    def look(self) -> None:
        """Look for the files of all profiles; asked for again meanwhile, look once more afterwards."""
        self._wanted = True
        if not self._is_looking:
            self._is_looking = True
            self._look_as_wanted()

    @task("copies", exclusive=False)
    async def _look_as_wanted(self) -> None:
        try:
            while self._wanted:
                self._wanted = False
                await self._look()
        finally:
            self._is_looking = False

    async def _look(self) -> None:
        from ionapi_tui.usecases.copies import copies

        services, profiles, known = self.context.services, self.context.state.profiles, tuple(self._imported)
        async with self._look_alone:
            found = await in_background(lambda: copies(services, profiles, known))
            # What somebody was told to have other keys is no copy, and not offered again.
            found = {
                id: left
                for id, paths in found.items()
                if (left := tuple(path for path in paths if path not in self._others.get(id, frozenset())))
            }
            self.context.update(copies=found, are_copies_known=True)

    @task("delete-copies")
    async def delete(self, profile: Profile) -> None:
        """Delete the files of ``profile``, after saying what that does not cover."""
        from ionapi_tui.ui.dialogs.confirm import ConfirmDelete
        from ionapi_tui.usecases.copies import other_keys, stored_and_others
        from ionapi_tui.usecases.importing import NotDeleted, delete_download

        await self._look()
        services, candidates = self.context.services, self.context.state.copies.get(profile.id, ())
        if not candidates:
            self.notify(_("There is no downloaded file of {name} any more.").format(name=safe(profile.name, 60)))
            return
        files, others = await in_background(lambda: stored_and_others(services, profile, candidates))
        kept = other_keys(profile, others) if others else ""
        self._others[profile.id] = frozenset(others)
        if not files:
            self.notify(kept, severity="warning")
            await self._look()
            return
        if not await self.context.ask(ConfirmDelete(*files, kept=kept)):
            return
        deleted = 0
        for file in files:
            try:
                await in_background(lambda file=file: delete_download(file))  # type: ignore[misc]
            except NotDeleted as error:
                report(self, error)
                deleted += error.secrets_gone
            else:
                deleted += 1
        if deleted:
            words = n_("{n} downloaded file is deleted.", "{n} downloaded files are deleted.", deleted)
            self.notify(words)
        await self._look()
